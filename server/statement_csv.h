// The statement of a supplier or gateway, as a table of whoever's making.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace topupd {

// Which columns say what; the first line names them all.
struct StatementColumns {
  std::string reference = "reference";
  std::string amount = "amount";
  // Only rows with this value in that column count; all if the column is empty.
  std::string only_column = {};
  std::string only_value = {};
};

struct StatedAmount {
  std::int64_t amount = 0;  // whole rupiah: the sum of all its rows, so that a refund takes off
  int line = 0;             // of the first of them
};

// What is stated under each reference.  An amount is whole rupiah, with a minus sign perhaps, and
// perhaps with .00 or ,00 behind it; a thousands' separator is refused, since 12.000 is twelve
// thousand to some and twelve to others.  Throws std::runtime_error naming line and column.
std::map<std::string, StatedAmount> read_statement(std::string_view csv,
                                                   const StatementColumns& columns);

}  // namespace topupd
