// Somebody who was sent a bill: pays it on a phone, without an account.

async function bill(shop, key, layanan, target) {
  const answer = await shop.post("/api/order/create", {
    layanan, target, selling_price: 12000, customer_name: "Budi", customer_phone: "0812345678",
  }, key);
  if (!answer.status) throw new Error(JSON.stringify(answer));
  return answer.data;
}

async function title(v, text) {
  await v.page.getByRole("heading", { level: 1, name: text, exact: true }).waitFor();
}

// What the phone loaded for a page, in bytes and requests.
async function open(v, url) {
  const loaded = [];
  const note = (response) => loaded.push(response);
  v.page.on("response", note);
  await v.page.goto(url, { waitUntil: "load" });
  v.page.off("response", note);
  const bodies = await Promise.all(loaded.map((one) => one.body()));
  return { requests: loaded.length, bytes: bodies.reduce((sum, body) => sum + body.length, 0) };
}

const words = {
  id: { lang: "", waiting: "Menunggu pembayaran", done: "Pesanan berhasil",
    failed: "Pesanan gagal", cancelled: "Dibatalkan", save: "Simpan gambar QR", copy: "Salin" },
  en: { lang: "?lang=en", waiting: "Waiting for payment",
    done: "Order delivered", failed: "Order failed",
    cancelled: "Cancelled", save: "Save the QR image", copy: "Copy" },
};

async function withoutScripts(v, url, text) {
  const page = await (await fetch(url)).text();
  for (const part of [text.waiting, text.save, "<svg", `http-equiv="refresh"`])
    v.expect(page.includes(part), `without scripts there is no ${part}`);
}

export async function customer(v, shop) {
  const text = words[v.lang];
  const registered = await shop.post("/api/auth/register", {
    username: "toko_budi", name: "Toko Budi <b>Jaya</b>", email: "budi@example.com",
    password: "rahasia" });
  const key = registered.data.api_key;

  const first = await bill(shop, key, "1", "12345671");
  const url = first.payment.invoice_url + text.lang;
  const size = await open(v, url);
  v.expect(size.bytes < 30000 && size.requests === 3,
    `the payment page takes ${size.requests} requests and ${size.bytes} bytes`);
  console.log(`${v.name}: payment page: ${size.requests} requests, ${size.bytes} bytes`);
  await title(v, text.waiting);
  await v.page.getByRole("timer").getByText(/^\d\d:\d\d$/).waitFor();
  const qr = await v.page.locator(".qr svg").boundingBox();
  v.expect(qr.width >= 280, `the QR code is ${qr.width} px wide`);
  await v.look("01-waiting");
  const [file] = await Promise.all([
    v.page.waitForEvent("download"), v.page.getByRole("link", { name: text.save }).click()]);
  v.expect(file.suggestedFilename() === `qris-${first.invoice}.png`, "another picture's name");
  await v.page.locator("summary").click();
  await v.look("02-how");
  await withoutScripts(v, url, text);

  // Nothing is pressed from here on: the page follows by itself.
  await v.page.evaluate(() => {
    window.isSamePage = true;
  });
  await shop.settle(first.invoice);
  await title(v, text.done);
  v.expect(await v.page.evaluate(() => window.isSamePage), "the page loaded itself anew");
  await v.look("03-done");
  await v.context.grantPermissions(["clipboard-write", "clipboard-read"]);
  await v.page.getByRole("button", { name: text.copy }).click();
  const sn = await v.page.locator("#sn").textContent();
  v.expect((await v.page.evaluate(() => navigator.clipboard.readText())) === sn, "another SN");

  const failing = await bill(shop, key, "1", "12345673");
  await open(v, failing.payment.invoice_url + text.lang);
  await shop.settle(failing.invoice);
  await title(v, text.failed);
  await v.look("04-failed");

  const cancelled = await bill(shop, key, "1", "12345670");
  await open(v, cancelled.payment.invoice_url + text.lang);
  await shop.post("/api/order/cancel", { invoice: cancelled.invoice }, key);
  await title(v, text.cancelled);
  await v.look("05-cancelled");
}
