// A list in pages as one card: what is there, what stands there when there is nothing, and more.

import { html } from "../lib.js";
import { t } from "../i18n.js";
import { BoneRows, Button, Failed } from "./basic.js";

// list: of usePages(); row(one) draws a <li>, empty is what stands in place of none.
export function ListCard({ list, row, empty, head }) {
  if (!list.rows)
    return html`<section class="card flush">${list.error
      ? html`<${Failed} error=${list.error} again=${list.reload} />`
      : html`<${BoneRows} rows=${8} />`}</section>`;
  return html`<section class="card flush">
    ${list.rows.length > 0 && head}
    ${list.rows.length ? html`<ul class="rows">${list.rows.map(row)}</ul>` : empty}
    ${list.hasMore && html`<div class="more"><${Button} kind="plain" busy=${list.loadingMore}
      onClick=${list.loadMore}>${t("more")}<//></div>`}
  </section>`;
}
