// What was added is never denied, and what was not seldom is not.

#include "store/number_filter.h"

#include "catch.h"
#include "core/dice.h"

using topup::testing::Dice;
using topupd::NumberFilter;

namespace {

constexpr std::int64_t kNumbers = std::int64_t{1} << 47;  // as those of ref_ids

std::vector<std::int64_t> some_numbers(Dice& dice, int count) {
  std::vector<std::int64_t> numbers;
  for (int i = 0; i < count; ++i)
    numbers.push_back(dice.between(0, kNumbers - 1));
  return numbers;
}

}  // namespace

TEST_CASE("a filter knows all that was added and few that were not", "[store]") {
  struct Row {
    std::int64_t expected;
    int added;
    int strangers_in_a_thousand;  // at most
  };
  const auto row = GENERATE(values<Row>({
      {0, 1'000, 1},
      {0, 65'536, 35},
      {0, 65'537, 35},
      {100'000, 100'000, 35},
      {100'000, 300'000, 80},
      {10, 600'000, 140},
  }));
  CAPTURE(row.expected, row.added);
  constexpr std::uint64_t kSeed = 5;
  Dice dice{kSeed};
  const auto numbers = some_numbers(dice, row.added);
  NumberFilter filter{row.expected};
  for (auto number : numbers)
    filter.add(number);
  bool knows_all = true;
  for (auto number : numbers)
    knows_all = knows_all && filter.may_have(number);
  CHECK(knows_all);
  constexpr int kStrangers = 20'000;
  int taken_for_known = 0;
  for (auto number : some_numbers(dice, kStrangers))
    taken_for_known += filter.may_have(number) ? 1 : 0;
  CHECK(taken_for_known * 1'000 <= row.strangers_in_a_thousand * kStrangers);
}

TEST_CASE("a filter to which nothing was added denies every number", "[store]") {
  const NumberFilter filter{1'000};
  for (std::int64_t number : {std::int64_t{0}, std::int64_t{1}, kNumbers - 1})
    CHECK_FALSE(filter.may_have(number));
}
