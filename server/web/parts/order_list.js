// Orders with their filters: a reseller's own, or everybody's.

import { html, useState } from "../lib.js";
import { t } from "../i18n.js";
import { usePages, useNews } from "../use.js";
import { BoneRows, Button, Empty, Failed } from "./basic.js";
import { Field, Pills } from "./field.js";
import { OrderLine } from "./order_line.js";

const nothing = { status: "", target: "", from: "", to: "" };

function Filters({ filter, setFilter, hint }) {
  const [typed, setTyped] = useState(filter.target);
  const [more, setMore] = useState(false);
  const set = (change) => setFilter({ ...filter, ...change });
  const onSubmit = (event) => {
    event.preventDefault();
    set({ target: typed });
  };
  const onTyped = (text) => {
    setTyped(text);
    if (!text) set({ target: "" });
  };
  return html`<form class="filters" onSubmit=${onSubmit}>
    <${Field} label=${t("orders.search")} icon="search" type="search" value=${typed}
      enterkeyhint="search" placeholder=${hint} autocapitalize="none" spellcheck="false"
      onValue=${onTyped} tail=${html`<${Button} type="submit">${t("orders.search.do")}<//>`} />
    <${Pills} label=${t("orders.status")} value=${filter.status}
      onValue=${(status) => set({ status })}
      choices=${["", "Pending", "Success", "Error", "Gagal"].map((name) =>
        [name, name ? t(`status.${name}`) : t("orders.all")])} />
    <div><${Button} kind="plain" class="flush" icon="calendar" onClick=${() => setMore(!more)}
      aria-expanded=${more ? "true" : "false"}>${t("orders.dates")}<//></div>
    ${more && html`<div class="grid pair">
      <${Field} label=${t("orders.from")} type="date" value=${filter.from}
        onValue=${(from) => set({ from })} />
      <${Field} label=${t("orders.to")} type="date" value=${filter.to}
        onValue=${(to) => set({ to })} />
    </div>`}
  </form>`;
}

function Nothing({ isFiltered, reset, action }) {
  if (!isFiltered)
    return html`<${Empty} icon="orders" title=${t("orders.none")} action=${action}>
      ${t("orders.none.text")}<//>`;
  return html`<${Empty} icon="search" title=${t("orders.none.found")} action=${html`<${Button}
    kind="outline" onClick=${reset}>${t("services.reset")}<//>`}>${t("orders.none.found.text")}
      <//>`;
}

// find(filter, cursor) gives {data, next_cursor}; action is offered while there is no order.
export function OrderList({ find, hint, action }) {
  const [filter, setFilter] = useState(nothing);
  const [turn, setTurn] = useState(0); // another one begins with empty filters
  const list = usePages((cursor) => find(filter, cursor), [filter]);
  useNews(list.reload, !list.wentOn);
  const reset = () => {
    setFilter(nothing);
    setTurn(turn + 1);
  };
  return html`
    <${Filters} key=${turn} filter=${filter} setFilter=${setFilter} hint=${hint} />
    <section class="card flush">
      ${list.rows
        ? list.rows.length || list.hasMore
          ? html`<ul class="rows">${list.rows.map((order) =>
              html`<${OrderLine} key=${order.id} order=${order} />`)}</ul>`
          : html`<${Nothing} isFiltered=${Object.values(filter).some(Boolean)} reset=${reset}
              action=${action} />`
        : list.error
          ? html`<${Failed} error=${list.error} again=${list.reload} />`
          : html`<${BoneRows} rows=${8} />`}
      ${list.hasMore && html`<div class="more">
        ${!list.rows.length && html`<p class="hint">${t("orders.further.text")}</p>`}
        <${Button} kind="plain" busy=${list.loadingMore} onClick=${list.loadMore}>${t(list.rows.length ? "more" : "orders.further")}<//></div>`}
    </section>`;
}
