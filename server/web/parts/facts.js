// What is known of a thing, a line each.

import { html } from "../lib.js";

// rows: [[name, value, class], …]; empty ones are left out.
export function Facts({ rows }) {
  return html`<dl class="facts">${rows.filter(Boolean).map(([name, value, kind]) =>
    html`<div key=${name} class=${kind}><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
