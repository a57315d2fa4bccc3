import { html } from "../lib.js";
import { ask, newIdempotencyKey, tell } from "../api.js";
import { rupiah, shortRupiah } from "../format.js";
import { t } from "../i18n.js";
import { go, Link } from "../router.js";
import { session, shop } from "../session.js";
import { usePages, useNews, useShared } from "../use.js";
import { BoneRows, Button, Empty, Failed, Money, Notice, PageHead } from "../parts/basic.js";
import { FormFault, MoneyField, useForm } from "../parts/field.js";
import { Icon } from "../parts/icons.js";
import { when } from "../parts/order_line.js";
import { Status } from "../parts/status.js";

const usual = [20000, 50000, 100000, 200000, 500000, 1000000];

function New() {
  const rules = useShared(shop);
  const form = useForm({ amount: 0 });
  const { amount } = form.values;
  const range = { min: rupiah(rules.deposit_min), max: rupiah(rules.deposit_max) };
  const onSubmit = (event) => {
    event.preventDefault();
    if (amount < rules.deposit_min || amount > rules.deposit_max)
      return form.setFaults({ amount: t("deposit.range", range) });
    return form.submit(async () => {
      const made = await tell("/api/payment/deposit", { amount, fee: 0 }, newIdempotencyKey());
      go(`deposits/${made.data.orderId}`);
    });
  };
  if (!rules.qris) return html`<${Notice} kind="wait">${t("deposit.off")}<//>`;
  return html`<form class="card stack" onSubmit=${onSubmit} novalidate>
    <h2>${t("deposit.new")}</h2>
    <${FormFault} text=${form.faults.form} />
    <${MoneyField} label=${t("deposit.amount")} hint=${t("deposit.range", range)}
      ...${form.bind("amount")} />
    <div class="amounts" role="group" aria-label=${t("deposit.usual")}>
      ${usual.filter((one) => one >= rules.deposit_min && one <= rules.deposit_max).map((one) =>
        html`<button type="button" class="button outline" key=${one}
          aria-pressed=${amount === one ? "true" : "false"}
          onClick=${() => form.bind("amount").onValue(one)}>${shortRupiah(one)}</button>`)}
    </div>
    ${rules.deposit_fee > 0 && html`<p class="hint">
      ${t("deposit.fee", { fee: rupiah(rules.deposit_fee) })}</p>`}
    <${Button} kind="primary" wide type="submit" icon="qr" busy=${form.busy}>${t("deposit.do")}<//>
  </form>`;
}

function DepositLine({ deposit }) {
  return html`<li><${Link} to=${`deposits/${deposit.orderId}`} class="line">
    <span class=${deposit.status === "settlement" ? "disc in" : "disc out"}><${Icon}
      name="wallet" /></span>
    <span class="main"><strong><${Money} of=${deposit.amount} /></strong>
      <span class="digits">${deposit.orderId}</span>
      <span><time datetime=${deposit.created_at}>${when(deposit.created_at)}</time></span></span>
    <span class="side"><${Status} of=${deposit.status} /></span>
  <//></li>`;
}

export default function Deposits() {
  const { user } = useShared(session);
  const list = usePages((cursor) => ask("/api/payment/history", { cursor, limit: 20 }), []);
  useNews(list.reload, !list.wentOn);
  return html`<div class="stack">
    <${PageHead} title=${t("deposits.title")}>
      ${t("deposits.balance", { amount: rupiah(user.balance) })}<//>
    <div class="grid wide-left">
      <${New} />
      <section class="card flush">
        <div class="card-head"><h2>${t("deposits.history")}</h2></div>
        ${list.rows
          ? list.rows.length
            ? html`<ul class="rows">${list.rows.map((one) =>
                html`<${DepositLine} key=${one.orderId} deposit=${one} />`)}</ul>`
            : html`<${Empty} icon="wallet" title=${t("deposits.none")}>${t("deposits.none.text")}
              <//>`
          : list.error
            ? html`<${Failed} error=${list.error} again=${list.reload} />`
            : html`<${BoneRows} rows=${3} />`}
        ${list.hasMore && html`<div class="more"><${Button} kind="plain" busy=${list.loadingMore}
          onClick=${list.loadMore}>${t("more")}<//></div>`}
      </section>
    </div>
  </div>`;
}
