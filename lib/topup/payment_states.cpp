#include "topup/payment_states.h"

#include <array>

#include "topup/words.h"

namespace topup {
namespace {

using C = ChargeState;
using CE = ChargeEvent;
using R = ReceiptState;
using RE = ReceiptEvent;

// clang-format off
constexpr std::array kPayments{
    //               from           event            to             why
    ChargeTransition{C::pending,    CE::settle,      C::settled,    "the whole amount, in time: the order starts"},
    ChargeTransition{C::pending,    CE::expire,      C::expired,    "the gateway was asked and knows of no payment"},
    ChargeTransition{C::pending,    CE::cancel,      C::cancelled,  "the order was cancelled"},
    ChargeTransition{C::expired,    CE::settle_late, C::expired,    "the money goes to the reseller; the order never starts"},
    ChargeTransition{C::cancelled,  CE::settle_late, C::cancelled,  "the money goes to the reseller; the order never starts"},
};
constexpr std::array kDeposits{
    //               from           event            to             why
    ChargeTransition{C::pending,    CE::settle,      C::settled,    "the whole amount, in time"},
    ChargeTransition{C::pending,    CE::expire,      C::expired,    "the gateway was asked and knows of no payment"},
    ChargeTransition{C::pending,    CE::cancel,      C::cancelled,  "the gateway could not offer it"},
    ChargeTransition{C::expired,    CE::settle_late, C::settled,    "late, and credited all the same"},
    ChargeTransition{C::cancelled,  CE::settle_late, C::settled,    "late, and credited all the same"},
};
constexpr std::array kReceipts{
    //                from          event            to             why
    ReceiptTransition{R::received,  RE::apply,       R::applied,    "it settles its charge exactly and in time"},
    ReceiptTransition{R::received,  RE::park,        R::waiting,    "late, not the amount, a second payment, or nobody's: in suspense"},
    ReceiptTransition{R::waiting,   RE::credit,      R::credited,   "given to the reseller, by policy or by an admin"},
    ReceiptTransition{R::waiting,   RE::give_back,   R::returned,   "sent back to the payer by an admin"},
    ReceiptTransition{R::applied,   RE::take_back,   R::taken_back, "the gateway took the payment back after it settled"},
    ReceiptTransition{R::credited,  RE::take_back,   R::taken_back, "the gateway took the payment back after it was credited"},
};
constexpr std::array kChargeStates{C::pending, C::settled, C::expired, C::cancelled};
constexpr std::array kReceiptStates{R::received, R::applied, R::waiting, R::credited, R::returned, R::taken_back};
// clang-format on

static_assert(proof::one_row_per_state_and_event(kPayments));
static_assert(proof::one_row_per_state_and_event(kDeposits));
static_assert(proof::one_row_per_state_and_event(kReceipts));
static_assert(proof::everything_can_end(kPayments, kChargeStates, C::pending, is_over));
static_assert(proof::everything_can_end(kDeposits, kChargeStates, C::pending, is_over));
static_assert(proof::everything_can_end(kReceipts, kReceiptStates, R::received, is_over));

constexpr Words<ChargeState, 4> kChargeWords{{
    {C::pending, "pending"},
    {C::settled, "settled"},
    {C::expired, "expired"},
    {C::cancelled, "cancelled"},
}};
constexpr Words<ChargeEvent, 4> kChargeEventWords{{
    {CE::settle, "settle"},
    {CE::expire, "expire"},
    {CE::cancel, "cancel"},
    {CE::settle_late, "settle_late"},
}};
constexpr Words<ReceiptState, 6> kReceiptWords{{
    {R::received, "received"},
    {R::applied, "applied"},
    {R::waiting, "waiting"},
    {R::credited, "credited"},
    {R::returned, "returned"},
    {R::taken_back, "taken_back"},
}};
constexpr Words<ReceiptEvent, 5> kReceiptEventWords{{
    {RE::apply, "apply"},
    {RE::park, "park"},
    {RE::credit, "credit"},
    {RE::give_back, "give_back"},
    {RE::take_back, "take_back"},
}};
static_assert(kChargeWords.in_order() && kChargeEventWords.in_order());
static_assert(kReceiptWords.in_order() && kReceiptEventWords.in_order());

}  // namespace

std::span<const ChargeTransition> payment_transitions() { return kPayments; }
std::span<const ChargeTransition> deposit_transitions() { return kDeposits; }
std::span<const ReceiptTransition> receipt_transitions() { return kReceipts; }

const ChargeTransition* find_payment_transition(ChargeState state, ChargeEvent event) {
  return find<ChargeState, ChargeEvent>(kPayments, state, event);
}
const ChargeTransition* find_deposit_transition(ChargeState state, ChargeEvent event) {
  return find<ChargeState, ChargeEvent>(kDeposits, state, event);
}
const ReceiptTransition* find_transition(ReceiptState state, ReceiptEvent event) {
  return find<ReceiptState, ReceiptEvent>(kReceipts, state, event);
}

std::string_view name(ChargeState state) { return kChargeWords.word(state); }
std::string_view name(ChargeEvent event) { return kChargeEventWords.word(event); }
std::string_view name(ReceiptState state) { return kReceiptWords.word(state); }
std::string_view name(ReceiptEvent event) { return kReceiptEventWords.word(event); }
std::optional<ChargeState> charge_state_from(std::string_view word) {
  return kChargeWords.from(word);
}
std::optional<ReceiptState> receipt_state_from(std::string_view word) {
  return kReceiptWords.from(word);
}

}  // namespace topup
