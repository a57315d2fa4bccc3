import { html } from "../lib.js";
import { tell } from "../api.js";
import { t } from "../i18n.js";
import { loadShop, logIn } from "../session.js";
import { Button } from "../parts/basic.js";
import { Door } from "../parts/door.js";
import { Field, FormFault, useForm } from "../parts/field.js";
import { PersonFields, faultsOf, nobody, sentOf } from "../parts/person.js";

// What stands behind # is never sent to a server.
const given = location.hash.slice(1);

export default function Setup() {
  const form = useForm({ ...nobody, token: given });
  const onSubmit = (event) => {
    event.preventDefault();
    const faults = faultsOf(form.values);
    if (Object.keys(faults).length) return form.setFaults(faults);
    const { token, password } = form.values;
    return form.submit(async () => {
      const answer = await tell("/api/auth/setup", {
        token: token.trim(),
        ...sentOf(form.values),
      });
      await Promise.all([loadShop(), logIn(answer.data.user_id, password)]);
    });
  };
  return html`<${Door}>
    <div class="card stack">
      <div>
        <h1 tabindex="-1" data-focus>${t("setup.title")}</h1>
        <p class="soft">${t("setup.text")}</p>
      </div>
      <form class="stack" onSubmit=${onSubmit}>
        <${FormFault} text=${form.faults.form} />
        <${Field} label=${t("setup.token")} hint=${t("setup.token.hint")} ...${form.bind("token")}
          autocomplete="off" autocapitalize="none" spellcheck="false" required />
        <${PersonFields} form=${form} name=${t("setup.name")} autocomplete="name" />
        <${Button} kind="primary" wide type="submit" busy=${form.busy}>${t("setup.do")}<//>
      </form>
    </div>
  <//>`;
}
