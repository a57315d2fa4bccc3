import { html } from "../lib.js";
import { tell } from "../api.js";
import { t } from "../i18n.js";
import { Link } from "../router.js";
import { logIn } from "../session.js";
import { Button } from "../parts/basic.js";
import { Door } from "../parts/door.js";
import { Field, FormFault, PasswordField, useForm } from "../parts/field.js";
import { showNewKey } from "../new_key.js";

export function faultsOf({ username, password }) {
  const faults = {};
  if (!/^[A-Za-z0-9_.-]{3,32}$/.test(username.trim())) faults.username = t("register.user.bad");
  if (new TextEncoder().encode(password).length < 6) faults.password = t("register.password.bad");
  return faults;
}

export default function Register() {
  const form = useForm({ name: "", username: "", email: "", password: "" });
  const onSubmit = (event) => {
    event.preventDefault();
    const faults = faultsOf(form.values);
    if (Object.keys(faults).length) return form.setFaults(faults);
    const { name, username, email, password } = form.values;
    return form.submit(async () => {
      const answer = await tell("/api/auth/register", {
        name: name.trim(),
        username: username.trim(),
        email: email.trim(),
        password,
      });
      showNewKey(answer.data.api_key);
      await logIn(answer.data.user_id, password);
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
        <${Field} label=${t("register.name")} ...${form.bind("name")} autocomplete="organization"
          maxlength="100" required />
        <${Field} label=${t("register.user")} hint=${t("register.user.hint")}
          ...${form.bind("username")}
          autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="32"
            required />
        <${Field} label=${t("register.email")} ...${form.bind("email")} type="email"
          autocomplete="email" required />
        <${PasswordField} label=${t("password")} hint=${t("register.password.hint")}
          ...${form.bind("password")} autocomplete="new-password" required />
        <${Button} kind="primary" wide type="submit" busy=${form.busy}>${t("register.do")}<//>
      </form>
      <p>${t("register.known")} <${Link} to="login">${t("login.do")}<//></p>
    </div>
  <//>`;
}
