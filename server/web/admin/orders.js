import { html } from "../lib.js";
import { ask } from "../api.js";
import { t } from "../i18n.js";
import { PageHead } from "../parts/basic.js";
import { OrderList } from "../parts/order_list.js";

async function none(answer) {
  try {
    return await answer;
  } catch (error) {
    if (error.status === 404) return { data: [] };
    throw error;
  }
}

// "INV-…" is an order, "@toko_a" a reseller's, anything else a target.
async function find({ target, ...filter }, cursor) {
  const word = target.trim();
  const rest = { ...filter, cursor, limit: 30 };
  if (/^inv-/i.test(word)) {
    const found = await none(ask("/api/admin/order", { invoice: word.toUpperCase() }));
    return { data: found.data.order ? [found.data.order] : [] };
  }
  if (word.startsWith("@"))
    return none(ask("/api/admin/orders", { ...rest, user_id: word.slice(1) }));
  return ask("/api/admin/orders", { ...rest, target: word });
}

export default function Orders() {
  return html`<div class="stack">
    <${PageHead} title=${t("orders.title")} />
    <${OrderList} find=${find} hint=${t("admin.orders.hint")} />
  </div>`;
}
