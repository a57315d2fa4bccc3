#include "http/api/endpoint.h"

#include <algorithm>
#include <set>
#include <string>

#include "api/test_shop.h"
#include "catch.h"
#include "http/api/routes.h"
#include "store/errors.h"
#include "topup/user_commands.h"

using namespace topupd::http;

namespace {

bool has_both(const std::string& path) {
  return std::ranges::count_if(api_endpoints(), [&](const auto& e) { return e.path == path; }) == 2;
}

}  // namespace

TEST_CASE("what reads takes GET and POST, what changes state takes POST alone") {
  TestShop shop;
  for (const auto& endpoint : api_endpoints()) {
    const std::string path{endpoint.path};
    INFO(path);
    const bool reads = endpoint.effect == Effect::reads || has_both(path);
    CHECK((shop.get(path).status == 405) == !reads);
    CHECK(shop.post(path, "{}").status != 405);
    const auto put = shop.send({.method = "PUT", .path = path});
    CHECK(put.outcome() == "405 method_not_allowed");
    CHECK(put.header("Allow") == (reads ? "GET, HEAD, POST, OPTIONS" : "POST, OPTIONS"));
    const auto options = shop.send({.method = "OPTIONS", .path = path});
    CHECK(options.status == 204);
    CHECK(options.header("Allow") == put.header("Allow"));
  }
}

TEST_CASE("old clients may change state by GET where the operator lets them") {
  TestShop shop;
  shop.config.api.allow_get = true;
  const auto reply =
      shop.get("/api/order/create?layanan=1&target=12345&selling_price=12000&apikey=" + shop.key);
  CHECK(reply.outcome() == "200");
  CHECK(reply.header("Cache-Control") == "no-store");
  const auto head = shop.send(
      {.method = "HEAD", .path = "/api/user/regenerate-key", .headers = {{"x-api-key", shop.key}}});
  CHECK(head.outcome() == "405 method_not_allowed");
  CHECK(shop.ask("/api/user/me").outcome() == "200");
}

TEST_CASE("an unknown address is answered in JSON") {
  TestShop shop;
  CHECK(shop.get("/api/nothing").outcome() == "404 not_found");
  CHECK(shop.get("/api/payment/nothing").at("/status") == R"("error")");
}

TEST_CASE("every route but those to get in asks for a key") {
  TestShop shop;
  for (const auto& endpoint : api_endpoints()) {
    if (endpoint.access == Access::open) continue;
    const auto reply = shop.post(std::string{endpoint.path}, "{}");
    CHECK(reply.outcome() == "401 invalid_api_key");
    CHECK(reply.text("/request_id") == "request-1");
  }
}

TEST_CASE("the 61st request of a key within a minute is refused, and no other key with it") {
  TestShop shop;
  const auto other = shop.register_user("toko_b");
  for (int i = 0; i < 60; ++i) {
    const auto reply = shop.ask("/api/user/me");
    REQUIRE(reply.outcome() == "200");
    CHECK(reply.header("RateLimit-Policy") == R"("default";q=60;w=60)");
    CHECK(reply.header("RateLimit").starts_with("\"default\";r=" + std::to_string(59 - i) + ";t="));
  }
  const auto refused = shop.ask("/api/user/me");
  CHECK(refused.outcome() == "429 rate_limited");
  CHECK(refused.header("Retry-After") == "60");
  CHECK(refused.header("RateLimit") == R"("default";r=0;t=60)");
  CHECK(shop.get("/api/user/me", {{"x-api-key", other}}).outcome() == "200");
  shop.time.advance(std::chrono::seconds{60});
  CHECK(shop.ask("/api/user/me").outcome() == "200");
}

TEST_CASE("a tier and the configuration set how often a key may ask") {
  struct Row {
    std::int64_t configured;
    int tier;  // 0: no such tier is kept
    std::string policy;
  };
  const Row rows[] = {{60, 0, "60"}, {100, 0, "100"}, {60, 7, "7"}, {100, 60, "100"}, {0, 7, ""}};
  for (const auto& row : rows) {
    TestShop shop;
    const auto boss = shop.make_admin();
    shop.config.limits.api_per_minute = row.configured;
    if (row.tier != 0)
      REQUIRE(shop.store
                  .transact([&](topup::Tx& tx) {
                    return topup::put_tier(tx, boss, {"basic", row.tier});
                  })
                  .has_value());
    const auto expected = row.policy.empty() ? "" : "\"default\";q=" + row.policy + ";w=60";
    CHECK(shop.ask("/api/user/me").header("RateLimit-Policy") == expected);
  }
}

TEST_CASE("an address may log in 10 times a minute and register 5 times, right or wrong") {
  TestShop shop;
  const auto log_in = [&](const std::string& client) {
    return shop.send({.method = "POST",
                      .path = "/api/auth/login",
                      .body = R"({"user_id":"x","password":"y"})",
                      .client = client});
  };
  for (int i = 0; i < 10; ++i)
    CHECK(log_in("198.51.100.1").status == 401);
  CHECK(log_in("198.51.100.1").outcome() == "429 rate_limited");
  CHECK(log_in("198.51.100.2").status == 401);
  for (int i = 0; i < 10; ++i)
    CHECK(log_in("2001:db8::" + std::to_string(i)).status == 401);
  CHECK(log_in("2001:db8::ffff").outcome() == "429 rate_limited");
  CHECK(log_in("2001:db8:0:1::1").status == 401);

  for (int i = 0; i < 4; ++i)
    CHECK(shop.post("/api/auth/register", "{}").status == 400);
  CHECK(shop.post("/api/auth/register", "{}").outcome() == "429 rate_limited");
}

TEST_CASE("what the machine does wrong is told without its words") {
  TestShop shop;
  shop.store.before_write = [] { throw std::runtime_error{"the secret is in the file"}; };
  const auto reply = shop.tell("/api/payment/deposit", R"({"amount":50000})");
  CHECK(reply.outcome() == "500 internal");
  CHECK(reply.at("/status") == R"("error")");
  CHECK(reply.body.find("secret") == std::string::npos);
}

TEST_CASE("a store that fails is told apart by what may have happened") {
  TestShop shop;
  const auto deposit = [&] { return shop.tell("/api/payment/deposit", R"({"amount":50000})"); };
  shop.store.before_write = [] { throw topupd::StoreFull{"x"}; };
  CHECK(deposit().outcome() == "503 unavailable");
  CHECK(deposit().header("Retry-After") == "5");
  shop.store.before_write = [] { throw topupd::StoreShut{"x"}; };
  CHECK(deposit().outcome() == "503 unavailable");
  shop.store.before_write = [] { throw topupd::StoreUnknown{"x"}; };
  CHECK(deposit().outcome() == "503 outcome_unknown");
}

TEST_CASE("a route's description is whole") {
  std::set<std::string> paths;
  for (const auto& endpoint : api_endpoints()) {
    INFO(endpoint.path);
    const bool reads = endpoint.effect == Effect::reads;
    CHECK(paths.insert((reads ? "GET " : "POST ") + std::string{endpoint.path}).second);
    CHECK(!endpoint.summary.empty());
    CHECK(std::holds_alternative<Values>(parse_json_object(endpoint.example)) ==
          (endpoint.media == "application/json"));
    CHECK(endpoint.handler != nullptr);
    for (const auto& parameter : endpoint.parameters) {
      CHECK(parameter.min <= parameter.max);
      CHECK((parameter.type != ParameterType::money || parameter.max >= 1'000'000));
    }
  }
}
