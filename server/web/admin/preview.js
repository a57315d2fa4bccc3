// What a change would do to prices, before it is saved.

import { html, useEffect, useState } from "../lib.js";
import { tell } from "../api.js";
import { rupiah, signedRupiah } from "../format.js";
import { t } from "../i18n.js";
import { useLoad } from "../use.js";
import { Notice } from "../parts/basic.js";

const aMoment = 400; // milliseconds after the last key

// What the API says of that change; nothing is asked for while it is undefined.
export function usePreview(path, change) {
  const text = JSON.stringify(change ?? null);
  const [asked, setAsked] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), aMoment);
    return () => clearTimeout(timer);
  }, [text]);
  return useLoad(async () => {
    const wanted = JSON.parse(asked);
    return wanted && (await tell(path, wanted)).data;
  }, [asked]);
}

const shownMost = 5;

function price(amount) {
  return amount === undefined ? t("preview.unsold") : rupiah(amount);
}

// line(change) says what it is about.
export function Changes({ preview, line }) {
  const { data, error } = preview;
  if (error) return html`<${Notice} kind="bad">${error.text(t)}<//>`;
  if (data === null) return null;
  if (!data) return html`<p class="small soft" role="status">${t("loading")}</p>`;
  if (!data.count) return html`<${Notice}>${t("rules.no.change")}<//>`;
  return html`<div class="stack-small" role="status">
    <strong>${t("rules.changes", { n: data.count })}</strong>
    <ul class="changes">${data.changes.slice(0, shownMost).map((one, i) => html`<li key=${i}>
      <span>${line(one)}</span>
      <span class="money">${price(one.now)} → <strong>${price(one.then)}</strong>
        ${one.now !== undefined && one.then !== undefined &&
          html`<span class="small soft"> ${signedRupiah(one.then - one.now)}</span>`}</span></li>`)}
    </ul>
    ${data.count > shownMost &&
      html`<p class="small soft">${t("rules.more", { n: data.count - shownMost })}</p>`}
  </div>`;
}
