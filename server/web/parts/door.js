// What stands around the pages of those who are not logged in.

import { html } from "../lib.js";
import { t } from "../i18n.js";
import { Brand, LanguageSwitch } from "./frame.js";

export function Door({ children }) {
  return html`<div class="door">
    <header><${Brand} /><${LanguageSwitch} /></header>
    <main id="main">${children}</main>
    <footer class="small soft"><span>${t("door.foot")}</span><a href="/openapi.json">API</a>
      </footer>
  </div>`;
}
