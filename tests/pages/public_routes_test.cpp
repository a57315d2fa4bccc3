#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "catch.h"
#include "pages/test_pages.h"
#include "store/errors.h"

using namespace topupd;

namespace {

const std::string kStillPolicy =
    "default-src 'none'; img-src 'self' data:; style-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'";
const std::string kLivePolicy =
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'";

int count(const std::string& text, const std::string& part) {
  int found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

// What a scanner reads in the picture.
std::string scanned(const std::string& png) {
  const TempDir dir;
  const auto path = (dir.path() / "qr.png").string();
  std::ofstream{path, std::ios::binary} << png;
  auto* pipe =
      popen(("zbarimg --nodbus --quiet --raw -Sdisable -Sqrcode.enable " + path).c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string text;
  char part[512];
  for (std::size_t n = 0; (n = fread(part, 1, sizeof part, pipe)) > 0;)
    text.append(part, n);
  INFO("zbarimg (package zbar-tools) must be installed and read the picture");
  CHECK(pclose(pipe) == 0);
  return text;
}

}  // namespace

TEST_CASE("the picture of a charge is read by a scanner as its payload", "[pages]") {
  TestPages pages;
  pages.use_sandbox();
  const auto code = pages.dropship_order();
  const auto picture = pages.get("/qr/" + code + ".png");
  CHECK(picture.status == 200);
  CHECK(picture.content_type == "image/png");
  CHECK(picture.header("X-Content-Type-Options") == "nosniff");
  CHECK(picture.header("Cache-Control") == "no-store");
  const auto charge = pages.shop.store.read(
      [&](const topup::View& view) { return view.charge_by_code(code).value(); });
  CHECK(charge.qr_text.starts_with("000201"));
  CHECK(scanned(picture.body) == charge.qr_text + "\n");
}

TEST_CASE("what no charge has is not found", "[pages]") {
  TestPages pages;
  const auto code = pages.deposit();
  for (const auto& path :
       {"/qr/" + code, "/qr/" + code + ".svg", "/qr/" + code + ".PNG", std::string{"/qr/.png"},
        std::string{"/qr/DEP-AAAAAAAAAAAAAB.png"}, std::string{"/i/DEP-AAAAAAAAAAAAAB"},
        std::string{"/i/\xFF/status"}, "/i/" + std::string(65, 'A'),
        std::string{"/i/DEP-AAAAAAAAAAAAAB/status"}}) {
    INFO(path);
    CHECK(pages.get(path).status == 404);
  }
  CHECK(pages.get("/i/DEP-X/status").outcome() == "404 not_found");
  CHECK(contains(pages.get("/i/DEP-X").body, "Tidak ada tagihan dengan kode ini."));
}

TEST_CASE("a page lets nothing in but its own style sheet, pictures and script", "[pages]") {
  TestPages pages;
  for (const auto& path : {std::string{"/"}, "/i/" + pages.deposit(), std::string{"/i/DEP-X"}}) {
    INFO(path);
    const auto page = pages.get(path);
    CHECK(page.content_type == "text/html; charset=utf-8");
    const bool is_live =
        contains(page.body, "<script src=\"/assets/page.js\" defer=\"\"></script>");
    CHECK(is_live == (contains(page.body, "data-tag=")));
    CHECK(page.header("Content-Security-Policy") == (is_live ? kLivePolicy : kStillPolicy));
    CHECK(page.header("X-Content-Type-Options") == "nosniff");
    CHECK(page.header("Referrer-Policy") == "no-referrer");
    CHECK(page.header("Cache-Control") == "no-store");
    CHECK(contains(page.body, "<html lang=\"id\">"));
    CHECK(contains(page.body, "width=device-width"));
    CHECK(contains(page.body, "href=\"/assets/page.css\""));
    CHECK_FALSE(contains(page.body, "style="));
    CHECK(count(page.body, "<script") == (is_live ? 1 : 0));
  }
}

TEST_CASE("the style sheet is sent once to whoever keeps it", "[pages]") {
  TestPages pages;
  const auto sheet = pages.get("/assets/page.css");
  CHECK(sheet.status == 200);
  CHECK(sheet.content_type == "text/css; charset=utf-8");
  CHECK(contains(sheet.body, "prefers-color-scheme: dark"));
  const auto tag = sheet.header("ETag");
  CHECK(tag.size() > 2);
  struct Row {
    std::string known;
    int status;
  };
  for (const auto& row :
       {Row{tag, 304}, Row{"W/" + tag, 304}, Row{"\"a\", " + tag, 304}, Row{"\"a\"", 200}}) {
    const auto again = pages.send(
        {.method = "GET", .path = "/assets/page.css", .headers = {{"if-none-match", row.known}}});
    CHECK(again.status == row.status);
    CHECK(again.body.empty() == (row.status == 304));
  }
}

TEST_CASE("the status of a charge needs no key and has the contract's fields", "[pages]") {
  TestPages pages;
  const auto order = pages.get("/i/" + pages.dropship_order() + "/status");
  CHECK(order.names("/data") ==
        "amount expired_at invoice kategori nama_layanan payment_status qr_url sn status");
  CHECK(order.at("/data/amount") == "12000");
  CHECK(is_time(order.text("/data/expired_at")));
  const auto deposit = pages.get("/i/" + pages.deposit() + "/status");
  CHECK(deposit.names("/data") ==
        "amount amountToPay expired_at orderId payment_status qr_url status");
  CHECK(deposit.at("/data/amount") == "50000");
  CHECK(deposit.at("/data/amountToPay") == "50500");
  const auto balance = pages.get("/i/" + pages.balance_order() + "/status");
  CHECK(balance.names("/data") == "invoice kategori nama_layanan status");
}

TEST_CASE("who asks for a status again gets it only if it has changed", "[pages]") {
  TestPages pages;
  const auto code = pages.deposit();
  const auto page = pages.get("/i/" + code).body;
  const auto tag = pages.get("/i/" + code + "/status").header("ETag");
  REQUIRE(tag.size() > 2);
  CHECK(contains(page, "data-tag=\"&quot;" + tag.substr(1, tag.size() - 2) + "&quot;\""));
  const auto again = [&] {
    return pages.send(
        {.method = "GET", .path = "/i/" + code + "/status", .headers = {{"if-none-match", tag}}});
  };
  CHECK(again().status == 304);
  CHECK(again().body.empty());
  pages.shop.pay(code, 50'500);
  CHECK(again().status == 200);
}

TEST_CASE("all that a customer's phone loads is under 30 KB", "[pages]") {
  TestPages pages;
  pages.use_sandbox();
  const auto page = pages.get("/i/" + pages.dropship_order());
  CHECK(contains(page.body, "<svg"));
  const auto bytes = page.body.size() + pages.get("/assets/page.css").body.size() +
                     pages.get("/assets/page.js").body.size();
  CHECK(bytes < 30'000);
}

TEST_CASE("what pays or is paid links to addresses that answer", "[pages]") {
  TestPages pages;
  const auto payment = pages.shop.tell("/api/order/create",
                                       R"({"layanan":1,"target":"12345","selling_price":12000})");
  for (const auto* name : {"qr_url", "invoice_url", "status_url"}) {
    const auto url = payment.text(std::string{"/data/payment/"} + name);
    INFO(url);
    REQUIRE(url.starts_with("https://shop.example/"));
    CHECK(pages.get(url.substr(20)).status == 200);
  }
}

TEST_CASE("an address may look so often a minute, if a limit is set", "[pages]") {
  TestPages pages;
  const auto code = pages.deposit();
  const auto from = [&](const std::string& path, const std::string& client) {
    return pages.send({.method = "GET", .path = path, .client = client});
  };
  CHECK(from("/i/" + code, "192.0.2.7").header("RateLimit").empty());
  pages.shop.config.limits.public_per_minute = 2;
  CHECK(from("/i/" + code, "192.0.2.7").header("RateLimit") == R"("default";r=1;t=60)");
  CHECK(from("/qr/" + code + ".png", "192.0.2.7").status == 200);
  const auto page = from("/i/" + code, "192.0.2.7");
  CHECK(page.status == 429);
  CHECK(page.content_type == "text/html; charset=utf-8");
  CHECK(page.header("Retry-After") == "60");
  CHECK(from("/i/" + code + "/status", "192.0.2.7").outcome() == "429 rate_limited");
  CHECK(from("/i/" + code, "192.0.2.8").status == 200);
  pages.shop.time.advance(std::chrono::seconds{60});
  CHECK(from("/i/" + code, "192.0.2.7").status == 200);
}

TEST_CASE("the front page names the server and says where the API begins", "[pages]") {
  TestPages pages;
  const auto front = pages.get("/");
  CHECK(front.status == 200);
  CHECK(contains(front.body, "href=\"/openapi.json\""));
  CHECK(contains(front.body, "lang=\"en\""));
}
