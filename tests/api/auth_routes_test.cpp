#include <string>

#include "api/test_shop.h"
#include "api_key.h"
#include "catch.h"
#include "second_factor.h"
#include "topup/user_commands.h"
#include "totp.h"

namespace {

constexpr const char* kLogin = R"({"user_id":"toko_a","password":"rahasia"})";

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string cookie_of(const Reply& reply) {
  const auto header = reply.header("Set-Cookie");
  return header.substr(0, header.find(';'));
}

}  // namespace

TEST_CASE("the document's registration and login answer as documented") {
  TestShop shop;
  const auto registered =
      shop.post("/api/auth/register", R"({"username":"toko_b","name":"Toko B","email":"b@x.com",)"
                                      R"("password":"rahasia"})");
  CHECK(registered.status == 200);
  CHECK(registered.content_type == "application/json; charset=utf-8");
  CHECK(registered.at("/status") == "true");
  CHECK(registered.names("") == "data status");
  CHECK(registered.names("/data") == "api_key user_id");
  CHECK(registered.text("/data/user_id") == "toko_b");
  CHECK(topupd::looks_like_api_key(registered.text("/data/api_key")));

  const auto login = shop.post("/api/auth/login", R"({"user_id":"toko_b","password":"rahasia"})");
  CHECK(login.names("/data") == "api_key balance");
  CHECK(login.text("/data/api_key") == registered.text("/data/api_key"));
  CHECK(login.at("/data/balance") == "0");
}

TEST_CASE("registration takes a form, a query, and folds case") {
  TestShop shop;
  const auto form = shop.post("/api/auth/register",
                              "username=Toko_C&name=Toko+C&email=C%40X.com&password=rahasia",
                              {{"content-type", "application/x-www-form-urlencoded"}});
  CHECK(form.text("/data/user_id") == "toko_c");
  const auto query = shop.send(
      {.method = "POST",
       .path = "/api/auth/register",
       .query = {
           {"username", "toko_d"}, {"name", "D"}, {"email", "d@x.com"}, {"password", "rahasia"}}});
  CHECK(query.text("/data/user_id") == "toko_d");
  const auto by_email =
      shop.post("/api/auth/login", R"({"user_id":"c@x.COM","password":"rahasia"})");
  CHECK(by_email.outcome() == "200");
}

TEST_CASE("registration refuses what is not well formed or taken") {
  struct Row {
    std::string username, name, email, password, outcome;
  };
  const std::string max_name(100, 'n');
  const Row rows[] = {
      {"ab", "N", "x@x.com", "rahasia", "400 invalid_parameter username"},
      {std::string(33, 'a'), "N", "x@x.com", "rahasia", "400 invalid_parameter username"},
      {"a b", "N", "x@x.com", "rahasia", "400 invalid_parameter username"},
      {"", "N", "x@x.com", "rahasia", "400 invalid_parameter username"},
      {"tok\xC3\xB6", "N", "x@x.com", "rahasia", "400 invalid_parameter username"},
      {"erased-99", "N", "x@x.com", "rahasia", "400 invalid_parameter username"},
      {"abc", "", "x@x.com", "rahasia", "400 invalid_parameter name"},
      {"abc", max_name + "n", "x@x.com", "rahasia", "400 invalid_parameter name"},
      {"abc", "N", "x.com", "rahasia", "400 invalid_parameter email"},
      {"abc", "N", "", "rahasia", "400 invalid_parameter email"},
      {"abc", "N", "x@x.com", "12345", "400 invalid_parameter password"},
      {"abc", "N", "x@x.com", std::string(257, 'p'), "400 invalid_parameter password"},
      {"TOKO_A", "N", "x@x.com", "rahasia", "409 username_taken username"},
      {"abc", "N", "TOKO_A@x.com", "rahasia", "409 email_taken email"},
      {"abc", max_name, "x@x.com", std::string(256, 'p'), "200"},
  };
  TestShop shop;
  shop.config.limits.register_per_minute = 0;
  for (const auto& row : rows) {
    INFO(row.username << " " << row.email);
    CHECK(shop.post("/api/auth/register", R"({"username":")" + row.username + R"(","name":")" +
                                              row.name + R"(","email":")" + row.email +
                                              R"(","password":")" + row.password + "\"}")
              .outcome() == row.outcome);
  }
}

TEST_CASE("a wrong password and an unknown user get the same answer") {
  TestShop shop;
  const auto wrong = shop.post("/api/auth/login", R"({"user_id":"toko_a","password":"x"})");
  const auto unknown = shop.post("/api/auth/login", R"({"user_id":"nobody","password":"x"})");
  CHECK(wrong.outcome() == "401 invalid_credentials");
  CHECK(wrong.body == unknown.body);
}

TEST_CASE("an account with a second factor asks for its code") {
  TestShop shop;
  const std::string secret{"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"};
  const auto set = shop.store.transact([&](topup::Tx& tx) {
    return topup::replace_second_factor(tx, shop.toko_a,
                                        topupd::sealed(shop.master, {.secret = secret}));
  });
  REQUIRE(set.has_value());
  const std::string start = R"({"user_id":"toko_a","password":"rahasia")";
  const auto code = topupd::totp_code(secret, topupd::totp_step(shop.clock.now()));
  CHECK(shop.post("/api/auth/login", start + "}").outcome() == "401 otp_required otp");
  CHECK(shop.post("/api/auth/login", start + R"(,"otp":"1"})").outcome() == "401 otp_required otp");
  CHECK(shop.post("/api/auth/login", start + R"(,"otp":")" + code + "\"}").outcome() == "200");
}

TEST_CASE("a suspended reseller can neither log in nor use the key") {
  TestShop shop;
  const auto boss = shop.make_admin();
  REQUIRE(
      shop.store.transact([&](topup::Tx& tx) { return topup::suspend_user(tx, boss, shop.toko_a); })
          .has_value());
  CHECK(shop.post("/api/auth/login", kLogin).outcome() == "403 account_suspended");
  CHECK(shop.ask("/api/user/me").outcome() == "403 account_suspended");
}

TEST_CASE("an admin has no API key to log in for") {
  TestShop shop;
  shop.make_admin();
  CHECK(shop.post("/api/auth/login", R"({"user_id":"boss","password":"rahasia"})").outcome() ==
        "403 forbidden");
}

TEST_CASE("a session is a cookie that only our own pages may use") {
  TestShop shop;
  const auto opened = shop.post("/api/auth/session", kLogin);
  CHECK(opened.names("/data") == "role user_id");
  const auto set = opened.header("Set-Cookie");
  CHECK(set.starts_with("__Host-topup_session="));
  CHECK(set.ends_with("; Max-Age=2592000; Path=/; HttpOnly; SameSite=Strict; Secure"));
  const auto cookie = cookie_of(opened);

  CHECK(shop.get("/api/user/me", {{"cookie", "a=b; " + cookie + "; c=d"}}).outcome() == "200");
  CHECK(shop.get("/api/user/me", {{"cookie", cookie + "x"}}).outcome() == "401 invalid_api_key");

  struct Row {
    topupd::http::Pairs headers;
    std::string outcome;
  };
  const Row rows[] = {
      {{}, "403 forbidden"},
      {{{"sec-fetch-site", "cross-site"}}, "403 forbidden"},
      {{{"sec-fetch-site", "same-site"}}, "403 forbidden"},
      {{{"origin", "https://evil.example"}}, "403 forbidden"},
      {{{"origin", "https://shop.example.evil"}}, "403 forbidden"},
      {{{"origin", "null"}}, "403 forbidden"},
      {{{"sec-fetch-site", "same-origin"}}, "200"},
      {{{"origin", "https://shop.example"}}, "200"},
      {{{"sec-fetch-site", "none"}}, "200"},
  };
  for (auto row : rows) {
    row.headers.emplace_back("cookie", cookie);
    CHECK(shop.post("/api/user/regenerate-key", "", row.headers).outcome() == row.outcome);
  }

  const auto closed =
      shop.post("/api/auth/logout", "", {{"cookie", cookie}, {"sec-fetch-site", "same-origin"}});
  CHECK(closed.outcome() == "200");
  CHECK(contains(closed.header("Set-Cookie"), "topup_session=; Max-Age=0;"));
  CHECK(shop.get("/api/user/me", {{"cookie", cookie}}).outcome() == "401 invalid_api_key");
}

TEST_CASE("no other site can log a browser in") {
  TestShop shop;
  CHECK(shop.post("/api/auth/session", kLogin, {{"sec-fetch-site", "cross-site"}}).outcome() ==
        "403 forbidden");
  CHECK(shop.post("/api/auth/session", kLogin, {{"origin", "https://shop.example"}}).outcome() ==
        "200");
}

TEST_CASE("without TLS the cookie has no prefix that a browser would refuse") {
  TestShop shop;
  shop.app.public_url = "http://127.0.0.1:8080";
  const auto set = shop.post("/api/auth/session", kLogin).header("Set-Cookie");
  CHECK(set.starts_with("topup_session="));
  CHECK(set.ends_with("; Path=/; HttpOnly; SameSite=Strict"));
}

TEST_CASE("an admin's session reads his own account and no reseller's routes") {
  TestShop shop;
  shop.make_admin();
  const auto opened = shop.post("/api/auth/session", R"({"user_id":"boss","password":"rahasia"})");
  const auto cookie = cookie_of(opened);
  CHECK(!contains(opened.header("Set-Cookie"), "Max-Age"));
  CHECK(shop.get("/api/user/me", {{"cookie", cookie}}).text("/data/role") == "admin");
  CHECK(shop.get("/api/services", {{"cookie", cookie}}).outcome() == "403 forbidden");
}

TEST_CASE("a new password ends the sessions that were opened with the old one") {
  TestShop shop;
  const auto cookie = cookie_of(shop.post("/api/auth/session", kLogin));
  CHECK(shop.get("/api/user/me", {{"cookie", cookie}}).outcome() == "200");
  const auto changed = shop.store.transact([&](topup::Tx& tx) -> topup::Status {
    auto user = tx.user(shop.toko_a).value();
    user.credentials.password = "another";
    tx.update(user);
    return topup::Nothing{};
  });
  REQUIRE(changed.has_value());
  CHECK(shop.get("/api/user/me", {{"cookie", cookie}}).outcome() == "401 invalid_api_key");
}
