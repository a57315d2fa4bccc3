#include "http/api/text.h"

#include <algorithm>
#include <cstdlib>
#include <memory>

#include <utf8proc.h>

namespace topupd::http {

namespace {

const utf8proc_uint8_t* bytes(std::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

bool is_bidirectional_control(utf8proc_int32_t code_point) {
  return code_point == 0x061C || code_point == 0x200E || code_point == 0x200F ||
         (code_point >= 0x202A && code_point <= 0x202E) ||
         (code_point >= 0x2066 && code_point <= 0x2069);
}

bool is_welcome(utf8proc_int32_t code_point) {
  if (is_bidirectional_control(code_point)) return false;
  const auto category = utf8proc_category(code_point);
  return category != UTF8PROC_CATEGORY_CC && category != UTF8PROC_CATEGORY_CN &&
         category != UTF8PROC_CATEGORY_CS && category != UTF8PROC_CATEGORY_ZL &&
         category != UTF8PROC_CATEGORY_ZP;
}

bool is_clean(std::string_view text) {
  while (!text.empty()) {
    utf8proc_int32_t code_point = 0;
    const auto size = static_cast<utf8proc_ssize_t>(text.size());
    const auto used = utf8proc_iterate(bytes(text), size, &code_point);
    if (used <= 0 || !is_welcome(code_point)) return false;
    text.remove_prefix(static_cast<std::size_t>(used));
  }
  return true;
}

}  // namespace

std::optional<std::string> clean_text(std::string_view text) {
  if (is_printable_ascii(text)) return std::string{text};
  if (!is_clean(text)) return std::nullopt;
  utf8proc_uint8_t* composed = nullptr;
  const auto size =
      utf8proc_map(bytes(text), static_cast<utf8proc_ssize_t>(text.size()), &composed,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, void (*)(void*)> owner{composed, std::free};
  if (size < 0) return std::nullopt;
  return std::string{reinterpret_cast<const char*>(composed), static_cast<std::size_t>(size)};
}

std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

bool is_printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7E; });
}

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string to_lower_ascii(std::string_view text) {
  std::string lower{text};
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace topupd::http
