// A reseller's first hour, from sign-up to a withdrawal.

import { logInByPaper, secure } from "./authenticator.js";

const password = "rahasia-sekali";

async function signUp(v, shop, username) {
  await v.page.goto(`${shop.url}/app`);
  await v.heading("login.title");
  await v.look("01-login");
  await v.field("login.user").fill("nobody");
  await v.field("password").fill("wrong-password");
  await v.button("login.do").click();
  await v.page.getByRole("alert").waitFor();
  await v.link("register.do").click();
  await v.heading("register.title");
  await v.field("register.name").fill("Toko Maju Jaya");
  await v.field("register.user").fill("x");
  await v.field("register.email").fill(`${username}@example.com`);
  await v.field("password").fill(password);
  await v.button("register.do").click();
  await v.sees(v.t("register.user.bad"));
  await v.look("02-register");
  await v.field("register.user").fill(username);
  await v.button("register.do").click();
  await v.heading("home.hello", { name: "Toko Maju Jaya" });
  await v.sees(/^tk_/);
  await v.look("03-home-new");
  await v.button("key.new.done").click();
}

async function deposit(v, shop, amount) {
  await v.visit("nav.deposits");
  await v.heading("deposits.title");
  await v.sees(v.t("deposits.none"));
  await v.field("deposit.amount").fill("5000");
  await v.button("deposit.do").click();
  await v.look("04-deposits");
  await v.field("deposit.amount").fill(String(amount));
  await v.button("deposit.do").click();
  await v.sees(v.t("deposit.scan"));
  const qr = v.page.getByRole("img", { name: v.t("pay.qr", { amount: v.rp(amount) }) });
  v.expect(await qr.evaluate((img) => img.complete || img.decode()) !== false, "no QR picture");
  await v.look("05-deposit");
  await shop.settle(v.page.url().split("/").pop());
  await v.sees(v.t("status.settlement"));
  await v.look("06-deposit-paid");
}

async function findService(v) {
  await v.visit("nav.services");
  await v.heading("services.title");
  await v.sees("Free Fire");
  await v.look("07-services");
  await v.button("markup.title").click();
  await v.field("markup.percent").fill("7,5");
  await v.sees(v.t("markup.example", { cost: v.rp(10000), price: v.rp(10800) }));
  await v.page.getByRole("button", { name: /^Free Fire/ }).click();
  await v.sees(v.t("markup.sell", { price: v.rp(10800) }));
  await v.look("07-services-free-fire");
  await v.field("services.search").fill("free 70");
  await v.page.getByRole("link", { name: /70 Diamond/ }).first().click();
  await v.heading("order.title");
}

// Fills the form and confirms; leaves the order's page open.
async function order(v, sid, target, dropship) {
  if (!v.page.url().endsWith(`/order/${sid}`)) {
    await v.page.goto(`${new URL(v.page.url()).origin}/app/order/${sid}`);
    await v.heading("order.title");
  }
  if (dropship) await v.button("order.mode.dropship").click();
  await v.field("order.target").fill(target);
  await v.button(dropship ? "order.do.dropship" : "order.do").click();
}

// Whose account it is, before an order; the sandbox knows nobody whose number ends in 2.
async function checkName(v) {
  v.expected.push(/404 \(Not Found\).*\/api\/services\/nickname/);
  await v.button("nickname.check").click();
  await v.sees(v.t("order.target.bad"));
  await v.field("order.target").fill("12345672");
  await v.button("nickname.check").click();
  await v.sees(v.t("nickname.nobody"));
  await v.field("order.target").fill("12345671");
  await v.page.getByText(v.t("nickname.nobody")).waitFor({ state: "detached" });
  await v.button("nickname.check").click();
  await v.sees(v.t("nickname"));
  await v.look("08-order-name");
}

async function orderFromBalance(v) {
  await checkName(v);
  await v.field("order.target").fill("12");
  await v.button("order.do").click();
  await v.sees(v.t("order.target.bad"));
  await v.look("08-order-form");
  await order(v, 1, "12345671", false);
  await v.page.getByRole("dialog").waitFor();
  await v.look("09-order-confirm");
  await v.button("order.confirm.pay", { amount: v.rp(10000) }).click();
  await v.seesEither(v.t("status.Pending"), v.t("order.state.Success"));
  await v.look("10-order-pending");
  await v.sees(v.t("order.state.Success"));
  await v.sees(v.t("order.sn"));
  await v.look("11-order-done");
  await order(v, 2, "12345672", false);
  await v.page.getByRole("dialog").getByRole("button").first().click();
  await v.sees(v.t("order.state.Error"));
  await v.look("12-order-failed");
}

async function orderForCustomer(v, shop) {
  await order(v, 9, "12345670", true);
  await v.page.getByRole("dialog").getByRole("button").first().click();
  await v.sees(v.t("order.pay.title"));
  await v.look("13-order-unpaid");
  await shop.settle(v.page.url().split("/").pop());
  await v.sees(v.t("order.state.Success"));
  await v.look("14-order-dropship");
  await order(v, 5, "12345670", true);
  await v.page.getByRole("dialog").getByRole("button").first().click();
  await v.button("order.cancel").click();
  await v.page.getByRole("dialog").getByRole("button", { name: v.t("order.cancel") }).click();
  await v.sees(v.t("order.state.Gagal"));
}

async function lists(v) {
  await v.visit("nav.orders");
  await v.heading("orders.title");
  await v.sees("12345672");
  await v.look("15-orders");
  await v.button("status.Error").click();
  await v.page.getByText("12345671").waitFor({ state: "detached" });
  await v.field("orders.search").fill("999999");
  await v.button("orders.search.do").click();
  await v.sees(v.t("orders.none.found.text"));
  await v.visit("nav.statement");
  await v.heading("statement.title");
  await v.sees(v.t("kind.order_voided"));
  await v.look("16-statement");
  const [file] = await Promise.all([
    v.page.waitForEvent("download"), v.button("statement.csv").click()]);
  v.expect(/^mutasi-balance-.*\.csv$/.test(file.suggestedFilename()), "the CSV has another name");
}

async function withdraw(v) {
  await v.visit("nav.withdraw");
  await v.heading("withdraw.title");
  await v.button("move.title").click();
  await v.field("move.amount").fill("1000");
  await v.button("move.do").click();
  await v.sees(v.t("move.done", { amount: v.rp(1000) }));
  await v.button("withdraw.take").click();
  await v.field("withdraw.amount").fill("9000");
  await v.field("withdraw.bank").fill("BCA");
  await v.field("withdraw.number").fill("1234567890");
  await v.field("withdraw.name").fill("Budi Santoso");
  await v.button("withdraw.do").click();
  await v.sees(v.t("withdraw.least", { amount: v.rp(10000) }));
  await v.field("withdraw.amount").fill("10000");
  await v.button("withdraw.do").click();
  await v.page.getByRole("dialog").waitFor();
  await v.look("17-withdraw-confirm");
  await v.button("withdraw.confirm.do", { amount: v.rp(10000) }).click();
  await v.sees(v.t("status.requested"));
  await v.look("18-withdraw");
}

async function apiKey(v) {
  await v.visit("nav.api");
  await v.heading("api.title");
  await v.button("key.show").click();
  const dialog = v.page.getByRole("dialog");
  await dialog.getByLabel(v.t("password"), { exact: true }).fill(password);
  await dialog.getByRole("button", { name: v.t("key.show"), exact: true }).click();
  const shown = await v.page.getByText(/^tk_\w{20}/).textContent();
  await v.look("19-api");
  await v.button("key.regenerate").click();
  await v.button("key.regenerate.do").click();
  await v.page.getByText(shown).waitFor({ state: "detached" });
  await v.field("allow.addresses").fill("127.0.0.1, ::1");
  await v.button("allow.save").click();
  await v.page.getByRole("dialog").getByRole("button", { name: v.t("allow.save") }).click();
  await v.sees(v.t("allow.saved"));
}

async function leave(v, shop, username, recovery) {
  await v.visit("nav.home");
  await v.sees(v.t("home.month"));
  await v.look("20-home");
  if (v.width < 900) {
    await v.visit("nav.more");
    await v.heading("nav.more");
    await v.look("21-more");
  }
  const { host } = new URL(shop.url);
  await shop.stop();
  await shop.start(host);
  await v.page.goto(`${shop.url}/app/orders`);
  await v.heading("orders.title"); // still logged in
  if (v.width < 900) await v.visit("nav.more");
  await v.button("logout").click();
  await v.heading("login.title");
  await logInByPaper(v, username, password, recovery);
  await v.heading("home.hello", { name: "Toko Maju Jaya" });
}

// Two tabs hear of an order that neither of them made, long before they would ask by themselves.
async function hearsNews(v, shop) {
  await v.visit("nav.api");
  await v.button("key.regenerate").click();
  await v.button("key.regenerate.do").click();
  const key = await v.page.getByText(/^tk_\w{20}/).textContent();
  await v.visit("nav.orders");
  const other = await v.context.newPage();
  await other.goto(`${shop.url}/app/orders`);
  await other.getByRole("heading", { level: 1 }).waitFor();
  await v.page.waitForTimeout(500); // the second tab asks the first whether there is news
  const made = await shop.post("/api/order/create", { layanan: 1, target: "77778880" }, key);
  v.expect(made.status, "the order was refused");
  for (const page of [other, v.page]) {
    await page.bringToFront();
    await page.getByText("77778880").first().waitFor();
  }
  await other.close();
}

export async function reseller(v, shop) {
  const username = `toko_${v.name.replace(/\W/g, "")}`;
  await signUp(v, shop, username);
  await deposit(v, shop, 500000);
  await findService(v);
  await orderFromBalance(v);
  await orderForCustomer(v, shop);
  await lists(v);
  await withdraw(v);
  await hearsNews(v, shop);
  await apiKey(v);
  await v.visit("nav.security");
  const recovery = await secure(v, password);
  await leave(v, shop, username, recovery);
}
