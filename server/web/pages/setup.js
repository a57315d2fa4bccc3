import { html } from "../lib.js";
import { tell } from "../api.js";
import { t } from "../i18n.js";
import { loadShop, logIn } from "../session.js";
import { Button } from "../parts/basic.js";
import { Door } from "../parts/door.js";
import { Field, FormFault, PasswordField, useForm } from "../parts/field.js";
import { faultsOf } from "./register.js";

// What stands behind # is never sent to a server.
const given = location.hash.slice(1);

export default function Setup() {
  const form = useForm({ token: given, name: "", username: "", email: "", password: "" });
  const onSubmit = (event) => {
    event.preventDefault();
    const faults = faultsOf(form.values);
    if (Object.keys(faults).length) return form.setFaults(faults);
    const { token, name, username, email, password } = form.values;
    return form.submit(async () => {
      const answer = await tell("/api/auth/setup", {
        token: token.trim(),
        name: name.trim(),
        username: username.trim(),
        email: email.trim(),
        password,
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
        <${Field} label=${t("setup.name")} ...${form.bind("name")} autocomplete="name"
          maxlength="100" required />
        <${Field} label=${t("register.user")} hint=${t("register.user.hint")}
          ...${form.bind("username")}
          autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="32"
            required />
        <${Field} label=${t("register.email")} ...${form.bind("email")} type="email"
          autocomplete="email" required />
        <${PasswordField} label=${t("password")} hint=${t("register.password.hint")}
          ...${form.bind("password")} autocomplete="new-password" required />
        <${Button} kind="primary" wide type="submit" busy=${form.busy}>${t("setup.do")}<//>
      </form>
    </div>
  <//>`;
}
