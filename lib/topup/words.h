// The words of an enumeration, one list used both ways: the same word stands in
// the database, on the wire and in the documents.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace topup {

template <class Enum>
struct Word {
  Enum value;
  std::string_view word;
};

// Rows in the order of the enumeration, without gaps: looked up by index.
template <class Enum, std::size_t kCount>
struct Words {
  Word<Enum> rows[kCount];

  constexpr std::string_view word(Enum value) const {
    return rows[static_cast<std::size_t>(value)].word;
  }

  // Empty if no value has that word.
  constexpr std::optional<Enum> from(std::string_view word) const {
    for (const auto& row : rows)
      if (row.word == word) return row.value;
    return std::nullopt;
  }

  // To be asserted of every list.
  constexpr bool in_order() const {
    for (std::size_t i = 0; i < kCount; ++i)
      if (static_cast<std::size_t>(rows[i].value) != i) return false;
    return true;
  }
};

}  // namespace topup
