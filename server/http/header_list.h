// Headers whose value is a list: "a, b;q=1".

#pragma once

#include <algorithm>
#include <string_view>

namespace topupd::http {

inline std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

// Whether the list has an item of which that is true.
template <class Is>
bool any_item(std::string_view list, Is is) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    if (is(without_blanks(list.substr(0, end)))) return true;
    list.remove_prefix(std::min(list.size(), end + 1));
  }
  return false;
}

}  // namespace topupd::http
