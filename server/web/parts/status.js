// The state of an order, a payment or a withdrawal: a word, a colour and a sign.

import { classes, html } from "../lib.js";
import { t } from "../i18n.js";
import { Icon } from "./icons.js";

const looks = {
  Pending: ["wait", "clock", "status.Pending"],
  Success: ["good", "check", "status.Success"],
  Error: ["bad", "cross", "status.Error"],
  Gagal: ["off", "cross", "status.Gagal"],
  unpaid: ["wait", "qr", "status.unpaid"],
  pending: ["wait", "clock", "status.pending"],
  settled: ["good", "check", "status.settled"],
  cancelled: ["off", "cross", "status.Gagal"],
  settlement: ["good", "check", "status.settlement"],
  expired: ["off", "cross", "status.expired"],
  requested: ["wait", "clock", "status.requested"],
  paid: ["good", "check", "status.paid"],
  rejected: ["bad", "cross", "status.rejected"],
  Normal: ["good", "check", "status.Normal"],
  Gangguan: ["bad", "alert", "status.Gangguan"],
};

// What a customer has not paid yet is Pending to the API and "to be paid" to people.
export function stateOf(order) {
  const isUnpaid = order.status === "Pending" && order.payment_status === "pending";
  return isUnpaid ? "unpaid" : order.status;
}

export function look(status) {
  const [tone, icon, key] = looks[status] ?? ["off", "info", ""];
  return { tone, icon, text: key ? t(key) : status };
}

export function Status({ of }) {
  const { tone, icon, text } = look(of);
  return html`<span class=${classes("badge", tone)}><${Icon} name=${icon} />${text}</span>`;
}
