import { html, useState } from "../lib.js";
import { ask } from "../api.js";
import { t } from "../i18n.js";
import { Link } from "../router.js";
import { usePages } from "../use.js";
import { BoneRows, Button, Empty, Failed, Money, PageHead } from "../parts/basic.js";
import { Field } from "../parts/field.js";

export function UserBadges({ user }) {
  return html`${user.suspended && html`<span class="badge bad">${t("user.suspended")}</span>`}
    ${user.role === "admin" && html`<span class="badge off">admin</span>`}`;
}

function UserLine({ user }) {
  const isReseller = user.role !== "admin";
  return html`<li><${Link} to=${`users/${user.user_id}`} class="line">
    <span class="avatar" aria-hidden="true">${user.name.slice(0, 1).toUpperCase()}</span>
    <span class="main"><strong>${user.name}</strong>
      <span class="one">@${user.user_id}${isReseller && ` · ${user.tier}`}</span>
      <span class="one">${user.email}</span></span>
    <span class="side">${isReseller && html`<${Money} of=${user.balance} />`}
      <${UserBadges} user=${user} /></span>
  <//></li>`;
}

export default function Users() {
  const [typed, setTyped] = useState("");
  const [q, setQ] = useState("");
  const list = usePages((cursor) => ask("/api/admin/users", { q, cursor, limit: 30 }), [q]);
  return html`<div class="stack">
    <${PageHead} title=${t("nav.users")} action=${html`<${Button} kind="outline" icon="tag"
      to="tiers">${t("tiers")}<//>`} />
    <form onSubmit=${(event) => {
      event.preventDefault();
      setQ(typed.trim().toLowerCase());
    }}>
      <${Field} label=${t("users.search")} hint=${t("users.search.hint")} icon="search"
        type="search" value=${typed} onValue=${setTyped} autocapitalize="none" spellcheck="false"
        tail=${html`<${Button} type="submit">${t("orders.search.do")}<//>`} />
    </form>
    <section class="card flush">
      ${list.rows
        ? list.rows.length
          ? html`<ul class="rows">${list.rows.map((user) =>
              html`<${UserLine} key=${user.user_id} user=${user} />`)}</ul>`
          : html`<${Empty} icon="user" title=${t("services.none")}>${t("users.none")}<//>`
        : list.error
          ? html`<${Failed} error=${list.error} again=${list.reload} />`
          : html`<${BoneRows} rows=${6} />`}
      ${list.hasMore && html`<div class="more"><${Button} kind="plain" busy=${list.loadingMore}
        onClick=${list.loadMore}>${t("more")}<//></div>`}
    </section>
  </div>`;
}
