// How a line of the log is written.  Nothing in it can end the line, move a terminal's cursor,
// turn the direction of writing, or be anything but UTF-8.

#pragma once

#include <string>
#include <string_view>

#include "log.h"
#include "topup/time.h"

namespace topupd {

// Appends the text with quotes, backslashes, control and direction characters as JSON escapes,
// and U+FFFD for each byte that is not UTF-8.  After kLogTextMax bytes it is cut and ends in "…".
inline constexpr std::size_t kLogTextMax = 2'000;
void append_escaped(std::string& line, std::string_view text);

struct LogEntry {
  topup::Timestamp at;
  LogLevel level;
  std::string_view message;
  LogFields fields;
};

// Without a line end.
std::string log_line(LogFormat format, const LogEntry& entry);

}  // namespace topupd
