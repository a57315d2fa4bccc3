#include "http/pages/indonesian.h"

#include <array>
#include <cstdlib>

#include "wib.h"

namespace topupd::http {

namespace {

constexpr std::array kMonths{"Januari", "Februari", "Maret",     "April",   "Mei",      "Juni",
                             "Juli",    "Agustus",  "September", "Oktober", "November", "Desember"};

constexpr std::int64_t kDayMinutes = 1'440;

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

// "2 jam 5 menit", without a second part that is nothing.
std::string parts(std::int64_t whole, const char* unit, std::int64_t rest, const char* rest_unit) {
  auto text = std::to_string(whole) + unit;
  if (rest > 0) text += " " + std::to_string(rest) + rest_unit;
  return text;
}

}  // namespace

std::string rupiah(topup::Money amount) {
  auto digits = std::to_string(std::abs(amount.units()));
  for (auto at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ".");
  }
  return (amount < topup::Money{} ? "-Rp " : "Rp ") + digits;
}

std::string wib_moment(topup::Timestamp at) {
  const auto local = at + kWibOffset;
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{local - day};
  auto text = std::to_string(static_cast<unsigned>(date.day()));
  text.append(" ").append(kMonths.at(static_cast<unsigned>(date.month()) - 1));
  text.append(" ").append(std::to_string(static_cast<int>(date.year())));
  text.append(" pukul ").append(two_digits(time.hours().count()));
  text.append(".").append(two_digits(time.minutes().count())).append(" WIB");
  return text;
}

std::string span_words(std::chrono::milliseconds span) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(span).count();
  if (minutes < 1) return "kurang dari 1 menit";
  if (minutes < 60) return std::to_string(minutes) + " menit";
  if (minutes < kDayMinutes) return parts(minutes / 60, " jam", minutes % 60, " menit");
  return parts(minutes / kDayMinutes, " hari", minutes / 60 % 24, " jam");
}

}  // namespace topupd::http
