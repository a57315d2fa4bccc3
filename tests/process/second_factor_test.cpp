#include "second_factor.h"

#include <string>

#include "catch.h"
#include "totp.h"

using namespace topupd;

namespace {

constexpr std::string_view kSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

topup::Timestamp second(std::int64_t count) {
  return topup::Timestamp{std::chrono::seconds{count}};
}

// Somebody's second factor, kept as the server keeps it, and tries with it.
struct Kept {
  Kept() {
    SecondFactor factor{.secret = std::string{kSecret}};
    for (const auto& code : codes)
      factor.recovery.push_back(recovery_hash(master, code));
    text = sealed(master, factor);
  }

  SecondFactor now() const { return opened(master, text).value(); }

  // "right", "wrong", or for how many seconds no code is looked at.
  std::string take(std::string_view code, std::int64_t at) {
    auto factor = now();
    if (const auto pause = pause_of(factor, second(at)); pause.count() > 0)
      return std::to_string(pause.count());
    const bool is_right = take_code(master, factor, code, second(at));
    text = sealed(master, factor);
    return is_right ? "right" : "wrong";
  }

  MasterKey master{MasterKey::Bytes{1, 2, 3}};
  std::vector<std::string> codes = new_recovery_codes();
  std::string text;
};

}  // namespace

TEST_CASE("a code is taken once, and none that is older", "[otp]") {
  Kept kept;
  struct Row {
    std::int64_t step;
    std::string outcome;
  };
  for (const auto& row : {Row{100, "right"}, Row{100, "wrong"}, Row{99, "wrong"}, Row{101, "right"},
                          Row{101, "wrong"}}) {
    INFO(row.step);
    CHECK(kept.take(totp_code(kSecret, row.step), 3'000) == row.outcome);
  }
}

TEST_CASE("from the fifth wrong code on each shuts out for five minutes", "[otp]") {
  Kept kept;
  const auto right = [](std::int64_t at) { return totp_code(kSecret, at / 30); };
  for (int i = 0; i < 4; ++i)
    CHECK(kept.take("x", 3'000) == "wrong");
  CHECK(kept.take(right(3'000), 3'000) == "right");
  for (int i = 0; i < 5; ++i)
    CHECK(kept.take("x", 3'000) == "wrong");
  CHECK(kept.take(right(3'060), 3'060) == "240");
  CHECK(kept.take(right(3'299), 3'299) == "1");
  CHECK(kept.take("x", 3'300) == "wrong");
  CHECK(kept.take(right(3'330), 3'330) == "270");
  CHECK(kept.take(right(3'600), 3'600) == "right");
  CHECK(kept.now().wrong_tries == 0);
}

TEST_CASE("a clock that was set back shuts out no longer than five minutes", "[otp]") {
  Kept kept;
  for (int i = 0; i < 5; ++i)
    CHECK(kept.take("x", 9'000) == "wrong");
  CHECK(kept.take("x", 8'990) == "300");
  CHECK(kept.take(totp_code(kSecret, 100), 3'000) == "right");
}

TEST_CASE("a recovery code is spent once, however it is written", "[otp]") {
  Kept kept;
  REQUIRE(kept.codes.size() == 10);
  auto typed = kept.codes[3];
  REQUIRE(typed.size() == 11);
  CHECK(kept.take(typed.replace(5, 1, " - "), 3'000) == "right");
  CHECK(kept.now().recovery.size() == 9);
  CHECK(kept.take(kept.codes[3], 3'000) == "wrong");
  CHECK(kept.take("", 3'000) == "wrong");
  CHECK(kept.take(kept.codes[4].erase(5, 1), 3'000) == "right");
}

TEST_CASE("what nobody sealed is no second factor", "[otp]") {
  const Kept kept;
  CHECK(kept.now().secret == kSecret);
  CHECK_FALSE(opened(kept.master, "what nobody sealed"));
  CHECK_FALSE(opened(kept.master, ""));
}
