// The encoding under a QRIS code: EMVCo merchant-presented data objects.
//
//   text   = object*
//   object = id length value      id: 2 digits; length: 2 digits, 01 to 99;
//                                 value: that many characters
//
// A template is an object whose value is again such a text.  Lengths count
// characters and the checksum runs over bytes; both agree on printable ASCII,
// which is all that the callers let in.  All functions are pure.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace topupd::emv {

// Views into the text that was parsed, which must outlive them.
struct Object {
  std::string_view id;
  std::string_view value;
  std::string_view whole;  // id, length and value as they stood, for copying byte for byte
};

using Objects = std::vector<Object>;

// Empty unless the whole text is well-formed objects.  Templates are not
// looked into, and the same id may come twice.
std::optional<Objects> parse(std::string_view text);

// The first object with that id; nullptr if there is none.
const Object* find(const Objects& objects, std::string_view id);

// The value of that object; empty if there is none.
std::string_view value_of(const Objects& objects, std::string_view id);

// The first id that comes twice; empty if none does.
std::string_view repeated_id(const Objects& objects);

// One object as text.  Throws std::length_error unless the value has 1 to 99 characters.
std::string object(std::string_view id, std::string_view value);

// CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF, not reflected, no final xor.
std::uint16_t crc16(std::string_view bytes);

// Four upper-case hex digits with leading zeros, of the text up to and including "6304".
std::string checksum(std::string_view text_with_6304);

// The text with its checksum object appended.
std::string sealed(std::string text);

}  // namespace topupd::emv
