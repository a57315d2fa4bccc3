// A reseller's developer: reads the manual of the API and tries it.

const words = {
  id: { title: "Petunjuk API", query: "", try: "Coba di sandbox", send: "Kirim" },
  en: { title: "API manual", query: "?lang=en", try: "Try it in the sandbox", send: "Send" },
};

export async function reader(v, shop) {
  const text = words[v.lang];
  await v.page.goto(`${shop.url}/docs${text.query}`);
  await v.page.getByRole("heading", { level: 1, name: text.title }).waitFor();
  await v.look("01-manual");

  const { data } = await shop.post("/api/auth/register", { username: "reader",
    name: "Pembaca", email: "reader@example.com", password: "rahasia" });
  await v.page.locator("#key-text").fill(data.api_key);
  const create = v.page.locator("#post-api-order-create");
  await create.locator("pre").filter({ hasText: data.api_key }).first().waitFor();
  await create.locator("label").filter({ hasText: "Python" }).first().click();
  await create.locator("pre").filter({ hasText: "import requests" }).first().waitFor();
  const elsewhere = v.page.locator("#get-api-services pre").filter({ hasText: "requests.get" });
  v.expect(await elsewhere.isVisible(), "the language is chosen for one sample alone");

  const services = v.page.locator("#get-api-services");
  await services.getByText(text.try).click();
  await services.getByRole("button", { name: text.send }).click();
  await services.locator(".answer").filter({ hasText: /^200/ }).waitFor();
  v.expect((await services.locator(".answer").textContent()).includes("Free Fire"),
    "the services did not come");
  await services.scrollIntoViewIfNeeded();
  await v.page.screenshot({ path: `${v.pictures}/02-tried.png` });

  // Who is logged in to the dashboard gets his key by his password.
  await v.page.evaluate(() => fetch("/api/auth/session", { method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ user_id: "reader", password: "rahasia" }) }));
  await v.page.reload();
  await v.page.locator("#key-password").fill("rahasia");
  await v.page.locator("#key-own button").click();
  await v.page.waitForFunction(
    (key) => document.getElementById("key-text").value === key, data.api_key);
}
