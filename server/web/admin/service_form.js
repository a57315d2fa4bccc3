// What a service is: the form that makes one or changes it.

import { html } from "../lib.js";
import { tell } from "../api.js";
import { t } from "../i18n.js";
import { Confirm } from "../parts/dialog.js";
import { Choice, Field, FormFault, Segments, useForm } from "../parts/field.js";
import { say } from "../parts/toast.js";
import { Changes, usePreview } from "./preview.js";

const newService = { tipe: "", kategori: "", layanan: "", status: "Normal", butuh_nometer: false,
  format_target: "" };

function wordsOf(values, sid) {
  const { tipe, kategori, layanan, status, nometer, format } = values;
  const service = { tipe: tipe.trim(), kategori: kategori.trim(), layanan: layanan.trim(), status,
    butuh_nometer: nometer === "yes", format_target: format.trim() };
  return sid ? { ...service, sid } : service;
}

// Those of which there are some already, to write them alike.
function Known({ id, values }) {
  return html`<datalist id=${id}>${[...new Set(values)].map((one) =>
    html`<option value=${one} key=${one}></option>`)}</datalist>`;
}

function Fields({ form, services }) {
  return html`
    <${Field} label="Tipe" hint=${t("service.tipe.hint")} list="known-tipe" autocomplete="off"
      ...${form.bind("tipe")} />
    <${Known} id="known-tipe" values=${services.map((one) => one.tipe)} />
    <${Field} label="Kategori" hint=${t("service.kategori.hint")} list="known-kategori"
      autocomplete="off" ...${form.bind("kategori")} />
    <${Known} id="known-kategori" values=${services.map((one) => one.kategori)} />
    <${Field} label=${t("order.service")} hint=${t("service.layanan.hint")} autocomplete="off"
      ...${form.bind("layanan")} />
    <${Field} label=${t("service.format")} hint=${t("service.format.hint")} autocomplete="off"
      autocapitalize="none" spellcheck="false" ...${form.bind("format")} />
    <${Choice} label=${t("service.nometer")} ...${form.bind("nometer")}
      choices=${[["no", t("no")], ["yes", t("yes")]]} />
    <${Segments} label=${t("admin.state")} value=${form.values.status}
      onValue=${form.bind("status").onValue}
      choices=${[["Normal", t("status.Normal")], ["Gangguan", t("status.Gangguan")]]} />`;
}

// onSaved(service) gets what the server made of it.
export function ServiceForm({ service = newService, services, onClose, onSaved }) {
  const { sid } = service;
  const form = useForm({ tipe: service.tipe, kategori: service.kategori,
    layanan: service.layanan, status: service.status,
    nometer: service.butuh_nometer ? "yes" : "no", format: service.format_target });
  const wanted = wordsOf(form.values, sid);
  const isWhole = wanted.tipe && wanted.kategori && wanted.layanan;
  const preview = usePreview("/api/admin/service/preview", sid && isWhole ? wanted : undefined);
  const send = () => {
    const missing = ["tipe", "kategori", "layanan"].filter((name) => !wanted[name]);
    if (missing.length)
      return form.setFaults(Object.fromEntries(missing.map((name) => [name, t("needed")])));
    return form.submit(async () => {
      const { data } = await tell("/api/admin/service/put", wanted);
      onClose();
      say(t("done"));
      onSaved(data);
    });
  };
  return html`<${Confirm} title=${t(sid ? "service.edit" : "service.new")} yes=${t("save")}
    busy=${form.busy} onYes=${send} onClose=${onClose}><div class="stack">
      <${FormFault} text=${form.faults.form} />
      <${Fields} form=${form} services=${services} />
      ${sid && html`<${Changes} preview=${preview} line=${({ tier }) => tier} />`}
    </div><//>`;
}
