// How the running shop is configured, what keeps its data safe, and what resellers are told.

import { html } from "../lib.js";
import { ask } from "../api.js";
import { count, moment } from "../format.js";
import { lang, t } from "../i18n.js";
import { Link } from "../router.js";
import { useLoad, useNews, useShared } from "../use.js";
import { Bones, Failed, Notice, PageHead } from "../parts/basic.js";
import { Facts } from "../parts/facts.js";
import { Notices } from "./notices.js";

function size(bytes) {
  if (bytes < 1e6) return `${count(Math.ceil(bytes / 1e3))} kB`;
  return `${count(Math.round(bytes / 1e6))} MB`;
}

const aDay = 24 * 3600_000;

function Backup({ backup }) {
  const isOff = backup.keep === 0;
  const isOld = !isOff && backup.made_at && Date.now() - Date.parse(backup.made_at) > 2 * aDay;
  return html`<section class="card stack"><h2>${t("settings.backup")}</h2>
    ${isOff && html`<${Notice} kind="bad">${t("backup.off")}<//>`}
    ${backup.failed && html`<${Notice} kind="bad">${t("backup.failed")}<//>`}
    ${isOld && html`<${Notice} kind="wait">${t("backup.old")}<//>`}
    ${!isOff && !backup.made_at && !backup.failed &&
      html`<${Notice}>${t("backup.none")}<//>`}
    <${Facts} rows=${[
      backup.made_at && [t("backup.newest"), moment(backup.made_at)],
      backup.made_at && [t("backup.size"), size(backup.bytes)],
      [t("backup.keep"), isOff ? "–" : t("backup.keep.is", { n: backup.keep })],
      !isOff && [t("backup.hour"), `${String(backup.hour).padStart(2, "0")}:00 WIB`],
      [t("backup.folder"), html`<code>${backup.dir}</code>`],
    ]} /></section>`;
}

function About({ about }) {
  return html`<section class="card stack"><h2>${t("settings.about")}</h2>
    <${Facts} rows=${[
      [t("about.version"), about.version],
      [t("about.address"), html`<code>${about.public_url}</code>`],
      [t("about.database"), size(about.database_bytes)],
      [t("about.mode"), t(about.sandbox ? "about.sandbox" : "about.real")],
    ]} /></section>`;
}

function Admins({ admins }) {
  return html`<section class="card flush"><div class="card-head"><h2>${t("settings.admins")}</h2>
      <${Link} to="audit" class="small">${t("nav.audit")}<//></div>
    <ul class="rows">${admins.map((one) => html`<li class="line" key=${one.user_id}>
      <span class="avatar" aria-hidden="true">${one.name.slice(0, 1).toUpperCase()}</span>
      <span class="main"><strong>${one.name}</strong><span>@${one.user_id}</span></span>
      <span class="side"><span class=${one.otp ? "badge good" : "badge wait"}>
        ${t(one.otp ? "admin.otp.on" : "admin.otp.off")}</span></span></li>`)}</ul>
    <p class="calm small soft">${t("settings.admins.text")}</p></section>`;
}

// "deposit.min" is of the group "deposit".
function groupsOf(settings) {
  const groups = new Map();
  for (const one of settings) {
    const group = one.key.split(".")[0];
    groups.set(group, [...(groups.get(group) ?? []), one]);
  }
  return [...groups];
}

function valueOf(one) {
  if (one.secret) return t(one.set ? "setting.secret" : "setting.secret.none");
  return one.value === "" ? t("setting.empty") : one.value;
}

function Setting({ one }) {
  const language = useShared(lang);
  return html`<li class="line top"><span class="main"><strong><code>${one.key}</code></strong>
      <span>${language === "en" ? one.help : one.bantuan}</span></span>
    <span class="side setting"><code>${valueOf(one)}</code>
      ${one.changed && html`<span class="badge wait">${t("setting.changed")}</span>`}</span></li>`;
}

function Settings({ settings }) {
  return html`<section class="card flush"><div class="card-head"><h2>${t("settings.keys")}</h2>
      </div>
    <p class="calm small soft">${t("settings.keys.text")}</p>
    ${groupsOf(settings).map(([group, own]) => html`<div key=${group}>
      <div class="group-head"><h3>${group}</h3></div>
      <ul class="rows">${own.map((one) => html`<${Setting} key=${one.key} one=${one} />`)}</ul>
    </div>`)}</section>`;
}

async function load() {
  const [settings, admins] = await Promise.all([
    ask("/api/admin/settings"), ask("/api/admin/admins")]);
  return { ...settings.data, admins: admins.data };
}

export default function Page() {
  const { data, error, reload } = useLoad(load, []);
  useNews(reload, Boolean(data));
  return html`<div class="stack">
    <${PageHead} title=${t("nav.settings")}>${t("nav.settings.text")}<//>
    <${Notices} />
    ${data
      ? html`<div class="grid two"><div class="stack"><${Backup} backup=${data.backup} />
            <${About} about=${data.about} /></div>
          <div class="stack"><${Admins} admins=${data.admins} /></div></div>
          <${Settings} settings=${data.settings} />`
      : html`<section class="card">${error
        ? html`<${Failed} error=${error} again=${reload} />`
        : html`<${Bones} lines=${8} />`}</section>`}
  </div>`;
}
