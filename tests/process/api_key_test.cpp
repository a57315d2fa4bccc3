#include "api_key.h"

#include "catch.h"

using namespace topupd;

TEST_CASE("the checksum is that of the published vectors", "[api_key]") {
  struct Row {
    std::string text;
    std::uint32_t crc;
    std::string digits;
  };
  for (const auto& [text, crc, digits] : {
           Row{"", 0, "000000"},
           Row{"123456789", 0xcbf43926, "3jZRME"},
           Row{"rk_live_0123456789ABCDEFGHIJabcdefghij", 0x6434c5a9, "1pm3jd"},
           Row{"rk_test_0123456789ABCDEFGHIJabcdefghij", 0x8d5a53b2, "2aUbKs"},
       }) {
    CAPTURE(text);
    CHECK(crc32(text) == crc);
    CHECK(base62(crc32(text)) == digits);
  }
}

TEST_CASE("base 62 covers 32 bits with six digits", "[api_key]") {
  struct Row {
    std::uint32_t number;
    std::string digits;
  };
  for (const auto& [number, digits] : {
           Row{0, "000000"},
           Row{9, "000009"},
           Row{10, "00000A"},
           Row{35, "00000Z"},
           Row{36, "00000a"},
           Row{61, "00000z"},
           Row{62, "000010"},
           Row{0xFFFFFFFF, "4gfFC3"},
       })
    CHECK(base62(number) == digits);
}

TEST_CASE("a key that was made here looks like one", "[api_key]") {
  const auto key = make_api_key();
  CHECK(key.size() == kApiKeyLength);
  CHECK(key.rfind("tk_", 0) == 0);
  CHECK(looks_like_api_key(key));
  CHECK(make_api_key() != key);
}

TEST_CASE("a key with any one character wrong does not look like one", "[api_key]") {
  const auto key = make_api_key();
  for (std::size_t i = 0; i < key.size(); ++i) {
    auto wrong = key;
    wrong[i] = wrong[i] == 'A' ? 'B' : 'A';
    CAPTURE(key, i);
    CHECK_FALSE(looks_like_api_key(wrong));
  }
}

TEST_CASE("what has not the form is no key", "[api_key]") {
  const auto key = make_api_key();
  CHECK_FALSE(looks_like_api_key(""));
  CHECK_FALSE(looks_like_api_key(key.substr(1)));
  CHECK_FALSE(looks_like_api_key(key + "0"));
  // The right checksum of a body that is none.
  const std::string dashes = "tk_" + std::string(40, '-');
  CHECK_FALSE(looks_like_api_key(dashes + base62(crc32(dashes))));
  const std::string other = "rk_" + std::string(40, 'a');
  CHECK_FALSE(looks_like_api_key(other + base62(crc32(other))));
  const std::string zeros = "tk_" + std::string(40, '0');
  CHECK(looks_like_api_key(zeros + base62(crc32(zeros))));
}
