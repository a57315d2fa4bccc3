// Text that strangers send: is it well formed, and in one spelling.
//
// All functions are pure and may be called from any thread.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace topupd::http {

// The text in Unicode's form NFC.  Empty if it is not UTF-8, or holds a control character (line
// breaks and tabs too), a line or paragraph separator, a bidirectional control or a code point
// that is assigned to nothing.
std::optional<std::string> clean_text(std::string_view text);

// Code points of well-formed UTF-8.
std::size_t length_of(std::string_view text);

// Printable ASCII, 0x20 to 0x7E, alone; also of the empty text.
bool is_printable_ascii(std::string_view text);

// One or more of 0-9 and nothing else.
bool is_digits(std::string_view text);

std::string to_lower_ascii(std::string_view text);

// Without the blanks and tabs around it.
std::string_view trimmed(std::string_view text);

}  // namespace topupd::http
