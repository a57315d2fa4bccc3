// An authenticator app of the tests' own: RFC 6238.

import { createHmac } from "node:crypto";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function keyOf(secret) {
  const bits = [...secret].map((c) => letters.indexOf(c).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

function codeOf(secret) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const mac = createHmac("sha1", keyOf(secret)).update(counter).digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1000000).padStart(6, "0");
}

// Sets the visitor's second factor up on the page where that is done; the first recovery code.
export async function secure(v, password) {
  await v.heading("security.title");
  await v.look("22-security");
  await v.button("otp.begin").click();
  await v.page.getByRole("img", { name: v.t("otp.qr") }).waitFor();
  await v.look("23-otp");
  const secret = await v.page.getByText(/^[A-Z2-7]{32}$/).textContent();
  await v.field("login.otp").fill(codeOf(secret));
  await v.field("password").fill(password);
  await v.button("otp.confirm").click();
  await v.sees(v.t("otp.recovery.once"));
  await v.look("24-recovery");
  const recovery = await v.page.locator(".codes code").first().textContent();
  await v.button("otp.recovery.kept").click();
  await v.sees(v.t("otp.on", { n: 10 }));
  return recovery;
}

// Logs in by a code on paper.
export async function logInByPaper(v, username, password, recovery) {
  await v.field("login.user").fill(username);
  await v.field("password").fill(password);
  await v.button("login.do").click();
  await v.field("login.otp").fill(recovery);
  await v.look("25-login-otp");
  await v.button("login.do").click();
}
