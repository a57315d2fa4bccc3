// Which page is shown: the address below /app.

import { html, shared } from "./lib.js";

function parse() {
  const [page = "", item = ""] = location.pathname
    .replace(/^\/app\/?/, "")
    .split("/")
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return "";
      }
    });
  return { page, item, query: new URLSearchParams(location.search) };
}

export const route = shared(parse());

// "orders/INV-1", "orders?status=Pending"; "" is the first page.
export function pathOf(to) {
  return to ? `/app/${to}` : "/app";
}

export function go(to, how = "push") {
  history[how === "replace" ? "replaceState" : "pushState"](null, "", pathOf(to));
  route.set(parse());
  if (how !== "replace") scrollTo(0, 0);
}

addEventListener("popstate", () => route.set(parse()));

export function Link({ to, children, onClick, ...rest }) {
  const follow = (event) => {
    onClick?.(event);
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!isPlain || event.defaultPrevented) return;
    event.preventDefault();
    go(to);
  };
  return html`<a href=${pathOf(to)} onClick=${follow} ...${rest}>${children}</a>`;
}
