// Reads comma-separated values as RFC 4180 has them, from a text in memory; or with semicolons,
// where the first line has more of them than of commas outside quotes.

#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace topupd {

struct CsvRow {
  int line = 1;  // where the row begins, from 1
  std::vector<std::string> fields;
};

// what() names the line.
struct CsvError : std::runtime_error {
  CsvError(int at, const std::string& why)
      : std::runtime_error{"line " + std::to_string(at) + ": " + why}, line{at} {}

  int line;
};

// Rows of the text, without those whose fields are all empty; a byte order mark at
// the start is skipped, a carriage return before a line feed too.  Throws CsvError
// where a quote is not closed or stands inside an unquoted field, a line ends in a
// carriage return alone before another, or the text is UTF-16.
std::vector<CsvRow> read_csv(std::string_view text);

}  // namespace topupd
