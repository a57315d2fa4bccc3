// A button that asks before it changes something: what will happen, and what has to be said.

import { html, useState } from "../lib.js";
import { tell } from "../api.js";
import { t } from "../i18n.js";
import { Button } from "./basic.js";
import { Confirm } from "./dialog.js";
import { Choice, Field, FormFault, MoneyField, useForm } from "./field.js";
import { say } from "./toast.js";

function emptyOf(fields) {
  return Object.fromEntries(fields.map((one) => [one.name, one.value ?? (one.isMoney ? 0 : "")]));
}

function kindOf({ isMoney, choices }) {
  if (choices) return Choice;
  return isMoney ? MoneyField : Field;
}

function Sheet({ act, onClose }) {
  const { title, text, yes, danger, fields = [], path, body, done, onDone } = act;
  const form = useForm(emptyOf(fields));
  const send = () => {
    const missing = fields.filter((one) => one.needed && !String(form.values[one.name]).trim());
    if (missing.length)
      return form.setFaults(Object.fromEntries(missing.map((one) => [one.name, t("needed")])));
    return form.submit(async () => {
      await tell(path, { ...body, ...form.values });
      onClose();
      say(done ?? t("done"));
      await onDone?.();
    });
  };
  return html`<${Confirm} title=${title} kind=${danger ? "danger" : "primary"} busy=${form.busy}
    yes=${yes} onYes=${send} onClose=${onClose}>
    <div class="stack">
      <p class="soft">${text}</p>
      <${FormFault} text=${form.faults.form} />
      ${fields.map((one) => html`<${kindOf(one)} key=${one.name} label=${one.label}
        hint=${one.hint} choices=${one.choices} ...${form.bind(one.name)} autocomplete="off" />`)}
    </div>
  <//>`;
}

// act: {label, title, text, yes, danger, fields: [{name, label, hint, isMoney, choices, needed,
// value}], path, body, done, onDone}
export function Act({ kind, icon, ...act }) {
  const [isOpen, setOpen] = useState(false);
  const look = kind ?? (act.danger ? "outline risky" : "outline");
  return html`<${Button} kind=${look} icon=${icon} onClick=${() => setOpen(true)}>${act.label}<//>
    ${isOpen && html`<${Sheet} act=${act} onClose=${() => setOpen(false)} />`}`;
}
