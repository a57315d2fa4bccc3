#include "topup/money.h"

#include "catch.h"

using namespace topup;
using namespace topup::literals;

namespace {
constexpr Money kMost = *Money::from_units(Money::kMaxUnits);
}

TEST_CASE("an amount outside the range is no money", "[money]") {
  struct Row {
    std::int64_t units;
    bool accepted;
  };
  for (auto [units, accepted] : {
           Row{Money::kMaxUnits, true},
           Row{Money::kMaxUnits + 1, false},
           Row{-Money::kMaxUnits, true},
           Row{-Money::kMaxUnits - 1, false},
           Row{INT64_MAX, false},
           Row{INT64_MIN, false},
           Row{0, true},
       }) {
    CAPTURE(units);
    CHECK(Money::from_units(units).has_value() == accepted);
  }
}

TEST_CASE("a sum outside the range throws instead of wrapping", "[money]") {
  CHECK(kMost - 1_idr + 1_idr == kMost);
  CHECK_THROWS_AS(kMost + 1_idr, std::overflow_error);
  CHECK_THROWS_AS(-kMost - 1_idr, std::overflow_error);
}
