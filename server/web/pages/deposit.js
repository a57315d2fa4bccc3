import { html, useEffect, useRef } from "../lib.js";
import { ask } from "../api.js";
import { moment, rupiah } from "../format.js";
import { t } from "../i18n.js";
import { refresh, session } from "../session.js";
import { useLoad, useNews, useShared } from "../use.js";
import { Bones, Button, Copy, Empty, Failed, Money, PageHead } from "../parts/basic.js";
import { Icon } from "../parts/icons.js";
import { Qr } from "../parts/qr.js";
import { look } from "../parts/status.js";

// The public status names the QR code while it can be paid; the own one says whose deposit it is.
async function load(code) {
  const own = await ask(`/api/payment/status/${encodeURIComponent(code)}`);
  const shown = (await ask(`/i/${encodeURIComponent(code)}/status`)).data;
  return { code, amount: own.amount, status: own.status, shown };
}

// A code that can't be one is refused, not looked for.
function isUnknown(error) {
  return error.status === 404 || error.status === 400;
}

function Result({ deposit }) {
  const { user } = useShared(session);
  const { tone, icon, text } = look(deposit.status);
  const isPaid = deposit.status === "settlement";
  return html`<section class="card order-state" role="status">
    <span class=${`disc ${tone}`}><${Icon} name=${icon} /></span>
    <strong class="amount">${text}</strong>
    <p class="soft">${isPaid
      ? t("deposit.paid", { amount: rupiah(deposit.amount), balance: rupiah(user.balance) })
      : t("deposit.expired")}</p>
    <div class="row">${isPaid
      ? html`<${Button} kind="primary" to="services">${t("home.order")}<//>`
      : html`<${Button} kind="primary" to="deposits">${t("deposit.again")}<//>`}</div>
  </section>`;
}

function Shown({ deposit }) {
  const isOpen = deposit.status === "pending" && deposit.shown.qr_url;
  const { shown } = deposit;
  return html`<div class="grid wide-left">
    ${isOpen
      ? html`<section class="card stack"><h2>${t("deposit.scan")}</h2>
          <${Qr} url=${shown.qr_url} amount=${shown.amountToPay} until=${shown.expired_at} />
          <p class="small soft row" role="status"><span class="spinner" aria-hidden="true"></span>
            ${t("deposit.waiting")}</p>
        </section>`
      : html`<${Result} deposit=${deposit} />`}
    <section class="card"><div class="card-head"><h2>${t("order.details")}</h2></div>
      <dl class="facts">
        <div><dt>${t("deposit.code")}</dt><dd class="row"><code>${deposit.code}</code>
          <${Copy} text=${deposit.code} label=${t("deposit.code")} /></dd></div>
        <div><dt>${t("deposit.nominal")}</dt><dd><${Money} of=${deposit.amount} /></dd></div>
        <div><dt>${t("pay.amount")}</dt><dd><${Money} of=${shown.amountToPay} /></dd></div>
        <div><dt>${t("deposit.until")}</dt><dd>${moment(shown.expired_at)}</dd></div>
        ${shown.paid_at && html`<div><dt>${t("deposit.paid.at")}</dt><dd>${moment(shown.paid_at)}
          </dd></div>`}
      </dl></section>
  </div>`;
}

export default function Deposit({ item }) {
  const { data, error, reload } = useLoad(() => load(item), [item]);
  const before = useRef("");
  useNews(reload, data?.status === "pending");
  useEffect(() => {
    if (before.current !== "settlement" && data?.status === "settlement") refresh();
    before.current = data?.status;
  }, [data?.status]);
  return html`<div class="stack">
    <${PageHead} title=${t("deposit.title")}
      back=${{ to: "deposits", text: t("deposits.title") }} />
    ${data && html`<${Shown} deposit=${data} />`}
    ${!data && error && html`<section class="card">${isUnknown(error)
      ? html`<${Empty} icon="search" title=${t("deposit.unknown")}>${t("order.unknown.text")}<//>`
      : html`<${Failed} error=${error} again=${reload} />`}</section>`}
    ${!data && !error && html`<section class="card"><${Bones} lines=${6} /></section>`}
  </div>`;
}
