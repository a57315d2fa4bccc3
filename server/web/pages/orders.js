import { html } from "../lib.js";
import { ask } from "../api.js";
import { t } from "../i18n.js";
import { Button, PageHead } from "../parts/basic.js";
import { OrderList } from "../parts/order_list.js";

// An invoice finds its order whatever else is set.
async function find(filter, cursor) {
  const target = filter.target.trim();
  if (!/^inv-/i.test(target))
    return ask("/api/order/history", { ...filter, target, cursor, limit: 30 });
  try {
    return { data: [(await ask("/api/order/status", { invoice: target.toUpperCase() })).data] };
  } catch (error) {
    if (error.status === 404) return { data: [] };
    throw error;
  }
}

export default function Orders() {
  const action = html`<${Button} kind="primary" icon="plus" to="services">${t("home.order")}<//>`;
  return html`<div class="stack">
    <${PageHead} title=${t("orders.title")} action=${action} />
    <${OrderList} find=${find} hint=${t("orders.search.hint")} action=${action} />
  </div>`;
}
