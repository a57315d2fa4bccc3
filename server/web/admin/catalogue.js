import { html, useMemo, useState } from "../lib.js";
import { ask } from "../api.js";
import { matches, wordsOf } from "../catalogue.js";
import { count } from "../format.js";
import { t } from "../i18n.js";
import { Link, go } from "../router.js";
import { useLoad } from "../use.js";
import { BoneRows, Button, Empty, Failed, PageHead } from "../parts/basic.js";
import { Field, Segments } from "../parts/field.js";
import { Icon } from "../parts/icons.js";
import { Status } from "../parts/status.js";
import { ServiceForm } from "./service_form.js";

const shownMost = 200;

function Row({ service }) {
  return html`<li><${Link} to=${`catalogue/${service.sid}`} class="line">
    <span class="main"><strong>${service.kategori} · ${service.layanan}</strong>
      <span>${service.tipe} · ${t("service.code", { sid: service.sid })}</span></span>
    <span class="side"><${Status} of=${service.status} /></span>
    <${Icon} name="right" small /><//></li>`;
}

export default function Catalogue() {
  const { data: all, error, reload } = useLoad(
    async () => (await ask("/api/admin/services")).data, []);
  const [text, setText] = useState("");
  const [status, setStatus] = useState("");
  const [isNew, setNew] = useState(false);
  const found = useMemo(() => (all ?? []).filter((one) =>
    (!status || one.status === status) && matches(one, wordsOf(text))), [all, text, status]);
  return html`<div class="stack">
    <${PageHead} title=${t("nav.catalogue")} action=${html`<div class="row">
      <${Button} kind="outline" icon="calc" to="catalogue/rules">${t("rules.title")}<//>
      <${Button} kind="outline" icon="up" to="catalogue/import">${t("import.title")}<//>
      <${Button} kind="primary" icon="plus" onClick=${() => setNew(true)}>${t("service.new")}<//>
      </div>`}>${t("nav.catalogue.text")}<//>
    <${Field} label=${t("services.search")} icon="search" type="search" value=${text}
      placeholder=${t("services.search.hint")} onValue=${setText} />
    <${Segments} short label=${t("orders.status")} value=${status} onValue=${setStatus}
      choices=${[["", t("services.all")], ["Normal", t("status.Normal")],
        ["Gangguan", t("status.Gangguan")]]} />
    <section class="card flush">
      ${all
        ? found.length
          ? html`<ul class="rows">${found.slice(0, shownMost).map((service) =>
              html`<${Row} key=${service.sid} service=${service} />`)}</ul>`
          : html`<${Empty} icon="search" title=${t("services.none")}>${t("services.none.text")}<//>`
        : error
          ? html`<${Failed} error=${error} again=${reload} />`
          : html`<${BoneRows} rows=${8} />`}
    </section>
    ${isNew && all && html`<${ServiceForm} services=${all} onClose=${() => setNew(false)}
      onSaved=${({ sid }) => go(`catalogue/${sid}`)} />`}
    ${found.length > shownMost &&
      html`<p class="small soft">${t("services.cut", { n: count(found.length - shownMost) })}</p>`}
  </div>`;
}
