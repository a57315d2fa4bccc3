// Somebody who wishes the reader ill: what strangers wrote stays text, and other sites get nothing.

const evil = `"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}\${7*7}`;

async function holdsNoMarkup(v, place) {
  const found = await v.page.evaluate(() =>
    document.querySelectorAll("main img[src='x'], main script, [onerror]").length);
  v.expect(found === 0, `${place}: what a stranger wrote became markup`);
}

async function logInAs(v, shop, username, password) {
  await v.page.goto(`${shop.url}/app/login`);
  await v.field("login.user").fill(username);
  await v.field("password").fill(password);
  await v.button("login.do").click();
}

// Names and targets come in by the API as strangers send them.
async function storedScripts(v, shop) {
  const account = { username: "evil", name: evil.slice(0, 100), email: "evil@example.com",
    password: "rahasia" };
  const key = (await shop.post("/api/auth/register", account)).data.api_key;
  const made = await shop.post("/api/order/create", { layanan: 9, target: "12345670",
    selling_price: 200000, customer_name: evil.slice(0, 100), ref_id: "<b>1</b>" }, key);
  await logInAs(v, shop, "evil", "rahasia");
  await v.sees(evil.slice(0, 40));
  await holdsNoMarkup(v, "home");
  await v.page.goto(`${shop.url}/app/orders/${made.data.invoice}`);
  await v.sees("<b>1</b>");
  await v.sees(evil.slice(0, 40));
  await holdsNoMarkup(v, "an order");
  await v.page.goto(made.data.payment.invoice_url);
  await v.sees(evil.slice(0, 40));
  await holdsNoMarkup(v, "a bill");
  v.expected.push(/400 \(Bad Request\).*payment\/status/);
  await v.page.goto(`${shop.url}/app/deposits/${encodeURIComponent(evil.replaceAll("/", ""))}`);
  await v.sees(v.t("deposit.unknown"));
  await holdsNoMarkup(v, "a deposit that is none");
}

// What suppliers and operators wrote, which no test can make them write: put into the answers.
async function hostileAnswers(v, shop) {
  await v.page.route("**/api/**", async (route) => {
    if (route.request().url().endsWith("/api/events")) return route.continue(); // has no end
    const response = await route.fetch();
    const text = await response.text();
    const words = /"(sn|target|nama_layanan|kategori|layanan|description|note|ref|bank)":"[^"]*"/g;
    const isOfOrders = text.includes("nama_layanan"); // there layanan is an id
    const body = text.replace(words, (whole, name) =>
      name === "layanan" && isOfOrders ? whole : `"${name}":${JSON.stringify(evil)}`);
    return route.fulfill({ response, body });
  });
  for (const page of ["", "/orders", "/services", "/statement", "/withdraw"]) {
    await v.page.goto(`${shop.url}/app${page}`);
    await v.page.waitForSelector("h1");
    await v.page.waitForTimeout(300);
    await holdsNoMarkup(v, `/app${page}`);
  }
  await v.page.unroute("**/api/**");
  const notice = { id: "1", text: evil, from: "2026-01-01T00:00:00+07:00",
    until: "2099-01-01T00:00:00+07:00" };
  await v.page.route("**/api/notices", (route) =>
    route.fulfill({ json: { status: true, data: [notice] } }));
  await v.page.goto(`${shop.url}/app`);
  await v.sees(evil);
  await holdsNoMarkup(v, "a notice");
  await v.page.unroute("**/api/notices");
}

async function fixation(v, shop) {
  const planted = { name: "topup_session", value: "planted", url: shop.url };
  await v.context.clearCookies();
  await v.context.addCookies([planted]);
  await logInAs(v, shop, "evil", "rahasia");
  await v.page.waitForSelector(".hero");
  const [cookie] = await v.context.cookies(shop.url);
  v.expect(cookie.value !== "planted", "a planted session was taken");
  v.expect(cookie.httpOnly && cookie.sameSite === "Strict", "scripts or sites can use the cookie");
  const readable = await v.page.evaluate(() => document.cookie);
  v.expect(!readable.includes("session"), "a script can read the session");
}

const framed = ["/app", "/docs", "/"];

// Another site's form, and another site's frame around ours.
async function otherSites(v, shop) {
  const other = await v.context.newPage();
  await other.route("http://elsewhere.test/", (route) => route.fulfill({
    contentType: "text/html",
    body: `<form method="post" action="${shop.url}/api/user/regenerate-key">
      <button>x</button></form>
      ${framed.map((path) => `<iframe src="${shop.url}${path}"></iframe>`).join("")}`,
  }));
  await other.goto("http://elsewhere.test/");
  framed.forEach((path, i) => {
    const address = other.frames()[i + 1].url();
    v.expect(address.startsWith("chrome-error:"), `another site can frame ${path}: ${address}`);
  });
  const [answer] = await Promise.all([
    other.waitForResponse((response) => response.url().endsWith("/regenerate-key")),
    other.click("button")]);
  v.expect([401, 403].includes(answer.status()), `another site's form got ${answer.status()}`);
  await other.close();
}

export async function hostile(v, shop) {
  await storedScripts(v, shop);
  await hostileAnswers(v, shop);
  await fixation(v, shop);
  await otherSites(v, shop);
}
