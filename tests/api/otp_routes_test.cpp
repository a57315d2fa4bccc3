#include <string>

#include "api/test_shop.h"
#include "catch.h"
#include "totp.h"

using namespace topupd;

namespace {

// A shop whose people log in with an authenticator app.
struct OtpShop : TestShop {
  OtpShop() { make_admin(); }

  Reply log_in(const std::string& user, const std::string& otp = "") {
    return post("/api/auth/session",
                R"({"user_id":")" + user + R"(","password":"rahasia","otp":")" + otp + "\"}");
  }

  static std::string cookie_of(const Reply& reply) {
    const auto cookie = reply.header("Set-Cookie");
    return cookie.substr(0, cookie.find(';'));
  }

  Reply act(const std::string& path, const std::string& body) {
    return post(path, body, {{"cookie", cookie}, {"sec-fetch-site", "same-origin"}});
  }

  std::string present_code() { return totp_code(secret, totp_step(clock.now())); }

  Reply confirm(const std::string& code, const std::string& password = "rahasia") {
    return act("/api/auth/otp/confirm", R"({"secret":")" + secret + R"(","otp":")" + code +
                                            R"(","password":")" + password + "\"}");
  }

  // Whoever it is has a second factor then, and a new session; his first recovery code.
  std::string enroll(const std::string& user) {
    cookie = cookie_of(log_in(user));
    secret = act("/api/auth/otp/begin", "{}").text("/data/secret");
    auto reply = confirm(present_code());
    REQUIRE(reply.outcome() == "200");
    cookie = cookie_of(reply);
    return reply.text("/data/recovery_codes/0");
  }

  std::string next_code() {
    time.advance(std::chrono::seconds{60});
    return present_code();
  }

  std::string cookie;
  std::string secret;
};

}  // namespace

TEST_CASE("a second factor begins with a code of the app and the password", "[otp]") {
  OtpShop shop;
  shop.cookie = OtpShop::cookie_of(shop.log_in("toko_a"));
  const auto begun = shop.act("/api/auth/otp/begin", "{}");
  CHECK(begun.names("/data") == "qr_svg secret uri");
  shop.secret = begun.text("/data/secret");
  CHECK(shop.confirm("000000").outcome() == "401 otp_required otp");
  CHECK(shop.confirm(shop.present_code(), "wrong").outcome() == "401 invalid_credentials password");
  CHECK(shop.get("/api/auth/otp", {{"cookie", shop.cookie}}).at("/data/enabled") == "false");
  const auto done = shop.confirm(shop.present_code());
  CHECK(done.outcome() == "200");
  shop.cookie = OtpShop::cookie_of(done);
  const auto state = shop.get("/api/auth/otp", {{"cookie", shop.cookie}});
  CHECK(state.at("/data/enabled") == "true");
  CHECK(state.at("/data/recovery_left") == "10");
  CHECK(shop.confirm(shop.present_code()).outcome() == "409 conflict");
  CHECK(shop.act("/api/auth/otp/begin", "{}").outcome() == "409 conflict");
}

TEST_CASE("who has a second factor logs in with each code once", "[otp]") {
  OtpShop shop;
  shop.enroll("toko_a");
  CHECK(shop.log_in("toko_a").outcome() == "401 otp_required otp");
  const auto code = shop.next_code();
  CHECK(shop.log_in("toko_a", code).outcome() == "200");
  CHECK(shop.log_in("toko_a", code).outcome() == "401 otp_required otp");
}

TEST_CASE("the code that set the second factor up opens no door", "[otp]") {
  OtpShop shop;
  shop.enroll("toko_a");
  CHECK(shop.log_in("toko_a", shop.present_code()).outcome() == "401 otp_required otp");
}

TEST_CASE("who was logged in before there was a second factor is put out", "[otp]") {
  OtpShop shop;
  const auto other = OtpShop::cookie_of(shop.log_in("toko_a"));
  shop.enroll("toko_a");
  CHECK(shop.get("/api/user/me", {{"cookie", other}}).outcome() == "401 invalid_api_key");
  CHECK(shop.get("/api/user/me", {{"cookie", shop.cookie}}).outcome() == "200");
}

TEST_CASE("five wrong codes in a row shut the door for five minutes", "[otp]") {
  OtpShop shop;
  shop.config.limits.login_per_minute = 0;
  const auto recovery = shop.enroll("toko_a");
  for (int i = 0; i < 5; ++i)
    CHECK(shop.log_in("toko_a", "000000").outcome() == "401 otp_required otp");
  const auto shut = shop.log_in("toko_a", shop.next_code());
  CHECK(shut.outcome() == "429 rate_limited");
  CHECK(shut.header("Retry-After") == "240");
  CHECK(shop.log_in("toko_a", recovery).outcome() == "429 rate_limited");
  CHECK(shop.log_in("toko_a").outcome() == "401 otp_required otp");
  shop.time.advance(std::chrono::minutes{4});
  CHECK(shop.log_in("toko_a", shop.present_code()).outcome() == "200");
  CHECK(shop.log_in("toko_a", "000000").outcome() == "401 otp_required otp");
}

TEST_CASE("codes are those of the phone after the clock was set back", "[otp]") {
  OtpShop shop;
  shop.time.jump_wall(std::chrono::hours{-3});
  shop.clock.now();
  shop.cookie = OtpShop::cookie_of(shop.log_in("toko_a"));
  shop.secret = shop.act("/api/auth/otp/begin", "{}").text("/data/secret");
  CHECK(shop.confirm(totp_code(shop.secret, totp_step(shop.time.wall()))).outcome() == "200");
}

TEST_CASE("the password is not to be guessed where the second factor is set", "[otp]") {
  OtpShop shop;
  shop.config.limits.login_per_minute = 3;
  shop.cookie = OtpShop::cookie_of(shop.log_in("toko_a"));
  shop.secret = shop.act("/api/auth/otp/begin", "{}").text("/data/secret");
  for (int i = 0; i < 3; ++i)
    CHECK(shop.confirm(shop.present_code(), "wrong").outcome() ==
          "401 invalid_credentials password");
  CHECK(shop.confirm(shop.present_code()).outcome() == "429 rate_limited");
}

TEST_CASE("a recovery code stands in for the app once", "[otp]") {
  OtpShop shop;
  const auto recovery = shop.enroll("toko_a");
  CHECK(shop.log_in("toko_a", recovery).outcome() == "200");
  CHECK(shop.log_in("toko_a", recovery).outcome() == "401 otp_required otp");
  CHECK(shop.get("/api/auth/otp", {{"cookie", shop.cookie}}).at("/data/recovery_left") == "9");
}

TEST_CASE("a reseller turns the second factor off with the password and a code", "[otp]") {
  OtpShop shop;
  shop.enroll("toko_a");
  const auto off = [&](const std::string& code, const std::string& password) {
    return shop.act("/api/auth/otp/disable",
                    R"({"otp":")" + code + R"(","password":")" + password + "\"}");
  };
  CHECK(off("000000", "rahasia").outcome() == "401 otp_required otp");
  CHECK(off(shop.next_code(), "wrong").outcome() == "401 invalid_credentials password");
  CHECK(off(shop.next_code(), "rahasia").outcome() == "200");
  CHECK(shop.log_in("toko_a").outcome() == "200");
}

TEST_CASE("an admin does nothing without a second factor, but with play money", "[otp]") {
  OtpShop shop;
  shop.cookie = OtpShop::cookie_of(shop.log_in("boss"));
  const auto users = [&] { return shop.get("/api/admin/users", {{"cookie", shop.cookie}}); };
  CHECK(users().outcome() == "403 forbidden otp");
  shop.config.sandbox.enabled = true;
  CHECK(users().outcome() == "200");
  shop.config.sandbox.enabled = false;
  shop.enroll("boss");
  CHECK(users().outcome() == "200");
  CHECK(shop.act("/api/auth/otp/disable",
                 R"({"otp":")" + shop.next_code() + R"(","password":"rahasia"})")
            .outcome() == "403 forbidden");
}

TEST_CASE("an admin helps a reseller who lost the second factor, and no other admin", "[otp]") {
  OtpShop shop;
  shop.enroll("toko_a");
  shop.enroll("boss");
  const auto off = [&](const std::string& user) {
    return shop.act("/api/admin/user/disable-otp", R"({"user_id":")" + user + "\"}");
  };
  CHECK(off("toko_a").at("/data/otp") == "false");
  CHECK(shop.log_in("toko_a").outcome() == "200");
  CHECK(off("boss").outcome() == "403 forbidden");
  CHECK(off("nobody").outcome() == "404 not_found user_id");
}

TEST_CASE("an API key can't touch the second factor", "[otp]") {
  OtpShop shop;
  CHECK(shop.ask("/api/auth/otp").outcome() == "403 forbidden");
  CHECK(shop.tell("/api/auth/otp/begin", "{}").outcome() == "403 forbidden");
}
