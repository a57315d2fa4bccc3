#include "log_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "wib.h"

namespace topupd {

namespace {

struct Character {
  std::uint32_t code;
  std::size_t length;  // in bytes; 0 if they are not UTF-8
};

// The first character of a text that is not empty.
Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {lead, 1};

  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {0, 0};
  std::uint32_t code = lead & (0x7F >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {0, 0};
    code = code << 6 | (byte(i) & 0x3F);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (overlong || surrogate || code > 0x10FFFF) return {0, 0};
  return {code, length};
}

// Control characters, line and paragraph separators, and those that turn the direction.
bool must_escape(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x061C || code == 0x200E ||
         code == 0x200F || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

constexpr std::string_view kHex = "0123456789abcdef";

void append_code(std::string& line, std::uint32_t code) {
  line += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4)
    line += kHex[(code >> shift) & 0xF];
}

void append_character(std::string& line, std::string_view bytes, std::uint32_t code) {
  switch (code) {
    case '\n': line += "\\n"; return;
    case '\r': line += "\\r"; return;
    case '\t': line += "\\t"; return;
    case '"': line += "\\\""; return;
    case '\\': line += "\\\\"; return;
    default: break;
  }
  if (must_escape(code))
    append_code(line, code);
  else
    line += bytes;
}

template <class Number>
void append_number(std::string& line, Number number) {
  char text[32];
  line.append(text, std::to_chars(text, text + sizeof text, number).ptr);
}

// Most texts hold nothing else.
bool is_plain(char c) { return c >= ' ' && c < 0x7F && c != '"' && c != '\\'; }

// A word stands as it is in a text line; anything else is quoted.
bool is_word(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text)
    if (c <= ' ' || c == '"' || c == '\\' || c == '=' || c == 0x7F) return false;
  return true;
}

void append_quoted(std::string& line, std::string_view text) {
  line += '"';
  append_escaped(line, text);
  line += '"';
}

void append_value(std::string& line, const LogValue& value, LogFormat format) {
  struct Visitor {
    std::string& line;
    LogFormat format;

    void operator()(std::string_view text) const {
      if (format == LogFormat::text && is_word(text))
        append_escaped(line, text);
      else
        append_quoted(line, text);
    }
    void operator()(bool value) const { line += value ? "true" : "false"; }
    void operator()(std::int64_t number) const { append_number(line, number); }
    void operator()(std::uint64_t number) const { append_number(line, number); }
    void operator()(double number) const {
      if (std::isfinite(number))
        append_number(line, number);
      else
        line += "null";
    }
  };
  std::visit(Visitor{line, format}, value.value());
}

std::string text_line(const LogEntry& entry) {
  std::string line = to_wib_ms(entry.at);
  line.append(" ").append(name(entry.level));
  line.append(name(entry.level).size() == 4 ? "  " : " ");
  append_escaped(line, entry.message);
  for (const auto& [key, value] : entry.fields) {
    line += ' ';
    append_escaped(line, key);
    line += '=';
    append_value(line, value, LogFormat::text);
  }
  return line;
}

std::string json_line(const LogEntry& entry) {
  std::string line = R"({"time":")" + to_wib_ms(entry.at) + R"(","level":")";
  line.append(name(entry.level)).append(R"(","message":)");
  append_quoted(line, entry.message);
  for (const auto& [key, value] : entry.fields) {
    line += ',';
    append_quoted(line, key);
    line += ':';
    append_value(line, value, LogFormat::json);
  }
  return line + '}';
}

}  // namespace

void append_escaped(std::string& line, std::string_view text) {
  if (text.size() <= kLogTextMax && std::all_of(text.begin(), text.end(), is_plain)) {
    line += text;
    return;
  }
  const std::size_t all = text.size();
  while (!text.empty()) {
    if (all - text.size() >= kLogTextMax) {
      line += "…";
      return;
    }
    const auto [code, length] = first_character(text);
    if (length == 0)
      line += "\uFFFD";
    else
      append_character(line, text.substr(0, length), code);
    text.remove_prefix(length == 0 ? 1 : length);
  }
}

std::string log_line(LogFormat format, const LogEntry& entry) {
  switch (format) {
    case LogFormat::text: return text_line(entry);
    case LogFormat::json: return json_line(entry);
  }
  return {};
}

}  // namespace topupd
