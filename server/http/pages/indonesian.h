// Amounts, moments and spans of time as Indonesian readers write them.

#pragma once

#include <chrono>
#include <string>

#include "topup/money.h"
#include "topup/time.h"

namespace topupd::http {

// "Rp 12.000", "-Rp 500".
std::string rupiah(topup::Money amount);

// "2 Januari 2026 pukul 10.19 WIB"; seconds are cut off.
std::string wib_moment(topup::Timestamp at);

// "14 menit", "2 jam 5 menit", "3 hari 4 jam"; under a minute "kurang dari 1 menit".
std::string span_words(std::chrono::milliseconds span);

}  // namespace topupd::http
