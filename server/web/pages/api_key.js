import { html, useEffect, useState } from "../lib.js";
import { ask, tell } from "../api.js";
import { lang, t } from "../i18n.js";
import { newKey } from "../new_key.js";
import { session } from "../session.js";
import { useLoad, useShared } from "../use.js";
import { Bones, Button, Copyable, Failed, Notice, PageHead } from "../parts/basic.js";
import { Confirm, Dialog } from "../parts/dialog.js";
import { Field, FormFault, PasswordField, useForm } from "../parts/field.js";
import { say } from "../parts/toast.js";

// The server gives the key to who proves himself again.
function Reveal({ onClose }) {
  const { user } = useShared(session);
  const form = useForm({ password: "", otp: "" });
  const [needsOtp, setNeedsOtp] = useState(false);
  const reveal = () => form.submit(async () => {
    const { password, otp } = form.values;
    try {
      const answer = await tell("/api/auth/login", { user_id: user.user_id, password, otp: otp ||
        undefined });
      newKey.set(answer.data.api_key);
      onClose();
    } catch (error) {
      if (error.code !== "otp_required" || needsOtp) throw error;
      setNeedsOtp(true);
    }
  });
  return html`<${Dialog} title=${t("key.show.title")} onClose=${onClose} actions=${html`
    <${Button} kind="primary" wide busy=${form.busy} type="submit" form="reveal">${t("key.show")}
      <//>
    <${Button} kind="outline" wide onClick=${onClose}>${t("cancel")}<//>`}>
    <form id="reveal" class="stack" onSubmit=${(event) => {
      event.preventDefault();
      reveal();
    }}>
      <p class="soft">${t("key.show.text")}</p>
      <${FormFault} text=${form.faults.form} />
      <input class="unseen" tabindex="-1" aria-hidden="true" autocomplete="username" readonly
        value=${user.user_id} />
      <${PasswordField} label=${t("password")} ...${form.bind("password")}
        autocomplete="current-password" required />
      ${needsOtp && html`<${Field} label=${t("login.otp")} ...${form.bind("otp")}
        inputmode="numeric"
        autocomplete="one-time-code" />`}
    </form>
  <//>`;
}

function Key() {
  const key = useShared(newKey);
  const [asked, setAsked] = useState("");
  const [busy, setBusy] = useState(false);
  useEffect(() => () => newKey.set(""), []);
  const regenerate = async () => {
    setBusy(true);
    try {
      newKey.set((await tell("/api/user/regenerate-key")).data.api_key);
      say(t("key.regenerated"));
    } catch (error) {
      say(error.text ? error.text(t) : t("error.unknown"), "bad");
    }
    setBusy(false);
    setAsked("");
  };
  return html`<section class="card stack">
    <div><h2>${t("key")}</h2><p class="small soft">${t("key.text")}</p></div>
    ${key
      ? html`<${Copyable} text=${key} label=${t("key")} /><${Notice} kind="wait">${t("key.once")}
        <//>`
      : html`<div class="copyable"><code
        aria-label=${t("key.hidden")}>tk_••••••••••••</code>
          <${Button} kind="plain" icon="eye" onClick=${() => setAsked("show")}>${t("key.show")}<//>
            </div>`}
    <div><${Button} kind="outline" icon="again" onClick=${() => setAsked("new")}>
      ${t("key.regenerate")}<//></div>
    ${asked === "show" && html`<${Reveal} onClose=${() => setAsked("")} />`}
    ${asked === "new" && html`<${Confirm} title=${t("key.regenerate.title")} kind="danger"
      busy=${busy}
      yes=${t("key.regenerate.do")} onYes=${regenerate} onClose=${() => setAsked("")}>
      <p>${t("key.regenerate.text")}</p><//>`}
  </section>`;
}

function linesOf(text) {
  return text.split(/[\s,]+/).filter(Boolean);
}

function AllowList() {
  const list = useLoad(async () => (await ask("/api/user/allow-list")).data.addresses, []);
  const form = useForm({ addresses: "" });
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (list.data) form.setValues({ addresses: list.data.join("\n") });
  }, [list.data]);
  const wanted = linesOf(form.values.addresses);
  const send = () => form.submit(async () => {
    try {
      await tell("/api/user/allow-list", { addresses: wanted });
      say(t("allow.saved"));
      list.reload();
    } finally {
      setAsked(false);
    }
  });
  return html`<section class="card stack">
    <div><h2>${t("allow.title")}</h2><p class="small soft">${t("allow.text")}</p></div>
    ${list.data
      ? html`<form class="stack" onSubmit=${(event) => {
          event.preventDefault();
          if (wanted.length) setAsked(true);
          else send();
        }}>
          <${FormFault} text=${form.faults.form} />
          <${Field} multiline label=${t("allow.addresses")} hint=${t("allow.hint")}
            ...${form.bind("addresses")}
            spellcheck="false" autocapitalize="none" rows="4" placeholder="203.0.113.7" />
          <div><${Button} kind="outline" type="submit" busy=${form.busy && !asked}>
            ${t("allow.save")}<//></div>
        </form>`
      : list.error
        ? html`<${Failed} error=${list.error} again=${list.reload} />`
        : html`<${Bones} lines=${3} />`}
    ${asked && html`<${Confirm} title=${t("allow.confirm")} kind="danger" busy=${form.busy}
      yes=${t("allow.save")} onYes=${send} onClose=${() => setAsked(false)}>
      <p>${t("allow.confirm.text", { n: wanted.length })}</p>
      <ul>${wanted.slice(0, 8).map((address) =>
        html`<li key=${address}><code>${address}</code></li>`)}</ul><//>`}
  </section>`;
}

function Example() {
  const text = `curl ${location.origin}/api/user/me -H 'X-API-Key: tk_…'`;
  return html`<section class="card stack">
    <div><h2>${t("docs.title")}</h2><p class="small soft">${t("docs.text")}</p></div>
    <${Copyable} text=${text} label="curl" />
    <div class="row"><${Button} kind="primary" icon="statement"
        href=${`/docs?lang=${lang.get()}`}>${t("docs.open")}<//>
      <${Button} kind="outline" icon="download" href="/openapi.json" target="_blank"
        rel="noreferrer">openapi.json<//></div>
  </section>`;
}

function Callbacks() {
  return html`<section class="card stack-small">
    <div class="row between"><h2>${t("callbacks")}</h2>
      <span class="badge off">${t("callbacks.later")}</span></div>
    <p class="small soft">${t("callbacks.text")}</p>
  </section>`;
}

export default function ApiKey() {
  return html`<div class="stack">
    <${PageHead} title=${t("api.title")}>${t("api.text")}<//>
    <div class="grid two"><div class="stack"><${Key} /><${Example} /></div>
      <div class="stack"><${AllowList} /><${Callbacks} /></div></div>
  </div>`;
}
