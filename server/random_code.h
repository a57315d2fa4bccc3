// The codes in an invoice ("INV-…") and a deposit's id ("DEP-…").

#pragma once

#include <string>

#include "topup/time.h"

namespace topupd {

inline constexpr std::size_t kRandomCodeLength = 14;

// 14 characters of base 32 (A-Z, 2-7).  The first seven grow with time, a step every 64 ms, so
// that an index over codes is written at its end and not all over; the next six are random, and
// so is the last, which is a letter: 34.7 bits that can't be guessed, anew in every step.
// They wrap around in 2089.  Before 2020-01-01 WIB the time part stands still.
std::string random_code(topup::Timestamp now);

}  // namespace topupd
