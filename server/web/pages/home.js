import { html, useState } from "../lib.js";
import { ask } from "../api.js";
import { count, rupiah, shortRupiah } from "../format.js";
import { t } from "../i18n.js";
import { newKey } from "../new_key.js";
import { Link } from "../router.js";
import { refresh, session } from "../session.js";
import { useLoad, useNews, useShared } from "../use.js";
import { BoneRows, Bones, Button, Copyable, Failed, Money, Notice } from "../parts/basic.js";
import { Bars } from "../parts/chart.js";
import { Segments } from "../parts/field.js";
import { Icon } from "../parts/icons.js";
import { OrderLine } from "../parts/order_line.js";

function NewKey() {
  const key = useShared(newKey);
  if (!key) return null;
  return html`<section class="card stack" aria-label=${t("key.new.title")}>
    <${Notice} kind="good" title=${t("key.new.title")}>${t("key.new.text")}<//>
    <${Copyable} text=${key} label=${t("key")} />
    <div><${Button} kind="outline" onClick=${() => newKey.set("")}>${t("key.new.done")}<//></div>
  </section>`;
}

function Told() {
  const { data } = useLoad(async () => (await ask("/api/notices")).data, []);
  return (data ?? []).map((notice) =>
    html`<${Notice} key=${notice.id}><span class="told">${notice.text}</span><//>`);
}

function Balances({ user }) {
  return html`<div class="grid wide-left even">
    <section class="hero" aria-label=${t("balance")}>
      <div><p class="small">${t("balance")}</p><p class="amount"><${Money} of=${user.balance} /></p>
        </div>
      <div class="actions">
        <${Button} kind="primary" icon="plus" to="deposits">${t("home.deposit")}<//>
        <${Button} icon="grid" to="services">${t("home.order")}<//>
      </div>
    </section>
    <section class="card stack" aria-label=${t("profit")}>
      <div><p class="small soft">${t("profit")}</p>
        <p class="amount"><${Money} of=${user.profit_balance} /></p>
        <p class="small soft">${t("home.profit.text")}</p></div>
      <${Button} kind="outline" icon="cash" to="withdraw">${t("nav.withdraw")}<//>
    </section>
  </div>`;
}

function Todo({ user, hasOrders }) {
  const steps = [
    ["home.todo.deposit", "home.todo.deposit.text", "deposits", user.balance > 0 || hasOrders],
    ["home.todo.order", "home.todo.order.text", "services", hasOrders],
    ["home.todo.api", "home.todo.api.text", "api", false],
  ];
  return html`<section class="card">
    <div class="card-head"><h2>${t("home.todo")}</h2></div>
    <ol class="todo">${steps.map(([title, text, to, done], i) => html`<li key=${to}>
      <span class=${done ? "number done" : "number"}>
        ${done ? html`<${Icon} name="check" small />` : i + 1}</span>
      <div><strong>${t(title)}</strong><p class="small soft">${t(text)}</p></div>
      ${!done && html`<${Button} kind="outline" to=${to}>${t("home.todo.go")}<//>`}
    </li>`)}</ol>
  </section>`;
}

function Today({ today }) {
  const tiles = [
    ["home.today.orders", count(today.orders), t("home.today.pending", { n:
      count(today.pending) })],
    ["home.today.success", count(today.success), percent(today)],
    ["home.today.spent", rupiah(today.spent), t("home.today.spent.text")],
    ["home.today.profit", rupiah(today.profit), t("home.today.sales", { amount:
      rupiah(today.sales) })],
  ];
  return html`<section class="stack-small"><h2>${t("home.today")}</h2>
    <div class="tiles">${tiles.map(([name, value, under]) => html`<dl class="card tile" key=${name}>
      <dt>${t(name)}</dt><dd class="digits">${value}</dd><dd class="under">${under}</dd></dl>`)}
        </div>
  </section>`;
}

function percent(day) {
  const over = day.orders - day.pending;
  return over ? t("home.today.rate", { n: Math.round((day.success / over) * 100) }) : "–";
}

function Month({ summary }) {
  const [what, setWhat] = useState("orders");
  const format = what === "orders" ? count : rupiah;
  const bars = summary.days.map((one) => ({ date: one.date, value: one[what] }));
  const total = bars.reduce((sum, bar) => sum + bar.value, 0);
  const most = Math.max(...bars.map((bar) => bar.value));
  return html`<section class="card stack">
    <div class="card-head"><div><h2>${t("home.month")}</h2>
      <p class="small soft">${t("home.month.total", { total: format(total) })}
        ${most > 0 && ` · ${t("home.month.most", { most: what === "orders" ? count(most) :
          `Rp ${shortRupiah(most)}` })}`}</p></div></div>
    <${Segments} label=${t("home.month")} value=${what} onValue=${setWhat} choices=${[
      ["orders", t("home.month.orders")], ["spent", t("home.month.spent")], ["profit",
        t("home.month.profit")]]} />
    <${Bars} bars=${bars} format=${format} title=${t("home.month.alt", { total: format(total) })} />
    ${!summary.complete && html`<p class="small soft">${t("home.month.cut")}</p>`}
  </section>`;
}

function Recent({ orders }) {
  return html`<section class="card flush">
    <div class="card-head"><h2>${t("home.recent")}</h2>
      ${orders.data && html`<${Link} to="orders" class="small">${t("home.all")}<//>`}</div>
    ${orders.data
      ? html`<ul class="rows">${orders.data.map((order) =>
          html`<${OrderLine} key=${order.id} order=${order} />`)}</ul>`
      : orders.error
        ? html`<${Failed} error=${orders.error} again=${orders.reload} />`
        : html`<${BoneRows} rows=${5} />`}
  </section>`;
}

export default function Home() {
  const { user } = useShared(session);
  const summary = useLoad(async () => (await ask("/api/user/summary", { days: 30 })).data, []);
  const orders = useLoad(async () => (await ask("/api/order/history", { limit: 5 })).data, []);
  useNews(() => Promise.all([orders.reload(), summary.reload(), refresh()]), true);
  const hasOrders = Boolean(orders.data?.length);
  return html`<div class="stack">
    <header><h1 tabindex="-1" data-focus>${t("home.hello", { name: user.name })}</h1></header>
    <${Told} />
    <${NewKey} />
    <${Balances} user=${user} />
    ${orders.data && !hasOrders && html`<${Todo} user=${user} hasOrders=${hasOrders} />`}
    ${summary.data && hasOrders && html`<${Today} today=${summary.data.days.at(-1)} />`}
    ${(hasOrders || !orders.data) && html`<div class="grid wide-left">
      <${Recent} orders=${orders} />
      ${summary.data
        ? html`<${Month} summary=${summary.data} />`
        : html`<section class="card">${summary.error
            ? html`<${Failed} error=${summary.error} again=${summary.reload} />`
            : html`<${Bones} lines=${6} />`}</section>`}
    </div>`}
  </div>`;
}
