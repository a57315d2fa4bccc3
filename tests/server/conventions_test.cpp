// What holds for every route: methods, parameters, keys, the shape of errors.

#include <string>

#include "catch.h"
#include "server/running_shop.h"

using namespace topupd::test;

namespace {

constexpr const char* kForm = "application/x-www-form-urlencoded";

std::string bytes(const std::string& head, const std::string& body = "") {
  return head + "\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

}  // namespace

TEST_CASE("what changes state is POST only, what reads is GET or POST", "[server]") {
  struct Row {
    std::string path;
    bool changes;
  };
  const Row rows[] = {
      {"/api/auth/register", true},    {"/api/auth/login", true},
      {"/api/user/me", false},         {"/api/user/regenerate-key", true},
      {"/api/services", false},        {"/api/order/create", true},
      {"/api/order/status", false},    {"/api/payment/deposit", true},
      {"/api/payment/history", false}, {"/api/payment/status/DEP-AAAAAAAAAAAAAA", false},
      {"/api/order/history", false},   {"/api/order/cancel", true},
      {"/api/user/statement", false},  {"/api/profit/withdraw", true},
      {"/api/profit/transfer", true},  {"/api/profit/withdrawals", false},
  };
  RunningShop shop;
  auto client = shop.stranger();
  for (const auto& [path, changes] : rows) {
    INFO(path);
    const auto got = client.get(path);
    CHECK((got.status == 405) == changes);
    if (changes) {
      CHECK(got.text("/code") == "method_not_allowed");
      CHECK(got.header("allow") == "POST, OPTIONS");
      CHECK(client.send("HEAD", path, "", {}).status == 405);
    }
    CHECK(client.post(path, "{}").status != 405);
    const auto put = client.send("PUT", path, "{}", {{"Content-Type", "application/json"}});
    CHECK(put.outcome() == "405 method_not_allowed");
    CHECK(put.header("allow").find("POST") != std::string::npos);
    const auto options = client.send("OPTIONS", path, "", {{"Origin", "https://shop.example"}});
    CHECK(options.status == 204);
    CHECK(options.header("allow").find("POST") != std::string::npos);
    CHECK(options.header("access-control-allow-origin").empty());
  }
}

TEST_CASE("with api.allow_get an old client may order by GET, and no cache keeps the answer",
          "[server]") {
  auto config = quick_config();
  config.api.allow_get = true;
  RunningShop shop{config};
  auto client = shop.stranger();
  const auto placed =
      client.get("/api/order/create?apikey=" + shop.demo().key() + "&layanan=1&target=123456789");
  CHECK(placed.outcome() == "200");
  CHECK(placed.header("cache-control") == "no-store");
  CHECK(matches(placed.text("/data/invoice"), kInvoiceForm));
  CHECK(shop.complaints() == "");
}

TEST_CASE("an order comes as JSON, as a form or in the query, its numbers as text or not",
          "[server]") {
  struct Row {
    std::string query;
    std::string type;
    std::string body;
    std::string target;  // of the order that was made
  };
  const Row rows[] = {
      {"", "application/json", R"({"layanan":"1","target":"11111"})", "11111"},
      {"", "application/json; charset=UTF-8", R"({"layanan":1,"target":22222})", "22222"},
      {"", kForm, "layanan=1&target=33333", "33333"},
      {"?layanan=1&target=44444", kForm, "", "44444"},
      {"?layanan=1&target=99999", "application/json", R"({"target":"55555"})", "55555"},
      {"?layanan=1&target=99999", kForm, "target=66666&unknown=1", "66666"},
      {"?layanan=1&target=%37%37777", kForm, "", "77777"},
  };
  RunningShop shop;
  auto client = shop.demo();
  for (const auto& [query, type, body, target] : rows) {
    INFO(target);
    const auto placed = client.post("/api/order/create" + query, body, {{"Content-Type", type}});
    CHECK(placed.outcome() == "200");
    const auto order = client.get("/api/order/status?id=" + placed.text("/data/id"));
    CHECK(order.text("/data/target") == target);
  }
}

TEST_CASE("a key comes in its header, as a bearer's or in the query, and the header wins",
          "[server]") {
  RunningShop shop;
  const auto key = shop.demo().key();
  auto client = shop.stranger();
  const std::string wrong = "tk_" + std::string(46, 'A');
  CHECK(client.get("/api/user/me", {{"X-API-Key", key}}).outcome() == "200");
  CHECK(client.get("/api/user/me", {{"Authorization", "Bearer " + key}}).outcome() == "200");
  CHECK(client.get("/api/user/me?apikey=" + key).outcome() == "200");
  CHECK(client.get("/api/user/me?apikey=" + wrong, {{"X-API-Key", key}}).outcome() == "200");
  CHECK(client.get("/api/user/me?apikey=" + key, {{"X-API-Key", wrong}}).outcome() ==
        "401 invalid_api_key");
  CHECK(client.get("/api/user/me").outcome() == "401 invalid_api_key");
  CHECK(client.get("/api/user/me?apikey=").outcome() == "401 invalid_api_key");
  CHECK(client.post("/api/user/me", R"({"apikey":")" + key + R"("})").outcome() ==
        "401 invalid_api_key");
}

TEST_CASE("a session's cookie reads from anywhere and writes from our own pages only", "[server]") {
  RunningShop shop;
  auto toko = shop.reseller("toko_a");
  auto browser = shop.stranger();
  const auto opened =
      browser.post("/api/auth/session", R"({"user_id":"toko_a","password":"rahasia"})");
  REQUIRE(opened.outcome() == "200");
  const auto cookie = opened.header("set-cookie");
  CHECK(cookie.find("HttpOnly") != std::string::npos);
  CHECK(cookie.find("SameSite=") != std::string::npos);
  browser.always("Cookie", cookie.substr(0, cookie.find(';')));
  CHECK(browser.get("/api/user/me").text("/data/user_id") == "toko_a");
  CHECK(browser.post("/api/profit/transfer", R"({"amount":1})").outcome() == "403 forbidden");
  CHECK(browser
            .post("/api/profit/transfer", R"({"amount":1})",
                  {{"Origin", "https://elsewhere.example"}})
            .outcome() == "403 forbidden");
  CHECK(
      browser.post("/api/profit/transfer", R"({"amount":1})", {{"Origin", shop.url()}}).outcome() ==
      "402 insufficient_balance");
  CHECK(browser.post("/api/auth/logout", "{}", {{"Origin", shop.url()}}).outcome() == "200");
  CHECK(browser.get("/api/user/me").outcome() == "401 invalid_api_key");
}

TEST_CASE("every error is JSON of one form with the request's id", "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  const auto missing = client.get("/api/order/status?id=999999");
  CHECK(missing.status == 404);
  CHECK(missing.header("content-type") == "application/json; charset=utf-8");
  CHECK(missing.names("") == "code message pesan request_id status");
  CHECK(missing.at("/status") == "false");
  CHECK(missing.text("/request_id") == missing.header("x-request-id"));

  const auto malformed = client.post("/api/order/create", "{");
  CHECK(malformed.outcome() == "400 invalid_parameter");
  const auto parameter = client.post("/api/order/create", R"({"layanan":"x","target":"12345"})");
  CHECK(parameter.outcome() == "400 invalid_parameter layanan");
  CHECK(parameter.names("") == "code field message pesan request_id status");

  for (const std::string path : {"/api/payment/status/DEP-AAAAAAAAAAAAAA", "/api/payment/nothing"})
    CHECK(client.get(path).text("/status") == "error");
  const auto deposit = client.post("/api/payment/deposit", R"({"amount":"many"})");
  CHECK(deposit.outcome() == "400 invalid_parameter amount");
  CHECK(deposit.text("/status") == "error");
  CHECK(shop.stranger().get("/api/payment/history").text("/status") == "error");
}

TEST_CASE("a route that does not exist is 404 in JSON under /api", "[server]") {
  RunningShop shop;
  auto client = shop.stranger();
  for (const std::string path : {"/api", "/api/", "/api/nothing", "/api/user/me/", "/api//user/me",
                                 "/api/payment/status/", "/api/order/create/1"}) {
    INFO(path);
    const auto answer = client.get(path);
    CHECK(answer.outcome() == "404 not_found");
    CHECK(answer.names("") == "code message pesan request_id status");
  }
  CHECK(client.get("/nothing").status == 404);
}

TEST_CASE("what is too large or of an unknown type is refused in JSON", "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  const std::string large(std::size_t{64} * 1024 + 1, ' ');
  CHECK(client.post("/api/order/create", large).outcome() == "413 payload_too_large");
  CHECK(client.post("/api/payment/deposit", large).text("/status") == "error");
  const std::string longest(std::size_t{64} * 1024 - 2, ' ');
  CHECK(client.post("/api/order/create", "{" + longest + "}").outcome() ==
        "400 invalid_parameter layanan");
  CHECK(client.get("/api/user/me?x=" + std::string(17'000, 'x')).outcome() ==
        "414 request_too_large");
  CHECK(client.get("/api/user/me", {{"X-Long", std::string(17'000, 'x')}}).outcome() ==
        "414 request_too_large");
  for (const std::string type : {"text/plain", "application/xml", "multipart/form-data; boundary=x",
                                 "application/json; charset=utf-16"}) {
    INFO(type);
    CHECK(client.post("/api/order/create", "{}", {{"Content-Type", type}}).outcome() ==
          "415 unsupported_media_type");
  }
}

TEST_CASE("bad input is the client's fault, whatever it is", "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  const std::string deep = std::string(2'000, '[') + std::string(2'000, ']');
  for (const std::string& body :
       {std::string{}, std::string{"null"}, std::string{"[]"}, std::string{"{\"layanan\":"},
        R"({"layanan":"1","target":)" + deep + "}", std::string{"{\"target\":\"\xff\xfe\"}"},
        std::string{R"({"layanan":"1","layanan":"2","target":"12345"})"},
        std::string{R"({"layanan":"1","target":"123\u000045"})"},
        std::string{R"({"layanan":99999999999999999999,"target":"12345"})"},
        std::string{R"({"layanan":1.5,"target":"12345"})"},
        std::string{R"({"layanan":{},"target":"12345"})"},
        std::string{R"({"layanan":"1","target":"12345","selling_price":9223372036854775808})"},
        std::string{R"({"layanan":"1","target":"12345","selling_price":-12000})"},
        std::string{R"({"layanan":"1","target":"12345","selling_price":12000.5})"}}) {
    INFO(body.substr(0, 100));
    const auto answer = client.post("/api/order/create", body);
    CHECK(answer.status == 400);
    CHECK(answer.text("/code") == "invalid_parameter");
  }
  for (const std::string& request :
       {std::string{"nonsense\r\n\r\n"}, bytes("POST /api/order/create HTTP/9.9"),
        std::string{"GET /api/user/me HTTP/1.1\r\nHost: x\r\nBad Header\r\n\r\n"},
        std::string{"POST /api/order/create HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"}}) {
    INFO(request);
    const auto answer = client.send_raw(request);
    CHECK(answer.status >= 400);
    CHECK(answer.status <= 505);
    CHECK(answer.status != 500);
  }
  CHECK(balance_of(client) == kDemoBalance);
}

TEST_CASE("every answer names its request, and takes over a name that the client gave",
          "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  const auto first = client.get("/api/user/me");
  const auto second = client.get("/api/user/me");
  CHECK_FALSE(first.header("x-request-id").empty());
  CHECK(first.header("x-request-id") != second.header("x-request-id"));
  const auto named = client.get("/api/order/status?id=999", {{"X-Request-Id", "my-request-7"}});
  CHECK(named.header("x-request-id") == "my-request-7");
  CHECK(named.text("/request_id") == "my-request-7");
  shop.stop();
  CHECK(shop.logged().find("my-request-7") != std::string::npos);
}
