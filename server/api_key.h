// The form of an API key: "tk_", 40 random base-62 characters, and a checksum that lets a typing
// error, or a key pasted into the wrong place, be told without asking the database.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace topupd {

inline constexpr std::size_t kApiKeyLength = 49;

// 238 bits of randomness.
std::string make_api_key();

// Whether the text has the form and its checksum is right.  Says nothing of whether the key is
// known; looks at every character, so the time tells nothing but the length.
bool looks_like_api_key(std::string_view text);

// The CRC-32 of zip and Ethernet.
std::uint32_t crc32(std::string_view bytes);

// Digits "0-9A-Za-z", padded on the left with '0' to six, which any 32-bit number fits.
std::string base62(std::uint32_t number);

}  // namespace topupd
