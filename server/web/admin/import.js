// The catalogue from a spreadsheet: what the table would change, and then changing it.

import { html, useState } from "../lib.js";
import { tell } from "../api.js";
import { count, rupiah } from "../format.js";
import { t } from "../i18n.js";
import { go } from "../router.js";
import { Button, Copyable, Notice, PageHead } from "../parts/basic.js";
import { Confirm } from "../parts/dialog.js";
import { Facts } from "../parts/facts.js";
import { FormFault, useForm } from "../parts/field.js";
import { Icon } from "../parts/icons.js";
import { say } from "../parts/toast.js";

const bodyMost = 64 * 1024; // bytes that the server takes
const header = "sid,tipe,kategori,layanan,butuh_nometer,format_target,provider,sku,cost,priority," +
  "status";

function isTooLarge(csv) {
  return new TextEncoder().encode(JSON.stringify({ csv })).length > bodyMost;
}

// What a table is, from the file on: {name, csv, preview} or {name, fault}.
async function read(file) {
  const csv = await file.text();
  if (isTooLarge(csv)) return { name: file.name, fault: t("import.large") };
  if (!csv.trim()) return { name: file.name, fault: t("import.why.empty") };
  try {
    const { data } = await tell("/api/admin/catalog/preview", { csv });
    return { name: file.name, csv, preview: data };
  } catch (error) {
    if (!error.text) throw error;
    return { name: file.name, fault: error.text(t) };
  }
}

function Faults({ preview: { errors, error_count: number } }) {
  return html`<section class="card stack">
    <${Notice} kind="bad" title=${t("import.errors", { n: count(number) })} role="alert">
      ${t("import.errors.text")}<//>
    <ul class="changes">${errors.map((one) => html`<li key=${`${one.line} ${one.column}`}>
      <span><strong>${t("import.line", { n: one.line })}</strong>
        ${one.column && html` <code>${one.column}</code>`}</span>
      <span>${t(`import.why.${one.why}`)}</span></li>`)}</ul>
    ${number > errors.length &&
      html`<p class="small soft">${t("rules.more", { n: count(number - errors.length) })}</p>`}
  </section>`;
}

function shown(field, when) {
  return field.column === "cost" ? rupiah(Number(field[when])) : field[when] || "–";
}

function Change({ one }) {
  return html`<li class="line top"><span class="main">
      <strong>${one.kategori} · ${one.layanan}</strong>
      <span>${t("import.line", { n: one.line })} · ${one.provider
        ? html`${one.provider} <code>${one.sku}</code>`
        : t("service.code", { sid: one.sid })}</span>
      ${one.fields.map((field) => html`<span key=${field.column}><code>${field.column}</code>${" "}
        ${shown(field, "now")} → <strong>${shown(field, "then")}</strong></span>`)}
    </span>
    ${one.is_new && html`<span class="side"><span class="badge good">${t("import.new")}</span>
      </span>`}</li>`;
}

function counts({ added, changed, same }) {
  return t("import.counts", { added: count(added), changed: count(changed), same: count(same) });
}

function Save({ csv, number }) {
  const [isAsking, setAsking] = useState(false);
  const form = useForm({});
  const send = () => form.submit(async () => {
    await tell("/api/admin/catalog/import", { csv });
    say(t("import.done"));
    go("catalogue");
  });
  return html`<${Button} kind="primary" wide class="short" onClick=${() => setAsking(true)}>
      ${t("import.do", { n: count(number) })}<//>
    ${isAsking && html`<${Confirm} title=${t("import.ask")} yes=${t("save")} busy=${form.busy}
      onYes=${send} onClose=${() => setAsking(false)}><div class="stack">
        <${FormFault} text=${form.faults.form} />
        <p class="soft">${t("import.ask.text")}</p></div><//>`}`;
}

function Preview({ csv, preview }) {
  const { services, offers, changes, new_providers: strangers } = preview;
  const number = services.added + services.changed + offers.added + offers.changed;
  return html`<section class="card stack"><h2>${t("import.preview")}</h2>
      <${Facts} rows=${[
        [t("import.services"), counts(services)],
        [t("import.offers"), counts(offers)],
      ]} />
      ${strangers.length > 0 && html`<${Notice} kind="wait"
        title=${t("import.providers", { names: strangers.join(", ") })}>
        ${t("import.providers.text")}<//>`}
      ${number ? html`<${Save} csv=${csv} number=${number} />`
        : html`<${Notice}>${t("import.none")}<//>`}
    </section>
    ${number > 0 && html`<section class="card flush"><ul class="rows">${changes.map((one, i) =>
      html`<${Change} key=${i} one=${one} />`)}</ul>
      ${number > changes.length && html`<div class="more small soft">
        ${t("rules.more", { n: count(number - changes.length) })}</div>`}</section>`}`;
}

function Choose({ table, onFile }) {
  return html`<label class=${table ? "drop chosen" : "drop"}>
    <input type="file" accept=".csv,text/csv" class="unseen"
      onClick=${(event) => {
        event.currentTarget.value = ""; // the same file again, when it was mended
      }}
      onChange=${(event) => event.currentTarget.files[0] && onFile(event.currentTarget.files[0])} />
    <span class="disc"><${Icon} name="up" /></span>
    <strong>${table ? table.name : t("import.choose")}</strong>
    <span class="small soft">${table ? t("import.other") : t("import.limit")}</span></label>`;
}

export default function Import() {
  const [table, setTable] = useState(undefined);
  return html`<div class="stack">
    <${PageHead} title=${t("import.title")} back=${{ to: "catalogue", text: t("nav.catalogue") }}>
      ${t("import.text")}<//>
    <${Choose} table=${table} onFile=${async (file) => setTable(await read(file))} />
    ${table?.fault && html`<${Notice} kind="bad" role="alert">${table.fault}<//>`}
    ${table?.preview?.error_count > 0 && html`<${Faults} preview=${table.preview} />`}
    ${table?.preview?.error_count === 0 && html`<${Preview} ...${table} />`}
    ${!table && html`<section class="card stack-small"><h2>${t("import.form")}</h2>
      <p class="soft">${t("import.form.text")}</p>
      <${Copyable} text=${header} label=${t("import.header")} /></section>`}
  </div>`;
}
