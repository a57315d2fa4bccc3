// Small parts: buttons, badges, notices, what is shown while there is nothing to show.

import { html, useState } from "../lib.js";
import { classes } from "../lib.js";
import { rupiah } from "../format.js";
import { t } from "../i18n.js";
import { Link } from "../router.js";
import { Icon } from "./icons.js";
import { say } from "./toast.js";

export function Money({ of, class: name }) {
  return html`<span class=${classes("money", name)}>${rupiah(of)}</span>`;
}

// kind: primary, outline, plain, danger; to: an address below /app.
export function Button({ kind, wide, busy, icon, to, href, children, class: extra, ...rest }) {
  const name = classes("button", kind, wide && "wide", extra);
  const content = html`${busy
      ? html`<span class="spinner" aria-hidden="true"></span>`
      : icon && html`<${Icon} name=${icon} small />`}${children}`;
  if (to !== undefined) return html`<${Link} to=${to} class=${name} ...${rest}>${content}<//>`;
  if (href) return html`<a href=${href} class=${name} ...${rest}>${content}</a>`;
  return html`<button type="button" class=${name} disabled=${busy} aria-busy=${busy || undefined}
    ...${rest}>${content}</button>`;
}

export function Notice({ kind = "info", title, children, role }) {
  const icon = { info: "info", wait: "alert", bad: "alert", good: "check" }[kind];
  return html`<div class=${classes("notice", kind)} role=${role}>
    <${Icon} name=${icon} />
    <div>${title && html`<strong>${title}</strong><br />`}${children}</div>
  </div>`;
}

export function Empty({ icon, title, children, action }) {
  return html`<div class="empty">
    <span class="disc"><${Icon} name=${icon} /></span>
    <strong>${title}</strong>
    <p>${children}</p>
    ${action}
  </div>`;
}

// Something could not be loaded: says why, and tries again.
export function Failed({ error, again }) {
  return html`<div class="empty" role="alert">
    <span class="disc"><${Icon} name="alert" /></span>
    <strong>${t("error.title")}</strong>
    <p>${error.text ? error.text(t) : t("error.unknown")}</p>
    <${Button} kind="outline" icon="again" onClick=${again}>${t("error.again")}<//>
  </div>`;
}

export function Bones({ lines = 3 }) {
  return html`<div class="stack-small" role="status">
    <span class="unseen">${t("loading")}</span>
    ${Array.from({ length: lines }, (_, i) =>
      html`<span class=${`bone w${i % 3}`} key=${i}></span>`)}
  </div>`;
}

export function BoneRows({ rows = 4 }) {
  return html`<ul class="rows" role="status" aria-label=${t("loading")}>
    ${Array.from({ length: rows }, (_, i) => html`<li class="line" key=${i} aria-hidden="true">
      <span class="main stack-small"><span class="bone w0"></span><span class="bone w2"></span>
        </span>
      <span class="bone w3"></span></li>`)}
  </ul>`;
}

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without TLS there is no clipboard but the old one.
    const field = document.createElement("textarea");
    field.value = text;
    (document.querySelector("dialog[open]") ?? document.body).append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

export function Copy({ text, label }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await copyText(text);
    setDone(true);
    say(t("copied", { what: label }));
    setTimeout(() => setDone(false), 2000);
  };
  return html`<button type="button" class="button square plain" onClick=${copy}
    aria-label=${t("copy", { what: label })} title=${t("copy", { what: label })}>
    <${Icon} name=${done ? "check" : "copy"} small /></button>`;
}

export function Copyable({ text, label }) {
  return html`<div class="copyable"><code>${text}</code><${Copy} text=${text} label=${label} />
    </div>`;
}

// name: the heading, which takes the focus when the page is opened.
export function PageHead({ title, children, action, back }) {
  return html`<header class="page-head">
    <div>
      ${back && html`<${Link} to=${back.to} class="row small back"><${Icon} name="left" small />
        ${back.text}<//>`}
      <h1 tabindex="-1" data-focus>${title}</h1>
      ${children && html`<p class="small">${children}</p>`}
    </div>
    ${action}
  </header>`;
}
