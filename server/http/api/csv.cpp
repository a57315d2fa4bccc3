#include "http/api/csv.h"

#include "http/api/text.h"

namespace topupd::http {

namespace {

bool is_whole_number(std::string_view text) {
  return is_digits(text.starts_with('-') ? text.substr(1) : text);
}

std::string guarded(std::string_view text) {
  constexpr std::string_view kDangerous = "=+-@\t\r";
  const bool is_dangerous = !text.empty() && kDangerous.find(text.front()) != kDangerous.npos;
  return is_dangerous && !is_whole_number(text) ? "'" + std::string{text} : std::string{text};
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

}  // namespace

std::string csv_line(std::initializer_list<std::string_view> fields) {
  std::string line;
  bool is_first = true;
  for (const auto field : fields) {
    if (!is_first) line += ',';
    is_first = false;
    line += quoted(guarded(field));
  }
  return line + "\r\n";
}

}  // namespace topupd::http
