// Light or dark: as the device has it, unless somebody chose.

import { keep, kept } from "./kept.js";
import { shared } from "./lib.js";

export const theme = shared(kept("theme") ?? "auto");

export function chooseTheme(wanted) {
  keep("theme", wanted);
  if (wanted === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = wanted;
  theme.set(wanted);
}
