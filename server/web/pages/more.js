import { html } from "../lib.js";
import { t } from "../i18n.js";
import { Link } from "../router.js";
import { logOut, session } from "../session.js";
import { useShared } from "../use.js";
import { Button, PageHead } from "../parts/basic.js";
import { LanguageSwitch, ThemeSwitch, Who } from "../parts/frame.js";
import { Icon } from "../parts/icons.js";
import { placesOf } from "../parts/places.js";

export default function More() {
  const { user } = useShared(session);
  return html`<div class="stack narrow">
    <${PageHead} title=${t("nav.more")} />
    <section class="card"><${Who} user=${user} /></section>
    <section class="card flush"><ul class="rows">
      ${placesOf(user.role).elsewhere.map((place) => html`<li key=${place.page}>
        <${Link} to=${place.page} class="line">
          <span class="disc"><${Icon} name=${place.icon} /></span>
          <span class="main"><strong>${t(place.name)}</strong><span>${t(place.text)}</span></span>
          <${Icon} name="right" small /><//></li>`)}
    </ul></section>
    <section class="card stack">
      <div class="stack-small"><span class="legend">${t("language")}</span><${LanguageSwitch} />
        </div>
      <div class="stack-small"><span class="legend">${t("theme")}</span><${ThemeSwitch} /></div>
    </section>
    <${Button} kind="outline" wide icon="out" onClick=${logOut}>${t("logout")}<//>
  </div>`;
}
