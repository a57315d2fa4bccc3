// Who changed what, when and from where: nothing here can be changed.

import { html, useState } from "../lib.js";
import { ask } from "../api.js";
import { csvOf, save } from "../csv.js";
import { moment, wibDate } from "../format.js";
import { keysOf, t } from "../i18n.js";
import { Link } from "../router.js";
import { useLoad, useNews, usePages } from "../use.js";
import { Button, Empty, PageHead } from "../parts/basic.js";
import { Choice } from "../parts/field.js";
import { ListCard } from "../parts/list_card.js";
import { say } from "../parts/toast.js";

const columns = ["time", "by", "deed", "subject", "name", "detail", "address"];
const atConsole = "console"; // in place of a username

// A file of more lines than this is made in several goes from the API.
const linesMost = 20000;

async function wholeLog(filter) {
  const rows = [];
  let cursor;
  do {
    const page = await ask("/api/admin/audit", { ...filter, cursor, limit: 200 });
    rows.push(...page.data);
    cursor = page.next_cursor;
  } while (cursor && rows.length < linesMost);
  return rows;
}

// Where the thing that a line is about can be seen.
function placeOf({ subject, name }) {
  const [kind, id] = subject.split(":");
  if (kind === "user") return `users/${name}`;
  if (kind === "order") return `orders/${name}`;
  if (kind === "service") return `catalogue/${id}`;
  return "";
}

// The words of that name, or what it is called where people write programs.
function wordsOf(key, name) {
  const text = t(key);
  return text === key ? name : text;
}

// "Order INV-…", "Tier gold", "Withdrawal 3 · toko_a".
function Subject({ line }) {
  const [kind, id] = line.subject.split(":");
  const place = placeOf(line);
  const noun = wordsOf(`noun.${kind}`, kind);
  if (place && line.name) return html`${noun} <${Link} to=${place}>${line.name}<//>`;
  return [noun, id, line.name && `· ${line.name}`].filter(Boolean).join(" ");
}

function Line({ line }) {
  return html`<li class="line top"><span class="main">
      <strong>${wordsOf(`deed.${line.deed}`, line.deed)}</strong>
      ${line.subject && html`<span><${Subject} line=${line} /></span>`}
      ${line.detail && html`<span class="detail">${line.detail}</span>`}
      <span><time datetime=${line.time}>${moment(line.time)}</time>
        ${line.address && html` · <span class="digits">${line.address}</span>`}</span></span>
    <span class="side"><span class="badge off">${line.by === atConsole ? t("audit.console")
      : `@${line.by}`}</span></span></li>`;
}

function Download({ filter }) {
  const [busy, setBusy] = useState(false);
  const download = async () => {
    setBusy(true);
    try {
      save(csvOf(columns, await wholeLog(filter)), `audit-${wibDate()}.csv`);
    } catch (error) {
      say(error.text ? error.text(t) : t("error.unknown"), "bad");
    }
    setBusy(false);
  };
  return html`<${Button} kind="outline" icon="download" busy=${busy} onClick=${download}>
    ${t("statement.csv")}<//>`;
}

export default function Audit() {
  const [by, setBy] = useState("");
  const [deed, setDeed] = useState("");
  const filter = { by, deed };
  const admins = useLoad(async () => (await ask("/api/admin/admins")).data, []);
  const list = usePages(
    (cursor) => ask("/api/admin/audit", { ...filter, cursor, limit: 50 }), [by, deed]);
  useNews(list.reload, !list.wentOn);
  const names = (admins.data ?? []).map(({ user_id: name }) => [name, `@${name}`]);
  const deeds = keysOf("deed.").map((key) => [key.slice("deed.".length), t(key)])
    .sort(([, a], [, b]) => a.localeCompare(b));
  return html`<div class="stack">
    <${PageHead} title=${t("nav.audit")} action=${html`<${Download} filter=${filter} />`}>
      ${t("audit.text")}<//>
    <div class="grid two">
      <${Choice} label=${t("audit.by")} value=${by} onValue=${setBy}
        choices=${[["", t("audit.everybody")], ...names, [atConsole, t("audit.console")]]} />
      <${Choice} label=${t("audit.deed")} value=${deed} onValue=${setDeed}
        choices=${[["", t("audit.everything")], ...deeds]} />
    </div>
    <${ListCard} list=${list} row=${(line) => html`<${Line} key=${line.id} line=${line} />`}
      empty=${html`<${Empty} icon="search" title=${t("services.none")}>${t("audit.none")}<//>`} />
  </div>`;
}
