import { html } from "../lib.js";
import { ask } from "../api.js";
import { day } from "../format.js";
import { t } from "../i18n.js";
import { useLoad } from "../use.js";
import { Act } from "../parts/act.js";
import { BoneRows, Bones, Empty, Failed, Money, PageHead } from "../parts/basic.js";
import { Facts } from "../parts/facts.js";
import { OrderLine } from "../parts/order_line.js";
import { UserBadges } from "./users.js";

function rowsOf(user) {
  return [
    ["E-mail", user.email],
    user.phone && [t("user.phone"), user.phone],
    ["Tier", user.tier],
    [t("user.since"), day(user.created_at)],
    user.addresses.length > 0 && ["IP", user.addresses.join(", ")],
    [t("balance"), html`<${Money} of=${user.balance} />`, "total"],
    [t("user.hold"), html`<${Money} of=${user.hold} />`],
    [t("profit"), html`<${Money} of=${user.profit_balance} />`],
    [t("user.withdraw.hold"), html`<${Money} of=${user.withdraw_hold} />`],
    user.receivable > 0 && [t("user.receivable"), html`<${Money} of=${user.receivable} />`],
  ];
}

function Acts({ user, tiers, reload }) {
  const body = { user_id: user.user_id };
  const base = { body, onDone: reload };
  return html`<section class="card stack"><h2>${t("admin.acts")}</h2>
    <${Act} ...${base} label=${t("user.tier.do")} title=${t("user.tier.do")}
      text=${t("user.tier.ask")} yes=${t("save")} path="/api/admin/user/tier"
      fields=${[{ name: "tier", label: "Tier", value: user.tier,
        choices: tiers.map(({ name }) => [name, name]) }]} />
    <${Act} ...${base} label=${t("user.adjust")} title=${t("user.adjust")}
      text=${t("user.adjust.ask")} yes=${t("user.adjust.yes")} path="/api/admin/adjustment/propose"
      done=${t("user.adjust.done")} fields=${[
        { name: "amount", label: t("user.adjust.amount"), hint: t("user.adjust.hint"), needed:
          true },
        { name: "reason", label: t("user.adjust.reason"), needed: true }]} />
    ${user.otp && html`<${Act} ...${base} danger label=${t("user.otp.off")}
      title=${t("user.otp.off")} text=${t("user.otp.off.ask")} yes=${t("user.otp.off")}
      path="/api/admin/user/disable-otp" />`}
    ${user.suspended
      ? html`<${Act} ...${base} label=${t("user.reinstate")} title=${t("user.reinstate")}
          text=${t("user.reinstate.ask")} yes=${t("user.reinstate")}
          path="/api/admin/user/reinstate" />`
      : html`<${Act} ...${base} danger label=${t("user.suspend")} title=${t("user.suspend")}
          text=${t("user.suspend.ask")} yes=${t("user.suspend")}
          path="/api/admin/user/suspend" />`}
  </section>`;
}

function Orders({ name }) {
  const { data, error, reload } = useLoad(
    async () => (await ask("/api/admin/orders", { user_id: name, limit: 10 })).data, [name]);
  return html`<section class="card flush"><div class="card-head"><h2>${t("home.recent")}</h2></div>
    ${data
      ? data.length
        ? html`<ul class="rows">${data.map((order) =>
            html`<${OrderLine} key=${order.id} order=${order} />`)}</ul>`
        : html`<${Empty} icon="orders" title=${t("orders.none")}>${t("admin.orders.none")}<//>`
      : error
        ? html`<${Failed} error=${error} again=${reload} />`
        : html`<${BoneRows} rows=${4} />`}</section>`;
}

async function load(name) {
  const [user, tiers] = await Promise.all([
    ask("/api/admin/user", { user_id: name }), ask("/api/admin/tiers")]);
  return { user: user.data, tiers: tiers.data };
}

export default function User({ item }) {
  const { data, error, reload } = useLoad(() => load(item), [item]);
  const user = data?.user;
  const isReseller = user?.role === "reseller";
  return html`<div class="stack">
    <${PageHead} title=${user?.name ?? item} back=${{ to: "users", text: t("nav.users") }}>
      @${item} ${user && html`<${UserBadges} user=${user} />`}<//>
    ${user && html`<div class="grid wide-left">
      <div class="stack"><section class="card"><${Facts} rows=${rowsOf(user)} /></section>
        ${isReseller && html`<${Orders} name=${item} />`}</div>
      ${isReseller && html`<${Acts} user=${user} tiers=${data.tiers} reload=${reload} />`}
    </div>`}
    ${!user && error && html`<section class="card">
      <${Failed} error=${error} again=${reload} /></section>`}
    ${!user && !error && html`<section class="card"><${Bones} lines=${6} /></section>`}
  </div>`;
}
