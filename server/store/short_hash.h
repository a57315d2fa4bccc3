// SipHash of a few bytes: a number by which to find them, with a key of 16 bytes.
//
// A key that anybody may know is good for what is compared afterwards; a random one also keeps
// anybody from choosing what meets.

#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace topupd {

using ShortHashKey = std::array<unsigned char, 16>;

ShortHashKey random_short_hash_key();

// Kept in files: never changed.
std::uint64_t short_hash(std::string_view bytes, const ShortHashKey& key);

}  // namespace topupd
