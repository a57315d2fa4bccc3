import { html, useState } from "../lib.js";
import { ask } from "../api.js";
import { moment } from "../format.js";
import { t } from "../i18n.js";
import { Link, go } from "../router.js";
import { useNews, usePages } from "../use.js";
import { Button, Empty, Money, PageHead } from "../parts/basic.js";
import { Field, Pills } from "../parts/field.js";
import { Icon } from "../parts/icons.js";
import { ListCard } from "../parts/list_card.js";
import { Status } from "../parts/status.js";

const states = ["pending", "settled", "expired"];

function Deposit({ one }) {
  return html`<li><${Link} to=${`deposits/${one.code}`} class="line">
    <span class="main"><strong>@${one.user_id}</strong>
      <span class="one digits">${one.code}</span>
      <span><time datetime=${one.created_at}>${moment(one.created_at)}</time></span></span>
    <span class="side"><${Money} of=${one.total} /><${Status} of=${one.state} /></span>
    <${Icon} name="right" small /><//></li>`;
}

async function find({ name, status }, cursor) {
  try {
    return await ask("/api/admin/deposits", { user_id: name, status, cursor, limit: 30 });
  } catch (error) {
    if (error.status === 404) return { data: [] };
    throw error;
  }
}

export default function Deposits() {
  const [typed, setTyped] = useState("");
  const [name, setName] = useState("");
  const [status, setStatus] = useState("");
  const list = usePages((cursor) => find({ name, status }, cursor), [name, status]);
  useNews(list.reload, !list.wentOn);
  // A code is one payment, anything else a reseller.
  const search = (event) => {
    event.preventDefault();
    const word = typed.trim();
    if (/^(dep|inv)-/i.test(word)) go(`deposits/${word.toUpperCase()}`);
    else setName(word.replace(/^@/, "").toLowerCase());
  };
  return html`<div class="stack">
    <${PageHead} title=${t("nav.deposits")}>${t("admin.deposits.text")}<//>
    <form class="filters" onSubmit=${search}>
      <${Field} label=${t("orders.search")} icon="search" type="search" value=${typed}
        placeholder=${t("admin.deposits.hint")} autocapitalize="none" spellcheck="false"
        enterkeyhint="search" onValue=${(text) => {
          setTyped(text);
          if (!text) setName("");
        }} tail=${html`<${Button} type="submit">${t("orders.search.do")}<//>`} />
      <${Pills} label=${t("orders.status")} value=${status} onValue=${setStatus}
        choices=${["", ...states].map((one) =>
          [one, one ? t(`status.${one}`) : t("orders.all")])} />
    </form>
    <${ListCard} list=${list} row=${(one) => html`<${Deposit} key=${one.id} one=${one} />`}
      empty=${html`<${Empty} icon="wallet" title=${t("deposits.none")}>
        ${t("admin.deposits.none")}<//>`} />
  </div>`;
}
