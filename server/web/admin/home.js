import { html } from "../lib.js";
import { ask } from "../api.js";
import { t } from "../i18n.js";
import { Link } from "../router.js";
import { session } from "../session.js";
import { useLoad, usePoll, useShared } from "../use.js";
import { BoneRows, Bones, Empty, Failed } from "../parts/basic.js";
import { Icon } from "../parts/icons.js";
import { OrderLine } from "../parts/order_line.js";

const most = 50;

// What waits for a person, as {name: rows}; longer lists are cut.
async function loadWaiting() {
  const [incidents, withdrawals, receipts, adjustments, orders] = await Promise.all([
    ask("/api/admin/incidents", { limit: most }),
    ask("/api/admin/withdrawals", { status: "requested", limit: most }),
    ask("/api/admin/receipts", { status: "waiting", limit: most }),
    ask("/api/admin/adjustments", { status: "proposed", limit: most }),
    ask("/api/admin/orders", { status: "Pending", limit: most }),
  ]);
  return { incidents, withdrawals, receipts, adjustments, orders };
}

function number(list) {
  return list.next_cursor ? `${most}+` : String(list.data.length);
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

export default function Home() {
  const { user } = useShared(session);
  const waiting = useLoad(loadWaiting, []);
  const orders = useLoad(async () => (await ask("/api/admin/orders", { limit: 10 })).data, []);
  usePoll(() => Promise.all([waiting.reload(), orders.reload()]), 10000, true);
  return html`<div class="stack">
    <header><h1 tabindex="-1" data-focus>${t("home.hello", { name: user.name })}</h1></header>
    ${waiting.data
      ? html`<${Waiting} waiting=${waiting.data} />`
      : waiting.error
        ? html`<section class="card">
            <${Failed} error=${waiting.error} again=${waiting.reload} /></section>`
        : html`<section class="card"><${Bones} lines=${3} /></section>`}
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
