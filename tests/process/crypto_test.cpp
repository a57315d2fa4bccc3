#include "crypto.h"

#include <chrono>
#include <iostream>
#include <set>

#include "catch.h"

using namespace topupd;

namespace {

MasterKey key_of(unsigned char first) {
  MasterKey::Bytes bytes{};
  bytes[0] = first;
  return MasterKey{bytes};
}

}  // namespace

TEST_CASE("what is sealed opens again with the same key and purpose only", "[crypto]") {
  const auto key = key_of(1);
  const std::string text = "tk_secret";
  const auto sealed = seal(key, SealPurpose::api_key, text);
  CHECK(sealed.size() == 66);  // 49 bytes in base 64
  CHECK(unseal(key, SealPurpose::api_key, sealed) == text);
  CHECK_FALSE(unseal(key, SealPurpose::totp_secret, sealed));
  CHECK_FALSE(unseal(key_of(2), SealPurpose::api_key, sealed));
  CHECK(unseal(key, SealPurpose::credential, seal(key, SealPurpose::credential, "")) == "");
}

TEST_CASE("a sealed text that was changed anywhere does not open", "[crypto]") {
  const auto key = key_of(1);
  const auto sealed = seal(key, SealPurpose::api_key, "abc");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CAPTURE(i);
    CHECK_FALSE(unseal(key, SealPurpose::api_key, changed));
    CHECK_FALSE(unseal(key, SealPurpose::api_key, sealed.substr(0, i)));
  }
}

TEST_CASE("sealing twice gives two texts", "[crypto]") {
  const auto key = key_of(1);
  CHECK(seal(key, SealPurpose::api_key, "abc") != seal(key, SealPurpose::api_key, "abc"));
}

TEST_CASE("a key's hash depends on key and master key and never changes", "[crypto]") {
  // Computed apart: Python's hashlib.blake2b, the derivation of crypto_kdf and then the hash.
  CHECK(key_hash(key_of(0), "tk_abc") ==
        "a4023320512d85dc9d95ad63defce97b519b69c352bd30c9bce37953e335c78e");
  CHECK(key_hash(key_of(0), "tk_abc") == key_hash(key_of(0), "tk_abc"));
  CHECK(key_hash(key_of(0), "tk_abc") != key_hash(key_of(0), "tk_abd"));
  CHECK(key_hash(key_of(0), "tk_abc") != key_hash(key_of(1), "tk_abc"));
  CHECK(key_hash(key_of(0), "").size() == 64);
}

TEST_CASE("tokens are long, plain and never the same", "[crypto]") {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const auto token = random_token();
    CHECK(token.size() == 43);
    CHECK(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789-_") == std::string::npos);
    CHECK(seen.insert(token).second);
  }
}

TEST_CASE("random_below stays below and reaches every number", "[crypto]") {
  std::set<std::uint32_t> seen;
  for (int i = 0; i < 500; ++i)
    seen.insert(random_below(3));
  CHECK(seen == std::set<std::uint32_t>{0, 1, 2});
  CHECK(random_below(1) == 0);
}

TEST_CASE("32 bytes are read from hex or base 64", "[crypto]") {
  const std::string zeros(64, '0');
  const std::string base64(43, 'A');
  struct Row {
    std::string text;
    bool key;
  };
  for (const auto& [text, key] : {
           Row{zeros, true},
           Row{zeros.substr(1) + "f", true},
           Row{zeros.substr(1) + "F", true},
           Row{zeros.substr(1), false},
           Row{zeros + "0", false},
           Row{zeros + "00", false},
           Row{zeros.substr(1) + "g", false},
           Row{base64, true},
           Row{base64 + "=", true},
           Row{base64 + "==", false},
           Row{base64.substr(4) + "_-_E", true},
           Row{base64.substr(4) + "/+/E=", true},
           Row{base64.substr(4) + "/+/E", true},
           Row{base64.substr(4) + "/-/E", false},
           Row{base64.substr(1), false},
           Row{base64 + "AA", false},
           Row{"", false},
           Row{" " + zeros, false},
       }) {
    CAPTURE(text);
    CHECK(key_from_text(text).has_value() == key);
  }
}

TEST_CASE("equal is equal", "[crypto]") {
  CHECK(constant_time_equal("", ""));
  CHECK(constant_time_equal("abc", "abc"));
  CHECK_FALSE(constant_time_equal("abc", "abd"));
  CHECK_FALSE(constant_time_equal("abc", "ab"));
}

TEST_CASE("a password's hash knows the password and its own cost", "[crypto]") {
  const auto hash = hash_password("rahasia", kPasswordCostTest);
  CHECK(hash.rfind("$argon2id$v=19$m=8,t=1,p=1$", 0) == 0);
  CHECK(verify_password(hash, "rahasia"));
  CHECK_FALSE(verify_password(hash, "rahasib"));
  CHECK_FALSE(verify_password(hash, ""));
  CHECK_FALSE(verify_password("", "rahasia"));
  CHECK_FALSE(verify_password("$argon2id$nonsense", "rahasia"));
  CHECK(hash_password("rahasia", kPasswordCostTest) != hash);
  CHECK_FALSE(needs_rehash(hash, kPasswordCostTest));
  CHECK(needs_rehash(hash, kPasswordCost));
}

TEST_CASE("a password may hold any byte", "[crypto]") {
  const std::string with_zero{"a\0b", 3};
  const auto hash = hash_password(with_zero, kPasswordCostTest);
  CHECK(verify_password(hash, with_zero));
  CHECK_FALSE(verify_password(hash, "a"));
}

TEST_CASE("the cost of hashing", "[crypto][.][bench]") {
  using std::chrono::steady_clock;
  using namespace std::chrono_literals;
  for (const auto cost : {kPasswordCost, PasswordCost{2, 67'108'864}}) {
    const auto begin = steady_clock::now();
    for (int i = 0; i < 10; ++i)
      hash_password("rahasia", cost);
    std::cout << "Argon2id " << cost.memory_bytes / 1024 / 1024 << " MiB, " << cost.passes
              << " passes: " << (steady_clock::now() - begin) / 10 / 1us << " us\n";
  }
  const auto key = key_of(1);
  const auto begin = steady_clock::now();
  for (int i = 0; i < 100'000; ++i)
    key_hash(key, "tk_0123456789012345678901234567890123456789012345");
  std::cout << "key_hash: " << (steady_clock::now() - begin) / 100'000 / 1ns << " ns\n";
}
