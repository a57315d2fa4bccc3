import { html, useState } from "../lib.js";
import { ask, askCsv } from "../api.js";
import { save } from "../csv.js";
import { day, signedRupiah, clock, wibDate } from "../format.js";
import { t } from "../i18n.js";
import { session } from "../session.js";
import { usePages, useShared } from "../use.js";
import { BoneRows, Button, Empty, Failed, Money, PageHead } from "../parts/basic.js";
import { Segments } from "../parts/field.js";
import { Icon } from "../parts/icons.js";
import { Link } from "../router.js";
import { say } from "../parts/toast.js";

// A file of more lines than this is made in several goes from the API.
const linesMost = 20000;

async function wholeCsv(account) {
  let text = "";
  let cursor;
  for (let lines = 0; lines < linesMost; lines += 200) {
    const page = await askCsv("/api/user/statement", { account, cursor, limit: 200 });
    text += text ? page.text.slice(page.text.indexOf("\n") + 1) : page.text;
    cursor = page.next;
    if (!cursor) break;
  }
  return text;
}

// Where the thing that a line is about can be seen.
function placeOf(ref) {
  if (ref.startsWith("INV-")) return `orders/${ref}`;
  if (ref.startsWith("DEP-")) return `deposits/${ref}`;
  return "";
}

function Movement({ line }) {
  const isIn = line.amount > 0;
  const place = placeOf(line.ref);
  const content = html`<span class=${isIn ? "disc in" : "disc out"}><${Icon}
    name=${isIn ? "plus" : "statement"} /></span>
    <span class="main"><strong>${t(`kind.${line.kind}`)}</strong>
      ${line.ref && html`<span class="digits">${line.ref}</span>`}
      <span><time datetime=${line.time}>${clock(line.time)}</time></span></span>
    <span class="side"><span class=${isIn ? "money good" : "money"}>${signedRupiah(line.amount)}
      </span>
      <span class="small soft"><${Money} of=${line.balance_after} /></span></span>`;
  return html`<li>${place
    ? html`<${Link} to=${place} class="line">${content}<//>`
    : html`<div class="line">${content}</div>`}</li>`;
}

function Days({ lines }) {
  const days = [];
  for (const line of lines) {
    const date = wibDate(Date.parse(line.time));
    if (days.at(-1)?.date !== date) days.push({ date, lines: [] });
    days.at(-1).lines.push(line);
  }
  return days.map(({ date, lines: own }) => html`<div key=${date}>
    <div class="group-head"><h2>${day(`${date}T12:00:00+07:00`)}</h2></div>
    <ul class="rows">${own.map((line, i) => html`<${Movement} key=${i} line=${line} />`)}</ul>
      </div>`);
}

export default function Statement() {
  const { user } = useShared(session);
  const [account, setAccount] = useState("balance");
  const [busy, setBusy] = useState(false);
  const list = usePages(
    (cursor) => ask("/api/user/statement", { account, cursor, limit: 50 }), [account]);
  const download = async () => {
    setBusy(true);
    try {
      save(await wholeCsv(account), `mutasi-${account}-${wibDate()}.csv`);
      say(t("statement.saved"));
    } catch (error) {
      say(error.text ? error.text(t) : t("error.unknown"), "bad");
    }
    setBusy(false);
  };
  const balance = account === "balance" ? user.balance : user.profit_balance;
  return html`<div class="stack">
    <${PageHead} title=${t("statement.title")}
      action=${html`<${Button} kind="outline" icon="download"
      busy=${busy} onClick=${download}>${t("statement.csv")}<//>`}>${t("statement.text")}<//>
    <${Segments} short label=${t("statement.account")} value=${account} onValue=${setAccount}
      choices=${[["balance", t("balance")], ["profit", t("profit")]]} />
    <section class="card flush">
      <div class="card-head"><h2>${t("statement.now")}</h2><strong><${Money} of=${balance} />
        </strong></div>
      ${list.rows
        ? list.rows.length
          ? html`<${Days} lines=${list.rows} />`
          : html`<${Empty} icon="statement" title=${t("statement.none")}>
            ${t(`statement.none.${account}`)}<//>`
        : list.error
          ? html`<${Failed} error=${list.error} again=${list.reload} />`
          : html`<${BoneRows} rows=${6} />`}
      ${list.hasMore && html`<div class="more"><${Button} kind="plain" busy=${list.loadingMore}
        onClick=${list.loadMore}>${t("more")}<//></div>`}
    </section>
  </div>`;
}
