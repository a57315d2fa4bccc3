// Repeatable randomness for tests: the same seed, the same run, on every machine.

#pragma once

#include <cassert>
#include <cstdint>
#include <vector>

namespace topup::testing {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_{seed} {}

  // 0 to sides - 1; sides above 0.
  std::int64_t below(std::int64_t sides) {
    assert(sides > 0);
    return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(sides));
  }
  std::int64_t between(std::int64_t low, std::int64_t high) { return low + below(high - low + 1); }
  bool one_in(std::int64_t sides) { return below(sides) == 0; }

  template <class Item>
  const Item& pick(const std::vector<Item>& items) {
    return items.at(static_cast<std::size_t>(below(static_cast<std::int64_t>(items.size()))));
  }

 private:
  // SplitMix64.
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }

  std::uint64_t state_;
};

}  // namespace topup::testing
