import { html, useMemo, useState } from "../lib.js";
import { hasMarkup, isSold, loadServices, markup, matches, sellingPrice, setMarkup,
  wordsOf } from "../catalogue.js";
import { count, rupiah } from "../format.js";
import { t } from "../i18n.js";
import { Link } from "../router.js";
import { useLoad, useShared } from "../use.js";
import { BoneRows, Button, Empty, Failed, Money, PageHead } from "../parts/basic.js";
import { Field, MoneyField, Pills } from "../parts/field.js";
import { Icon, tipeIcon } from "../parts/icons.js";
import { Status } from "../parts/status.js";

// More rows than this are slow on a small phone; whoever looks for one types a word.
const shownMost = 150;

function inWords(number) {
  return t(number === 1 ? "services.one" : "services.count", { n: count(number) });
}

function unique(values) {
  return [...new Set(values)];
}

// "7,5" is a number, too.
function percentOf(text) {
  return Math.min(500, Number(text.replace(",", ".").replace(/[^\d.]/g, "")) || 0);
}

function Calculator() {
  const now = useShared(markup);
  const [percent, setPercent] = useState(now.percent || "");
  const set = (change) => setMarkup({ ...now, ...change });
  return html`<section class="card stack" id="calculator">
    <div><h2>${t("markup.title")}</h2><p class="small soft">${t("markup.text")}</p></div>
    <div class="grid three">
      <${Field} label=${t("markup.percent")} value=${percent} inputmode="decimal" placeholder="0"
        onValue=${(text) => {
          setPercent(text);
          set({ percent: percentOf(text) });
        }} />
      <${MoneyField} label=${t("markup.flat")} value=${now.flat}
        onValue=${(flat) => set({ flat })} />
      <div class="field"><label for="step">${t("markup.step")}</label>
        <select id="step" class="input" value=${now.step}
          onChange=${(event) => set({ step: Number(event.currentTarget.value) })}>
          ${[1, 100, 500, 1000].map((step) =>
            html`<option value=${step} key=${step}>${rupiah(step)}</option>`)}
        </select></div>
    </div>
    <p class="small">${t("markup.example", {
      cost: rupiah(10000),
      price: rupiah(sellingPrice(10000, now)),
    })}</p>
  </section>`;
}

function Service({ service, added }) {
  const price = sellingPrice(service.price_reseller, added);
  const sold = isSold(service);
  const content = html`<span class="main"><strong>${service.layanan}</strong>
      <span class="digits">${t("service.code", { sid: service.sid })}</span></span>
    <span class="side">${sold
      ? html`<span class="price-pair"><${Money} of=${service.harga} />
          ${hasMarkup(added) && html`<span class="small good">
            ${t("markup.sell", { price: rupiah(price) })}</span>`}</span>`
      : html`<${Status} of="Gangguan" />`}</span>
    ${sold && html`<${Icon} name="right" small />`}`;
  return html`<li>${sold
    ? html`<${Link} to=${`order/${service.sid}`} class="line">${content}<//>`
    : html`<div class="line">${content}</div>`}</li>`;
}

function Groups({ services, added }) {
  const groups = unique(services.map((one) => `${one.tipe}\n${one.kategori}`));
  return groups.map((group) => {
    const [tipe, kategori] = group.split("\n");
    const own = services.filter((one) => one.tipe === tipe && one.kategori === kategori);
    return html`<section class="card flush" key=${group}>
      <div class="group-head"><h2><${Icon} name=${tipeIcon(tipe)} small />${kategori}</h2>
        <span class="small soft">${tipe} · ${inWords(own.length)}</span>
          </div>
      <ul class="rows">${own.map((one) =>
        html`<${Service} key=${one.sid} service=${one} added=${added} />`)}</ul>
    </section>`;
  });
}

// What there is to choose from, before anything was chosen.
function Categories({ services, choose }) {
  return unique(services.map((one) => one.tipe)).map((tipe) => {
    const own = services.filter((one) => one.tipe === tipe);
    return html`<section class="stack-small" key=${tipe}><h2>${tipe}</h2>
      <ul class="categories">${unique(own.map((one) => one.kategori)).map((kategori) => {
        const number = own.filter((one) => one.kategori === kategori).length;
        return html`<li key=${kategori}><button type="button" class="card category"
          onClick=${() => choose(tipe, kategori)}>
          <span class="disc"><${Icon} name=${tipeIcon(tipe)} /></span>
          <span><strong>${kategori}</strong>
            <span class="small soft">${inWords(number)}</span></span>
        </button></li>`;
      })}</ul></section>`;
  });
}

function Filters({ all, filter, setFilter, found }) {
  const tipes = unique(all.map((one) => one.tipe));
  const kategoris = unique(all.filter((one) => !filter.tipe ||
    one.tipe === filter.tipe).map((one) => one.kategori));
  return html`<div class="filters">
    <div class="grid search-row">
      <${Field} label=${t("services.search")} icon="search" type="search" value=${filter.text}
        placeholder=${t("services.search.hint")}
          onValue=${(text) => setFilter({ ...filter, text })} />
      <div class="field"><label for="kategori">${t("services.kategori")}</label>
        <select id="kategori" class="input" value=${filter.kategori}
          onChange=${(event) => setFilter({ ...filter, kategori: event.currentTarget.value })}>
          <option value="">${t("services.kategori.all")}</option>
          ${kategoris.map((name) => html`<option value=${name} key=${name}>${name}</option>`)}
        </select></div>
    </div>
    <${Pills} label=${t("services.tipe")} value=${filter.tipe}
      onValue=${(tipe) => setFilter({ ...filter, tipe, kategori: "" })}
      choices=${[["", t("services.all")], ...tipes.map((tipe) => [tipe, tipe])]} />
    <p class="small soft" role="status">${inWords(found)}</p>
  </div>`;
}

export default function Services() {
  const added = useShared(markup);
  const [open, setOpen] = useState(false);
  const [filter, setFilter] = useState({ text: "", tipe: "", kategori: "" });
  const { data: all, error, reload } = useLoad(loadServices, []);
  const found = useMemo(() => {
    const words = wordsOf(filter.text);
    return (all ?? []).filter((one) => (!filter.tipe || one.tipe === filter.tipe) &&
      (!filter.kategori || one.kategori === filter.kategori) && matches(one, words));
  }, [all, filter]);
  const isChosen = Boolean(filter.text.trim() || filter.kategori);
  return html`<div class="stack">
    <${PageHead} title=${t("services.title")} action=${html`<${Button} kind="outline" icon="calc"
      aria-expanded=${open ? "true" : "false"} aria-controls="calculator"
      onClick=${() => setOpen(!open)}>${t("markup.title")}<//>`}>${t("services.text")}<//>
    ${open && html`<${Calculator} />`}
    ${error && !all && html`<section class="card"><${Failed} error=${error} again=${reload} />
      </section>`}
    ${!all && !error && html`<section class="card flush"><${BoneRows} rows=${8} /></section>`}
    ${all && html`<${Filters} all=${all} filter=${filter} setFilter=${setFilter}
      found=${found.length} />`}
    ${all && found.length === 0 && html`<section class="card"><${Empty} icon="search"
      title=${t(all.length ? "services.none" : "services.empty")}
      action=${all.length > 0 && html`<${Button} kind="outline"
        onClick=${() => setFilter({ text: "", tipe: "", kategori: "" })}>${t("services.reset")}
          <//>`}>
      ${t(all.length ? "services.none.text" : "services.empty.text")}<//></section>`}
    ${isChosen
      ? html`<${Groups} services=${found.slice(0, shownMost)} added=${added} />`
      : html`<${Categories} services=${found} choose=${(tipe, kategori) => {
          setFilter({ text: "", tipe, kategori });
          scrollTo(0, 0);
        }} />`}
    ${isChosen && found.length > shownMost && html`<p class="small soft">
      ${t("services.cut", { n: count(found.length - shownMost) })}</p>`}
  </div>`;
}
