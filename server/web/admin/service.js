import { html, useState } from "../lib.js";
import { ask } from "../api.js";
import { t } from "../i18n.js";
import { useLoad } from "../use.js";
import { Act } from "../parts/act.js";
import { Bones, Button, Empty, Failed, Money, PageHead } from "../parts/basic.js";
import { Facts } from "../parts/facts.js";
import { Status } from "../parts/status.js";
import { OfferForm } from "./offer_form.js";
import { ServiceForm } from "./service_form.js";

async function load(sid) {
  const [list, partners] = await Promise.all([
    ask("/api/admin/services"), ask("/api/admin/partners")]);
  const service = list.data.find((one) => one.sid === sid);
  const offers = service ? (await ask("/api/admin/offers", { sid })).data : [];
  return { service, offers, services: list.data, providers: partners.data.providers };
}

function Offer({ offer, reload }) {
  const [isOpen, setOpen] = useState(false);
  return html`<li class="line"><span class="main">
      <strong>${offer.provider} ${!offer.active &&
        html`<span class="badge off">${t("offer.off")}</span>`}</strong>
      <span><code>${offer.sku}</code> · ${t("offer.priority.is", { n: offer.priority })}</span>
        </span>
    <span class="side"><${Money} of=${offer.cost} /></span>
    <${Button} kind="outline" onClick=${() => setOpen(true)}>${t("edit")}<//>
    ${isOpen && html`<${OfferForm} offer=${offer} reload=${reload}
      onClose=${() => setOpen(false)} />`}
  </li>`;
}

function Shown({ service, offers, services, providers, reload }) {
  const isOn = service.status === "Normal";
  const [open, setOpen] = useState("");
  const close = () => setOpen("");
  return html`<div class="grid wide-left">
    <section class="card flush"><div class="card-head"><h2>${t("offers")}</h2>
      <${Button} kind="outline" icon="plus" onClick=${() => setOpen("offer")}>${t("offer.new")}<//>
      </div>
      ${offers.length
        ? html`<ul class="rows">${offers.map((offer) =>
            html`<${Offer} key=${offer.id} offer=${offer} reload=${reload} />`)}</ul>`
        : html`<${Empty} icon="tag" title=${t("offers.none")}>${t("offers.none.text")}<//>`}
    </section>
    <section class="card stack">
      <${Facts} rows=${[
        ["Tipe", service.tipe],
        ["Kategori", service.kategori],
        [t("admin.state"), html`<${Status} of=${service.status} />`],
        service.butuh_nometer && [t("order.nometer"), "✓"],
        service.format_target && [t("service.format"), html`<code>${service.format_target}</code>`],
      ]} />
      <${Button} kind="outline" onClick=${() => setOpen("service")}>${t("service.edit")}<//>
      <${Act} danger=${isOn} kind=${isOn ? undefined : "primary"} onDone=${reload}
        label=${t(isOn ? "service.off" : "service.on")}
          title=${t(isOn ? "service.off" : "service.on")}
        text=${t(isOn ? "service.off.ask" : "service.on.ask")}
        yes=${t(isOn ? "service.off" : "service.on")} path="/api/admin/service/availability"
        body=${{ sid: service.sid, status: isOn ? "Gangguan" : "Normal" }} />
    </section>
    ${open === "offer" && html`<${OfferForm} offer=${{ service: service.sid }}
      providers=${providers} reload=${reload} onClose=${close} />`}
    ${open === "service" && html`<${ServiceForm} service=${service} services=${services}
      onClose=${close} onSaved=${reload} />`}
  </div>`;
}

export default function Service({ item }) {
  const { data, error, reload } = useLoad(() => load(item), [item]);
  const title = data?.service ? `${data.service.kategori} ${data.service.layanan}` : item;
  return html`<div class="stack">
    <${PageHead} title=${title} back=${{ to: "catalogue", text: t("nav.catalogue") }} />
    ${data?.service && html`<${Shown} ...${data} reload=${reload} />`}
    ${data && !data.service && html`<section class="card"><${Empty} icon="search"
      title=${t("nowhere.title")}>${t("nowhere.text")}<//></section>`}
    ${!data && error && html`<section class="card">
      <${Failed} error=${error} again=${reload} /></section>`}
    ${!data && !error && html`<section class="card"><${Bones} lines=${5} /></section>`}
  </div>`;
}
