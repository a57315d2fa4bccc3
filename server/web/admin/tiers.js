// What the levels of resellers grant, and how many have each.

import { html } from "../lib.js";
import { ask } from "../api.js";
import { count } from "../format.js";
import { t } from "../i18n.js";
import { useLoad } from "../use.js";
import { Act } from "../parts/act.js";
import { BoneRows, Button, Failed, PageHead } from "../parts/basic.js";

const byConfiguration = 60; // what a tier says that says nothing

function limitOf({ api_per_minute: limit }) {
  if (limit === 0) return t("tier.limit.none");
  return limit === byConfiguration ? t("tier.limit.usual") : t("tier.limit.is", {
    n: count(limit) });
}

function limitField(value) {
  return { name: "api_per_minute", label: t("tier.limit"), hint: t("tier.limit.hint"), needed: true,
    value };
}

function inWords(number) {
  return t(number === 1 ? "tier.resellers.one" : "tier.resellers", { n: count(number) });
}

function Tier({ tier, reload }) {
  return html`<li class="line"><span class="main"><strong>${tier.name}</strong>
      <span>${limitOf(tier)} · ${inWords(tier.resellers)}</span></span>
    <${Act} label=${t("edit")} title=${t("tier.edit", { name: tier.name })}
      text=${t("tier.edit.ask")} yes=${t("save")} path="/api/admin/tier/put"
      body=${{ name: tier.name }} onDone=${reload}
      fields=${[limitField(String(tier.api_per_minute))]} />
  </li>`;
}

export default function Tiers() {
  const { data, error, reload } = useLoad(async () => (await ask("/api/admin/tiers")).data, []);
  return html`<div class="stack">
    <${PageHead} title=${t("tiers")} back=${{ to: "users", text: t("nav.users") }}
      action=${html`<${Act} kind="primary" icon="plus" label=${t("tier.new")}
        title=${t("tier.new")} text=${t("tier.new.ask")} yes=${t("save")}
        path="/api/admin/tier/put" onDone=${reload} fields=${[
          { name: "name", label: t("tier.name"), hint: t("tier.name.hint"), needed: true },
          limitField(String(byConfiguration))]} />`}>${t("tiers.text")}<//>
    <section class="card flush">
      ${data
        ? html`<ul class="rows">${data.map((tier) =>
            html`<${Tier} key=${tier.name} tier=${tier} reload=${reload} />`)}</ul>`
        : error
          ? html`<${Failed} error=${error} again=${reload} />`
          : html`<${BoneRows} rows=${3} />`}
    </section>
    <div><${Button} kind="plain flush" to="catalogue/rules">${t("tier.prices")}<//></div>
  </div>`;
}
