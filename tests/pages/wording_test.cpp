#include "http/pages/wording.h"

#include <string>

#include "catch.h"

using namespace topupd::http;
using namespace std::chrono_literals;

TEST_CASE("amounts are grouped by dots, in English by commas", "[wording]") {
  struct Row {
    std::int64_t units;
    std::string text;
  };
  const Row rows[] = {
      {0, "Rp 0"},
      {999, "Rp 999"},
      {1'000, "Rp 1.000"},
      {12'000, "Rp 12.000"},
      {999'999, "Rp 999.999"},
      {1'000'000, "Rp 1.000.000"},
      {-500, "-Rp 500"},
      {-12'345, "-Rp 12.345"},
      {topup::Money::kMaxUnits, "Rp 100.000.000.000.000"},
  };
  for (const auto& row : rows)
    CHECK(rupiah(topup::Money::from_units(row.units).value(), Language::indonesian) == row.text);
  CHECK(rupiah(topup::Money::from_units(-1'234'567).value(), Language::english) == "-Rp 1,234,567");
}

TEST_CASE("moments are told in western Indonesian time", "[wording]") {
  struct Row {
    std::chrono::seconds since_epoch;
    std::string text;
  };
  const Row rows[] = {
      {0s, "1 Januari 1970 pukul 07.00 WIB"},
      {1'767'323'045s, "2 Januari 2026 pukul 10.04 WIB"},
      {1'767'200'399s, "31 Desember 2025 pukul 23.59 WIB"},
      {1'767'200'400s, "1 Januari 2026 pukul 00.00 WIB"},
  };
  for (const auto& row : rows)
    CHECK(wib_moment(topup::Timestamp{row.since_epoch}, Language::indonesian) == row.text);
  CHECK(wib_moment(topup::Timestamp{1'767'323'045s}, Language::english) ==
        "2 January 2026, 10:04 WIB");
}

TEST_CASE("spans are told in two units at most", "[wording]") {
  struct Row {
    std::chrono::seconds span;
    std::string text;
  };
  const Row rows[] = {
      {-5s, "kurang dari 1 menit"},
      {59s, "kurang dari 1 menit"},
      {60s, "1 menit"},
      {899s, "14 menit"},
      {3'600s, "1 jam"},
      {3'660s, "1 jam 1 menit"},
      {86'399s, "23 jam 59 menit"},
      {86'400s, "1 hari"},
      {97'200s, "1 hari 3 jam"},
  };
  for (const auto& row : rows)
    CHECK(span_words(row.span, Language::indonesian) == row.text);
  CHECK(span_words(59s, Language::english) == "less than 1 minute");
  CHECK(span_words(60s, Language::english) == "1 minute");
  CHECK(span_words(97'200s, Language::english) == "1 day 3 hours");
}
