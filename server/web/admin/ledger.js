// The books, down to a posting: all of them, or those of one account of a user.

import { html, useState } from "../lib.js";
import { ask } from "../api.js";
import { moment } from "../format.js";
import { t } from "../i18n.js";
import { usePages } from "../use.js";
import { BoneRows, Button, Empty, Failed, Money, PageHead } from "../parts/basic.js";
import { Field, Pills } from "../parts/field.js";
import { Sides } from "./trace.js";

const accounts = ["balance", "hold", "profit", "withdraw_hold", "receivable"];

function Posting({ one }) {
  return html`<li class="line top"><span class="main">
      <${Sides} one=${one} />
      <span>${one.kind} ${one.ref} · ${one.cause}</span>
      <span>${t("ledger.entry", { n: one.entry })} ·${" "}
        <time datetime=${one.time}>${moment(one.time)}</time></span></span>
    <span class="side"><${Money} of=${one.amount} /><span class="small soft">#${one.id}</span>
      </span></li>`;
}

function Postings({ list, isOfOne }) {
  if (!list.rows)
    return list.error
      ? html`<${Failed} error=${list.error} again=${list.reload} />`
      : html`<${BoneRows} rows=${8} />`;
  if (list.rows.length)
    return html`<ul class="rows">${list.rows.map((one) =>
      html`<${Posting} key=${one.id} one=${one} />`)}</ul>`;
  return html`<${Empty} icon="statement" title=${t("ledger.none")}>
    ${t(isOfOne ? "ledger.of.none" : "ledger.none.text")}<//>`;
}

export default function Ledger() {
  const [typed, setTyped] = useState("");
  const [name, setName] = useState("");
  const [account, setAccount] = useState("balance");
  const filter = name ? { user_id: name, account } : {};
  const list = usePages((cursor) => ask("/api/admin/ledger", { ...filter, cursor, limit: 50 }),
    [name, name && account]);
  return html`<div class="stack">
    <${PageHead} title=${t("ledger.title")} back=${{ to: "treasury", text: t("nav.treasury") }}>
      ${t("ledger.text")}<//>
    <form onSubmit=${(event) => {
      event.preventDefault();
      setName(typed.trim().toLowerCase());
    }}>
      <${Field} label=${t("ledger.of")} hint=${t("ledger.of.hint")} icon="search" type="search"
        value=${typed} onValue=${setTyped} autocapitalize="none" spellcheck="false"
        tail=${html`<${Button} type="submit">${t("ledger.show")}<//>`} />
    </form>
    ${name && html`<${Pills} label=${t("ledger.account")} value=${account} onValue=${setAccount}
      choices=${accounts.map((one) => [one, t(`ledger.account.${one}`)])} />`}
    <section class="card flush">
      <${Postings} list=${list} isOfOne=${Boolean(name)} />
      ${list.hasMore && html`<div class="more"><${Button} kind="plain" busy=${list.loadingMore}
        onClick=${list.loadMore}>${t("more")}<//></div>`}
    </section>
  </div>`;
}
