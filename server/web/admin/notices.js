// What resellers are told on their first page, and for how long.

import { html, useState } from "../lib.js";
import { ask, tell } from "../api.js";
import { moment } from "../format.js";
import { t } from "../i18n.js";
import { useLoad } from "../use.js";
import { Act } from "../parts/act.js";
import { BoneRows, Button, Failed, Notice } from "../parts/basic.js";
import { Confirm } from "../parts/dialog.js";
import { Field, FormFault, useForm } from "../parts/field.js";
import { say } from "../parts/toast.js";

const textMost = 500;

// 2026-11-23T09:30 of a field is half past nine in WIB.
function toApi(text) {
  return text ? `${text}:00+07:00` : undefined;
}

function fromApi(time) {
  return time ? time.slice(0, 16) : "";
}

function Edit({ notice, onClose, reload }) {
  const form = useForm({ text: notice.text ?? "", from: fromApi(notice.from),
    until: fromApi(notice.until) });
  const send = () => {
    const { text, from, until } = form.values;
    const missing = {};
    if (!text.trim()) missing.text = t("needed");
    if (!until) missing.until = t("needed");
    if (Object.keys(missing).length) return form.setFaults(missing);
    return form.submit(async () => {
      await tell("/api/admin/notice/put", { id: notice.id, text: text.trim(), from: toApi(from),
        until: toApi(until) });
      onClose();
      say(t("done"));
      reload();
    });
  };
  const shown = form.values.text.trim();
  return html`<${Confirm} title=${t(notice.id ? "notice.edit" : "notice.new")} yes=${t("save")}
    busy=${form.busy} onYes=${send} onClose=${onClose}><div class="stack">
      <${FormFault} text=${form.faults.form} />
      <${Field} multiline label=${t("notice.words")} hint=${t("notice.words.hint")} rows="3"
        maxlength=${textMost} ...${form.bind("text")} />
      <div class="grid two">
        <${Field} type="datetime-local" label=${t("notice.from")} hint=${t("notice.from.hint")}
          ...${form.bind("from")} />
        <${Field} type="datetime-local" label=${t("notice.until")} ...${form.bind("until")} />
      </div>
      ${shown && html`<div class="stack-small"><span class="legend">${t("notice.looks")}</span>
        <${Notice}>${shown}<//></div>`}
    </div><//>`;
}

function toneOf(notice) {
  if (notice.shown) return ["good", "notice.now"];
  return Date.parse(notice.from) > Date.now() ? ["wait", "notice.later"] : ["off", "notice.over"];
}

function One({ notice, reload }) {
  const [isOpen, setOpen] = useState(false);
  const [tone, word] = toneOf(notice);
  return html`<li class="line top"><span class="main stack-small"><strong class="told">
      ${notice.text}</strong>
      <span>${moment(notice.from)} – ${moment(notice.until)}</span>
      <div class="row"><${Button} kind="outline" onClick=${() => setOpen(true)}>${t("edit")}<//>
        ${tone !== "off" && html`<${Act} danger label=${t("notice.end")} title=${t("notice.end")}
          text=${t("notice.end.ask")} yes=${t("notice.end")} path="/api/admin/notice/end"
          body=${{ id: notice.id }} onDone=${reload} />`}</div></span>
    <span class="side"><span class=${`badge ${tone}`}>${t(word)}</span></span>
    ${isOpen && html`<${Edit} notice=${notice} onClose=${() => setOpen(false)}
      reload=${reload} />`}</li>`;
}

export function Notices() {
  const { data, error, reload } = useLoad(
    async () => (await ask("/api/admin/notices")).data, []);
  const [isNew, setNew] = useState(false);
  return html`<section class="card flush">
    <div class="card-head"><h2>${t("notices")}</h2><${Button} kind="outline" icon="plus"
      onClick=${() => setNew(true)}>${t("notice.add")}<//></div>
    ${data
      ? data.length
        ? html`<ul class="rows">${data.map((notice) =>
            html`<${One} key=${notice.id} notice=${notice} reload=${reload} />`)}</ul>`
        : html`<p class="calm small soft">${t("notices.none")}</p>`
      : error
        ? html`<${Failed} error=${error} again=${reload} />`
        : html`<${BoneRows} rows=${2} />`}
    ${isNew && html`<${Edit} notice=${{}} onClose=${() => setNew(false)} reload=${reload} />`}
  </section>`;
}
