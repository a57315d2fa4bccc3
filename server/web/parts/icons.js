// Line drawings on a field of 24 by 24.

import { classes, html } from "../lib.js";

const paths = {
  home: "M3 11 12 4l9 7M5.5 9.5V20h13V9.5M10 20v-6h4v6",
  grid: "M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 13.5H20V20h-6.5z",
  orders: "M6 3h12v18l-3-2-3 2-3-2-3 2zM9.5 8h5M9.5 12h5",
  wallet:
    "M4 7.5A2.5 2.5 0 0 1 6.5 5H18v3.5M4 7.5V17a2 2 0 0 0 2 2h14V8.5H5A1 1 0 0 1 4 7.5zM16 13.7h.1",
  more: "M4 7h16M4 12h16M4 17h16",
  statement: "M7 20V5m0 0L3.5 8.5M7 5l3.5 3.5M17 4v15m0 0 3.5-3.5M17 19l-3.5-3.5",
  cash: "M3 6h18v12H3zM12 14.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2zM6.2 9.2v.1M17.8 14.8v.1",
  key: "M14.5 13.5a4.5 4.5 0 1 0-3.9-2.3L4 17.8V20h3v-2h2v-2h1.6l1.6-1.6c.7.7 1.5 1.1 2.3 1.1z" +
    "M15.6 8.4v.1",
  out: "M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  check: "m5 12.5 4.5 4.5L19 7.5",
  cross: "m6 6 12 12M18 6 6 18",
  alert: "M12 4 2.8 20h18.4zM12 10v4.5M12 17.2v.1",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.6v.1",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
  right: "m9 5 7 7-7 7",
  left: "m15 5-7 7 7 7",
  plus: "M12 5v14M5 12h14",
  calendar: "M4 6h16v14H4zM4 10h16M8 3.5V8M16 3.5V8",
  download: "M12 4v11m0 0-4-4m4 4 4-4M5 20h14",
  again: "M20 11a8 8 0 1 0-2.3 6.3M20 5v6h-6",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z" +
    "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  phone: "M7 3h10v18H7zM11 18h2",
  wifi: "M4 10a12 12 0 0 1 16 0M7 13.5a7.5 7.5 0 0 1 10 0M12 18v.1",
  bolt: "M13 3 5 14h6l-1 7 8-11h-6z",
  game: "M7 8h10a4.5 4.5 0 0 1 4.4 5.4l-.6 2.8a2.2 2.2 0 0 1-3.8 1L15 15H9l-2 2.2a2.2 2.2 0 0 1" +
    "-3.8-1l-.6-2.8A4.5 4.5 0 0 1 7 8zM8 10.5v3M6.5 12h3M16 11v.1M18 13v.1",
  tag: "M4 4h8l8 8-8 8-8-8zM8.2 8.2v.1",
  shield: "M12 3 5 6v5.5c0 4.3 2.9 7.7 7 9.5 4.1-1.8 7-5.2 7-9.5V6z",
  calc: "M6 3h12v18H6zM9 7h6M9.2 12v.1M12 12v.1M14.8 12v.1M9.2 16v.1M12 16v.1M14.8 16v.1",
  qr: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2",
  user: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0",
  up: "M12 20V5m0 0-6 6m6-6 6 6",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1 1" +
    "M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1-1",
};

export function Icon({ name, small }) {
  return html`<svg class=${classes("icon", small && "small")} viewBox="0 0 24 24" fill="none"
    stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"
    aria-hidden="true"><path d=${paths[name]} /></svg>`;
}

// What a tipe of the catalogue looks like.
export function tipeIcon(tipe) {
  const word = tipe.toLowerCase();
  if (word.includes("game")) return "game";
  if (word.includes("data") || word.includes("internet")) return "wifi";
  if (word.includes("pulsa") || word.includes("telepon")) return "phone";
  if (word.includes("pln") || word.includes("listrik")) return "bolt";
  if (word.includes("money") || word.includes("wallet") || word.includes("saldo")) return "wallet";
  return "tag";
}
