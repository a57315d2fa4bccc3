// A morning of who runs the shop: what waits, a withdrawal, an order, a reseller, a service.

async function paidDeposit(shop, key) {
  const { data } = await shop.post("/api/payment/deposit", { amount: 75000 }, key);
  await shop.settle(data.orderId);
  return data.orderId;
}

// A reseller with an order that waits for nobody, and profit that he wants.
async function business(shop) {
  const account = { username: "toko_a", name: "Toko A", email: "a@example.com",
    password: "rahasia" };
  const key = (await shop.post("/api/auth/register", account)).data.api_key;
  const { data } = await shop.post("/api/order/create",
    { layanan: 1, target: "12345670", selling_price: 50000 }, key);
  await shop.settle(data.invoice);
  const withdrawal = { amount: 20000, bank: "BCA", account_number: "1234567890",
    account_name: "Budi" };
  for (let tries = 0; tries < 50; ++tries) {
    const asked = await shop.post("/api/profit/withdraw", withdrawal, key);
    if (asked.status === true)
      return { invoice: data.invoice, deposit: await paidDeposit(shop, key) };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the profit did not come");
}

// Presses a button and agrees to what it asks.
async function act(v, key, fill = async () => {}, values = {}) {
  await v.button(key, values).first().click();
  const dialog = v.page.getByRole("dialog");
  await dialog.waitFor();
  await fill(dialog);
  await dialog.locator(".actions button").first().click();
  await dialog.waitFor({ state: "detached" });
}

async function payOut(v) {
  await v.visit("nav.withdrawals");
  await v.sees("1234567890");
  await v.look("03-withdrawals");
  await act(v, "withdrawal.paid", (dialog) =>
    dialog.getByLabel(v.t("withdrawal.note"), { exact: true }).fill("BCA 123"));
  await v.page.getByText("1234567890").waitFor({ state: "detached" });
  await v.button("status.paid").click();
  await v.sees("BCA 123");
}

async function look(v, invoice) {
  await v.visit("nav.orders");
  await v.field("orders.search").fill("@toko_a");
  await v.button("orders.search.do").click();
  await v.page.getByRole("link", { name: /70 Diamond/ }).first().click();
  await v.sees(invoice);
  await v.sees(v.t("admin.attempts"));
  await v.look("04-order");
  await act(v, "act.reverse");
  await v.sees(v.t("act.refund.payer"));
}

async function people(v) {
  await v.visit("nav.users");
  await v.look("05-users");
  await v.page.getByRole("link", { name: /Toko A/ }).click();
  await v.sees("a@example.com");
  await v.look("06-user");
  await act(v, "user.adjust", async (dialog) => {
    await dialog.getByLabel(v.t("user.adjust.amount"), { exact: true }).fill("-2500");
    await dialog.getByLabel(v.t("user.adjust.reason"), { exact: true }).fill("Salah kirim");
  });
  await act(v, "user.suspend");
  await v.sees(v.t("user.suspended"));
  await act(v, "user.reinstate");
  await v.visit("nav.queue");
  await v.sees("Salah kirim");
  await v.look("07-queue");
  await act(v, "adjustment.reject");
  await v.sees(v.t("queue.adjustments.none"));
}

async function catalogue(v) {
  await v.visit("nav.catalogue");
  await v.look("08-catalogue");
  await v.page.getByRole("link", { name: /Free Fire · 70 Diamond/ }).click();
  await v.sees(v.t("offers"));
  await v.look("09-service");
  await act(v, "service.off");
  await v.button("service.on").waitFor();
  await act(v, "edit", (dialog) =>
    dialog.getByLabel(v.t("admin.cost"), { exact: true }).fill("9600"));
  await v.sees(v.rp(9600));
}

// A service that was not sold before: what it is, who supplies it, what that makes of its price.
async function newService(v) {
  await v.visit("nav.catalogue");
  await v.button("service.new").click();
  const dialog = v.page.getByRole("dialog");
  const field = (name) => dialog.getByLabel(name, { exact: true });
  await dialog.getByRole("button", { name: v.t("save"), exact: true }).click();
  await v.sees(v.t("needed"));
  await field("Tipe").fill("Games");
  await field("Kategori").fill("Genshin Impact");
  await field(v.t("order.service")).fill("60 Genesis Crystals");
  await v.look("18-service-new");
  await dialog.getByRole("button", { name: v.t("save"), exact: true }).click();
  await v.sees(v.t("offers.none"));
  await v.button("offer.new").click();
  await field("SKU").fill("GI60");
  await field(v.t("admin.cost")).fill("15000");
  await v.sees(v.t("preview.unsold"));
  await v.look("19-offer-new");
  await dialog.getByRole("button", { name: v.t("save"), exact: true }).click();
  await v.sees("GI60");
  await v.button("service.edit").click();
  await field(v.t("order.service")).fill("60 Crystals");
  await v.sees(v.t("rules.no.change"));
  await dialog.getByRole("button", { name: v.t("save"), exact: true }).click();
  await v.sees("Genshin Impact 60 Crystals");
}

// Many services at once: a file with faults keeps nothing, the mended one says first what it does.
async function importTable(v) {
  const choose = (...lines) => v.page.locator("input[type=file]").setInputFiles({
    name: "katalog.csv", mimeType: "text/csv",
    buffer: Buffer.from(["sid,tipe,kategori,layanan,format_target,provider,sku,cost,priority",
      ...lines].join("\r\n")) });
  await v.visit("nav.catalogue");
  await v.link("import.title").click();
  await v.heading("import.title");
  await v.look("24-import");
  await choose("900,Games,Roblox,80 Robux,,west,RB80,x,1", "901,,Roblox,400 Robux,,west,RB4,7,1");
  await v.sees(v.t("import.errors", { n: 2 }));
  await v.sees(v.t("import.why.number"));
  await v.look("25-import-errors");
  await choose("900,Games,Roblox,80 Robux,,west,RB80,15000,1",
    '1,Games,Free Fire,70 Diamond,"[0-9]{5,20}",sandbox2,FF1,9400,2');
  await v.sees(v.t("import.providers", { names: "west" }));
  await v.sees(v.rp(9400));
  await v.look("26-import-preview");
  await act(v, "import.do", async () => {}, { n: 4 });
  await v.heading("nav.catalogue");
  await v.sees("Roblox · 80 Robux");
}

// A tier for those who sell much, given to one of them.
async function tiers(v) {
  await v.visit("nav.users");
  await v.link("tiers").click();
  await v.heading("tiers");
  await v.sees(v.t("tier.limit.usual"));
  await act(v, "tier.new", async (dialog) => {
    await dialog.getByLabel(v.t("tier.name"), { exact: true }).fill("gold");
    await dialog.getByLabel(v.t("tier.limit"), { exact: true }).fill("240");
  });
  await v.sees("gold");
  await v.page.getByText(v.t("tier.limit.is", { n: 240 })).waitFor();
  await v.look("27-tiers");
  await v.visit("nav.users");
  await v.page.getByRole("link", { name: /Toko A/ }).click();
  await act(v, "user.tier.do", (dialog) =>
    dialog.getByLabel("Tier", { exact: true }).selectOption("gold"));
  await v.sees("gold");
}

async function payments(v, code) {
  await v.visit("nav.deposits");
  await v.heading("nav.deposits");
  await v.sees(code);
  await v.look("20-deposits");
  await v.button("status.settled").click();
  await v.page.getByRole("link", { name: new RegExp(code) }).click();
  await v.sees(v.t("admin.receipts.of"));
  await v.sees("deposit_settled");
  await v.look("21-deposit");
}

async function settings(v) {
  await v.visit("nav.settings");
  await v.heading("nav.settings");
  await v.sees("deposit.min");
  await v.button("notice.add").click();
  const dialog = v.page.getByRole("dialog");
  await dialog.getByLabel(v.t("notice.words"), { exact: true }).fill("Telkomsel lambat malam ini.");
  await dialog.getByLabel(v.t("notice.until"), { exact: true }).fill("2099-01-01T00:00");
  await v.sees(v.t("notice.looks"));
  await v.look("22-notice");
  await dialog.getByRole("button", { name: v.t("save"), exact: true }).click();
  await v.sees(v.t("notice.now"));
  await v.look("23-settings");
}

async function prices(v) {
  await v.visit("nav.catalogue");
  await v.link("rules.title").click();
  await v.heading("rules.title");
  await v.button("rules.new").click();
  const dialog = v.page.getByRole("dialog");
  await dialog.getByRole("button", { name: v.t("rules.scope.kategori"), exact: true }).click();
  await dialog.getByLabel(v.t("rules.scope.kategori"), { exact: true }).locator("visible=true")
    .selectOption("Free Fire");
  await dialog.getByLabel(v.t("markup.percent"), { exact: true }).fill("12,5");
  await v.sees(v.t("rules.changes", { n: 10 }));
  await v.look("10-rule");
  await dialog.getByRole("button", { name: v.t("save"), exact: true }).click();
  await v.sees(/12[.,]5%/);
  await v.look("11-rules");
}

async function figures(v) {
  await v.visit("nav.reports");
  await v.heading("nav.reports");
  await v.sees(v.t("report.turnover"));
  await v.look("12-reports");
  await v.button("report.by.reseller").click();
  await v.sees("toko_a");
  await v.visit("nav.treasury");
  await v.heading("nav.treasury");
  await v.sees("sandbox1");
  await v.look("13-treasury");
  await v.button("capital.do").first().click();
  const dialog = v.page.getByRole("dialog");
  await dialog.getByLabel(v.t("treasury.amount"), { exact: true }).fill("2500000");
  await v.sees(v.t("capital.ask", { amount: v.rp(2500000) }));
  await dialog.locator(".actions button").first().click();
  await dialog.waitFor({ state: "detached" });
  await v.sees(v.t("account.owner_capital"));
  await v.link("ledger.title").click();
  await v.heading("ledger.title");
  await v.sees(v.t("account.owner_capital"));
  await v.look("15-ledger");
  await v.field("ledger.of").fill("toko_a");
  await v.button("ledger.show").click();
  await v.button("ledger.account.profit").click();
  await v.sees(`${v.t("account.user_profit")} · toko_a`);
  await v.look("16-ledger-account");
  await v.visit("nav.home");
  await v.sees(v.t("overview.providers"));
  await v.look("14-home-figures");
}

// Whatever was done above stands in the log.
async function audit(v) {
  await v.visit("nav.audit");
  await v.heading("nav.audit");
  await v.sees(v.t("deed.treasury/capital"));
  await v.sees("amount=2500000");
  await v.look("17-audit");
  await v.field("audit.deed").locator("visible=true").selectOption("user/suspend");
  await v.page.getByText("amount=2500000").waitFor({ state: "detached" });
  await v.page.getByRole("link", { name: "toko_a", exact: true }).waitFor();
  await v.field("audit.by").locator("visible=true").selectOption("console");
  await v.sees(v.t("audit.none"));
  await v.field("audit.by").locator("visible=true").selectOption("admin");
  const [file] = await Promise.all([
    v.page.waitForEvent("download"), v.button("statement.csv").click()]);
  v.expect(/^audit-.*\.csv$/.test(file.suggestedFilename()), "the CSV has another name");
}

export async function operator(v, shop) {
  const { invoice, deposit } = await business(shop);
  await v.page.goto(`${shop.url}/app`);
  await v.field("login.user").fill("admin");
  await v.field("password").fill(shop.adminPassword);
  await v.button("login.do").click();
  await v.sees(v.t("admin.waiting"));
  await v.look("01-home");
  await payOut(v);
  await look(v, invoice);
  await people(v);
  await catalogue(v);
  await newService(v);
  await importTable(v);
  await tiers(v);
  await payments(v, deposit);
  await settings(v);
  await prices(v);
  await figures(v);
  await audit(v);
  await v.page.goto(`${shop.url}/app/services`); // a reseller's
  await v.sees(v.t("nowhere.title"));
}
