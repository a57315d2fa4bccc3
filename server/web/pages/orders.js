import { html, useState } from "../lib.js";
import { ask } from "../api.js";
import { t } from "../i18n.js";
import { usePages, usePoll } from "../use.js";
import { BoneRows, Button, Empty, Failed, PageHead } from "../parts/basic.js";
import { Field, Pills } from "../parts/field.js";
import { OrderLine } from "../parts/order_line.js";

const nothing = { status: "", target: "", from: "", to: "" };

// An invoice finds its order whatever else is set.
async function find(filter, cursor) {
  const text = filter.target.trim();
  if (/^inv-/i.test(text)) {
    try {
      return { data: [(await ask("/api/order/status", { invoice: text.toUpperCase() })).data] };
    } catch (error) {
      if (error.status === 404) return { data: [] };
      throw error;
    }
  }
  return ask("/api/order/history", { ...filter, target: text, cursor, limit: 30 });
}

export default function Orders() {
  const [filter, setFilter] = useState(nothing);
  const [typed, setTyped] = useState("");
  const [more, setMore] = useState(false);
  const list = usePages((cursor) => find(filter, cursor), [filter]);
  const isPending = list.rows?.some((order) => order.status === "Pending");
  usePoll(list.reload, isPending ? 5000 : 30000, Boolean(list.rows) && list.rows.length <= 30);
  const isFiltered = Object.values(filter).some(Boolean);
  const set = (change) => setFilter({ ...filter, ...change });
  return html`<div class="stack">
    <${PageHead} title=${t("orders.title")} action=${html`<${Button} kind="primary" icon="plus"
      to="services">${t("home.order")}<//>`} />
    <form class="filters" onSubmit=${(event) => {
      event.preventDefault();
      set({ target: typed });
    }}>
      <${Field} label=${t("orders.search")} icon="search" type="search" value=${typed}
        enterkeyhint="search"
        placeholder=${t("orders.search.hint")} autocapitalize="none" spellcheck="false"
        onValue=${(text) => {
          setTyped(text);
          if (!text) set({ target: "" });
        }}
        tail=${html`<${Button} type="submit">${t("orders.search.do")}<//>`} />
      <${Pills} label=${t("orders.status")} value=${filter.status}
        onValue=${(status) => set({ status })}
        choices=${["", "Pending", "Success", "Error", "Gagal"].map((name) =>
          [name, name ? t(`status.${name}`) : t("orders.all")])} />
      <div><${Button} kind="plain" class="flush" icon="calendar"
        aria-expanded=${more ? "true" : "false"}
        onClick=${() => setMore(!more)}>${t("orders.dates")}<//></div>
      ${more && html`<div class="grid two">
        <${Field} label=${t("orders.from")} type="date" value=${filter.from}
          onValue=${(from) => set({ from })} />
        <${Field} label=${t("orders.to")} type="date" value=${filter.to}
          onValue=${(to) => set({ to })} />
      </div>`}
    </form>
    <section class="card flush">
      ${list.rows
        ? list.rows.length
          ? html`<ul class="rows">${list.rows.map((order) =>
              html`<${OrderLine} key=${order.id} order=${order} />`)}</ul>`
          : isFiltered
            ? html`<${Empty} icon="search" title=${t("orders.none.found")} action=${html`<${Button}
                kind="outline" onClick=${() => {
                  setTyped("");
                  setFilter(nothing);
                }}>${t("services.reset")}<//>`}>${t("orders.none.found.text")}<//>`
            : html`<${Empty} icon="orders" title=${t("orders.none")} action=${html`<${Button}
                kind="primary" to="services">${t("home.order")}<//>`}>${t("orders.none.text")}<//>`
        : list.error
          ? html`<${Failed} error=${list.error} again=${list.reload} />`
          : html`<${BoneRows} rows=${8} />`}
      ${list.hasMore && html`<div class="more"><${Button} kind="plain" busy=${list.loadingMore}
        onClick=${list.loadMore}>${t("more")}<//></div>`}
    </section>
  </div>`;
}
