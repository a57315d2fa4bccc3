// The codes in an invoice ("INV-…") and a deposit's id ("DEP-…").

#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <unordered_set>
#include <utility>

#include "topup/time.h"

namespace topupd {

inline constexpr std::size_t kRandomCodeLength = 14;

// 14 characters of base 32 (A-Z, 2-7).  The first seven grow with time, a step every 64 ms, so
// that an index over codes is written at its end and not all over; the next six are random, and
// so is the last, which is a letter: 34.7 bits that can't be guessed, anew in every step.
// They wrap around in 2089.  Before 2020-01-01 WIB the time part stands still.
std::string random_code(topup::Timestamp now);

// Codes of which no two are the same: of 20,000 a second, two would be by chance once an hour or
// so. Safe to call from many threads.  Codes made by another program or before a restart are not
// known; they are of other steps.
class RandomCodes {
 public:
  using Make = std::function<std::string(topup::Timestamp)>;
  explicit RandomCodes(Make make = random_code) : make_{std::move(make)} {}

  std::string next(topup::Timestamp now);

 private:
  // Those of a step, at 64,000 a second.
  static constexpr std::size_t kKept = 4'096;

  const Make make_;
  std::mutex mutex_;
  std::unordered_set<std::string> known_;
  std::deque<std::string> kept_;  // the same, the oldest first
};

}  // namespace topupd
