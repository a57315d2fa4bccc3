// How much a client may ask, and what it is told about it.

#include <string>

#include "catch.h"
#include "server/running_shop.h"

using namespace topupd::test;

namespace {

topupd::Config with_limits() {
  auto config = quick_config();
  config.limits = {};
  return config;
}

}  // namespace

TEST_CASE("the 61st request of a key within a minute is refused, and costs no other key anything",
          "[server]") {
  RunningShop shop{with_limits()};
  auto demo = shop.demo();
  auto other = shop.reseller("toko_a");
  for (int i = 1; i <= 60; ++i) {
    const auto answer = demo.get("/api/user/me");
    INFO(i);
    REQUIRE(answer.outcome() == "200");
    CHECK(answer.header("ratelimit-policy") == R"("default";q=60;w=60)");
    CHECK(matches(answer.header("ratelimit"),
                  R"("default";r=)" + std::to_string(60 - i) + ";t=[0-9]+"));
    CHECK(answer.header("retry-after").empty());
  }
  const auto refused = demo.get("/api/services");
  CHECK(refused.outcome() == "429 rate_limited");
  CHECK(matches(refused.header("retry-after"), "[1-9]|[1-5][0-9]|60"));
  CHECK(matches(refused.header("ratelimit"), R"("default";r=0;t=[0-9]+)"));
  CHECK(other.get("/api/user/me").outcome() == "200");
  // A new key is no new allowance.
  CHECK(demo.post("/api/user/regenerate-key", "{}").outcome() == "429 rate_limited");
}

TEST_CASE("registering and logging in have limits of their own, by address", "[server]") {
  RunningShop shop{with_limits()};
  auto client = shop.stranger();
  for (int i = 1; i <= 5; ++i)
    CHECK(client.post("/api/auth/register", "{}").outcome() == "400 invalid_parameter username");
  const auto registered = client.post("/api/auth/register", "{}");
  CHECK(registered.outcome() == "429 rate_limited");
  CHECK(registered.header("ratelimit-policy") == R"("default";q=5;w=60)");
  for (int i = 1; i <= 10; ++i)
    CHECK(client.post("/api/auth/login", "{}").outcome() == "400 invalid_parameter user_id");
  const auto logged_in = client.post("/api/auth/login", "{}");
  CHECK(logged_in.outcome() == "429 rate_limited");
  CHECK_FALSE(logged_in.header("retry-after").empty());
}

TEST_CASE("a limit of 0 is no limit", "[server]") {
  auto config = with_limits();
  config.limits.api_per_minute = 0;
  RunningShop shop{config};
  auto demo = shop.demo();
  for (int i = 1; i <= 100; ++i)
    REQUIRE(demo.get("/api/user/me").outcome() == "200");
}
