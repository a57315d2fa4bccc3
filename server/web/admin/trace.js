// What happened to something, step by step, and what it moved in the books.

import { html } from "../lib.js";
import { clockWithSeconds, day } from "../format.js";
import { t } from "../i18n.js";
import { Money } from "../parts/basic.js";

function Step({ step, before }) {
  const date = day(step.time);
  const isNewDay = !before || day(before.time) !== date;
  return html`<li><strong>${t(`trace.${step.subject}`)} ${step.id}: ${step.from &&
      `${step.from} → `}${step.to}</strong>
    <span><code>${step.event}</code> · ${step.cause}</span>
    <span><time datetime=${step.time}>${isNewDay && `${date}, `}${clockWithSeconds(step.time)} WIB
      </time></span></li>`;
}

export function Steps({ steps }) {
  return html`<section class="card"><div class="card-head"><h2>${t("trace.steps")}</h2></div>
    <ol class="steps">${steps.map((step, i) =>
      html`<${Step} key=${i} step=${step} before=${steps[i - 1]} />`)}</ol></section>`;
}

function side({ account, owner }) {
  return owner ? `${t(`account.${account}`)} · ${owner}` : t(`account.${account}`);
}

// The two accounts of a posting, a line each.
export function Sides({ one }) {
  return html`<strong>${t("ledger.debit", { account: side(one.debit) })}</strong>
    <strong>${t("ledger.credit", { account: side(one.credit) })}</strong>`;
}

export function Postings({ postings }) {
  return html`<section class="card flush">
    <div class="card-head"><h2>${t("trace.postings")}</h2></div>
    ${postings.length === 0 && html`<p class="calm small soft">${t("trace.postings.none")}</p>`}
    <ul class="rows">${postings.map((one) => html`<li class="line top" key=${one.id}>
      <span class="main"><${Sides} one=${one} />
        <span>${one.kind} · ${t("ledger.entry", { n: one.entry })}</span></span>
      <span class="side"><${Money} of=${one.amount} /><span class="small soft">#${one.id}</span>
        </span></li>`)}</ul></section>`;
}
