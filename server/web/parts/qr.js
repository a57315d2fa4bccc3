// A QRIS code to scan, how much it is for, and how long it holds.

import { html } from "../lib.js";
import { countdown, rupiah } from "../format.js";
import { t } from "../i18n.js";
import { useNow } from "../use.js";
import { Button } from "./basic.js";
import { Icon } from "./icons.js";

// The server names itself as customers reach it; here the same picture comes from where we are.
function here(url) {
  return new URL(url).pathname;
}

export function Qr({ url, amount, until }) {
  const now = useNow(true);
  const left = (Date.parse(until) - now) / 1000;
  const picture = here(url);
  return html`<div class="stack qr-block">
    <div class="between row">
      <div><p class="small soft">${t("pay.amount")}</p><p class="amount money">${rupiah(amount)}</p>
        </div>
      <span class="timer digits"><${Icon} name="clock" small />
        <span class="unseen">${t("pay.left")}</span>${countdown(left)}</span>
    </div>
    <div class="qr"><img src=${picture} width="280" height="280"
      alt=${t("pay.qr", { amount: rupiah(amount) })} /></div>
    <p class="small soft centred">${t("pay.how")}</p>
    <${Button} kind="outline" icon="download" href=${picture} download="qris.png">${t("pay.save")}
      <//>
  </div>`;
}
