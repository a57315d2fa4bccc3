// An order as a row of a list.

import { html } from "../lib.js";
import { clock, shortDay, wibDate } from "../format.js";
import { Link } from "../router.js";
import { Money } from "./basic.js";
import { Status, stateOf } from "./status.js";

export function when(at) {
  const isToday = wibDate(Date.parse(at)) === wibDate();
  return isToday ? clock(at) : `${shortDay(at)}, ${clock(at)}`;
}

export function OrderLine({ order }) {
  const price = order.mode === "dropship" ? order.selling_price : order.harga;
  return html`<li><${Link} to=${`orders/${order.invoice}`} class="line">
    <span class="main"><strong>${order.kategori} · ${order.nama_layanan}</strong>
      <span class="digits">${order.target}${order.nometer && ` · ${order.nometer}`}</span>
      <span><time datetime=${order.created_at}>${when(order.created_at)}</time>${order.user_id &&
        ` · @${order.user_id}`}</span></span>
    <span class="side"><${Money} of=${price} /><${Status} of=${stateOf(order)} /></span>
  <//></li>`;
}
