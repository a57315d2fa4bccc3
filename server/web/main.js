// The dashboard's beginning: a language, a session, then the page of the address.

import { html, render, useEffect, useState } from "./lib.js";
import { lang, loadLanguage, t } from "./i18n.js";
import { go, route } from "./router.js";
import { loadShop, refresh, session } from "./session.js";
import { useShared } from "./use.js";
import { Button, Empty } from "./parts/basic.js";
import { Frame } from "./parts/frame.js";
import { Toasts } from "./parts/toast.js";

// The first word of an address, and the module that shows it: loaded when it is first wanted.
const doors = {
  login: () => import("./pages/login.js"),
  register: () => import("./pages/register.js"),
  setup: () => import("./pages/setup.js"),
};
const ofResellers = {
  "": () => import("./pages/home.js"),
  services: () => import("./pages/services.js"),
  order: () => import("./pages/order_form.js"),
  orders: (item) => (item ? import("./pages/order.js") : import("./pages/orders.js")),
  deposits: (item) => (item ? import("./pages/deposit.js") : import("./pages/deposits.js")),
  statement: () => import("./pages/statement.js"),
  withdraw: () => import("./pages/withdraw.js"),
  api: () => import("./pages/api_key.js"),
  security: () => import("./pages/security.js"),
  more: () => import("./pages/more.js"),
};
const ofAdmins = {
  "": () => import("./admin/home.js"),
  queue: () => import("./admin/queue.js"),
  orders: (item) => (item ? import("./admin/order.js") : import("./admin/orders.js")),
  tiers: () => import("./admin/tiers.js"),
  users: (item) => (item ? import("./admin/user.js") : import("./admin/users.js")),
  withdrawals: () => import("./admin/withdrawals.js"),
  catalogue: (item) => {
    if (item === "rules") return import("./admin/rules.js");
    if (item === "import") return import("./admin/import.js");
    return item ? import("./admin/service.js") : import("./admin/catalogue.js");
  },
  reports: () => import("./admin/reports.js"),
  treasury: (item) =>
    (item === "ledger" ? import("./admin/ledger.js") : import("./admin/treasury.js")),
  deposits: (item) => (item ? import("./admin/deposit.js") : import("./admin/deposits.js")),
  audit: () => import("./admin/audit.js"),
  settings: () => import("./admin/settings.js"),
  security: () => import("./pages/security.js"),
  more: () => import("./pages/more.js"),
};

function Nowhere() {
  return html`<${Empty} icon="search" title=${t("nowhere.title")}
    action=${html`<${Button} kind="primary" to="">${t("nowhere.home")}<//>`}>${t("nowhere.text")}
      <//>`;
}

// A new program has other files: who still has the old page takes the new one.
function Outdated() {
  return html`<${Empty} icon="again" title=${t("outdated.title")}
    action=${html`<${Button} kind="primary" onClick=${() => location.reload()}>
      ${t("outdated.again")}<//>`}>
    ${t("outdated.text")}<//>`;
}

// Shows what load() brings: the module's default.  Until it is there the page before stays, with
// what it was given.
function Page({ load, name, ...props }) {
  const [shown, setShown] = useState({ name: undefined, View: undefined, props });
  useEffect(() => {
    let isWanted = true;
    load().then(
      (module) => isWanted && setShown({ name, View: module.default, props }),
      () => isWanted && setShown({ name, View: Outdated, props: {} }),
    );
    return () => {
      isWanted = false;
    };
  }, [name]);
  if (!shown.View) return null;
  return html`<${shown.View} key=${shown.name} ...${shown.props} />`;
}

function useFocusOnPage(place) {
  useEffect(() => {
    let tries = 0;
    const timer = setInterval(() => {
      const heading = document.querySelector("h1[data-focus]");
      if (heading) {
        document.title = `${heading.textContent} · Topup`;
        if (place.moved) heading.focus({ preventScroll: true });
      }
      if (heading || ++tries > 40) clearInterval(timer);
    }, 50);
    return () => clearInterval(timer);
  }, [place.name, place.lang]);
}

let visited = 0;

function App() {
  const { state, user } = useShared(session);
  const { page, item } = useShared(route);
  const language = useShared(lang);
  const isDoor = page in doors;
  useEffect(() => {
    if (state === "out" && !isDoor) go("login", "replace");
    if (state === "in" && isDoor) go("", "replace");
  }, [state, page]);
  const name = `${page}/${item}`;
  useFocusOnPage({ name: `${state}${name}`, lang: language, moved: visited++ > 3 });

  if (state === "unknown") return html`<p class="boot" role="status">${t("loading")}</p>`;
  if (state === "unreachable")
    return html`<main class="door"><${Empty} icon="alert" title=${t("unreachable.title")}
      action=${html`<${Button} kind="primary" icon="again" onClick=${refresh}>${t("error.again")}
        <//>`}>
      ${t("unreachable.text")}<//></main>`;
  if (isDoor && state === "out")
    return html`<${Page} key=${language} name=${page} load=${doors[page]} />`;
  if (isDoor || state !== "in") return null;
  const places = user.role === "admin" ? ofAdmins : ofResellers;
  // Little is open to an admin without the second factor that he needs.
  const isOpen = user.role === "reseller" || user.isSecure || page === "more";
  const load = isOpen ? places[page] : places.security;
  return html`<${Frame}>${load
    ? html`<${Page} key=${language} name=${isOpen ? name : "security"} load=${() => load(item)}
        item=${item} />`
    : html`<${Nowhere} />`}<//>`;
}

await Promise.all([loadLanguage(lang.get()), refresh(), loadShop()]);
const place = document.getElementById("app");
place.textContent = "";
render(html`<${App} /><${Toasts} />`, place);
