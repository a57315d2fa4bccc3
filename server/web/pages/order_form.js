import { html, useMemo, useState } from "../lib.js";
import { newIdempotencyKey, tell } from "../api.js";
import { hasMarkup, isSold, loadServices, markup, sellingPrice } from "../catalogue.js";
import { rupiah } from "../format.js";
import { t } from "../i18n.js";
import { go } from "../router.js";
import { refresh, session } from "../session.js";
import { useLoad, useShared } from "../use.js";
import { Bones, Button, Empty, Failed, Money, Notice, PageHead } from "../parts/basic.js";
import { Confirm } from "../parts/dialog.js";
import { Facts } from "../parts/facts.js";
import { Field, FormFault, MoneyField, Segments, useForm } from "../parts/field.js";
import { Icon, tipeIcon } from "../parts/icons.js";
import { CheckName, Told, useNickname } from "../parts/nickname.js";

function fits(service, target) {
  if (!service.format_target) return /^[\x21-\x7e ]{5,20}$/.test(target);
  try {
    return new RegExp(`^(?:${service.format_target})$`).test(target);
  } catch {
    return true; // the server has the last word
  }
}

function faultsOf(service, values, isDropship) {
  const faults = {};
  if (!fits(service, values.target.trim())) faults.target = t("order.target.bad");
  if (service.butuh_nometer && !values.nometer.trim()) faults.nometer = t("order.nometer.bad");
  if (isDropship && values.selling_price < service.price_reseller)
    faults.selling_price = t("order.selling.low", { cost: rupiah(service.price_reseller) });
  return faults;
}

function bodyOf(service, values, isDropship) {
  const body = { layanan: service.sid, target: values.target.trim() };
  if (service.butuh_nometer) body.nometer = values.nometer.trim();
  if (values.ref_id.trim()) body.ref_id = values.ref_id.trim();
  if (!isDropship) return body;
  return {
    ...body,
    selling_price: values.selling_price,
    customer_name: values.customer_name.trim(),
    customer_phone: values.customer_phone.trim(),
  };
}

function moneyRows(service, values, isDropship, balance) {
  if (isDropship)
    return [
      [t("order.customer.pays"), html`<${Money} of=${values.selling_price} />`, "total"],
      [t("order.cost"), html`<${Money} of=${service.price_reseller} />`],
      [t("order.profit"), html`<${Money} of=${values.selling_price - service.price_reseller}
        class="good" />`],
    ];
  return [
    [t("order.price"), html`<${Money} of=${service.harga} />`, "total"],
    [t("order.balance.after"), html`<${Money} of=${balance - service.harga} />`],
  ];
}

function DropshipFields({ form, service, added }) {
  return html`
    <${MoneyField} label=${t("order.selling")} ...${form.bind("selling_price")}
      hint=${t(hasMarkup(added) ? "order.selling.marked" : "order.selling.hint",
        { cost: rupiah(service.price_reseller) })} />
    <${Field} label=${t("order.customer.name")} ...${form.bind("customer_name")} maxlength="100"
      autocomplete="off" />
    <${Field} label=${t("order.customer.phone")} ...${form.bind("customer_phone")} maxlength="20"
      inputmode="tel" autocomplete="off" />`;
}

// Where a supplier tells whose account a number is, beside the field of that number.
function NumberFields({ service, form, nickname }) {
  const canAsk = () => {
    const { target, nometer } = faultsOf(service, form.values, false);
    form.setFaults({ target, nometer });
    return !target && !nometer;
  };
  const check = service.cek_nickname && html`<${CheckName} nickname=${nickname}
    canAsk=${canAsk} />`;
  const told = service.cek_nickname && html`<${Told} nickname=${nickname} />`;
  const common = { autocomplete: "off", autocapitalize: "none", spellcheck: "false" };
  const ofTarget = html`<${Field} label=${t("order.target")} hint=${t("order.target.hint")}
    ...${form.bind("target")} ...${common} tail=${!service.butuh_nometer && check} />`;
  if (!service.butuh_nometer) return html`<div class="stack-small">${ofTarget}${told}</div>`;
  return html`${ofTarget}<div class="stack-small"><${Field} label=${t("order.nometer")}
    ...${form.bind("nometer")} autocomplete="off" inputmode="numeric" tail=${check} />
    ${told}</div>`;
}

function useOrder(service, form, isDropship) {
  const [idempotencyKey, setKey] = useState(newIdempotencyKey);
  const [asked, setAsked] = useState(false);
  const [duplicate, setDuplicate] = useState("");
  const check = (event) => {
    event.preventDefault();
    const faults = faultsOf(service, form.values, isDropship);
    form.setFaults(faults);
    if (Object.keys(faults).length) document.querySelector("[aria-invalid]")?.focus();
    else setAsked(true);
  };
  const send = () => form.submit(async () => {
    try {
      const order = await tell("/api/order/create", bodyOf(service, form.values, isDropship),
        idempotencyKey);
      refresh();
      const { invoice } = order.data;
      go(`orders/${invoice ?? order.data.id}`);
    } catch (error) {
      // What was refused left no trace; what may have happened is sent again with the same key.
      if (error.code !== "outcome_unknown" && error.code !== "network") setKey(newIdempotencyKey());
      if (error.code === "duplicate_order") setDuplicate(error.data?.invoice ?? "");
      setAsked(false);
      throw error;
    }
  });
  return { asked, setAsked, check, send, duplicate };
}

function Form({ service }) {
  const { user } = useShared(session);
  const added = useShared(markup);
  const [mode, setMode] = useState("balance");
  const isDropship = mode === "dropship";
  const form = useForm({
    target: "",
    nometer: "",
    ref_id: "",
    selling_price: sellingPrice(service.price_reseller, added),
    customer_name: "",
    customer_phone: "",
  });
  const order = useOrder(service, form, isDropship);
  const nickname = useNickname(service, form.values);
  const isShort = !isDropship && user.balance < service.harga;
  const rows = moneyRows(service, form.values, isDropship, user.balance);
  return html`<form class="grid wide-left" onSubmit=${order.check} novalidate>
    <section class="card stack">
      <div class="who"><span class="disc"><${Icon} name=${tipeIcon(service.tipe)} /></span>
        <div><strong>${service.layanan}</strong>
          <span class="soft small">${service.tipe} · ${service.kategori} · ${t("service.code", {
            sid: service.sid })}</span></div></div>
      <${FormFault} text=${form.faults.form} />
      ${order.duplicate && html`<${Button} kind="outline" to=${`orders/${order.duplicate}`}>
        ${t("order.duplicate")}<//>`}
      <div class="stack-small"><span class="legend">${t("order.mode")}</span>
        <${Segments} label=${t("order.mode")} value=${mode} onValue=${setMode}
          choices=${[["balance", t("order.mode.balance")], ["dropship",
            t("order.mode.dropship")]]} />
        <p class="hint">${t(`order.mode.${mode}.text`)}</p></div>
      <${NumberFields} service=${service} form=${form} nickname=${nickname} />
      ${isDropship && html`<${DropshipFields} form=${form} service=${service} added=${added} />`}
      <${Field} label=${t("order.ref")} hint=${t("order.ref.hint")} ...${form.bind("ref_id")}
        maxlength="64" autocomplete="off" />
    </section>
    <section class="card stack">
      <h2>${t("order.summary")}</h2>
      <${Facts} rows=${rows} />
      ${isShort && html`<${Notice} kind="wait"
        title=${t("order.short", { amount: rupiah(service.harga - user.balance) })}>
        ${t("order.short.text")}<//>`}
      ${isShort
        ? html`<${Button} kind="primary" wide icon="plus" to="deposits">${t("home.deposit")}<//>`
        : html`<${Button} kind="primary" wide type="submit" busy=${form.busy}>
            ${t(isDropship ? "order.do.dropship" : "order.do")}<//>`}
    </section>
    ${order.asked && html`<${Confirm} title=${t("order.confirm")} busy=${form.busy}
      onYes=${order.send}
      onClose=${() => order.setAsked(false)}
      yes=${isDropship ? t("order.do.dropship") : t("order.confirm.pay", { amount:
        rupiah(service.harga) })}>
      <${Facts} rows=${[
        [t("order.service"), `${service.kategori} ${service.layanan}`],
        [t("order.target"), html`<span class="digits">${form.values.target.trim()}</span>`],
        service.butuh_nometer && [t("order.nometer"), form.values.nometer.trim()],
        nickname.name && [t("nickname"), nickname.name],
        ...rows,
      ]} />
      <p class="small soft">${t("order.confirm.text")}</p>
    <//>`}
  </form>`;
}

export default function OrderForm({ item }) {
  const { data: all, error, reload } = useLoad(loadServices, []);
  const service = useMemo(() => all?.find((one) => one.sid === item), [all, item]);
  return html`<div class="stack">
    <${PageHead} title=${t("order.title")} back=${{ to: "services", text: t("services.title") }} />
    ${service && isSold(service) && html`<${Form} service=${service} />`}
    ${all && !(service && isSold(service)) && html`<section class="card"><${Empty} icon="alert"
      title=${t("order.gone")} action=${html`<${Button} kind="primary" to="services">
        ${t("services.title")}<//>`}>
      ${t("order.gone.text")}<//></section>`}
    ${!all && html`<section class="card">${error
      ? html`<${Failed} error=${error} again=${reload} />`
      : html`<${Bones} lines=${6} />`}</section>`}
  </div>`;
}
