// A sentence at the edge of the page that goes away by itself; screen readers read it, too.

import { html, shared } from "../lib.js";
import { useShared } from "../use.js";
import { Icon } from "./icons.js";

const said = shared([]);
let last = 0;

export function say(text, kind = "good") {
  const id = ++last;
  said.set([...said.get().slice(-1), { id, text, kind }]);
  setTimeout(() => said.set(said.get().filter((toast) => toast.id !== id)), 5000);
}

export function Toasts() {
  const toasts = useShared(said);
  return html`<div class="toasts" role="status" aria-live="polite">
    ${toasts.map((toast) => html`<div class="toast" key=${toast.id}>
      <${Icon} name=${toast.kind === "good" ? "check" : "alert"} small />${toast.text}</div>`)}
  </div>`;
}
