import { html } from "../lib.js";
import { tell } from "../api.js";
import { t } from "../i18n.js";
import { Link } from "../router.js";
import { logIn } from "../session.js";
import { Button } from "../parts/basic.js";
import { Door } from "../parts/door.js";
import { FormFault, useForm } from "../parts/field.js";
import { PersonFields, faultsOf, nobody, sentOf } from "../parts/person.js";
import { showNewKey } from "../new_key.js";

export default function Register() {
  const form = useForm(nobody);
  const onSubmit = (event) => {
    event.preventDefault();
    const faults = faultsOf(form.values);
    if (Object.keys(faults).length) return form.setFaults(faults);
    return form.submit(async () => {
      const answer = await tell("/api/auth/register", sentOf(form.values));
      showNewKey(answer.data.api_key);
      await logIn(answer.data.user_id, form.values.password);
    });
  };
  return html`<${Door}>
    <div class="card stack">
      <div>
        <h1 tabindex="-1" data-focus>${t("register.title")}</h1>
        <p class="soft">${t("register.text")}</p>
      </div>
      <form class="stack" onSubmit=${onSubmit}>
        <${FormFault} text=${form.faults.form} />
        <${PersonFields} form=${form} name=${t("register.name")} autocomplete="organization" />
        <${Button} kind="primary" wide type="submit" busy=${form.busy}>${t("register.do")}<//>
      </form>
      <p>${t("register.known")} <${Link} to="login">${t("login.do")}<//></p>
    </div>
  <//>`;
}
