#include "http/pages/invoice_page.h"

#include <functional>
#include <regex>
#include <stdexcept>
#include <string>

#include "catch.h"
#include "pages/test_pages.h"

using namespace topupd;
using namespace topupd::http;

namespace {

// What a customer sees of it: heading, whether the page asks again, whether it can be paid.
std::string seen(TestPages& pages, const std::string& code) {
  const auto page = pages.get("/i/" + code);
  if (page.status != 200) return std::to_string(page.status);
  const auto begin = page.body.find('>', page.body.find("<h1")) + 1;
  auto text = page.body.substr(begin, page.body.find("</h1>") - begin);
  const auto refresh = page.body.find("http-equiv=\"refresh\" content=\"");
  text += refresh == std::string::npos ? ", stays" : ", asks again";
  text += contains(page.body, "class=\"qr\"") ? ", QR" : "";
  return text;
}

std::string payment_status(TestPages& pages, const std::string& code) {
  const auto status = pages.get("/i/" + code + "/status");
  CHECK(status.at("/status") == "true");
  return status.text("/data/status") + " " + status.at("/data/payment_status");
}

// A charge that its gateway never answered for.
std::string order_without_offer(TestPages& pages) {
  pages.shop.gateway.before_create = [] { throw std::runtime_error{"gone"}; };
  pages.shop.tell("/api/order/create", R"({"layanan":1,"target":"12345","selling_price":12000})");
  return pages.shop.ask("/api/order/history").text("/data/0/invoice");
}

std::string paid_order(TestPages& pages) {
  auto code = pages.dropship_order();
  pages.shop.pay(code, 12'000);
  return code;
}

std::string answered_order(TestPages& pages, const topup::Outcome& outcome) {
  auto code = paid_order(pages);
  pages.shop.answer(pages.id_of(code), outcome);
  return code;
}

std::string cancelled_order(TestPages& pages) {
  auto code = pages.dropship_order();
  pages.shop.tell("/api/order/cancel", R"({"invoice":")" + code + "\"}");
  return code;
}

// The page without the invoice's code, whose digits are random.
// Nor with the tag that follows from it: both are random.
std::string page_without(const std::string& code, const std::string& whole) {
  auto page = std::regex_replace(whole, std::regex{"data-tag=\"[^\"]*\""}, "");
  for (auto at = page.find(code); at != std::string::npos; at = page.find(code))
    page.erase(at, code.size());
  return page;
}

std::string with_expiry(TestPages& pages, std::string code) {
  pages.expire(code);
  return code;
}

std::string overdue(TestPages& pages, std::string code) {
  pages.shop.time.advance(std::chrono::seconds{900});
  return code;
}

std::string with_payment(TestPages& pages, std::string code, std::int64_t amount) {
  pages.shop.pay(code, amount);
  return code;
}

}  // namespace

TEST_CASE("every state of an invoice has its page and its status", "[pages]") {
  struct Row {
    std::string what;
    std::function<std::string(TestPages&)> make;  // returns the code
    std::string seen;
    std::string status;
  };
  using P = TestPages;
  const Row rows[] = {
      {"no offer yet", order_without_offer, "Tagihan sedang disiapkan, asks again",
       "Pending \"pending\""},
      {"to be paid", [](P& p) { return p.dropship_order(); }, "Menunggu pembayaran, asks again, QR",
       "Pending \"pending\""},
      {"overdue", [](P& p) { return overdue(p, p.dropship_order()); },
       "Batas waktu sudah lewat, asks again", "Pending \"pending\""},
      {"paid", paid_order, "Pesanan sedang diproses, asks again", "Pending \"settlement\""},
      {"delivered", [](P& p) { return answered_order(p, succeeded("SN-1")); },
       "Pesanan berhasil, stays", "Success \"settlement\""},
      {"not delivered", [](P& p) { return answered_order(p, failed()); }, "Pesanan gagal, stays",
       "Error \"settlement\""},
      {"expired", [](P& p) { return with_expiry(p, p.dropship_order()); },
       "Tidak dibayar dalam batas waktu, stays", "Gagal \"expired\""},
      {"cancelled", cancelled_order, "Dibatalkan, stays", "Gagal \"expired\""},
      {"paid after it was cancelled",
       [](P& p) { return with_payment(p, cancelled_order(p), 12'000); },
       "Pembayaran terlambat, stays", "Gagal \"expired\""},
      {"paid after it expired",
       [](P& p) { return with_payment(p, with_expiry(p, p.dropship_order()), 12'000); },
       "Pembayaran terlambat, stays", "Gagal \"expired\""},
      {"cancelled, then another amount was paid",
       [](P& p) { return with_payment(p, cancelled_order(p), 11'000); }, "Dibatalkan, stays",
       "Gagal \"expired\""},
      {"deposit", [](P& p) { return p.deposit(); }, "Menunggu pembayaran, asks again, QR",
       "pending \"pending\""},
      {"paid deposit", [](P& p) { return with_payment(p, p.deposit(), 50'500); },
       "Pembayaran diterima, stays", "settlement \"settlement\""},
      {"expired deposit", [](P& p) { return with_expiry(p, p.deposit()); },
       "Tidak dibayar dalam batas waktu, stays", "expired \"expired\""},
      {"deposit paid late",
       [](P& p) { return with_payment(p, with_expiry(p, p.deposit()), 50'500); },
       "Pembayaran diterima, stays", "settlement \"settlement\""},
      {"from the balance", [](P& p) { return p.balance_order(); },
       "Pesanan sedang diproses, asks again", "Pending "},
  };
  for (const auto& row : rows) {
    INFO(row.what);
    TestPages pages;
    const auto code = row.make(pages);
    CHECK(seen(pages, code) == row.seen);
    CHECK(payment_status(pages, code) == row.status);
    const bool can_be_paid = contains(row.seen, "QR");
    CHECK(pages.get("/qr/" + code + ".png").status == (can_be_paid ? 200 : 404));
  }
}

TEST_CASE("an invoice says what is paid, to whom, for what and until when", "[pages]") {
  TestPages pages;
  const auto code = pages.dropship_order();
  const auto page = pages.get("/i/" + code).body;
  for (const auto* part :
       {"Rp 12.000", "Bayar sebelum 2 Januari 2026 pukul 10.19 WIB (sisa 15 menit).", "Toko A",
        "Free Fire", "70 Diamond", "12345", "Budi", "http-equiv=\"refresh\" content=\"10\""}) {
    INFO(part);
    CHECK(contains(page, part));
  }
  CHECK(contains(page, "href=\"/qr/" + code + ".png\""));
}

TEST_CASE("every state of an invoice is told in English, too", "[pages]") {
  using P = TestPages;
  const std::pair<std::string, std::function<std::string(TestPages&)>> rows[] = {
      {"Preparing the bill", order_without_offer},
      {"Waiting for payment", [](P& p) { return p.dropship_order(); }},
      {"The time is over", [](P& p) { return overdue(p, p.dropship_order()); }},
      {"Your order is being processed", paid_order},
      {"Order delivered", [](P& p) { return answered_order(p, succeeded("SN-1")); }},
      {"Payment received", [](P& p) { return with_payment(p, p.deposit(), 50'500); }},
      {"Order failed", [](P& p) { return answered_order(p, failed()); }},
      {"Cancelled", cancelled_order},
      {"Payment came too late", [](P& p) { return with_payment(p, cancelled_order(p), 12'000); }},
  };
  for (const auto& [title, make] : rows) {
    INFO(title);
    TestPages pages;
    const auto code = make(pages);
    const auto page =
        pages.send({.method = "GET", .path = "/i/" + code, .query = {{"lang", "en"}}}).body;
    CHECK(contains(page, "<html lang=\"en\">"));
    CHECK(contains(page, "<h1>" + title + "</h1>"));
    CHECK(contains(page, "href=\"/i/" + code + "\" lang=\"id\""));
    CHECK(contains(pages.get("/i/" + code).body, "href=\"/i/" + code + "?lang=en\""));
  }
}

TEST_CASE("who paid too late reads where the money went, and when it came", "[pages]") {
  TestPages pages;
  const auto code = with_payment(pages, cancelled_order(pages), 12'000);
  const auto page = pages.get("/i/" + code).body;
  for (const auto* part : {"pesanan tidak diproses", "diteruskan ke penjual",
                           "Jangan membayar lagi", "2 Januari 2026 pukul 10.04 WIB"}) {
    INFO(part);
    CHECK(contains(page, part));
  }
  CHECK(pages.get("/i/" + code + "/status").text("/data/paid_at") == "2026-01-02T10:04:05+07:00");
}

TEST_CASE("nobody sees what an order costs its reseller", "[pages]") {
  TestPages pages;  // cost 11200, profit 800
  const auto sold = answered_order(pages, succeeded("SN-77"));
  const auto balance = pages.balance_order();
  for (const auto& code : {sold, balance}) {
    for (const auto* path : {"", "/status"}) {
      const auto body = page_without(code, pages.get("/i/" + code + path).body);
      INFO(body);
      for (const auto* amount : {"11200", "11.200", "10000", "10.000", "800"})
        CHECK_FALSE(contains(body, amount));
    }
  }
  CHECK(contains(pages.get("/i/" + sold).body, "SN-77"));
  CHECK(pages.get("/i/" + sold + "/status").text("/data/sn") == "SN-77");
}

TEST_CASE("names and targets that strangers chose stay text", "[pages]") {
  Invoice invoice;
  invoice.code = "INV-\"><script>";
  invoice.state = InvoiceState::payable;
  invoice.merchant = "<script>alert(1)</script>";
  invoice.order_status = topup::OrderStatus::pending;
  invoice.category = "</dd><style>";
  invoice.item = "\"><img src=x onerror=y>";
  invoice.target =
      "08\xE2\x80\xAE"
      "123";
  invoice.customer = "O'Brien & <b>";
  invoice.payment = Invoice::Payment{.status = "pending", .qr_text = "qr"};
  const auto page = invoice_page({invoice, PayButton::sandbox}, kStart).body;
  CHECK_FALSE(contains(page, "<script>"));
  CHECK_FALSE(contains(page, "<style"));
  CHECK_FALSE(contains(page, "<img"));
  CHECK_FALSE(contains(page, "<b>"));
  CHECK_FALSE(contains(page, "\xE2\x80\xAE"));
  CHECK(contains(page, "O&#39;Brien &amp; &lt;b&gt;"));
  CHECK(contains(page, "action=\"/sandbox/gateway/INV-&quot;&gt;&lt;script&gt;/settle\""));
}
