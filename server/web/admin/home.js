import { html } from "../lib.js";
import { ask } from "../api.js";
import { count, rupiah, wibDate } from "../format.js";
import { t } from "../i18n.js";
import { Link } from "../router.js";
import { session } from "../session.js";
import { useLoad, useNews, usePoll, useShared } from "../use.js";
import { BoneRows, Bones, Empty, Failed, Money, Notice } from "../parts/basic.js";
import { Icon } from "../parts/icons.js";
import { OrderLine } from "../parts/order_line.js";

const most = 50;
const mostPending = 200;

// What waits for a person, as {name: rows}; longer lists are cut.
async function loadWaiting() {
  const [incidents, withdrawals, receipts, adjustments, orders] = await Promise.all([
    ask("/api/admin/incidents", { limit: most }),
    ask("/api/admin/withdrawals", { status: "requested", limit: most }),
    ask("/api/admin/receipts", { status: "waiting", limit: most }),
    ask("/api/admin/adjustments", { status: "proposed", limit: most }),
    ask("/api/admin/orders", { status: "Pending", limit: mostPending }),
  ]);
  return { incidents, withdrawals, receipts, adjustments, orders };
}

function number(list) {
  return list.next_cursor ? `${list.data.length}+` : String(list.data.length);
}

// A number that leads to what it counts; 0 is quiet.
function Tile({ name, list, to }) {
  const isCalm = list.data.length === 0;
  return html`<${Link} to=${to} class="card tile link">
    <span class="small soft">${t(name)}</span>
    <strong class=${isCalm ? "big soft" : "big"}>${number(list)}</strong>
  <//>`;
}

function Waiting({ waiting }) {
  const isCalm = ["incidents", "withdrawals", "receipts", "adjustments"]
    .every((name) => waiting[name].data.length === 0);
  return html`<section class="stack-small"><h2>${t("admin.waiting")}</h2>
    <div class="tiles five">
      <${Tile} name="admin.incidents" list=${waiting.incidents} to="queue" />
      <${Tile} name="admin.receipts" list=${waiting.receipts} to="queue" />
      <${Tile} name="admin.adjustments" list=${waiting.adjustments} to="queue" />
      <${Tile} name="nav.withdrawals" list=${waiting.withdrawals} to="withdrawals" />
      <${Tile} name="admin.pending" list=${waiting.orders} to="orders" />
    </div>
    ${isCalm && html`<p class="small good row"><${Icon} name="check" small />${t("admin.calm")}
      </p>`}
  </section>`;
}

async function loadFigures() {
  const [days, providers, balances] = await Promise.all([
    ask("/api/admin/report", { by: "day" }),
    ask("/api/admin/report", { by: "provider" }),
    ask("/api/admin/balances"),
  ]);
  return { days: days.data, providers: providers.data, balances: balances.data };
}

function Figures({ days }) {
  const sum = (rows, name) => rows.reduce((all, row) => all + row[name], 0);
  const today = days.filter((row) => row.key === wibDate());
  const tiles = [["overview.today", today, "turnover"], ["overview.today", today, "profit"],
    ["overview.month", days, "turnover"], ["overview.month", days, "profit"]];
  return html`<div class="tiles">${tiles.map(([name, rows, what]) =>
    html`<dl class="card tile" key=${name + what}>
      <dt>${t(`report.${what}`)}</dt><dd class="digits">${rupiah(sum(rows, what))}</dd>
      <dd class="under">${t(name)}</dd></dl>`)}</div>`;
}

function rate(row) {
  const over = row.success + row.failed;
  return over ? Math.round((row.success / over) * 100) : undefined;
}

function Providers({ providers, balances }) {
  const float = (name) => balances.find(
    (one) => one.account === "provider_float" && one.owner === name);
  return html`<section class="card flush">
    <div class="card-head"><h2>${t("overview.providers")}</h2>
      <${Link} to="treasury" class="small">${t("nav.treasury")}<//></div>
    <ul class="rows">${providers.map((row) => html`<li class="line" key=${row.key}>
      <span class="main"><strong>${row.key}</strong>
        <span>${t("report.attempts", { n: count(row.orders) })}${rate(row) !== undefined &&
          ` · ${t("report.rate", { n: rate(row) })}`}</span></span>
      ${float(row.key) && html`<span class="side"><${Money} of=${float(row.key).amount} />
        <span class="small soft">${t("treasury.float")}</span></span>`}</li>`)}</ul>
  </section>`;
}

const low = 200_000; // rupiah: less with a supplier is told
const aMinute = 60_000;
// Of orders that are paid for: from so many milliseconds on.
const ages = [["fresh", 0], ["minutes", aMinute], ["late", 10 * aMinute], ["hours", 60 * aMinute]];

// How many of the pending orders are of which age.
function byAge(orders) {
  const waits = orders.filter((order) => order.state !== "unpaid")
    .map((order) => Date.now() - Date.parse(order.created_at));
  return ages.map(([name, from], i) => {
    const until = ages[i + 1]?.[1] ?? Infinity;
    return [name, waits.filter((wait) => Math.max(wait, 0) >= from && wait < until).length];
  });
}

function Ages({ orders }) {
  const counts = byAge(orders);
  if (counts.every(([, n]) => n === 0)) return null;
  return html`<section class="stack-small"><h2>${t("overview.ages")}</h2>
    <div class="tiles">${counts.map(([name, n]) => html`<dl class="card tile" key=${name}>
      <dt>${t(`age.${name}`)}</dt><dd class="digits">${count(n)}</dd></dl>`)}</div>
  </section>`;
}

function Alerts({ figures, waiting }) {
  const alerts = figures.balances
    .filter((one) => one.account === "provider_float" && one.amount < low)
    .map((one) => t("overview.low", { name: one.owner, amount: rupiah(one.amount) }));
  const old = byAge(waiting.orders.data).filter(([name]) => name === "late" || name === "hours")
    .reduce((sum, [, n]) => sum + n, 0);
  if (old) alerts.push(t("overview.old", { n: count(old) }));
  return alerts.map((text) => html`<${Notice} kind="wait" key=${text}>${text}<//>`);
}

export default function Home() {
  const { user } = useShared(session);
  const waiting = useLoad(loadWaiting, []);
  const orders = useLoad(async () => (await ask("/api/admin/orders", { limit: 10 })).data, []);
  const figures = useLoad(loadFigures, []);
  useNews(() => Promise.all([waiting.reload(), orders.reload()]), true);
  usePoll(figures.reload, 60_000, true); // sums are dear in a large shop
  return html`<div class="stack">
    <header><h1 tabindex="-1" data-focus>${t("home.hello", { name: user.name })}</h1></header>
    ${figures.data && waiting.data &&
      html`<${Alerts} figures=${figures.data} waiting=${waiting.data} />`}
    ${figures.data && html`<${Figures} days=${figures.data.days} />`}
    ${waiting.data
      ? html`<${Waiting} waiting=${waiting.data} />`
      : waiting.error
        ? html`<section class="card">
            <${Failed} error=${waiting.error} again=${waiting.reload} /></section>`
        : html`<section class="card"><${Bones} lines=${3} /></section>`}
    ${waiting.data && html`<${Ages} orders=${waiting.data.orders.data} />`}
    ${figures.data?.providers.length > 0 && html`<${Providers} ...${figures.data} />`}
    <section class="card flush">
      <div class="card-head"><h2>${t("home.recent")}</h2>
        <${Link} to="orders" class="small">${t("home.all")}<//></div>
      ${orders.data
        ? orders.data.length
          ? html`<ul class="rows">${orders.data.map((order) =>
              html`<${OrderLine} key=${order.id} order=${order} />`)}</ul>`
          : html`<${Empty} icon="orders" title=${t("orders.none")}>${t("admin.orders.none")}<//>`
        : orders.error
          ? html`<${Failed} error=${orders.error} again=${orders.reload} />`
          : html`<${BoneRows} rows=${6} />`}
    </section>
  </div>`;
}
