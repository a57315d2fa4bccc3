// The price list, and what a reseller adds to it.

import { ask } from "./api.js";
import { shared } from "./lib.js";
import { keep, kept } from "./kept.js";

// Every service with its tipe, in the order of the list.
export async function loadServices() {
  const byTipe = (await ask("/api/services")).data;
  return Object.entries(byTipe).flatMap(([tipe, services]) =>
    services.map((service) => ({ ...service, tipe, harga: Number(service.harga) })),
  );
}

export function isSold(service) {
  return service.status === "Normal";
}

// Words in any order, in any case.
export function matches(service, words) {
  const { tipe, kategori, layanan, sid } = service;
  const text = `${tipe} ${kategori} ${layanan} ${sid}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

export function wordsOf(text) {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

const none = { percent: 0, flat: 0, step: 100 };

function keptMarkup() {
  try {
    const { percent, flat, step } = JSON.parse(kept("markup"));
    return { percent: Number(percent) || 0, flat: Number(flat) || 0, step: Number(step) || 100 };
  } catch {
    return none;
  }
}

// The reseller's own; stays in this browser.
export const markup = shared(keptMarkup());

export function setMarkup(next) {
  keep("markup", JSON.stringify(next));
  markup.set(next);
}

export function hasMarkup({ percent, flat }) {
  return percent > 0 || flat > 0;
}

// What customers pay: cost, percent of it and a flat part, up to the next step.  Whole rupiah.
export function sellingPrice(cost, { percent, flat, step }) {
  const price = cost + Math.ceil((cost * Math.round(percent * 100)) / 10_000) + flat;
  return Math.ceil(price / step) * step;
}
