import { html } from "../lib.js";
import { ask } from "../api.js";
import { moment, rupiah, signedRupiah } from "../format.js";
import { t } from "../i18n.js";
import { Link } from "../router.js";
import { session } from "../session.js";
import { usePages, useNews, useShared } from "../use.js";
import { Act } from "../parts/act.js";
import { BoneRows, Button, Failed, Money, PageHead } from "../parts/basic.js";
import { Icon } from "../parts/icons.js";

function List({ title, list, none, Row }) {
  return html`<section class="card flush"><div class="card-head"><h2>${title}</h2></div>
    ${list.rows
      ? list.rows.length
        ? html`<ul class="rows">${list.rows.map((one) =>
            html`<${Row} key=${one.id} one=${one} reload=${list.reload} />`)}</ul>`
        : html`<p class="calm soft"><${Icon} name="check" small />${none}</p>`
      : list.error
        ? html`<${Failed} error=${list.error} again=${list.reload} />`
        : html`<${BoneRows} rows=${2} />`}
    ${list.hasMore && html`<div class="more"><${Button} kind="plain" busy=${list.loadingMore}
      onClick=${list.loadMore}>${t("more")}<//></div>`}</section>`;
}

function Incident({ one }) {
  const content = html`<span class="main"><strong>${t(`incident.${one.kind}`)}</strong>
    <span>${moment(one.opened_at)}</span></span>`;
  return html`<li>${one.order
    ? html`<${Link} to=${`orders/${one.order}`} class="line">${content}<//>`
    : html`<div class="line">${content}</div>`}</li>`;
}

function Receipt({ one, reload }) {
  const amount = rupiah(one.amount);
  const base = { body: { id: one.id }, onDone: reload };
  return html`<li class="line top"><span class="main stack-small">
      <strong>${one.code || t("receipt.no.code")}</strong>
      <span>${one.gateway} · <code>${one.payment_id}</code> · ${moment(one.paid_at)}</span>
      <span class="row">
        <${Act} ...${base} kind="primary" label=${t("receipt.credit")}
          title=${t("receipt.credit.title")} text=${t("receipt.credit.ask", { amount })}
          yes=${t("receipt.credit")} path="/api/admin/receipt/credit"
          fields=${[{ name: "user_id", label: t("admin.reseller"), value: one.user_id,
            needed: true }]} />
        <${Act} ...${base} danger label=${t("receipt.return")} title=${t("receipt.return.title")}
          text=${t("receipt.return.ask", { amount })} yes=${t("receipt.return")}
          path="/api/admin/receipt/return" /></span></span>
    <span class="side"><${Money} of=${one.amount} /></span></li>`;
}

function Adjustment({ one, reload }) {
  const { user } = useShared(session);
  const values = { amount: signedRupiah(one.amount), user: `@${one.user_id}` };
  const base = { body: { id: one.id }, onDone: reload };
  const isOwn = one.proposed_by === user.user_id;
  return html`<li class="line top"><span class="main stack-small">
      <strong><${Link} to=${`users/${one.user_id}`}>@${one.user_id}<//></strong>
      <span>${one.reason}</span>
      <span>${t("adjustment.by", { name: one.proposed_by })} · ${moment(one.created_at)}</span>
      ${isOwn && html`<span>${t("adjustment.own")}</span>`}
      <span class="row">
        ${!isOwn && html`<${Act} ...${base} kind="primary" label=${t("adjustment.approve")}
          title=${t("adjustment.approve.title")} text=${t("adjustment.approve.ask", values)}
          yes=${t("adjustment.approve")} path="/api/admin/adjustment/approve" />`}
        <${Act} ...${base} danger label=${t("adjustment.reject")}
          title=${t("adjustment.reject.title")} text=${t("adjustment.reject.ask", values)}
          yes=${t("adjustment.reject")} path="/api/admin/adjustment/reject" /></span></span>
    <span class="side"><span class="money">${values.amount}</span></span></li>`;
}

function useList(path, status) {
  const list = usePages((cursor) => ask(path, { status, cursor, limit: 50 }), [path, status]);
  useNews(list.reload, !list.wentOn);
  return list;
}

export default function Queue() {
  const incidents = useList("/api/admin/incidents");
  const receipts = useList("/api/admin/receipts", "waiting");
  const adjustments = useList("/api/admin/adjustments", "proposed");
  return html`<div class="stack">
    <${PageHead} title=${t("nav.queue")}>${t("queue.text")}<//>
    <${List} title=${t("admin.incidents")} list=${incidents} Row=${Incident}
      none=${t("queue.incidents.none")} />
    <${List} title=${t("admin.receipts")} list=${receipts} Row=${Receipt}
      none=${t("queue.receipts.none")} />
    <${List} title=${t("admin.adjustments")} list=${adjustments} Row=${Adjustment}
      none=${t("queue.adjustments.none")} />
  </div>`;
}
