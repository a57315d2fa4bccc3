// One payment: what was asked, what the gateway said, what it moved.

import { html } from "../lib.js";
import { ask } from "../api.js";
import { moment } from "../format.js";
import { t } from "../i18n.js";
import { Link } from "../router.js";
import { useLoad, useNews } from "../use.js";
import { Bones, Copy, Empty, Failed, Money, PageHead } from "../parts/basic.js";
import { Facts } from "../parts/facts.js";
import { Status } from "../parts/status.js";
import { Postings, Steps } from "./trace.js";

function Asked({ charge }) {
  const isOfOrder = charge.purpose === "order";
  return html`<section class="card stack">
    <div class="row between"><h2>${t("pay.amount")} <${Money} of=${charge.total} /></h2>
      <${Status} of=${charge.state} /></div>
    <${Facts} rows=${[
      [t("deposit.code"), html`<span class="row"><code>${charge.code}</code>
        <${Copy} text=${charge.code} label=${t("deposit.code")} /></span>`],
      [t("admin.reseller"), html`<${Link} to=${`users/${charge.user_id}`}>@${charge.user_id}<//>`],
      isOfOrder && [t("order.one"),
        html`<${Link} to=${`orders/${charge.code}`}>${charge.code}<//>`],
      [t("deposit.nominal"), html`<${Money} of=${charge.nominal} />`],
      charge.fee > 0 && [t("admin.fee"), html`<${Money} of=${charge.fee} />`],
      [t("admin.gateway"), charge.gateway],
      charge.gateway_reference &&
        [t("admin.attempt.theirs"), html`<code>${charge.gateway_reference}</code>`],
      [t("order.made"), moment(charge.created_at)],
      [t("deposit.until"), moment(charge.expires_at)],
      charge.settled_at && [t("deposit.paid.at"), moment(charge.settled_at)],
    ]} /></section>`;
}

function Receipts({ receipts }) {
  return html`<section class="card stack"><h2>${t("admin.receipts.of")}</h2>
    ${receipts.length === 0 && html`<p class="small soft">${t("admin.receipts.none")}</p>`}
    ${receipts.map((one) => html`<${Facts} key=${one.id} rows=${[
      [html`<code>${one.payment_id}</code>`, html`<${Money} of=${one.amount} />`, "total"],
      [t("admin.state"), t(`receipt.${one.status}`)],
      [t("admin.receipt.fee"), html`<${Money} of=${one.fee} />`],
      [t("deposit.paid.at"), moment(one.paid_at)],
      [t("admin.receipt.heard"), moment(one.created_at)],
    ]} />`)}</section>`;
}

function Shown({ trace }) {
  const { charge, receipts, steps, postings } = trace;
  return html`<div class="grid wide-left">
    <div class="stack">
      <${Asked} charge=${charge} />
      <${Receipts} receipts=${receipts} />
      <${Postings} postings=${postings} />
    </div>
    <${Steps} steps=${steps} />
  </div>`;
}

export default function Deposit({ item }) {
  const { data, error, reload } = useLoad(
    async () => (await ask("/api/admin/charge", { code: item })).data, [item]);
  useNews(reload, data?.charge.state === "pending");
  return html`<div class="stack">
    <${PageHead} title=${t("deposit.title")} back=${{ to: "deposits", text: t("nav.deposits") }} />
    ${data && html`<${Shown} trace=${data} />`}
    ${!data && error && html`<section class="card">${error.status < 500
      ? html`<${Empty} icon="search" title=${t("deposit.unknown")}>${t("order.unknown.text")}<//>`
      : html`<${Failed} error=${error} again=${reload} />`}</section>`}
    ${!data && !error && html`<section class="card"><${Bones} lines=${6} /></section>`}
  </div>`;
}
