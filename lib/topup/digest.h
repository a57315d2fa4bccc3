// A keyed hash, cut to 16 bytes: enough that nobody without the key meets one by chance.

#pragma once

#include <array>

namespace topup {

using Digest = std::array<unsigned char, 16>;

}  // namespace topup
