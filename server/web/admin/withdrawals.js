import { html, useState } from "../lib.js";
import { ask } from "../api.js";
import { csvOf, save } from "../csv.js";
import { moment, rupiah, wibDate } from "../format.js";
import { t } from "../i18n.js";
import { Link } from "../router.js";
import { usePages, useNews } from "../use.js";
import { Act } from "../parts/act.js";
import { BoneRows, Button, Copy, Empty, Failed, Money, PageHead } from "../parts/basic.js";
import { Segments } from "../parts/field.js";

const columns = ["id", "user_id", "bank", "account_number", "account_name", "amount", "fee",
  "created_at"];

function Acts({ one, reload }) {
  const amount = rupiah(one.amount - one.fee);
  const to = `${one.bank} ${one.account_number} (${one.account_name})`;
  const base = { body: { id: one.id }, onDone: reload };
  return html`<div class="row">
    <${Act} ...${base} kind="primary" label=${t("withdrawal.paid")}
      title=${t("withdrawal.paid.title")} text=${t("withdrawal.paid.ask", { amount, to })}
      yes=${t("withdrawal.paid")} path="/api/admin/withdrawal/paid" fields=${[
        { name: "bank_fee", label: t("withdrawal.bank.fee"), isMoney: true },
        { name: "note", label: t("withdrawal.note"), hint: t("withdrawal.note.hint") }]} />
    <${Act} ...${base} danger label=${t("withdrawal.reject")} title=${t("withdrawal.reject.title")}
      text=${t("withdrawal.reject.ask", { amount: rupiah(one.amount) })}
      yes=${t("withdrawal.reject")} path="/api/admin/withdrawal/reject"
      fields=${[{ name: "note", label: t("withdrawal.reason"), needed: true }]} />
  </div>`;
}

function Withdrawal({ one, reload }) {
  return html`<li class="line top"><span class="main stack-small">
      <strong class="with-copy">${one.bank} ·${" "}
        <span class="digits">${one.account_number}</span>
        <${Copy} text=${one.account_number} label=${t("withdraw.number")} /></strong>
      <span>${one.account_name} · <${Link} to=${`users/${one.user_id}`}>@${one.user_id}<//></span>
      <span><time datetime=${one.created_at}>${moment(one.created_at)}</time></span>
      ${one.note && html`<span>${one.note}</span>`}
      ${one.status === "requested" && html`<${Acts} one=${one} reload=${reload} />`}</span>
    <span class="side"><${Money} of=${one.amount} /></span></li>`;
}

export default function Withdrawals() {
  const [status, setStatus] = useState("requested");
  const list = usePages(
    (cursor) => ask("/api/admin/withdrawals", { status, cursor, limit: 50 }), [status]);
  useNews(list.reload, !list.wentOn);
  const total = (list.rows ?? []).reduce((sum, one) => sum + one.amount, 0);
  return html`<div class="stack">
    <${PageHead} title=${t("nav.withdrawals")} action=${list.rows?.length > 0 && html`<${Button}
      kind="outline" icon="download"
      onClick=${() => save(csvOf(columns, list.rows), `withdrawals-${status}-${wibDate()}.csv`)}>
      ${t("statement.csv")}<//>`}>${t("withdrawals.text")}<//>
    <${Segments} short label=${t("orders.status")} value=${status} onValue=${setStatus}
      choices=${["requested", "paid", "rejected"].map((name) => [name, t(`status.${name}`)])} />
    <section class="card flush">
      ${list.rows?.length > 0 && html`<div class="card-head"><h2>${t("withdrawals.total")}</h2>
        <strong><${Money} of=${total} /></strong></div>`}
      ${list.rows
        ? list.rows.length
          ? html`<ul class="rows">${list.rows.map((one) =>
              html`<${Withdrawal} key=${one.id} one=${one} reload=${list.reload} />`)}</ul>`
          : html`<${Empty} icon="cash" title=${t("withdraw.none")}>${t("withdrawals.none")}<//>`
        : list.error
          ? html`<${Failed} error=${list.error} again=${list.reload} />`
          : html`<${BoneRows} rows=${4} />`}
      ${list.hasMore && html`<div class="more"><${Button} kind="plain" busy=${list.loadingMore}
        onClick=${list.loadMore}>${t("more")}<//></div>`}
    </section>
  </div>`;
}
