// An API key that was just made: shown once, then forgotten.

import { shared } from "./lib.js";

export const newKey = shared("");

export function showNewKey(key) {
  newKey.set(key);
}
