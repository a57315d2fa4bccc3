// The first morning of a shop with real money: its admin can do nothing without a second factor.

import { logInByPaper, secure } from "./authenticator.js";
import { Shop } from "./shop.js";

const password = "rahasia-sekali";

async function firstMorning(v, shop) {
  shop.makeAdmin("boss", password);
  await shop.start();
  v.expected.push(/401 \(Unauthorized\)/);
  await v.page.goto(`${shop.url}/app/login`);
  await v.field("login.user").fill("boss");
  await v.field("password").fill(password);
  await v.button("login.do").click();
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
    await shop.stop();
    shop.remove();
  }
}
