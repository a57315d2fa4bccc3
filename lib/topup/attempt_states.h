// The life of one attempt at one supplier, as one table; see order_states.h.

#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "topup/transitions.h"

namespace topup {

enum class AttemptState {
  planned,    // nothing was sent
  sending,    // recorded as being sent; whether it was is not known yet
  pending,    // the supplier has it
  unknown,    // the supplier may have it
  review,     // a person decides
  succeeded,  // delivered
  failed,     // not delivered, for sure
  dropped,    // never sent: withdrawn, or its cost had risen above the ceiling
  late,       // delivered after it had failed
  reversed,   // delivered, then taken back
};

enum class AttemptEvent { send, drop, pend, lose, give_up, succeed, fail, reverse, adopt };

using AttemptTransition = Transition<AttemptState, AttemptEvent>;

std::span<const AttemptTransition> attempt_transitions();
const AttemptTransition* find_transition(AttemptState state, AttemptEvent event);

// Sent, and not known to be over: its cost is in flight.
constexpr bool is_open(AttemptState state) {
  return state == AttemptState::sending || state == AttemptState::pending ||
         state == AttemptState::unknown || state == AttemptState::review;
}

// Nothing is open any more; only a correction can still follow.
constexpr bool is_over(AttemptState state) {
  return !is_open(state) && state != AttemptState::planned;
}

std::string_view name(AttemptState state);
std::string_view name(AttemptEvent event);
std::optional<AttemptState> attempt_state_from(std::string_view word);

}  // namespace topup
