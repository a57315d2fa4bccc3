#include "totp.h"

#include <string>

#include "catch.h"
#include "crypto.h"

using namespace topupd;

namespace {

topup::Timestamp second(std::int64_t count) {
  return topup::Timestamp{std::chrono::seconds{count}};
}

constexpr std::string_view kSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";  // RFC 6238, appendix B

}  // namespace

TEST_CASE("the HMAC with SHA-1 is that of RFC 2202", "[totp]") {
  CHECK(to_hex(hmac_sha1("Jefe", "what do ya want for nothing?")) ==
        "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  CHECK(to_hex(hmac_sha1(std::string(80, '\xaa'),
                         "Test Using Larger Than Block-Size Key - Hash Key First")) ==
        "aa4ae5e15272d00e95705637ce8a3b55ed402112");
  CHECK(to_hex(hmac_sha1(std::string(20, '\x0b'), "Hi There")) ==
        "b617318655057264e28bc0b6fb378c8ef146be00");
}

TEST_CASE("one-time codes are those of RFC 6238", "[totp]") {
  struct Row {
    std::int64_t at;
    std::string code;
  };
  const Row rows[] = {{59, "287082"},
                      {1'111'111'109, "081804"},
                      {1'111'111'111, "050471"},
                      {1'234'567'890, "005924"},
                      {2'000'000'000, "279037"},
                      {20'000'000'000, "353130"}};
  for (const auto& row : rows)
    CHECK(totp_code(kSecret, totp_step(second(row.at))) == row.code);
}

TEST_CASE("a code is right half a minute early or late and no more", "[totp]") {
  struct Row {
    std::int64_t at;
    bool is_right;
  };
  const auto code = totp_code(kSecret, 100);  // of the seconds 3000 to 3029
  for (const auto& row : {Row{2'969, false}, Row{2'970, true}, Row{3'000, true}, Row{3'059, true},
                          Row{3'060, false}}) {
    INFO(row.at);
    CHECK(step_of(kSecret, code, second(row.at)).has_value() == row.is_right);
  }
  CHECK_FALSE(step_of(kSecret, "", second(3'000)));
  CHECK_FALSE(step_of("not base 32", "", second(3'000)));
}

TEST_CASE("a secret is 32 characters that no other has", "[totp]") {
  const auto secret = new_totp_secret();
  CHECK(secret.size() == 32);
  CHECK(totp_code(secret, 1).size() == 6);
  CHECK(secret != new_totp_secret());
  CHECK(totp_uri("ABC", "boss") == "otpauth://totp/Topup:boss?secret=ABC&issuer=Topup");
}
