import { html, useState } from "../lib.js";
import { ask, tell } from "../api.js";
import { clockWithSeconds, moment, shortDay } from "../format.js";
import { t } from "../i18n.js";
import { refresh } from "../session.js";
import { useLoad, useNews } from "../use.js";
import { Bones, Button, Copy, Copyable, Empty, Failed, Money, Notice,
  PageHead } from "../parts/basic.js";
import { Confirm } from "../parts/dialog.js";
import { Icon } from "../parts/icons.js";
import { look, stateOf } from "../parts/status.js";
import { Qr } from "../parts/qr.js";
import { say } from "../parts/toast.js";

// An order goes by its invoice, or by its id.
function nameOf(item) {
  return /^\d+$/.test(item) ? { id: item } : { invoice: item };
}

// What came to the same again, such as a second look at a supplier, is one step to a reader.
function withoutRepeats(timeline) {
  return timeline.filter((step, i) => {
    const before = timeline[i - 1];
    return !before || before.subject !== step.subject || before.state !== step.state;
  });
}

async function load(item) {
  const order = (await ask("/api/order/status", nameOf(item))).data;
  const timeline = withoutRepeats((await ask("/api/order/timeline", nameOf(item))).data);
  const isUnpaid = stateOf(order) === "unpaid";
  const payment = isUnpaid ? (await ask(`/i/${order.invoice}/status`)).data : undefined;
  return { order, timeline, payment };
}

// A name that can't be one is refused, not looked for.
function isUnknown(error) {
  return error?.status === 404 || error?.status === 400;
}

function State({ order }) {
  const { tone, icon, text } = look(stateOf(order));
  const isWaiting = order.status === "Pending" && stateOf(order) !== "unpaid";
  return html`<section class="card order-state" role="status">
    <span class=${`disc ${tone}`}>${isWaiting
      ? html`<span class="spinner" aria-hidden="true"></span>`
      : html`<${Icon} name=${icon} />`}</span>
    <strong class="amount">${text}</strong>
    <p class="soft">${t(`order.state.${stateOf(order)}`)}</p>
    ${order.sn && html`<div class="sn"><p class="small soft">${t("order.sn")}</p>
      <${Copyable} text=${order.sn} label="SN" /></div>`}
  </section>`;
}

function Steps({ timeline }) {
  const tones = { Success: "good", settlement: "good", Error: "bad" };
  return html`<section class="card"><div class="card-head"><h2>${t("order.timeline")}</h2></div>
    <ol class="steps">${timeline.map((step, i) => html`<li key=${i} class=${tones[step.status]}>
      <strong>${t(`step.${step.subject}.${step.state}`)}</strong>
      <span><time datetime=${step.time}>
        ${shortDay(step.time)}, ${clockWithSeconds(step.time)} WIB</time></span>
    </li>`)}</ol></section>`;
}

function rowsOf(order) {
  const rows = [
    [t("order.service"), `${order.kategori} · ${order.nama_layanan}`],
    [t("order.target"), html`<span class="row"><span class="digits">${order.target}</span>
      <${Copy} text=${order.target} label=${t("order.target")} /></span>`],
    order.nometer && [t("order.nometer"), order.nometer],
    [t("order.invoice"), html`<span class="row"><code>${order.invoice}</code>
      <${Copy} text=${order.invoice} label=${t("order.invoice")} /></span>`],
    order.ref_id && [t("order.ref"), order.ref_id],
    [t("order.made"), html`<time datetime=${order.created_at}>${moment(order.created_at)}</time>`],
  ];
  if (order.mode !== "dropship")
    return [...rows, [t("order.price"), html`<${Money} of=${order.harga} />`, "total"]];
  return [
    ...rows,
    (order.customer_name || order.customer_phone) &&
      [t("order.customer"), [order.customer_name,
        order.customer_phone].filter(Boolean).join(" · ")],
    [t("order.customer.pays"), html`<${Money} of=${order.selling_price} />`],
    [t("order.cost"), html`<${Money} of=${order.reseller_cost} />`],
    [t("order.profit"), html`<${Money} of=${order.reseller_profit} class="good" />`, "total"],
  ];
}

function Payment({ order, payment, reload }) {
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const page = `${location.origin}/i/${order.invoice}`;
  const cancel = async () => {
    setBusy(true);
    try {
      await tell("/api/order/cancel", { invoice: order.invoice });
      say(t("order.cancelled"));
    } catch (error) {
      say(error.text ? error.text(t) : t("error.unknown"), "bad");
    }
    setBusy(false);
    setAsked(false);
    reload();
  };
  return html`<section class="card stack">
    <h2>${t("order.pay.title")}</h2>
    ${payment.qr_url && html`<${Qr} url=${payment.qr_url} amount=${payment.amount}
      until=${payment.expired_at} />`}
    <div class="stack-small"><p class="small soft">${t("order.pay.text")}</p>
      <${Copyable} text=${page} label=${t("order.pay.link")} /></div>
    <div class="grid two">
      <${Button} kind="outline" icon="link" href=${`/i/${order.invoice}`} target="_blank"
        rel="noreferrer">
        ${t("order.pay.open")}<//>
      <${Button} kind="plain" onClick=${() => setAsked(true)}>${t("order.cancel")}<//>
    </div>
    ${asked && html`<${Confirm} title=${t("order.cancel.title")} kind="danger"
      yes=${t("order.cancel")}
      busy=${busy} onYes=${cancel} onClose=${() => setAsked(false)}><p>${t("order.cancel.text")}</p>
        <//>`}
  </section>`;
}

function Shown({ order, timeline, payment, reload }) {
  return html`<div class="grid wide-left">
    <div class="stack">
      <${State} order=${order} />
      ${payment && html`<${Payment} order=${order} payment=${payment} reload=${reload} />`}
      ${order.status === "Error" && html`<${Notice} kind="info">${t(order.mode === "dropship"
        ? "order.back.dropship" : "order.back")}<//>`}
      <section class="card"><div class="card-head"><h2>${t("order.details")}</h2></div>
        <dl class="facts">${rowsOf(order).filter(Boolean).map(([name, value, kind]) =>
          html`<div key=${name} class=${kind}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
            </section>
    </div>
    <div class="stack">
      <${Steps} timeline=${timeline} />
      <${Button} kind="outline" icon="again" to=${`order/${order.layanan}`}>${t("order.again")}<//>
    </div>
  </div>`;
}

export default function Order({ item }) {
  const { data, error, reload } = useLoad(() => load(item), [item]);
  const isOpen = data?.order.status === "Pending";
  useNews(async () => {
    await reload();
    await refresh();
  }, isOpen);
  return html`<div class="stack">
    <${PageHead} title=${t("order.one")} back=${{ to: "orders", text: t("orders.title") }} />
    ${data && html`<${Shown} ...${data} reload=${reload} />`}
    ${!data && isUnknown(error) && html`<section class="card"><${Empty} icon="search"
      title=${t("order.unknown")} action=${html`<${Button} kind="primary" to="orders">
        ${t("orders.title")}<//>`}>
      ${t("order.unknown.text")}<//></section>`}
    ${!data && error && !isUnknown(error) && html`<section class="card">
      <${Failed} error=${error} again=${reload} /></section>`}
    ${!data && !error && html`<section class="card"><${Bones} lines=${6} /></section>`}
  </div>`;
}
