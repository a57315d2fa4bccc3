// Tables for spreadsheets: RFC 4180, UTF-8, lines end in CR LF.

#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace topupd::http {

// One line.  A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or
// a carriage return) gets an apostrophe in front, unless it is a whole number.
std::string csv_line(std::initializer_list<std::string_view> fields);

}  // namespace topupd::http
