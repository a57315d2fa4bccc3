// Reads comma-separated values as RFC 4180 has them, from a text in memory.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace topupd {

struct CsvRow {
  int line = 1;  // where the row begins, from 1
  std::vector<std::string> fields;
};

// Rows of the text, without empty lines; a byte order mark at the start is
// skipped, a carriage return before a line feed too.  Throws std::runtime_error
// naming the line where a quote is not closed or stands inside an unquoted field.
std::vector<CsvRow> read_csv(std::string_view text);

}  // namespace topupd
