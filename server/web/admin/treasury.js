// The shop's own money: where it stands, and what the owner does with it.

import { html, useState } from "../lib.js";
import { ask, newIdempotencyKey, tell } from "../api.js";
import { rupiah } from "../format.js";
import { t } from "../i18n.js";
import { useLoad, useNews } from "../use.js";
import { BoneRows, Button, Failed, Money, PageHead } from "../parts/basic.js";
import { Confirm } from "../parts/dialog.js";
import { FormFault, MoneyField, useForm } from "../parts/field.js";
import { say } from "../parts/toast.js";

// Asks for an amount, says what will happen, does it once.
function Move({ act, onClose, onDone }) {
  const form = useForm({ amount: 0, bank_fee: 0 });
  const [key] = useState(newIdempotencyKey);
  const send = () => form.submit(async () => {
    const { amount, bank_fee: fee } = form.values;
    const body = { ...act.body, amount, ...(act.hasFee ? { bank_fee: fee } : {}) };
    const { data } = await tell(act.path, body, key);
    say(t("done"));
    onClose();
    onDone(data);
  });
  const amount = rupiah(form.values.amount);
  return html`<${Confirm} title=${act.title} yes=${act.yes} busy=${form.busy} onYes=${send}
    onClose=${onClose}>
    <div class="stack">
      <p class="soft">${act.text}</p>
      <${FormFault} text=${form.faults.form} />
      <${MoneyField} label=${t("treasury.amount")} ...${form.bind("amount")} />
      ${act.hasFee && html`<${MoneyField} label=${t("withdrawal.bank.fee")}
        ...${form.bind("bank_fee")} />`}
      ${form.values.amount > 0 && html`<p>${t(act.ask, { amount, name: act.name ?? "" })}</p>`}
    </div>
  <//>`;
}

function Partner({ one, amount, label, acts }) {
  return html`<li class="line top"><span class="main stack-small"><strong>${one.name}</strong>
      <span>${t(one.active ? "partner.active" : "partner.off")}</span>
      <span class="row">${acts}</span></span>
    <span class="side"><${Money} of=${amount} /><span class="small soft">${label}</span>
      </span></li>`;
}

function Balances({ balances }) {
  return html`<section class="card flush">
    <div class="card-head"><h2>${t("treasury.accounts")}</h2></div>
    <ul class="rows">${balances.map((one) => html`<li class="line" key=${one.account + one.owner}>
      <span class="main"><strong>${t(`account.${one.account}`)}</strong>
        ${one.owner && html`<span>${one.owner}</span>`}</span>
      <span class="side"><${Money} of=${one.amount} /></span></li>`)}</ul>
  </section>`;
}

function Sent({ prefund, onDone }) {
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    try {
      await tell("/api/admin/treasury/prefund/confirm", { id: prefund.id });
      say(t("done"));
      onDone();
    } catch (error) {
      say(error.text ? error.text(t) : t("error.unknown"), "bad");
    }
    setBusy(false);
  };
  return html`<section class="card stack">
    <p>${t("prefund.sent", { amount: rupiah(prefund.amount), name: prefund.provider })}</p>
    <div><${Button} kind="primary" busy=${busy} onClick=${confirm}>${t("prefund.confirm")}<//></div>
  </section>`;
}

async function load() {
  const [balances, partners] = await Promise.all([
    ask("/api/admin/balances"), ask("/api/admin/partners")]);
  return { balances: balances.data, ...partners.data };
}

function Partners({ data, onAct }) {
  const of = (account, owner) =>
    data.balances.find((one) => one.account === account && one.owner === owner)?.amount ?? 0;
  const button = (act) => html`<${Button} kind="outline" onClick=${() => onAct(act)}>${act.label}
    <//>`;
  return html`<section class="card flush">
    <div class="card-head"><h2>${t("treasury.partners")}</h2></div>
    <ul class="rows">
      ${data.gateways.map((one) => html`<${Partner} key=${one.name} one=${one}
        amount=${of("gateway_clearing", one.name)} label=${t("treasury.owed")}
        acts=${button({ label: t("payout.do"), title: t("payout.title", one), text:
          t("payout.text"), ask: "payout.ask", yes: t("payout.do"), name: one.name,
          path: "/api/admin/treasury/payout", body: { gateway: one.name } })} />`)}
      ${data.providers.map((one) => html`<${Partner} key=${one.name} one=${one}
        amount=${of("provider_float", one.name)} label=${t("treasury.float")}
        acts=${button({ label: t("prefund.do"), title: t("prefund.title", one), text:
          t("prefund.text"), ask: "prefund.ask", yes: t("prefund.do"), name: one.name, hasFee: true,
          path: "/api/admin/treasury/prefund/send", body: { provider: one.name } })} />`)}
    </ul>
  </section>`;
}

export default function Treasury() {
  const { data, error, reload } = useLoad(load, []);
  const [act, setAct] = useState(undefined);
  const [sent, setSent] = useState(undefined);
  useNews(reload, Boolean(data));
  const capital = { title: t("capital.title"), text: t("capital.text"), ask: "capital.ask",
    yes: t("capital.do"), path: "/api/admin/treasury/capital", body: {} };
  return html`<div class="stack">
    <${PageHead} title=${t("nav.treasury")} action=${html`<div class="row">
      <${Button} kind="outline" icon="statement" to="treasury/ledger">${t("ledger.title")}<//>
      <${Button} kind="outline" icon="plus" onClick=${() => setAct(capital)}>${t("capital.do")}<//>
      </div>`}>${t("nav.treasury.text")}<//>
    ${sent && html`<${Sent} prefund=${sent} onDone=${() => {
      setSent(undefined);
      reload();
    }} />`}
    ${data
      ? html`<div class="grid two"><${Partners} data=${data} onAct=${setAct} />
          <${Balances} balances=${data.balances} /></div>`
      : html`<section class="card">${error
        ? html`<${Failed} error=${error} again=${reload} />`
        : html`<${BoneRows} rows=${6} />`}</section>`}
    ${act && html`<${Move} act=${act} onClose=${() => setAct(undefined)} onDone=${(made) => {
      if (act.hasFee) setSent({ ...made, provider: act.name });
      reload();
    }} />`}
  </div>`;
}
