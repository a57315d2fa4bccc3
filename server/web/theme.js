// Light or dark: as the device has it, unless somebody chose.  boot.js paints.

import { keep, kept } from "./kept.js";
import { shared } from "./lib.js";

export const theme = shared(kept("theme") ?? "auto");

export function chooseTheme(wanted) {
  keep("theme", wanted);
  document.documentElement.dataset.chosen = wanted;
  dispatchEvent(new Event("theme"));
  theme.set(wanted);
}
