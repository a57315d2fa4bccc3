#include "http/pages/wording.h"

#include <array>
#include <cstdlib>

#include "wib.h"

namespace topupd::http {

namespace {

constexpr std::array<Wording, 12> kMonths{{{"Januari", "January"},
                                           {"Februari", "February"},
                                           {"Maret", "March"},
                                           {"April", "April"},
                                           {"Mei", "May"},
                                           {"Juni", "June"},
                                           {"Juli", "July"},
                                           {"Agustus", "August"},
                                           {"September", "September"},
                                           {"Oktober", "October"},
                                           {"November", "November"},
                                           {"Desember", "December"}}};

constexpr Wording kMinute{"menit", "minute"};
constexpr Wording kHour{"jam", "hour"};
constexpr Wording kDay{"hari", "day"};

constexpr std::int64_t kDayMinutes = 1'440;

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

// "2 jam", "2 hours".
std::string counted(std::int64_t number, const Wording& unit, Language language) {
  auto text = std::to_string(number).append(" ").append(unit.in(language));
  if (language == Language::english && number != 1) text += 's';
  return text;
}

// "2 jam 5 menit", without a second part that is nothing.
std::string joined(std::string whole, std::int64_t rest, const std::string& rest_words) {
  return rest > 0 ? std::move(whole) + " " + rest_words : whole;
}

}  // namespace

std::string_view name(Language language) {
  switch (language) {
    case Language::indonesian: return "id";
    case Language::english: return "en";
  }
  __builtin_unreachable();
}

std::string_view Wording::in(Language language) const {
  switch (language) {
    case Language::indonesian: return indonesian;
    case Language::english: return english;
  }
  __builtin_unreachable();
}

std::string rupiah(topup::Money amount, Language language) {
  constexpr Wording kPoint{".", ","};
  const auto digits = std::to_string(std::abs(amount.units()));
  std::string text = amount < topup::Money{} ? "-Rp " : "Rp ";
  for (std::size_t at = 0; at < digits.size(); ++at) {
    if (at > 0 && (digits.size() - at) % 3 == 0) text += kPoint.in(language);
    text += digits[at];
  }
  return text;
}

std::string wib_moment(topup::Timestamp at, Language language) {
  constexpr Wording kAt{" pukul ", ", "};
  constexpr Wording kColon{".", ":"};
  const auto local = at + kWibOffset;
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{local - day};
  auto text = std::to_string(static_cast<unsigned>(date.day()));
  text.append(" ").append(kMonths.at(static_cast<unsigned>(date.month()) - 1).in(language));
  text.append(" ").append(std::to_string(static_cast<int>(date.year())));
  text.append(kAt.in(language)).append(two_digits(time.hours().count()));
  text.append(kColon.in(language)).append(two_digits(time.minutes().count()));
  return text.append(" WIB");
}

std::string span_words(std::chrono::milliseconds span, Language language) {
  constexpr Wording kUnderOne{"kurang dari 1 menit", "less than 1 minute"};
  const auto minutes = std::chrono::floor<std::chrono::minutes>(span).count();
  if (minutes < 1) return std::string{kUnderOne.in(language)};
  if (minutes < 60) return counted(minutes, kMinute, language);
  if (minutes < kDayMinutes)
    return joined(counted(minutes / 60, kHour, language), minutes % 60,
                  counted(minutes % 60, kMinute, language));
  const auto hours = minutes / 60 % 24;
  return joined(counted(minutes / kDayMinutes, kDay, language), hours,
                counted(hours, kHour, language));
}

}  // namespace topupd::http
