// What stands around a page of somebody who is logged in.

import { classes, html } from "../lib.js";
import { rupiah } from "../format.js";
import { chooseLanguage, lang, t } from "../i18n.js";
import { Link, route } from "../router.js";
import { logOut, session, shop } from "../session.js";
import { chooseTheme, theme } from "../theme.js";
import { useShared } from "../use.js";
import { Button, Notice } from "./basic.js";
import { Segments } from "./field.js";
import { Icon } from "./icons.js";
import { isAt, placesOf } from "./places.js";

function PlaceLink({ place, page }) {
  return html`<${Link} to=${place.page} aria-current=${isAt(place, page) ? "page" : undefined}>
    <${Icon} name=${place.icon} /><span>${t(place.name)}</span><//>`;
}

export function Brand() {
  return html`<${Link} to="" class="brand"><span class="brand-mark"><${Icon} name="up" small />
    </span>
    Topup<//>`;
}

export function LanguageSwitch() {
  const now = useShared(lang);
  return html`<${Segments} label=${t("language")} value=${now} onValue=${chooseLanguage}
    choices=${[["id", "Indonesia"], ["en", "English"]]} />`;
}

export function ThemeSwitch() {
  const now = useShared(theme);
  return html`<${Segments} label=${t("theme")} value=${now} onValue=${chooseTheme}
    choices=${[["auto", t("theme.auto")], ["light", t("theme.light")], ["dark",
      t("theme.dark")]]} />`;
}

export function Who({ user }) {
  const level = user.role === "admin" ? "" : ` · ${user.tier}`;
  return html`<div class="who">
    <span class="avatar" aria-hidden="true">${user.name.slice(0, 1).toUpperCase()}</span>
    <div><strong>${user.name}</strong><span class="soft small">@${user.user_id}${level}
      </span></div>
  </div>`;
}

function Sidebar({ user, page }) {
  return html`<aside class="sidebar">
    <${Brand} />
    <nav aria-label=${t("nav.main")}>
      ${placesOf(user.role).all.map((place) =>
        html`<${PlaceLink} key=${place.page} place=${place} page=${page} />`)}
    </nav>
    <div class="sidebar-foot">
      <${Who} user=${user} />
      <${LanguageSwitch} />
      <${ThemeSwitch} />
      <${Button} kind="outline" icon="out" onClick=${logOut}>${t("logout")}<//>
    </div>
  </aside>`;
}

function Tabs({ user, page }) {
  const { onPhones } = placesOf(user.role);
  const isElsewhere = !onPhones.some((place) => isAt(place, page));
  return html`<nav class="tabs" aria-label=${t("nav.main")}>
    ${onPhones.map((place) =>
      html`<${PlaceLink} key=${place.page} place=${place} page=${page} />`)}
    <${Link} to="more" aria-current=${isElsewhere ? "page" : undefined}>
      <${Icon} name="more" /><span>${t("nav.more")}</span><//>
  </nav>`;
}

function Chip({ user }) {
  const amount = rupiah(user.balance);
  return html`<${Link} to="deposits" class="chip" aria-label=${t("balance.is", { amount })}>
    <${Icon} name="wallet" small /><span class="money">${amount}</span><//>`;
}

export function Frame({ children }) {
  const { user } = useShared(session);
  const { page } = useShared(route);
  const { sandbox } = useShared(shop);
  return html`<a class="skip" href="#main">${t("skip")}</a>
    <div class="frame">
      <header class="topbar">
        <${Brand} />
        ${user.role === "admin" ? html`<span class="chip">${t("operator")}</span>` :
          html`<${Chip} user=${user} />`}
      </header>
      <${Sidebar} user=${user} page=${page} />
      <main id="main" class=${classes("page", `at-${page || "home"}`)}>
        ${sandbox && page === "" && html`<div class="sandbox"><${Notice} kind="wait">${t("sandbox")}
          <//></div>`}
        ${children}
      </main>
      <${Tabs} user=${user} page=${page} />
    </div>`;
}
