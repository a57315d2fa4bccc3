// What every page is made with: preact by way of tagged templates, so that a page needs no build.

import { Fragment, h, render } from "./vendor/preact.js";
import htm from "./vendor/htm.js";

export { Fragment, render };
export { useCallback, useEffect, useLayoutEffect, useMemo, useRef,
  useState } from "./vendor/hooks.js";

export const html = htm.bind(h);

// A value that many components show: when it is set, they are drawn again.
export function shared(value) {
  const listeners = new Set();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listener of [...listeners]) listener();
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function classes(...names) {
  return names.filter(Boolean).join(" ");
}
