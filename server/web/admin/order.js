import { html } from "../lib.js";
import { ask } from "../api.js";
import { moment, rupiah } from "../format.js";
import { t } from "../i18n.js";
import { Link } from "../router.js";
import { useLoad, useNews } from "../use.js";
import { Act } from "../parts/act.js";
import { Bones, Copy, Empty, Failed, Money, PageHead } from "../parts/basic.js";
import { Facts } from "../parts/facts.js";
import { Status, stateOf } from "../parts/status.js";
import { Postings, Steps } from "./trace.js";

const open = ["queued", "sent", "unknown", "review"];

function paidBy(order) {
  return order.mode === "dropship" ? order.selling_price : Number(order.harga);
}

// What may be decided about an order in its state; the server decides again.
function Acts({ order, reload }) {
  const amount = rupiah(paidBy(order));
  const base = { onDone: reload };
  const body = { id: order.id };
  return html`<section class="card stack"><h2>${t("admin.acts")}</h2>
    ${open.includes(order.state) && html`
      <${Act} ...${base} label=${t("act.success")} title=${t("act.success.title")}
        text=${t("act.success.ask", { amount })} yes=${t("act.success")}
        path="/api/admin/order/resolve" body=${{ ...body, outcome: "success" }}
        fields=${[{ name: "sn", label: t("order.sn") }]} />
      <${Act} ...${base} danger label=${t("act.failed")} title=${t("act.failed.title")}
        text=${t("act.failed.ask", { amount })} yes=${t("act.failed")}
        path="/api/admin/order/resolve" body=${{ ...body, outcome: "failed" }} />`}
    ${["succeeded", "recovered"].includes(order.state) && html`<${Act} ...${base} danger
      label=${t("act.reverse")} title=${t("act.reverse.title")}
      text=${t("act.reverse.ask", { amount })} yes=${t("act.reverse")}
      path="/api/admin/order/reverse" body=${body} />`}
    ${order.state === "late" && ["balance", "receivable"].map((source) => html`<${Act} ...${base}
      key=${source} label=${t(`act.recover.${source}`)} title=${t("act.recover.title")}
      text=${t(`act.recover.${source}.ask`, { amount: rupiah(Number(order.harga)) })}
      yes=${t(`act.recover.${source}`)} path="/api/admin/order/recover"
      body=${{ ...body, source }} />`)}
    ${order.mode === "dropship" && ["failed", "reversed"].includes(order.state) &&
      ["balance", "payer"].map((to) => html`<${Act} ...${base} key=${to}
        label=${t(`act.refund.${to}`)} title=${t("act.refund.title")}
        text=${t(`act.refund.${to}.ask`, { amount })} yes=${t(`act.refund.${to}`)}
        path="/api/admin/order/refund" body=${{ ...body, to }} />`)}
    ${["unpaid", "expired", "cancelled"].includes(order.state) &&
      html`<p class="small soft">${t("admin.acts.none")}</p>`}
  </section>`;
}

function Attempts({ attempts }) {
  return html`<section class="card stack"><h2>${t("admin.attempts")}</h2>
    ${attempts.length === 0 && html`<p class="small soft">${t("admin.attempts.none")}</p>`}
    ${attempts.map((one) => html`<${Facts} key=${one.id} rows=${[
      [`#${one.number} ${one.provider}`, html`<code>${one.state}</code>`, "total"],
      [t("admin.attempt.reference"), html`<code>${one.reference}</code>`],
      ["SKU", html`<code>${one.sku}</code>`],
      [t("admin.cost"), html`<${Money} of=${one.final_cost || one.cost} />`],
      one.provider_reference &&
        [t("admin.attempt.theirs"), html`<code>${one.provider_reference}</code>`],
      one.code && [t("admin.attempt.code"), html`<code>${one.code}</code>`],
      one.sn && ["SN", html`<code>${one.sn}</code>`],
      one.sent_at && [t("admin.attempt.sent"), moment(one.sent_at)],
      one.due_at && [t("admin.attempt.due"), moment(one.due_at)],
    ]} />`)}
  </section>`;
}

function Charge({ charge }) {
  return html`<section class="card stack"><h2>${t("admin.charge")}</h2>
    <${Facts} rows=${[
      [t("admin.state"), html`<code>${charge.state}</code>`],
      [t("pay.amount"), html`<${Money} of=${charge.total} />`],
      [t("admin.gateway"), charge.gateway],
      [t("admin.attempt.theirs"), html`<code>${charge.gateway_reference}</code>`],
      [t("deposit.until"), moment(charge.expires_at)],
      charge.settled_at && [t("deposit.paid.at"), moment(charge.settled_at)],
    ]} /></section>`;
}

function rowsOf(order) {
  return [
    [t("admin.reseller"), html`<${Link} to=${`users/${order.user_id}`}>@${order.user_id}<//>`],
    [t("order.service"), `${order.kategori} · ${order.nama_layanan} (${order.layanan})`],
    [t("order.target"), html`<span class="row"><span class="digits">${order.target}</span>
      <${Copy} text=${order.target} label=${t("order.target")} /></span>`],
    order.nometer && [t("order.nometer"), order.nometer],
    order.ref_id && ["ref_id", order.ref_id],
    order.sn && ["SN", html`<code>${order.sn}</code>`],
    [t("order.made"), moment(order.created_at)],
    [t("order.price"), html`<${Money} of=${order.harga} />`],
    order.mode === "dropship" &&
      [t("order.customer.pays"), html`<${Money} of=${order.selling_price} />`],
    order.mode === "dropship" && order.customer_name && [t("order.customer"), order.customer_name],
    [t("admin.cost.max"), html`<${Money} of=${order.max_cost} />`],
    [t("admin.price.trace"), html`<span class="small">${order.price_trace}</span>`],
  ];
}

function Shown({ trace, reload }) {
  const { order, attempts, steps, charge, postings } = trace;
  return html`<div class="grid wide-left">
    <div class="stack">
      <section class="card stack">
        <div class="row between"><h2>${order.invoice}</h2><${Status} of=${stateOf(order)} /></div>
        <p class="soft">${order.catatan} <code>${order.state}</code></p>
        <${Facts} rows=${rowsOf(order)} /></section>
      <${Acts} order=${order} reload=${reload} />
      <${Attempts} attempts=${attempts} />
      ${charge && html`<${Charge} charge=${charge} />`}
      <${Postings} postings=${postings} />
    </div>
    <${Steps} steps=${steps} />
  </div>`;
}

export default function Order({ item }) {
  const name = /^\d+$/.test(item) ? { id: item } : { invoice: item };
  const { data, error, reload } = useLoad(
    async () => (await ask("/api/admin/order", name)).data, [item]);
  useNews(reload, Boolean(data));
  return html`<div class="stack">
    <${PageHead} title=${t("order.one")} back=${{ to: "orders", text: t("orders.title") }} />
    ${data && html`<${Shown} trace=${data} reload=${reload} />`}
    ${!data && error && html`<section class="card">${error.status < 500
      ? html`<${Empty} icon="search" title=${t("order.unknown")}>${t("order.unknown.text")}<//>`
      : html`<${Failed} error=${error} again=${reload} />`}</section>`}
    ${!data && !error && html`<section class="card"><${Bones} lines=${6} /></section>`}
  </div>`;
}
