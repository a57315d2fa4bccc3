// Fields of forms: a label, a hint, and what is wrong with what was typed.

import { html, useState } from "../lib.js";
import { count, digitsOf } from "../format.js";
import { t } from "../i18n.js";
import { Icon } from "./icons.js";

let last = 0;

function useId() {
  return useState(() => `f${++last}`)[0];
}

// Whether the hint says anything that the error does not.
function says(hint, error) {
  return hint && !(error && String(error).includes(hint));
}

function Around({ id, label, hint, error, children }) {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${children}
    ${says(hint, error) && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
    ${error && html`<p class="error" id=${`${id}-error`}><${Icon} name="alert" small />${error}
      </p>`}
  </div>`;
}

function describedBy(id, hint, error) {
  const ids = [says(hint, error) && `${id}-hint`, error && `${id}-error`];
  return ids.filter(Boolean).join(" ") || undefined;
}

export function Field({ label, hint, error, value, onValue, icon, tail, multiline, ...rest }) {
  const id = useId();
  const common = {
    id,
    class: "input",
    value,
    onInput: (event) => onValue(event.currentTarget.value),
    "aria-invalid": error ? "true" : undefined,
    "aria-describedby": describedBy(id, hint, error),
    ...rest,
  };
  const input = multiline ? html`<textarea ...${common}></textarea>` : html`<input ...${common} />`;
  return html`<${Around} id=${id} label=${label} hint=${hint} error=${error}>
    ${icon || tail
      ? html`<div class="affix">${icon && html`<span><${Icon} name=${icon} small /></span>`}
          ${input}${tail}</div>`
      : input}
  <//>`;
}

// Whole rupiah: value is a number, 0 is an empty field.
export function MoneyField({ label, hint, error, value, onValue, ...rest }) {
  const id = useId();
  return html`<${Around} id=${id} label=${label} hint=${hint} error=${error}>
    <div class="affix"><span aria-hidden="true">Rp</span>
      <input id=${id} class="input digits" inputmode="numeric" autocomplete="off" placeholder="0"
        value=${value ? count(value) : ""} aria-invalid=${error ? "true" : undefined}
        aria-describedby=${describedBy(id, hint, error)}
        onInput=${(event) => {
          const amount = digitsOf(event.currentTarget.value);
          event.currentTarget.value = amount ? count(amount) : "";
          onValue(amount);
        }} ...${rest} />
    </div>
  <//>`;
}

export function PasswordField({ label, hint, error, value, onValue, autocomplete, ...rest }) {
  const [shown, setShown] = useState(false);
  return html`<${Field} label=${label} hint=${hint} error=${error} value=${value} onValue=${onValue}
    type=${shown ? "text" : "password"} autocomplete=${autocomplete} autocapitalize="none"
    spellcheck="false" ...${rest}
    tail=${html`<button type="button" class="button square" aria-pressed=${shown ? "true" : "false"}
      aria-label=${t("password.show")} onClick=${() => setShown(!shown)}>
      <${Icon} name="eye" small /></button>`} />`;
}

// One of many: choices: [[value, text], …].
export function Choice({ label, hint, error, value, onValue, choices }) {
  const id = useId();
  return html`<${Around} id=${id} label=${label} hint=${hint} error=${error}>
    <select id=${id} class="input" value=${value} aria-describedby=${describedBy(id, hint, error)}
      onChange=${(event) => onValue(event.currentTarget.value)}>
      ${choices.map(([name, text]) => html`<option value=${name} key=${name}>${text}</option>`)}
    </select>
  <//>`;
}

// choices: [[value, text], …]; one of them is chosen.
export function Segments({ label, value, onValue, choices, short }) {
  return html`<div class=${short ? "segments short" : "segments"} role="group" aria-label=${label}>
    ${choices.map(([name, text]) => html`<button type="button" key=${name}
      aria-pressed=${value === name ? "true" : "false"} onClick=${() => onValue(name)}>${text}
        </button>`)}
  </div>`;
}

export function Pills({ label, value, onValue, choices }) {
  return html`<div class="pills" role="group" aria-label=${label}>
    ${choices.map(([name, text]) => html`<button type="button" key=${name}
      aria-pressed=${value === name ? "true" : "false"} onClick=${() => onValue(name)}>${text}
        </button>`)}
  </div>`;
}

// What a form shares: values, faults by field, and one request at a time.
export function useForm(initial) {
  const [values, setValues] = useState(initial);
  const [faults, setFaults] = useState({});
  const [busy, setBusy] = useState(false);
  const bind = (name) => ({
    value: values[name],
    error: faults[name],
    onValue: (value) => {
      setValues((old) => ({ ...old, [name]: value }));
      setFaults((old) => ({ ...old, [name]: undefined, form: undefined }));
    },
  });
  // Runs work; what the server blames goes to its field, all else above the form.
  const submit = async (work) => {
    setBusy(true);
    setFaults({});
    try {
      return await work();
    } catch (error) {
      if (!error.text) throw error;
      const isOfField = error.field && error.field in values;
      setFaults({ [isOfField ? error.field : "form"]: error.text(t) });
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { values, setValues, faults, setFaults, busy, bind, submit };
}

export function FormFault({ text }) {
  if (!text) return null;
  return html`<div class="notice bad" role="alert"><${Icon} name="alert" /><div>${text}</div>
    </div>`;
}
