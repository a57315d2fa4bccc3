// Who signs up: what he is asked for, what is wrong with it, and what is sent of it.

import { html } from "../lib.js";
import { t } from "../i18n.js";
import { Field, PasswordField } from "./field.js";

export const nobody = { name: "", username: "", email: "", password: "" };

export function faultsOf({ username, password }) {
  const faults = {};
  if (!/^[A-Za-z0-9_.-]{3,32}$/.test(username.trim())) faults.username = t("register.user.bad");
  if (new TextEncoder().encode(password).length < 6) faults.password = t("register.password.bad");
  return faults;
}

export function sentOf({ name, username, email, password }) {
  return { name: name.trim(), username: username.trim(), email: email.trim(), password };
}

export function PersonFields({ form, name, autocomplete }) {
  return html`
    <${Field} label=${name} ...${form.bind("name")} autocomplete=${autocomplete} maxlength="100"
      required />
    <${Field} label=${t("register.user")} hint=${t("register.user.hint")}
      ...${form.bind("username")} autocomplete="username" autocapitalize="none"
      spellcheck="false" maxlength="32" required />
    <${Field} label=${t("register.email")} ...${form.bind("email")} type="email"
      autocomplete="email" required />
    <${PasswordField} label=${t("password")} hint=${t("register.password.hint")}
      ...${form.bind("password")} autocomplete="new-password" required />`;
}
