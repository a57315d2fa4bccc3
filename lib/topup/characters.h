// Which characters a text may have, and how many, without locale.

#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace topup {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_printable_ascii(char c) { return c >= ' ' && c <= '~'; }

inline std::string lower(std::string_view text) {
  std::string result{text};
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

// No ASCII control characters; other bytes are left to the host's UTF-8 check.
inline bool is_text(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f; });
}

// Characters of UTF-8, whose validity the host has checked.
inline std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

// least and most in characters: every limit on a text that people write is one.
inline bool is_text_of(std::string_view text, std::size_t least, std::size_t most) {
  constexpr std::size_t kBytesMax = 4;  // of a character
  if (text.size() > kBytesMax * most) return false;
  auto length = length_of(text);
  return length >= least && length <= most && is_text(text);
}

// A phone number as people write it: at most 20 of 0-9 + - and blanks.
inline bool is_phone(std::string_view text) {
  return text.size() <= 20 && std::ranges::all_of(text, [](char c) {
           return is_digit(c) || c == '+' || c == '-' || c == ' ';
         });
}

}  // namespace topup
