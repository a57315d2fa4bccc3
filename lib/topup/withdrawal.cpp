#include "topup/withdrawal.h"

#include <array>

#include "topup/words.h"

namespace topup {
namespace {

using S = WithdrawalState;
using E = WithdrawalEvent;

// clang-format off
constexpr std::array kTransitions{
    //                   from          event      to           why
    WithdrawalTransition{S::requested, E::pay,    S::paid,     "an admin transferred it by hand"},
    WithdrawalTransition{S::requested, E::reject, S::rejected, "an admin refused it; the profit is back"},
};
// clang-format on
constexpr std::array kStates{S::requested, S::paid, S::rejected};

static_assert(proof::one_row_per_state_and_event(kTransitions));
static_assert(proof::everything_can_end(kTransitions, kStates, S::requested, is_over));

constexpr Words<S, 3> kStateWords{{
    {S::requested, "requested"},
    {S::paid, "paid"},
    {S::rejected, "rejected"},
}};
constexpr Words<E, 2> kEventWords{{{E::pay, "pay"}, {E::reject, "reject"}}};
static_assert(kStateWords.in_order() && kEventWords.in_order());

}  // namespace

std::span<const WithdrawalTransition> withdrawal_transitions() { return kTransitions; }

const WithdrawalTransition* find_transition(WithdrawalState state, WithdrawalEvent event) {
  return find<S, E>(kTransitions, state, event);
}

std::string_view name(WithdrawalState state) { return kStateWords.word(state); }
std::string_view name(WithdrawalEvent event) { return kEventWords.word(event); }
std::optional<WithdrawalState> withdrawal_state_from(std::string_view word) {
  return kStateWords.from(word);
}

}  // namespace topup
