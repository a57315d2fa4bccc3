#include "random_code.h"

#include <set>

#include "catch.h"
#include "wib.h"

using namespace topupd;
using namespace std::chrono_literals;

namespace {
const auto kStart = *parse_from("2020-01-01");
}

TEST_CASE("codes are 14 characters of base 32 that end in a letter", "[random_code]") {
  std::set<std::string> seen;
  for (int i = 0; i < 500; ++i) {
    const auto code = random_code(kStart + std::chrono::hours{50'000});
    CHECK(code.size() == kRandomCodeLength);
    CHECK(code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == std::string::npos);
    CHECK((code.back() >= 'A' && code.back() <= 'Z'));
    CHECK(seen.insert(code).second);
  }
}

TEST_CASE("the first seven characters grow with time", "[random_code]") {
  struct Row {
    std::chrono::milliseconds since;
    std::string begins;
  };
  constexpr std::chrono::milliseconds kStep{64};
  for (const auto& [since, begins] : {
           Row{-1ms, "2222222"},
           Row{-1'000h, "2222222"},
           Row{0ms, "2222222"},
           Row{kStep - 1ms, "2222222"},
           Row{kStep, "2222223"},
           Row{kStep * 5, "2222227"},
           Row{kStep * 6, "222222A"},
           Row{kStep * 31, "222222Z"},
           Row{kStep * 32, "2222232"},
           Row{kStep * ((1LL << 35) - 1), "ZZZZZZZ"},
           Row{kStep * (1LL << 35), "2222222"},
       }) {
    CAPTURE(since.count());
    CHECK(random_code(kStart + since).substr(0, 7) == begins);
  }
}

TEST_CASE("a later code sorts behind an earlier one", "[random_code]") {
  std::string before;
  for (int i = 0; i < 200; ++i) {
    auto code = random_code(kStart + i * 64ms);
    CHECK(before < code);
    before = code;
  }
}

TEST_CASE("no code is given twice, though chance makes it twice", "[random_code]") {
  constexpr int kDifferent = 3'000;
  int made = 0;
  // Each of them twice, one after the other and again at the end.
  RandomCodes codes{[&](topup::Timestamp) { return std::to_string(made++ / 2 % kDifferent); }};
  std::set<std::string> given;
  for (int i = 0; i < kDifferent; ++i)
    CHECK(given.insert(codes.next(kStart)).second);
  CHECK(made == 2 * kDifferent - 1);
}

TEST_CASE("codes of long ago are forgotten", "[random_code]") {
  constexpr int kMany = 20'000;
  int made = 0;
  RandomCodes codes{[&](topup::Timestamp) { return std::to_string(made++ % kMany); }};
  for (int i = 0; i < 2 * kMany; ++i)
    codes.next(kStart);
  CHECK(made == 2 * kMany);
}
