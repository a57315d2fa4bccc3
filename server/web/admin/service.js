import { html, useState } from "../lib.js";
import { ask, tell } from "../api.js";
import { t } from "../i18n.js";
import { useLoad } from "../use.js";
import { Act } from "../parts/act.js";
import { Bones, Button, Empty, Failed, Money, PageHead } from "../parts/basic.js";
import { Confirm } from "../parts/dialog.js";
import { Facts } from "../parts/facts.js";
import { Field, FormFault, MoneyField, Segments, useForm } from "../parts/field.js";
import { Status } from "../parts/status.js";
import { say } from "../parts/toast.js";

async function load(sid) {
  const services = (await ask("/api/admin/services")).data;
  const service = services.find((one) => one.sid === sid);
  return { service, offers: service ? (await ask("/api/admin/offers", { sid })).data : [] };
}

// An offer is replaced as a whole.
function Edit({ offer, onClose, reload }) {
  const form = useForm({
    sku: offer.sku,
    cost: offer.cost,
    priority: String(offer.priority),
    active: offer.active ? "on" : "off",
  });
  const send = () => form.submit(async () => {
    const { sku, cost, priority, active } = form.values;
    await tell("/api/admin/offer/put", { id: offer.id, service: offer.service,
      provider: offer.provider, sku: sku.trim(), cost, priority, active: active === "on" });
    onClose();
    say(t("done"));
    reload();
  });
  const { value, onValue } = form.bind("active");
  return html`<${Confirm} title=${t("offer.edit", { provider: offer.provider })} yes=${t("save")}
    busy=${form.busy} onYes=${send} onClose=${onClose}><div class="stack">
      <p class="soft">${t("offer.edit.text")}</p>
      <${FormFault} text=${form.faults.form} />
      <${Field} label="SKU" ...${form.bind("sku")} autocomplete="off" />
      <${MoneyField} label=${t("admin.cost")} ...${form.bind("cost")} />
      <${Field} label=${t("offer.priority")} hint=${t("offer.priority.hint")} inputmode="numeric"
        ...${form.bind("priority")} />
      <${Segments} label=${t("offer.active")} value=${value} onValue=${onValue}
        choices=${[["on", t("offer.on")], ["off", t("offer.off")]]} />
    </div><//>`;
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
    ${isOpen && html`<${Edit} offer=${offer} reload=${reload} onClose=${() => setOpen(false)} />`}
  </li>`;
}

function Shown({ service, offers, reload }) {
  const isOn = service.status === "Normal";
  return html`<div class="grid wide-left">
    <section class="card flush"><div class="card-head"><h2>${t("offers")}</h2></div>
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
      <${Act} danger=${isOn} kind=${isOn ? undefined : "primary"} onDone=${reload}
        label=${t(isOn ? "service.off" : "service.on")}
          title=${t(isOn ? "service.off" : "service.on")}
        text=${t(isOn ? "service.off.ask" : "service.on.ask")}
        yes=${t(isOn ? "service.off" : "service.on")} path="/api/admin/service/availability"
        body=${{ sid: service.sid, status: isOn ? "Gangguan" : "Normal" }} />
    </section>
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
