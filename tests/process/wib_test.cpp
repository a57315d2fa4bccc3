#include "wib.h"

#include "catch.h"

using namespace topupd;
using std::chrono::milliseconds;

namespace {

topup::Timestamp at(std::int64_t ms) { return topup::Timestamp{milliseconds{ms}}; }

// What the list would include, as text: "from .. to", or "refused".
std::string range(std::string_view text) {
  const auto from = parse_from(text);
  const auto to = parse_to(text);
  if (!from || !to) return "refused";
  return to_wib_ms(*from) + " .. " + to_wib_ms(*to);
}

}  // namespace

TEST_CASE("moments are written with the offset of WIB", "[wib]") {
  struct Row {
    std::int64_t ms;
    std::string text;
  };
  for (const auto& [ms, text] : {
           Row{0, "1970-01-01T07:00:00+07:00"},
           Row{-1, "1970-01-01T06:59:59+07:00"},
           Row{1'795'330'799'999, "2026-11-22T13:59:59+07:00"},
           Row{1'795'366'799'999, "2026-11-22T23:59:59+07:00"},
           Row{1'795'366'800'000, "2026-11-23T00:00:00+07:00"},
           Row{1'709'139'600'000, "2024-02-29T00:00:00+07:00"},
       }) {
    CAPTURE(ms);
    CHECK(to_wib(at(ms)) == text);
  }
  CHECK(to_wib_ms(at(1'795'366'800'007)) == "2026-11-23T00:00:00.007+07:00");
}

TEST_CASE("from and to include the day, second or millisecond that they name", "[wib]") {
  struct Row {
    std::string text;
    std::string range;
  };
  for (const auto& [text, expected] : {
           Row{"2026-11-22", "2026-11-22T00:00:00.000+07:00 .. 2026-11-23T00:00:00.000+07:00"},
           Row{"2024-02-29", "2024-02-29T00:00:00.000+07:00 .. 2024-03-01T00:00:00.000+07:00"},
           Row{"2026-12-31", "2026-12-31T00:00:00.000+07:00 .. 2027-01-01T00:00:00.000+07:00"},
           Row{"2026-11-22T10:00:00+07:00",
               "2026-11-22T10:00:00.000+07:00 .. 2026-11-22T10:00:01.000+07:00"},
           Row{"2026-11-22T10:00:00 07:00",  // '+' unescaped in a query
               "2026-11-22T10:00:00.000+07:00 .. 2026-11-22T10:00:01.000+07:00"},
           Row{"2026-11-22T10:00:00Z",
               "2026-11-22T17:00:00.000+07:00 .. 2026-11-22T17:00:01.000+07:00"},
           Row{"2026-11-22t23:59:59z",
               "2026-11-23T06:59:59.000+07:00 .. 2026-11-23T07:00:00.000+07:00"},
           Row{"2026-11-22T10:00:00.5-03:30",
               "2026-11-22T20:30:00.500+07:00 .. 2026-11-22T20:30:00.501+07:00"},
           Row{"2026-11-22T10:00:00.1239999Z",
               "2026-11-22T17:00:00.123+07:00 .. 2026-11-22T17:00:00.124+07:00"},
           Row{"9999-12-31", "9999-12-31T00:00:00.000+07:00 .. 10000-01-01T00:00:00.000+07:00"},
           Row{"2000-01-01", "2000-01-01T00:00:00.000+07:00 .. 2000-01-02T00:00:00.000+07:00"},
       }) {
    CAPTURE(text);
    CHECK(range(text) == expected);
  }
}

TEST_CASE("what is no date is refused", "[wib]") {
  for (const std::string text : {
           "",
           "2026",
           "2026-11",
           "2026-11-2",
           "2026-11-222",
           "22-11-2026",
           "1999-12-31",
           "2026-02-29",
           "2026-13-01",
           "2026-00-10",
           "2026-11-00",
           "2026-11-22 ",
           "2026-11-22T",
           "2026-11-22T10:00",
           "2026-11-22T10:00:00",
           "2026-11-22T24:00:00Z",
           "2026-11-22T10:60:00Z",
           "2026-11-22T10:00:60Z",
           "2026-11-22T10:00:00.Z",
           "2026-11-22T10:00:00.5",
           "2026-11-22T10:00:00+24:00",
           "2026-11-22T10:00:00+07:60",
           "2026-11-22T10:00:00+0700",
           "2026-11-22T10:00:00ZZ",
           "+026-11-22",
           "2026-1 -22",
       }) {
    CAPTURE(text);
    CHECK(range(text) == "refused");
  }
  CHECK(range(std::string{"2026-11-22\0", 11}) == "refused");
}
