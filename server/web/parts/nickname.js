// Whose account a number is, asked before an order; never in the way of one.

import { classes, html, useEffect, useState } from "../lib.js";
import { ask } from "../api.js";
import { t } from "../i18n.js";
import { Button } from "./basic.js";
import { Icon } from "./icons.js";

// state: "", "busy", "known" with its name, "nobody", or "silent".
export function useNickname(service, { target, nometer }) {
  const [told, setTold] = useState({ state: "", name: "" });
  const wanted = { layanan: service.sid, target: target.trim(), nometer: nometer.trim() };
  const text = JSON.stringify(wanted);
  useEffect(() => setTold({ state: "", name: "" }), [text]); // of another number
  const check = async () => {
    // What comes late is of a number that is not in the field any more.
    const tell = (next) => setTold((now) => (now.text === text ? { ...next, text } : now));
    setTold({ state: "busy", name: "", text });
    try {
      const { nickname } = (await ask("/api/services/nickname", wanted)).data;
      tell({ state: "known", name: nickname });
    } catch (error) {
      if (!error.text) throw error;
      tell({ state: error.code === "not_found" ? "nobody" : "silent", name: "" });
    }
  };
  return { ...told, check };
}

export function CheckName({ nickname, canAsk }) {
  return html`<${Button} kind="plain" busy=${nickname.state === "busy"}
    onClick=${() => canAsk() && nickname.check()}>${t("nickname.check")}<//>`;
}

const looks = { known: ["good", "check"], nobody: ["bad", "alert"], silent: ["soft", "info"] };

// Stands empty while there is nothing to say, so that screen readers hear what comes into it.
export function Told({ nickname: { state, name } }) {
  const [look, icon] = looks[state] ?? [];
  return html`<p class=${classes("nickname", look)} role="status">
    ${look && html`<${Icon} name=${icon} small />`}
    ${state === "known" && html`<span>${t("nickname")} <strong>${name}</strong></span>`}
    ${state === "nobody" && t("nickname.nobody")}
    ${state === "silent" && t("nickname.silent")}</p>`;
}
