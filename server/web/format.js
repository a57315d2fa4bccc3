// Money and moments as people here read them.

import { lang } from "./i18n.js";

// Rp 12.000 in Indonesian, Rp 12,000 in English; a minus stands before the Rp.
export function rupiah(amount) {
  const whole = Math.trunc(Math.abs(Number(amount) || 0));
  const text = whole.toString().replace(/\B(?=(\d{3})+$)/g, lang.get() === "en" ? "," : ".");
  return `${Number(amount) < 0 ? "−" : ""}Rp\u00a0${text}`;
}

export function signedRupiah(amount) {
  return amount > 0 ? `+${rupiah(amount)}` : rupiah(amount);
}

export function count(number) {
  return Number(number).toString().replace(/\B(?=(\d{3})+$)/g, lang.get() === "en" ? "," : ".");
}

// 250 hundredths are 2,5% in Indonesian.
export function percent(hundredths) {
  const text = String(hundredths / 100);
  return `${lang.get() === "en" ? text : text.replace(".", ",")}%`;
}

// "Rp 1,2 jt" for the axis of a chart.
export function shortRupiah(amount) {
  const comma = lang.get() === "en" ? "." : ",";
  const units = lang.get() === "en" ? ["K", "M", "B"] : [" rb", " jt", " M"];
  for (const [power, unit] of [[1e9, units[2]], [1e6, units[1]], [1e3, units[0]]])
    if (amount >= power)
      return (Math.round((amount / power) * 10) / 10).toString().replace(".", comma) + unit;
  return String(amount);
}

const locale = () => (lang.get() === "en" ? "en-GB" : "id-ID");

function inWib(moment, options) {
  return new Intl.DateTimeFormat(locale(), { timeZone: "Asia/Jakarta", ...options })
    .format(new Date(moment));
}

export function day(moment) {
  return inWib(moment, { day: "numeric", month: "short", year: "numeric" });
}

export function shortDay(moment) {
  return inWib(moment, { day: "numeric", month: "short" });
}

// 14:03 in every language.
export function clock(moment) {
  return inWib(moment, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).replace(".", ":");
}

export function clockWithSeconds(moment) {
  return inWib(moment, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).replaceAll(".", ":");
}

export function moment(at) {
  return `${day(at)}, ${clock(at)} WIB`;
}

// The day in Jakarta as the API takes it: "2026-11-22".
export function wibDate(at = Date.now()) {
  return new Date(at + 7 * 3600_000).toISOString().slice(0, 10);
}

// Seconds as 14:59.
export function countdown(seconds) {
  const left = Math.max(0, Math.floor(seconds));
  return `${String(Math.floor(left / 60)).padStart(2, "0")}:${String(left % 60).padStart(2, "0")}`;
}

// Digits of what somebody typed into a field for money, as a number; 0 if there are none.
export function digitsOf(text) {
  return Number(String(text).replace(/\D/g, "").slice(0, 12)) || 0;
}
