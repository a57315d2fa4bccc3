// A sheet above the page; the browser keeps the focus inside it and Escape closes it.

import { html, useEffect, useRef } from "../lib.js";
import { t } from "../i18n.js";
import { Button } from "./basic.js";

export function Dialog({ title, onClose, children, actions }) {
  const place = useRef(null);
  useEffect(() => {
    const dialog = place.current;
    dialog.showModal();
    return () => dialog.close();
  }, []);
  return html`<dialog class="sheet" ref=${place} aria-labelledby="sheet-title"
    onCancel=${(event) => {
      event.preventDefault();
      onClose();
    }}
    onClick=${(event) => event.target === place.current && onClose()}>
    <h2 id="sheet-title">${title}</h2>
    ${children}
    <div class="actions">${actions}</div>
  </dialog>`;
}

// Asks before something is done.
export function Confirm({ title, children, yes, kind = "primary", busy, onYes, onClose }) {
  return html`<${Dialog} title=${title} onClose=${onClose} actions=${html`
    <${Button} kind=${kind} wide busy=${busy} onClick=${onYes}>${yes}<//>
    <${Button} kind="outline" wide onClick=${onClose} disabled=${busy}>${t("cancel")}<//>`}>
    ${children}
  <//>`;
}
