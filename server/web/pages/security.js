// The second factor: an authenticator app, and codes on paper.

import { html, useState } from "../lib.js";
import { ask, tell } from "../api.js";
import { t } from "../i18n.js";
import { refresh, session } from "../session.js";
import { useLoad, useShared } from "../use.js";
import { Bones, Button, Copy, Copyable, Failed, Notice, PageHead } from "../parts/basic.js";
import { Dialog } from "../parts/dialog.js";
import { Field, FormFault, PasswordField, useForm } from "../parts/field.js";
import { say } from "../parts/toast.js";

// What the app reads, as a picture in the address: no markup becomes part of the page.
function Scan({ begun }) {
  const picture = `data:image/svg+xml,${encodeURIComponent(begun.qr_svg)}`;
  return html`<div class="stack">
    <p>${t("otp.scan")}</p>
    <div class="qr"><img src=${picture} width="220" height="220" alt=${t("otp.qr")} /></div>
    <p class="small soft">${t("otp.type")}</p>
    <${Copyable} text=${begun.secret} label=${t("otp.secret")} />
  </div>`;
}

function Enrol({ begun, onDone, onClose }) {
  const { user } = useShared(session);
  const form = useForm({ otp: "", password: "" });
  const confirm = () => form.submit(async () => {
    const answer = await tell("/api/auth/otp/confirm", { secret: begun.secret, ...form.values });
    onDone(answer.data.recovery_codes);
  });
  return html`<section class="card stack">
    <h2>${t("otp.begin")}</h2>
    <${Scan} begun=${begun} />
    <form class="stack" onSubmit=${(event) => {
      event.preventDefault();
      confirm();
    }}>
      <${FormFault} text=${form.faults.form} />
      <input class="unseen" tabindex="-1" aria-hidden="true" autocomplete="username" readonly
        value=${user.user_id} />
      <${Field} label=${t("login.otp")} hint=${t("login.otp.hint")} ...${form.bind("otp")}
        inputmode="numeric" autocomplete="one-time-code" required />
      <${PasswordField} label=${t("password")} ...${form.bind("password")}
        autocomplete="current-password" required />
      <div class="row">
        <${Button} kind="primary" type="submit" busy=${form.busy}>${t("otp.confirm")}<//>
        <${Button} kind="outline" onClick=${onClose}>${t("cancel")}<//>
      </div>
    </form>
  </section>`;
}

function Recovery({ codes, onDone }) {
  return html`<section class="card stack">
    <h2>${t("otp.recovery")}</h2>
    <${Notice} kind="wait">${t("otp.recovery.once")}<//>
    <ul class="codes">${codes.map((code) => html`<li key=${code}><code>${code}</code></li>`)}</ul>
    <div class="row"><${Button} kind="primary" onClick=${onDone}>${t("otp.recovery.kept")}<//>
      <${Copy} text=${codes.join("\n")} label=${t("otp.recovery")} /></div>
  </section>`;
}

function TurnOff({ onDone, onClose }) {
  const form = useForm({ otp: "", password: "" });
  const send = () => form.submit(async () => {
    await tell("/api/auth/otp/disable", form.values);
    onDone();
  });
  return html`<${Dialog} title=${t("otp.off.title")} onClose=${onClose} actions=${html`
    <${Button} kind="danger" wide busy=${form.busy} type="submit" form="otp-off">${t("otp.off")}<//>
    <${Button} kind="outline" wide onClick=${onClose}>${t("cancel")}<//>`}>
    <form id="otp-off" class="stack" onSubmit=${(event) => {
      event.preventDefault();
      send();
    }}>
      <p class="soft">${t("otp.off.text")}</p>
      <${FormFault} text=${form.faults.form} />
      <${Field} label=${t("login.otp")} ...${form.bind("otp")} autocomplete="one-time-code"
        required />
      <${PasswordField} label=${t("password")} ...${form.bind("password")}
        autocomplete="current-password" required />
    </form>
  <//>`;
}

function State({ state, onBegin, onOff }) {
  return html`<section class="card stack">
    <div><h2>${t("otp.title")}</h2><p class="small soft">${t("otp.text")}</p></div>
    ${state.enabled
      ? html`<${Notice} kind="good">${t("otp.on", { n: state.recovery_left })}<//>
        ${!state.required && html`<div>
          <${Button} kind="outline" onClick=${onOff}>${t("otp.off")}<//></div>`}`
      : html`<${Notice} kind=${state.required ? "wait" : "info"}>
          ${t(state.required ? "otp.required" : "otp.none")}<//>
        <div><${Button} kind="primary" icon="shield" onClick=${onBegin}>${t("otp.begin")}<//>
          </div>`}
  </section>`;
}

export default function Security() {
  const state = useLoad(async () => (await ask("/api/auth/otp")).data, []);
  const [begun, setBegun] = useState(undefined);
  const [codes, setCodes] = useState(undefined);
  const [isLeaving, setLeaving] = useState(false);
  const begin = async () => {
    try {
      setBegun((await tell("/api/auth/otp/begin")).data);
    } catch (error) {
      say(error.text ? error.text(t) : t("error.unknown"), "bad");
    }
  };
  const done = () => {
    setBegun(undefined);
    setCodes(undefined);
    setLeaving(false);
    state.reload();
    refresh();
  };
  return html`<div class="stack narrow">
    <${PageHead} title=${t("security.title")} />
    ${codes
      ? html`<${Recovery} codes=${codes} onDone=${done} />`
      : begun
        ? html`<${Enrol} begun=${begun} onDone=${setCodes} onClose=${() => setBegun(undefined)} />`
        : state.data
          ? html`<${State} state=${state.data} onBegin=${begin} onOff=${() => setLeaving(true)} />`
          : html`<section class="card">${state.error
            ? html`<${Failed} error=${state.error} again=${state.reload} />`
            : html`<${Bones} lines=${3} />`}</section>`}
    ${isLeaving && html`<${TurnOff} onDone=${done} onClose=${() => setLeaving(false)} />`}
  </div>`;
}
