import { html, useState } from "../lib.js";
import { ask, newIdempotencyKey, tell } from "../api.js";
import { moment, rupiah } from "../format.js";
import { t } from "../i18n.js";
import { keep, kept } from "../kept.js";
import { refresh, session, shop } from "../session.js";
import { usePages, useNews, useShared } from "../use.js";
import { BoneRows, Button, Empty, Failed, Money, PageHead } from "../parts/basic.js";
import { Confirm } from "../parts/dialog.js";
import { Field, FormFault, MoneyField, Segments, useForm } from "../parts/field.js";
import { Icon } from "../parts/icons.js";
import { Status } from "../parts/status.js";
import { say } from "../parts/toast.js";

const banks = ["BCA", "BRI", "BNI", "Mandiri", "BSI", "CIMB Niaga", "SeaBank", "Bank Jago", "GoPay",
  "OVO", "DANA", "ShopeePay", "LinkAja"];

// The bank that was used last, to save typing; the numbers are not kept.
function keptBank() {
  return kept("bank") ?? "";
}

function faultsOf(values, rules, profit) {
  const faults = {};
  if (values.amount < rules.withdraw_min)
    faults.amount = t("withdraw.least", { amount: rupiah(rules.withdraw_min) });
  else if (values.amount > profit) faults.amount = t("withdraw.most", { amount: rupiah(profit) });
  if (!values.bank.trim()) faults.bank = t("needed");
  if (!/^[\x21-\x7e]{1,50}$/.test(values.account_number.trim()))
    faults.account_number = t("withdraw.number.bad");
  if (!values.account_name.trim()) faults.account_name = t("needed");
  return faults;
}

function Take({ onDone }) {
  const { user } = useShared(session);
  const rules = useShared(shop);
  const form = useForm({ amount: 0, bank: keptBank(), account_number: "", account_name: "" });
  const [asked, setAsked] = useState(false);
  const [key, setKey] = useState(newIdempotencyKey);
  const { values } = form;
  const onSubmit = (event) => {
    event.preventDefault();
    const faults = faultsOf(values, rules, user.profit_balance);
    form.setFaults(faults);
    if (!Object.keys(faults).length) setAsked(true);
  };
  const send = () => form.submit(async () => {
    try {
      await tell("/api/profit/withdraw", { ...values, account_number:
        values.account_number.trim() }, key);
    } catch (error) {
      if (error.code !== "outcome_unknown" && error.code !== "network") setKey(newIdempotencyKey());
      setAsked(false);
      throw error;
    }
    keep("bank", values.bank);
    setKey(newIdempotencyKey());
    setAsked(false);
    form.setValues({ ...values, amount: 0 });
    say(t("withdraw.asked"));
    await Promise.all([refresh(), onDone()]);
  });
  return html`<form class="stack" onSubmit=${onSubmit} novalidate>
    <${FormFault} text=${form.faults.form} />
    <${MoneyField} label=${t("withdraw.amount")} ...${form.bind("amount")}
      hint=${t("withdraw.least", { amount: rupiah(rules.withdraw_min) })} />
    ${user.profit_balance >= rules.withdraw_min && html`<div><${Button} kind="outline"
      onClick=${() => form.bind("amount").onValue(user.profit_balance)}>
      ${t("withdraw.all", { amount: rupiah(user.profit_balance) })}<//></div>`}
    <${Field} label=${t("withdraw.bank")} ...${form.bind("bank")} list="banks" maxlength="50"
      autocomplete="off" placeholder="BCA, DANA, …" />
    <datalist id="banks">${banks.map((bank) => html`<option value=${bank} key=${bank}></option>`)}
      </datalist>
    <${Field} label=${t("withdraw.number")} ...${form.bind("account_number")} maxlength="50"
      inputmode="numeric" autocomplete="off" />
    <${Field} label=${t("withdraw.name")} hint=${t("withdraw.name.hint")}
      ...${form.bind("account_name")}
      maxlength="100" autocomplete="name" />
    <${Button} kind="primary" wide type="submit" icon="cash">${t("withdraw.do")}<//>
    ${asked && html`<${Confirm} title=${t("withdraw.confirm")} busy=${form.busy} onYes=${send}
      onClose=${() => setAsked(false)}
        yes=${t("withdraw.confirm.do", { amount: rupiah(values.amount) })}>
      <dl class="facts">
        <div class="total"><dt>${t("withdraw.amount")}</dt><dd><${Money} of=${values.amount} /></dd>
          </div>
        ${rules.withdraw_fee > 0 && html`<div><dt>${t("withdraw.fee")}</dt>
          <dd><${Money} of=${rules.withdraw_fee} /></dd></div>
          <div><dt>${t("withdraw.get")}</dt><dd><${Money}
            of=${values.amount - rules.withdraw_fee} /></dd></div>`}
        <div><dt>${t("withdraw.bank")}</dt><dd>${values.bank}</dd></div>
        <div><dt>${t("withdraw.number")}</dt><dd class="digits">${values.account_number}</dd></div>
        <div><dt>${t("withdraw.name")}</dt><dd>${values.account_name}</dd></div>
      </dl>
      <p class="small soft">${t("withdraw.confirm.text")}</p><//>`}
  </form>`;
}

function Move() {
  const { user } = useShared(session);
  const form = useForm({ amount: 0 });
  const [key, setKey] = useState(newIdempotencyKey);
  const onSubmit = (event) => {
    event.preventDefault();
    if (form.values.amount < 1) return form.setFaults({ amount: t("needed") });
    if (form.values.amount > user.profit_balance)
      return form.setFaults({ amount: t("withdraw.most", { amount:
        rupiah(user.profit_balance) }) });
    return form.submit(async () => {
      await tell("/api/profit/transfer", { amount: form.values.amount }, key);
      setKey(newIdempotencyKey());
      say(t("move.done", { amount: rupiah(form.values.amount) }));
      form.setValues({ amount: 0 });
      await refresh();
    });
  };
  return html`<form class="stack" onSubmit=${onSubmit} novalidate>
    <p class="small soft">${t("move.text")}</p>
    <${FormFault} text=${form.faults.form} />
    <${MoneyField} label=${t("move.amount")} ...${form.bind("amount")} />
    ${user.profit_balance > 0 && html`<div><${Button} kind="outline"
      onClick=${() => form.bind("amount").onValue(user.profit_balance)}>
      ${t("withdraw.all", { amount: rupiah(user.profit_balance) })}<//></div>`}
    <${Button} kind="primary" wide type="submit" busy=${form.busy}>${t("move.do")}<//>
  </form>`;
}

function Past({ list }) {
  if (!list.rows)
    return list.error
      ? html`<${Failed} error=${list.error} again=${list.reload} />`
      : html`<${BoneRows} rows=${3} />`;
  if (!list.rows.length) return html`<${Empty} icon="cash" title=${t("withdraw.none")}>
    ${t("withdraw.none.text")}<//>`;
  return html`<ul class="rows">${list.rows.map((one) => html`<li key=${one.id} class="line">
    <span class="disc out"><${Icon} name="cash" /></span>
    <span class="main"><strong><${Money} of=${one.amount} /></strong>
      <span>${one.bank} · <span class="digits">${one.account_number}</span> · ${one.account_name}
        </span>
      <span><time datetime=${one.created_at}>${moment(one.created_at)}</time></span>
      ${one.note && html`<span>${t("withdraw.note", { note: one.note })}</span>`}</span>
    <span class="side"><${Status} of=${one.status} /></span></li>`)}</ul>`;
}

export default function Withdraw() {
  const { user } = useShared(session);
  const [what, setWhat] = useState("take");
  const list = usePages((cursor) => ask("/api/profit/withdrawals", { cursor, limit: 20 }), []);
  useNews(list.reload, !list.wentOn);
  return html`<div class="stack">
    <${PageHead} title=${t("withdraw.title")} />
    <div class="grid wide-left">
      <div class="stack">
        <section class="hero" aria-label=${t("profit")}><div><p class="small">${t("profit")}</p>
          <p class="amount"><${Money} of=${user.profit_balance} /></p>
          <p class="small">${t("home.profit.text")}</p></div></section>
        <section class="card stack">
          <${Segments} label=${t("withdraw.what")} value=${what} onValue=${setWhat}
            choices=${[["take", t("withdraw.take")], ["move", t("move.title")]]} />
          ${what === "take" ? html`<${Take} onDone=${list.reload} />` : html`<${Move} />`}
        </section>
      </div>
      <section class="card flush">
        <div class="card-head"><h2>${t("withdraw.history")}</h2></div>
        <${Past} list=${list} />
        ${list.hasMore && html`<div class="more"><${Button} kind="plain" busy=${list.loadingMore}
          onClick=${list.loadMore}>${t("more")}<//></div>`}
      </section>
    </div>
  </div>`;
}
