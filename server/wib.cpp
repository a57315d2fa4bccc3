#include "wib.h"

#include <cstdint>
#include <utility>

namespace topupd {

namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;

// A moment and how long the text's last place is: a day, a second or a millisecond.
struct Span {
  topup::Timestamp begin;
  milliseconds length;
};

// Reads one text from left to right; after a mismatch `ok` stays false.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_{text} {}

  // Exactly `digits` digits.
  int number(int digits) {
    int value = 0;
    for (int i = 0; i < digits; ++i) {
      const char c = take();
      if (c < '0' || c > '9') ok_ = false;
      value = value * 10 + (c - '0');
    }
    return ok_ ? value : 0;
  }

  char take() {
    if (rest_.empty()) ok_ = false;
    if (!ok_) return '\0';
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  void expect(std::string_view any_of) {
    if (any_of.find(take()) == std::string_view::npos) ok_ = false;
  }

  char next() const { return rest_.empty() ? '\0' : rest_.front(); }
  bool ok() const { return ok_; }
  bool finished() const { return ok_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

std::optional<sys_days> read_day(Reader& reader) {
  const std::chrono::year year{reader.number(4)};
  reader.expect("-");
  const std::chrono::month month{static_cast<unsigned>(reader.number(2))};
  reader.expect("-");
  const std::chrono::day day{static_cast<unsigned>(reader.number(2))};
  const std::chrono::year_month_day date{year, month, day};
  if (!reader.ok() || !date.ok() || year < std::chrono::year{2000}) return std::nullopt;
  return sys_days{date};
}

// Digits after a '.'; those past the third are read and dropped.
milliseconds read_fraction(Reader& reader) {
  int value = 0;
  int digits = 0;
  do {
    const int digit = reader.number(1);
    if (digits < 3) value = value * 10 + digit;
    ++digits;
  } while (reader.ok() && reader.next() >= '0' && reader.next() <= '9');
  for (; digits < 3; ++digits)
    value *= 10;
  return milliseconds{value};
}

std::optional<minutes> read_offset(Reader& reader) {
  const char sign = reader.take();
  if (sign == 'Z' || sign == 'z') return minutes{0};
  if (sign != '+' && sign != ' ' && sign != '-') return std::nullopt;
  const int hour = reader.number(2);
  reader.expect(":");
  const int minute = reader.number(2);
  if (!reader.ok() || hour > 23 || minute > 59) return std::nullopt;
  const minutes offset{hour * 60 + minute};
  return sign == '-' ? -offset : offset;
}

std::optional<Span> read_span(std::string_view text) {
  Reader reader{text};
  const auto day = read_day(reader);
  if (!day) return std::nullopt;
  if (reader.finished()) return Span{*day - kWibOffset, std::chrono::hours{24}};

  reader.expect("Tt ");
  const int hour = reader.number(2);
  reader.expect(":");
  const int minute = reader.number(2);
  reader.expect(":");
  const int second = reader.number(2);
  if (!reader.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  Span span{*day + std::chrono::hours{hour} + minutes{minute} + seconds{second}, seconds{1}};
  if (reader.next() == '.') {
    reader.take();
    span.begin += read_fraction(reader);
    span.length = milliseconds{1};
  }
  const auto offset = read_offset(reader);
  if (!offset || !reader.finished()) return std::nullopt;
  span.begin -= *offset;
  return span;
}

struct Parts {
  int year, month, day, hour, minute, second, millisecond;
};

Parts wib_parts(topup::Timestamp at) {
  const auto local = at + kWibOffset;
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{day};
  const auto of_day = (local - day).count();
  return {int{date.year()},
          static_cast<int>(unsigned{date.month()}),
          static_cast<int>(unsigned{date.day()}),
          static_cast<int>(of_day / 3'600'000),
          static_cast<int>(of_day / 60'000 % 60),
          static_cast<int>(of_day / 1'000 % 60),
          static_cast<int>(of_day % 1'000)};
}

// Lists and logs are full of times, and printf takes several times as long.
void append_digits(std::string& text, int value, int digits) {
  text.append(static_cast<std::size_t>(digits), '0');
  for (auto at = text.rbegin(); digits > 0; --digits, ++at, value /= 10)
    *at = static_cast<char>('0' + value % 10);
}

// "2026-11-22T19:28:36"
std::string without_zone(const Parts& parts) {
  std::string text;
  text.reserve(32);
  append_digits(text, parts.year, parts.year < 10'000 ? 4 : 5);
  for (const auto& [sign, value] : {std::pair{'-', parts.month},
                                    {'-', parts.day},
                                    {'T', parts.hour},
                                    {':', parts.minute},
                                    {':', parts.second}}) {
    text += sign;
    append_digits(text, value, 2);
  }
  return text;
}

}  // namespace

std::string to_wib(topup::Timestamp at) { return without_zone(wib_parts(at)) + "+07:00"; }

std::string to_wib_ms(topup::Timestamp at) {
  const auto parts = wib_parts(at);
  auto text = without_zone(parts);
  text += '.';
  append_digits(text, parts.millisecond, 3);
  return text + "+07:00";
}

std::optional<topup::Timestamp> parse_from(std::string_view text) {
  const auto span = read_span(text);
  if (!span) return std::nullopt;
  return span->begin;
}

std::optional<topup::Timestamp> parse_to(std::string_view text) {
  const auto span = read_span(text);
  if (!span) return std::nullopt;
  return span->begin + span->length;
}

}  // namespace topupd
