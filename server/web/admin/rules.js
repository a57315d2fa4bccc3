import { html, useState } from "../lib.js";
import { ask, tell } from "../api.js";
import { digitsOf, percent, rupiah } from "../format.js";
import { t } from "../i18n.js";
import { useLoad } from "../use.js";
import { Button, BoneRows, Empty, Failed, PageHead } from "../parts/basic.js";
import { Confirm } from "../parts/dialog.js";
import { Choice, Field, FormFault, MoneyField, Segments, useForm } from "../parts/field.js";
import { say } from "../parts/toast.js";
import { Changes, usePreview } from "./preview.js";

const scopes = ["shop", "tipe", "kategori", "service"];

// The form's texts as the API takes a rule; 2,5 percent are 250 hundredths.
function ruleOf(values, id) {
  const added = Number(String(values.percent).replace(",", ".")) || 0;
  const rule = {
    tier: values.tier.trim(),
    scope: values.scope,
    subject: values.scope === "shop" ? "" : values.subject.trim(),
    markup: Math.round(added * 100),
    flat: values.flat,
    step: digitsOf(values.step) || 1,
    min_margin: values.min_margin,
  };
  if (values.cap) rule.cap = values.cap;
  if (id) rule.id = id;
  return rule;
}

function valuesOf(rule) {
  return {
    tier: rule.tier ?? "",
    scope: rule.scope,
    subject: rule.subject ?? "",
    percent: rule.markup ? String(rule.markup / 100) : "",
    flat: rule.flat ?? 0,
    cap: rule.cap ?? 0,
    step: String(rule.step ?? 100),
    min_margin: rule.min_margin ?? 0,
  };
}

function inWords(rule) {
  const parts = [];
  if (rule.markup) parts.push(percent(rule.markup));
  if (rule.flat) parts.push(rupiah(rule.flat));
  return parts.join(" + ") || t("rules.at.cost");
}

function aboutRule(one) {
  return html`${one.kategori} ${one.layanan} <span class="soft">(${one.tier})</span>`;
}

// What a rule of that scope can be about: [[subject, text], …].
function subjectsOf(services, scope) {
  if (scope === "shop") return [["", ""]];
  if (scope === "service")
    return services.map((one) => [one.sid, `${one.kategori} · ${one.layanan}`]);
  return [...new Set(services.map((one) => one[scope]))].map((name) => [name, name]);
}

function Fields({ form, services, tiers }) {
  const { scope } = form.values;
  const subjects = subjectsOf(services, scope);
  const choose = (next) => form.setValues({
    ...form.values,
    scope: next,
    subject: subjectsOf(services, next)[0][0],
  });
  return html`
    <div class="stack-small"><span class="legend">${t("rules.scope")}</span>
      <${Segments} label=${t("rules.scope")} value=${scope} onValue=${choose}
        choices=${scopes.map((name) => [name, t(`rules.scope.${name}`)])} /></div>
    ${scope !== "shop" && html`<${Choice} label=${t(`rules.scope.${scope}`)} choices=${subjects}
      ...${form.bind("subject")} />`}
    <${Choice} label=${t("rules.tier")} ...${form.bind("tier")} choices=${[
      ["", t("rules.tier.any")], ...tiers.map(({ name }) => [name, name])]} />
    <div class="grid two">
      <${Field} label=${t("markup.percent")} ...${form.bind("percent")} inputmode="decimal" />
      <${MoneyField} label=${t("markup.flat")} ...${form.bind("flat")} />
      <${MoneyField} label=${t("rules.cap")} ...${form.bind("cap")} />
      <${MoneyField} label=${t("rules.margin")} ...${form.bind("min_margin")} />
    </div>
    <${Field} label=${t("markup.step")} ...${form.bind("step")} inputmode="numeric" />`;
}

function Edit({ rule, lists, onClose, reload }) {
  const form = useForm(valuesOf(rule));
  const wanted = ruleOf(form.values, rule.id);
  const preview = usePreview("/api/admin/price-rule/preview", wanted);
  const send = () => form.submit(async () => {
    await tell("/api/admin/price-rule/put", wanted);
    onClose();
    say(t("done"));
    reload();
  });
  return html`<${Confirm} title=${t(rule.id ? "rules.edit" : "rules.new")} yes=${t("save")}
    busy=${form.busy} onYes=${send} onClose=${onClose}><div class="stack">
      <${FormFault} text=${form.faults.form} />
      <${Fields} form=${form} ...${lists} />
      <${Changes} preview=${preview} line=${aboutRule} />
    </div><//>`;
}

function Remove({ rule, onClose, reload }) {
  const form = useForm({});
  const preview = usePreview("/api/admin/price-rule/preview",
    { ...ruleOf(valuesOf(rule), rule.id), removed: true });
  const send = () => form.submit(async () => {
    await tell("/api/admin/price-rule/remove", { id: rule.id });
    onClose();
    say(t("done"));
    reload();
  });
  return html`<${Confirm} title=${t("rules.remove.title")} kind="danger" yes=${t("rules.remove")}
    busy=${form.busy} onYes=${send} onClose=${onClose}><div class="stack">
      <${FormFault} text=${form.faults.form} />
      <${Changes} preview=${preview} line=${aboutRule} />
    </div><//>`;
}

function Rule({ rule, lists, reload }) {
  const [open, setOpen] = useState("");
  const close = () => setOpen("");
  const of = rule.scope === "shop" ? "" : ` ${rule.subject}`;
  return html`<li class="line"><span class="main">
      <strong>${t(`rules.scope.${rule.scope}`)}${of}</strong>
      <span>${rule.tier || t("rules.tier.any")} · ${inWords(rule)}</span></span>
    <${Button} kind="outline" onClick=${() => setOpen("edit")}>${t("edit")}<//>
    <${Button} kind="outline risky" onClick=${() => setOpen("remove")}>${t("rules.remove")}<//>
    ${open === "edit" && html`<${Edit} rule=${rule} lists=${lists} onClose=${close}
      reload=${reload} />`}
    ${open === "remove" && html`<${Remove} rule=${rule} onClose=${close} reload=${reload} />`}
  </li>`;
}

async function load() {
  const [rules, services, tiers] = await Promise.all([
    ask("/api/admin/price-rules"), ask("/api/admin/services"), ask("/api/admin/tiers")]);
  return { rules: rules.data, lists: { services: services.data, tiers: tiers.data } };
}

export default function Rules() {
  const { data, error, reload } = useLoad(load, []);
  const [isNew, setNew] = useState(false);
  return html`<div class="stack">
    <${PageHead} title=${t("rules.title")} back=${{ to: "catalogue", text: t("nav.catalogue") }}
      action=${html`<${Button} kind="primary" icon="plus" onClick=${() => setNew(true)}>
        ${t("rules.new")}<//>`}>${t("rules.text")}<//>
    ${isNew && data && html`<${Edit} rule=${{ scope: "shop" }} lists=${data.lists}
      onClose=${() => setNew(false)} reload=${reload} />`}
    <section class="card flush">
      ${data
        ? data.rules.length
          ? html`<ul class="rows">${data.rules.map((rule) => html`<${Rule} key=${rule.id}
              rule=${rule} lists=${data.lists} reload=${reload} />`)}</ul>`
          : html`<${Empty} icon="calc" title=${t("rules.none")}>${t("rules.none.text")}<//>`
        : error
          ? html`<${Failed} error=${error} again=${reload} />`
          : html`<${BoneRows} rows=${3} />`}
    </section>
  </div>`;
}
