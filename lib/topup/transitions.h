// What the state tables have in common: rows, look-ups, and the proofs that the
// compiler makes about each of them.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace topup {

// While in from, event leads to to.  why is a sentence for the documents.
template <class State, class Event>
struct Transition {
  State from;
  Event event;
  State to;
  std::string_view why;
};

// The row for event in state; null if it cannot happen.
template <class State, class Event>
constexpr const Transition<State, Event>* find(std::span<const Transition<State, Event>> rows,
                                               State state, Event event) {
  for (const auto& row : rows)
    if (row.from == state && row.event == event) return &row;
  return nullptr;
}

namespace proof {

template <class Rows>
constexpr bool one_row_per_state_and_event(const Rows& rows) {
  for (const auto& a : rows) {
    int same = 0;
    for (const auto& b : rows)
      same += a.from == b.from && a.event == b.event ? 1 : 0;
    if (same != 1) return false;
  }
  return true;
}

template <class Rows, class State, std::size_t kStates>
constexpr std::array<bool, kStates> reached(const Rows& rows, State start) {
  std::array<bool, kStates> seen{};
  seen[static_cast<std::size_t>(start)] = true;
  for (std::size_t round = 0; round < kStates; ++round)
    for (const auto& row : rows)
      if (seen[static_cast<std::size_t>(row.from)]) seen[static_cast<std::size_t>(row.to)] = true;
  return seen;
}

// Every state is reached from initial, and from every state one in which the
// thing is over.
template <class Rows, class State, std::size_t kStates>
constexpr bool everything_can_end(const Rows& rows, const std::array<State, kStates>& states,
                                  State initial, bool (*is_over)(State)) {
  auto from_initial = reached<Rows, State, kStates>(rows, initial);
  for (auto state : states) {
    if (!from_initial[static_cast<std::size_t>(state)]) return false;
    auto seen = reached<Rows, State, kStates>(rows, state);
    bool ends = false;
    for (auto other : states)
      ends = ends || (seen[static_cast<std::size_t>(other)] && is_over(other));
    if (!ends) return false;
  }
  return true;
}

}  // namespace proof
}  // namespace topup
