// Nicknames that look like a player's.

#pragma once

#include <string>
#include <string_view>

namespace topupd {

// Whether the demo's catalogue sells a game by that sku: told by its first letters.
bool is_sandbox_game(std::string_view sku);

// The same for the same account, always.
std::string sandbox_nickname(std::string_view target);

}  // namespace topupd
