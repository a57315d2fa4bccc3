// Words in the reader's language.  Indonesian unless somebody chose English.

import { shared } from "./lib.js";
import { keep } from "./kept.js";

export const lang = shared(document.documentElement.lang === "en" ? "en" : "id");

let words = {};
let needsAdmins = false;

export async function loadLanguage(wanted) {
  const parts = needsAdmins ? ["", "admin_", "audit_", "import_"] : [""];
  const modules = await Promise.all(parts.map((part) => import(`./lang/${part}${wanted}.js`)));
  words = Object.assign({}, ...modules.map((module) => module.default));
  document.documentElement.lang = wanted;
  lang.set(wanted);
}

// From now on with the words of the operator's pages.
export async function loadAdminWords() {
  if (needsAdmins) return;
  needsAdmins = true;
  await loadLanguage(lang.get());
}

export async function chooseLanguage(wanted) {
  keep("lang", wanted);
  await loadLanguage(wanted);
}

// The names of texts that begin so.
export function keysOf(beginning) {
  return Object.keys(words).filter((key) => key.startsWith(beginning));
}

// The text of that name; {places} in it are filled with the values of their names.
export function t(key, values) {
  const text = words[key];
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values?.[name] ?? whole));
}
