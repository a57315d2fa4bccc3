import { html, useState } from "../lib.js";
import { ask } from "../api.js";
import { csvOf, save } from "../csv.js";
import { count, day, rupiah, wibDate } from "../format.js";
import { t } from "../i18n.js";
import { useLoad } from "../use.js";
import { BoneRows, Button, Empty, Failed, Money, PageHead } from "../parts/basic.js";
import { Field, Pills } from "../parts/field.js";

const ways = ["day", "month", "service", "provider", "reseller"];
const columns = ["key", "orders", "success", "failed", "turnover", "cost", "profit"];
const aDay = 86400_000;

function nameOf(row, by) {
  return by === "day" ? day(`${row.key}T12:00:00+07:00`) : row.key;
}

function Line({ row, by }) {
  const over = row.success + row.failed;
  const rate = over ? ` · ${t("report.rate", { n: Math.round((row.success / over) * 100) })}` : "";
  return html`<li class="line"><span class="main"><strong>${nameOf(row, by)}</strong>
      <span>${t(by === "provider" ? "report.attempts" : "report.orders",
        { n: count(row.orders) })}${rate}</span></span>
    <span class="side"><strong><${Money} of=${row.turnover} /></strong>
      <span class=${row.profit < 0 ? "small bad" : "small good"}>${t("report.profit.is",
        { amount: rupiah(row.profit) })}</span></span></li>`;
}

function Total({ rows }) {
  const sum = (name) => rows.reduce((all, row) => all + row[name], 0);
  const tiles = [
    ["report.turnover", rupiah(sum("turnover"))],
    ["report.cost", rupiah(sum("cost"))],
    ["report.profit", rupiah(sum("profit"))],
    ["report.success", `${count(sum("success"))} / ${count(sum("orders"))}`],
  ];
  return html`<div class="tiles">${tiles.map(([name, value]) =>
    html`<dl class="card tile" key=${name}>
      <dt>${t(name)}</dt><dd class="digits">${value}</dd></dl>`)}
  </div>`;
}

function download({ by, from, to, rows }) {
  save(csvOf(columns, rows), `laporan-${by}-${from}-${to}.csv`);
}

function latestFirst({ by, rows }) {
  return by === "day" || by === "month" ? [...rows].reverse() : rows;
}

export default function Reports() {
  const [by, setBy] = useState("day");
  const [from, setFrom] = useState(wibDate(Date.now() - 29 * aDay));
  const [to, setTo] = useState(wibDate());
  // What is shown until the next is there is still of its own way and dates.
  const { data, error, reload } = useLoad(async () => ({
    by, from, to, rows: (await ask("/api/admin/report", { by, from, to })).data,
  }), [by, from, to]);
  return html`<div class="stack">
    <${PageHead} title=${t("nav.reports")} action=${data?.rows.length > 0 && html`<${Button}
      kind="outline" icon="download" onClick=${() => download(data)}>
      ${t("statement.csv")}<//>`}>${t("nav.reports.text")}<//>
    <${Pills} label=${t("report.by")} value=${by} onValue=${setBy}
      choices=${ways.map((name) => [name, t(`report.by.${name}`)])} />
    <div class="grid pair">
      <${Field} type="date" label=${t("orders.from")} value=${from} onValue=${setFrom} max=${to} />
      <${Field} type="date" label=${t("orders.to")} value=${to} onValue=${setTo} min=${from} />
    </div>
    ${data?.rows.length > 0 && html`<${Total} rows=${data.rows} />`}
    <section class="card flush">
      ${data
        ? data.rows.length
          ? html`<ul class="rows">${latestFirst(data)
              .map((row) => html`<${Line} key=${row.key} row=${row} by=${data.by} />`)}</ul>`
          : html`<${Empty} icon="statement" title=${t("report.none")}>${t("report.none.text")}<//>`
        : error
          ? html`<${Failed} error=${error} again=${reload} />`
          : html`<${BoneRows} rows=${6} />`}
    </section>
  </div>`;
}
