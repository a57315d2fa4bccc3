#include "topup/treasury.h"

#include <array>

#include "topup/words.h"

namespace topup {
namespace {

using S = AdjustmentState;
using E = AdjustmentEvent;

// clang-format off
constexpr std::array kTransitions{
    //                   from         event       to           why
    AdjustmentTransition{S::proposed, E::approve, S::approved, "a second admin agreed; the balance moves"},
    AdjustmentTransition{S::proposed, E::reject,  S::rejected, "nothing moved"},
};
// clang-format on
constexpr std::array kStates{S::proposed, S::approved, S::rejected};

static_assert(proof::one_row_per_state_and_event(kTransitions));
static_assert(proof::everything_can_end(kTransitions, kStates, S::proposed, is_over));

constexpr Words<PrefundState, 2> kPrefundWords{{
    {PrefundState::sent, "sent"},
    {PrefundState::confirmed, "confirmed"},
}};
constexpr Words<TreasuryMoveKind, 4> kMoveWords{{
    {TreasuryMoveKind::capital, "capital"},
    {TreasuryMoveKind::gateway_payout, "gateway_payout"},
    {TreasuryMoveKind::debt_by_bank, "debt_by_bank"},
    {TreasuryMoveKind::debt_from_balance, "debt_from_balance"},
}};
constexpr Words<S, 3> kAdjustmentWords{{
    {S::proposed, "proposed"},
    {S::approved, "approved"},
    {S::rejected, "rejected"},
}};
constexpr Words<E, 2> kAdjustmentEventWords{{{E::approve, "approve"}, {E::reject, "reject"}}};
constexpr Words<IncidentKind, 6> kIncidentWords{{
    {IncidentKind::late_success, "late_success"},
    {IncidentKind::failure_after_success, "failure_after_success"},
    {IncidentKind::payment_waiting, "payment_waiting"},
    {IncidentKind::payment_mismatch, "payment_mismatch"},
    {IncidentKind::payment_taken_back, "payment_taken_back"},
    {IncidentKind::order_in_review, "order_in_review"},
}};
static_assert(kPrefundWords.in_order() && kMoveWords.in_order() && kIncidentWords.in_order());
static_assert(kAdjustmentWords.in_order() && kAdjustmentEventWords.in_order());

}  // namespace

std::span<const AdjustmentTransition> adjustment_transitions() { return kTransitions; }

const AdjustmentTransition* find_transition(AdjustmentState state, AdjustmentEvent event) {
  return find<S, E>(kTransitions, state, event);
}

std::string_view name(PrefundState state) { return kPrefundWords.word(state); }
std::string_view name(TreasuryMoveKind kind) { return kMoveWords.word(kind); }
std::string_view name(AdjustmentState state) { return kAdjustmentWords.word(state); }
std::string_view name(AdjustmentEvent event) { return kAdjustmentEventWords.word(event); }
std::string_view name(IncidentKind kind) { return kIncidentWords.word(kind); }
std::optional<PrefundState> prefund_state_from(std::string_view word) {
  return kPrefundWords.from(word);
}
std::optional<TreasuryMoveKind> treasury_move_kind_from(std::string_view word) {
  return kMoveWords.from(word);
}
std::optional<AdjustmentState> adjustment_state_from(std::string_view word) {
  return kAdjustmentWords.from(word);
}
std::optional<IncidentKind> incident_kind_from(std::string_view word) {
  return kIncidentWords.from(word);
}

}  // namespace topup
