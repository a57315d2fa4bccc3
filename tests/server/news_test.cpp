// Server-sent events of the whole server.

#include <string>

#include "catch.h"
#include "server/running_shop.h"

using namespace topupd::test;

namespace {

// The cookie of a new session of a reseller.
std::string log_in(const RunningShop& shop, const std::string& username) {
  const auto reply = shop.stranger().post(
      "/api/auth/session", R"({"user_id":")" + username + R"(","password":"rahasia"})");
  const auto cookie = reply.header("set-cookie");
  return cookie.substr(0, cookie.find(';'));
}

// A browser that listens, and has heard that it is heard.
RawClient subscriber(const RunningShop& shop, const std::string& cookie) {
  RawClient client{shop.port()};
  client.send("GET /api/events HTTP/1.1\r\nHost: x\r\nCookie: " + cookie + "\r\n\r\n");
  REQUIRE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 200"));
  REQUIRE(client.read_until("\n\n").find("event: open") != std::string::npos);
  return client;
}

}  // namespace

TEST_CASE("a dashboard hears of an order that was made by the API") {
  RunningShop shop;
  auto toko = shop.reseller("toko_a");
  shop.fund(toko, 50'000);
  auto browser = subscriber(shop, log_in(shop, "toko_a"));
  REQUIRE(toko.post("/api/order/create", R"({"layanan":"1","target":"12345670"})").outcome() ==
          "200");
  CHECK(browser.read_until("\n\n").find("event: changed\ndata: {}") != std::string::npos);
}

TEST_CASE("a dashboard's events end with its session") {
  RunningShop shop;
  shop.reseller("toko_a");
  shop.reseller("toko_b");
  const auto cookie = log_in(shop, "toko_a");
  auto browser = subscriber(shop, cookie);
  auto other = subscriber(shop, log_in(shop, "toko_b"));
  REQUIRE(
      shop.stranger()
          .post("/api/auth/logout", "{}", {{"Cookie", cookie}, {"Sec-Fetch-Site", "same-origin"}})
          .outcome() == "200");
  CHECK(browser.is_ended());
  REQUIRE(shop.admin().post("/api/admin/user/suspend", R"({"user_id":"toko_b"})").outcome() ==
          "200");
  CHECK(other.is_ended());
}
