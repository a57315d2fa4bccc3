// The first morning of a shop with real money: its first admin is made by who has the token that
// the server printed, and can do nothing without a second factor.

import { logInByPaper, secure } from "./authenticator.js";
import { Shop } from "./shop.js";

const password = "rahasia-sekali";

async function firstMorning(v, shop) {
  await shop.start();
  v.expected.push(/401 \(Unauthorized\)/);
  await v.page.goto(`${shop.url}/app/login`);
  await v.sees(v.t("login.setup"));
  await v.page.goto(shop.setupLink);
  await v.heading("setup.title");
  await v.look("01-setup");
  await v.field("setup.name").fill("Boss");
  await v.field("register.user").fill("boss");
  await v.field("register.email").fill("boss@example.com");
  await v.field("password").fill(password);
  await v.button("setup.do").click();
  await v.sees(v.t("otp.required"));
  await v.visit("nav.users"); // not open yet
  await v.sees(v.t("otp.required"));
  await v.visit("nav.security");
  const recovery = await secure(v, password);
  await v.visit("nav.users");
  await v.sees("@boss");
  v.expect(await v.button("otp.off").count() === 0, "an admin may turn his second factor off");
  await v.page.goto(`${shop.url}/app/more`);
  await v.button("logout").locator("visible=true").first().click();
  await v.heading("login.title");
  await logInByPaper(v, "boss", password, recovery);
  await v.heading("home.hello", { name: "boss" });
}

export async function owner(v, { program }) {
  const shop = new Shop(program, []);
  try {
    await firstMorning(v, shop);
  } finally {
    await v.page.goto("about:blank"); // asks for nothing more while the shop stops
    await shop.stop();
    shop.remove();
  }
}
