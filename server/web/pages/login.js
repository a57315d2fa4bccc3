import { html, useState } from "../lib.js";
import { t } from "../i18n.js";
import { Link } from "../router.js";
import { logIn, session, shop } from "../session.js";
import { useShared } from "../use.js";
import { Button, Notice } from "../parts/basic.js";
import { Door } from "../parts/door.js";
import { Field, FormFault, PasswordField, useForm } from "../parts/field.js";

export default function Login() {
  const [needsOtp, setNeedsOtp] = useState(false);
  const { ended } = useShared(session);
  const { sandbox, needs_admin: needsAdmin } = useShared(shop);
  const form = useForm({ user_id: "", password: "", otp: "" });
  const onSubmit = (event) => {
    event.preventDefault();
    const { user_id: userId, password, otp } = form.values;
    form.submit(async () => {
      try {
        await logIn(userId.trim(), password, otp.trim() || undefined);
      } catch (error) {
        if (error.code === "otp_required" && !needsOtp) return setNeedsOtp(true);
        throw error;
      }
      return undefined;
    });
  };
  return html`<${Door}>
    <div class="card stack">
      <div>
        <h1 tabindex="-1" data-focus>${t("login.title")}</h1>
        <p class="soft">${t("login.text")}</p>
      </div>
      ${ended && html`<${Notice} kind="wait">${t("login.ended")}<//>`}
      <form class="stack" onSubmit=${onSubmit}>
        <${FormFault} text=${form.faults.form} />
        <${Field} label=${t("login.user")} ...${form.bind("user_id")} autocomplete="username"
          autocapitalize="none" spellcheck="false" required />
        <${PasswordField} label=${t("password")} ...${form.bind("password")}
          autocomplete="current-password" required />
        ${needsOtp && html`<${Field} label=${t("login.otp")} hint=${t("login.otp.hint")}
          ...${form.bind("otp")} inputmode="numeric" autocomplete="one-time-code" />`}
        <${Button} kind="primary" wide type="submit" busy=${form.busy}>${t("login.do")}<//>
      </form>
      <p>${t("login.new")} <${Link} to="register">${t("register.do")}<//></p>
    </div>
    ${needsAdmin && html`<${Notice} kind="wait">${t("login.setup")}
      ${" "}<${Link} to="setup">${t("setup.do")}<//><//>`}
    ${sandbox && html`<${Notice}>${t("login.demo")}<//>`}
  <//>`;
}
