// Inside the library: what commands that take an idempotency key have in common.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "topup/characters.h"
#include "topup/store.h"

namespace topup {

// None, or 1-255 visible ASCII characters.
inline bool is_idempotency_key(std::string_view key) {
  return key.size() <= 255 &&
         std::ranges::all_of(key, [](char c) { return is_printable_ascii(c) && c != ' '; });
}

// The id of what the key made before; empty if it is new, or if there is no key.
inline std::optional<std::int64_t> made_before(const View& view, UserId user,
                                               std::string_view route, std::string_view key) {
  if (key.empty()) return std::nullopt;
  auto row = view.idempotency(user, route, key);
  return row ? std::optional{row->subject} : std::nullopt;
}

// Keeps what a key made; does nothing without a key.
inline void remember(Tx& tx, const IdempotencyRow& row) {
  if (!row.key.empty()) tx.insert(row);
}

}  // namespace topup
