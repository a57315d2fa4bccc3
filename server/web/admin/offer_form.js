// Who supplies a service, for how much and when: the form that makes an offer or changes it.

import { html } from "../lib.js";
import { tell } from "../api.js";
import { t } from "../i18n.js";
import { Confirm } from "../parts/dialog.js";
import { Choice, Field, FormFault, MoneyField, Segments, useForm } from "../parts/field.js";
import { say } from "../parts/toast.js";
import { Changes, usePreview } from "./preview.js";

// An offer is put as a whole.
function wordsOf(values, offer) {
  const { provider, sku, cost, priority, active } = values;
  const wanted = { service: offer.service, provider, sku: sku.trim(), cost,
    priority: Number(priority) || 0, active: active === "on" };
  return offer.id ? { ...wanted, id: offer.id } : wanted;
}

export function OfferForm({ offer, providers, onClose, reload }) {
  const form = useForm({ provider: offer.provider ?? providers[0]?.name ?? "",
    sku: offer.sku ?? "", cost: offer.cost ?? 0, priority: String(offer.priority ?? 1),
    active: offer.active === false ? "off" : "on" });
  const wanted = wordsOf(form.values, offer);
  const isWhole = wanted.provider && wanted.sku && wanted.cost > 0;
  const preview = usePreview("/api/admin/offer/preview", isWhole ? wanted : undefined);
  const send = () => {
    const missing = ["sku", "cost"].filter((name) => !wanted[name]);
    if (missing.length)
      return form.setFaults(Object.fromEntries(missing.map((name) => [name, t("needed")])));
    return form.submit(async () => {
      await tell("/api/admin/offer/put", wanted);
      onClose();
      say(t("done"));
      reload();
    });
  };
  const { value, onValue } = form.bind("active");
  return html`<${Confirm} title=${offer.id
      ? t("offer.edit", { provider: offer.provider }) : t("offer.new")} yes=${t("save")}
    busy=${form.busy} onYes=${send} onClose=${onClose}><div class="stack">
      <p class="soft">${t("offer.edit.text")}</p>
      <${FormFault} text=${form.faults.form} />
      ${!offer.id && html`<${Choice} label="Provider" ...${form.bind("provider")}
        choices=${providers.map(({ name }) => [name, name])} />`}
      <${Field} label="SKU" hint=${t("offer.sku.hint")} ...${form.bind("sku")} autocomplete="off"
        autocapitalize="none" spellcheck="false" />
      <${MoneyField} label=${t("admin.cost")} ...${form.bind("cost")} />
      <${Field} label=${t("offer.priority")} hint=${t("offer.priority.hint")} inputmode="numeric"
        ...${form.bind("priority")} />
      <${Segments} label=${t("offer.active")} value=${value} onValue=${onValue}
        choices=${[["on", t("offer.on")], ["off", t("offer.off")]]} />
      <${Changes} preview=${preview} line=${({ tier }) => tier} />
    </div><//>`;
}
