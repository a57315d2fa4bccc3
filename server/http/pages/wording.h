// Words, amounts, moments and spans of time as readers of Indonesian and of English write them.

#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "topup/money.h"
#include "topup/time.h"

namespace topupd::http {

enum class Language { indonesian, english };

// "id" or "en", as HTML and addresses name it.
std::string_view name(Language language);

// The same said twice.
struct Wording {
  std::string_view indonesian;
  std::string_view english;

  std::string_view in(Language language) const;
};

// "Rp 12.000", "-Rp 500"; in English "Rp 12,000".
std::string rupiah(topup::Money amount, Language language);

// "2 Januari 2026 pukul 10.19 WIB", "2 January 2026, 10:19 WIB"; seconds are cut off.
std::string wib_moment(topup::Timestamp at, Language language);

// "14 menit", "2 jam 5 menit", "3 hari 4 jam"; under a minute "kurang dari 1 menit".
std::string span_words(std::chrono::milliseconds span, Language language);

}  // namespace topupd::http
