// The lives of what is to be paid (a charge: the payment of a dropship order, or
// a deposit) and of what was paid (a receipt), as tables; see order_states.h.

#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "topup/transitions.h"

namespace topup {

enum class ChargeState {
  pending,    // may be paid
  settled,    // paid, and credited or put to work
  expired,    // not paid in time
  cancelled,  // its order was cancelled
};

enum class ChargeEvent { settle, expire, cancel, settle_late };

using ChargeTransition = Transition<ChargeState, ChargeEvent>;

// The payment of a dropship order: late money never starts the order.
std::span<const ChargeTransition> payment_transitions();
const ChargeTransition* find_payment_transition(ChargeState state, ChargeEvent event);

// A deposit: late money is credited all the same.
std::span<const ChargeTransition> deposit_transitions();
const ChargeTransition* find_deposit_transition(ChargeState state, ChargeEvent event);

constexpr bool is_over(ChargeState state) { return state != ChargeState::pending; }

enum class ReceiptState {
  received,    // booked; what it is for is decided in the same transaction
  applied,     // settled a charge
  waiting,     // in suspense: wrong amount, second payment, unknown charge
  credited,    // given to a reseller's balance
  returned,    // sent back to the payer
  taken_back,  // the gateway took it back
};

enum class ReceiptEvent { apply, park, credit, give_back, take_back };

using ReceiptTransition = Transition<ReceiptState, ReceiptEvent>;

std::span<const ReceiptTransition> receipt_transitions();
const ReceiptTransition* find_transition(ReceiptState state, ReceiptEvent event);

constexpr bool is_over(ReceiptState state) {
  return state != ReceiptState::received && state != ReceiptState::waiting;
}

std::string_view name(ChargeState state);
std::string_view name(ChargeEvent event);
std::string_view name(ReceiptState state);
std::string_view name(ReceiptEvent event);
std::optional<ChargeState> charge_state_from(std::string_view word);
std::optional<ReceiptState> receipt_state_from(std::string_view word);

}  // namespace topup
