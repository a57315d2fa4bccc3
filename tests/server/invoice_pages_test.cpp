// What the addresses in an answer lead to: a picture that a scanner reads, a page, a status.

#include <array>
#include <cstdio>
#include <fstream>
#include <string>

#include "catch.h"
#include "server/eventually.h"
#include "server/running_shop.h"

using namespace topupd::test;

namespace {

// What the scanner reads in the picture.
std::string scanned(const std::string& png) {
  const TempDir dir;
  const auto file = (dir.path() / "qr.png").string();
  std::ofstream{file, std::ios::binary} << png;
  auto* pipe =
      popen(("zbarimg --nodbus --quiet --raw -Sdisable -Sqrcode.enable " + file).c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::array<char, 1024> text{};
  const auto size = fread(text.data(), 1, text.size(), pipe);
  INFO("zbarimg (package zbar-tools) must be installed and read the picture");
  CHECK(pclose(pipe) == 0);
  const std::string read{text.data(), size};
  return read.substr(0, read.find('\n'));
}

// CRC-16/CCITT-FALSE, as EMVCo prints it.
std::string crc_of(const std::string& text) {
  unsigned crc = 0xFFFF;
  for (const char c : text) {
    crc ^= static_cast<unsigned>(static_cast<unsigned char>(c)) << 8U;
    for (int bit = 0; bit < 8; ++bit)
      crc = (crc & 0x8000U) != 0 ? (crc << 1U) ^ 0x1021U : crc << 1U;
  }
  std::array<char, 8> hex{};
  std::snprintf(hex.data(), hex.size(), "%04X", crc & 0xFFFFU);
  return hex.data();
}

// The value of a field at the payload's top; empty if there is none.
std::string field_of(const std::string& payload, const std::string& id) {
  for (std::size_t at = 0; at + 4 <= payload.size();) {
    const auto size = std::stoul(payload.substr(at + 2, 2));
    if (payload.substr(at, 2) == id) return payload.substr(at + 4, size);
    at += 4 + size;
  }
  return "";
}

void check_qris(const std::string& payload, const std::string& amount) {
  INFO(payload);
  REQUIRE(payload.size() > 8);
  const auto end = payload.size() - 4;
  CHECK(payload.substr(0, 6) == "000201");
  CHECK(payload.substr(end - 4, 4) == "6304");
  CHECK(payload.substr(end) == crc_of(payload.substr(0, end)));
  CHECK(field_of(payload, "01") == "12");
  CHECK(field_of(payload, "53") == "360");
  CHECK(field_of(payload, "54") == amount);
  CHECK(field_of(payload, "58") == "ID");
}

// The path of an absolute address of this shop.
std::string path_of(const RunningShop& shop, const std::string& address) {
  INFO(address);
  REQUIRE(address.starts_with(shop.url() + "/"));
  return address.substr(shop.url().size());
}

}  // namespace

TEST_CASE("a dropship order's picture scans as a QRIS code of its amount", "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  const auto placed = client.post("/api/order/create",
                                  R"({"layanan":"1","target":"123456789","selling_price":12000})");
  const auto picture = shop.stranger().get(path_of(shop, placed.text("/data/payment/qr_url")));
  CHECK(picture.status == 200);
  CHECK(picture.header("content-type") == "image/png");
  check_qris(scanned(picture.body), "12000");
}

TEST_CASE("a deposit's picture scans as a QRIS code of what is to be paid", "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  const auto opened = client.post("/api/payment/deposit", R"({"amount":50000,"fee":500})");
  const auto picture = shop.stranger().get(path_of(shop, opened.text("/data/qrCodeUrl")));
  CHECK(picture.status == 200);
  CHECK(picture.header("content-type") == "image/png");
  check_qris(scanned(picture.body), "50500");
}

TEST_CASE("a customer sees the invoice and its state without a key, and never the cost",
          "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  const auto placed = client.post(
      "/api/order/create",
      R"({"layanan":"1","target":"123456789","selling_price":13579,"customer_name":"<b>Budi"})");
  auto customer = shop.stranger();
  const auto page_path = path_of(shop, placed.text("/data/payment/invoice_url"));
  const auto status_path = path_of(shop, placed.text("/data/payment/status_url"));

  const auto page = customer.get(page_path);
  CHECK(page.status == 200);
  CHECK(page.header("content-type").starts_with("text/html"));
  CHECK(page.body.find("13.579") != std::string::npos);
  CHECK(page.body.find("<b>Budi") == std::string::npos);
  const auto pending = customer.get(status_path);
  CHECK(pending.outcome() == "200");
  CHECK(pending.text("/data/payment_status") == "pending");
  for (const auto& shown : {page, pending}) {
    for (const std::string secret : {"10000", "10.000", "3579", "3.579", "reseller"}) {
      INFO(secret << " in " << shown.body);
      std::string rest = shown.body;
      for (const std::string price : {"13579", "13.579"})
        for (auto at = rest.find(price); at != std::string::npos; at = rest.find(price))
          rest.erase(at, price.size());
      CHECK(rest.find(secret) == std::string::npos);
    }
  }

  shop.settle(placed.text("/data/invoice"));
  CHECK(eventually([&] {
    const auto status = customer.get(status_path);
    return status.text("/data/status") == "Success" &&
           status.text("/data/payment_status") == "settlement";
  }));
  CHECK(customer.get(page_path).status == 200);
}

TEST_CASE("an invoice that does not exist is 404 as a page, a status and a picture", "[server]") {
  RunningShop shop;
  auto client = shop.stranger();
  CHECK(client.get("/i/INV-AAAAAAAAAAAAAA").status == 404);
  CHECK(client.get("/i/INV-AAAAAAAAAAAAAA/status").outcome() == "404 not_found");
  CHECK(client.get("/qr/INV-AAAAAAAAAAAAAA.png").status == 404);
}

TEST_CASE("the addresses are built on the public one that the operator configures", "[server]") {
  auto config = quick_config();
  config.server.public_url = "https://shop.example";
  RunningShop shop{config};
  auto client = shop.reseller("toko_a");
  const auto placed = client.post("/api/order/create",
                                  R"({"layanan":"1","target":"123456789","selling_price":12000})");
  for (const std::string name : {"qr_url", "invoice_url", "status_url"})
    CHECK(placed.text("/data/payment/" + name).starts_with("https://shop.example/"));
  const auto opened = client.post("/api/payment/deposit", R"({"amount":50000})");
  CHECK(opened.text("/data/qrCodeUrl").starts_with("https://shop.example/"));
}
