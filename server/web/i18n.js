// Words in the reader's language.  Indonesian unless somebody chose English.

import { shared } from "./lib.js";
import { keep } from "./kept.js";

export const lang = shared(document.documentElement.lang === "en" ? "en" : "id");

let words = {};

export async function loadLanguage(wanted) {
  words = (await import(`./lang/${wanted}.js`)).default;
  document.documentElement.lang = wanted;
  lang.set(wanted);
}

export async function chooseLanguage(wanted) {
  keep("lang", wanted);
  await loadLanguage(wanted);
}

// The text of that name; {places} in it are filled with the values of their names.
export function t(key, values) {
  const text = words[key];
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values?.[name] ?? whole));
}
