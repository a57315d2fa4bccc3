// The life of an order, as one table: commands move by it, tests walk it and
// docs/states.md is rendered from it.

#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "topup/transitions.h"

namespace topup {

enum class OrderState {
  unpaid,     // dropship: the customer has not paid yet
  queued,     // funded; an attempt is planned
  sent,       // a supplier has it
  unknown,    // a supplier may have it: neither paid nor refunded
  review,     // asking did not help: a person decides
  succeeded,  // delivered; money captured, profit credited
  failed,     // not delivered for sure; money back
  expired,    // unpaid in time, cost nothing
  cancelled,  // unpaid, cancelled by the reseller or because no payment could be offered
  reversed,   // delivered, then undone by the supplier; money back
  late,       // failed, money back, and then the supplier delivered after all
  recovered,  // late, and the reseller paid for it
};

enum class OrderEvent {
  pay,
  expire,
  cancel,
  send,
  pend,
  lose,
  give_up,
  succeed,
  fail,
  fail_over,
  reverse,
  deliver_late,
  recover,
};

using OrderTransition = Transition<OrderState, OrderEvent>;

std::span<const OrderTransition> order_transitions();
const OrderTransition* find_transition(OrderState state, OrderEvent event);

// Nothing is open any more; only a correction can still follow.
constexpr bool is_over(OrderState state) {
  return state != OrderState::unpaid && state != OrderState::queued && state != OrderState::sent &&
         state != OrderState::unknown && state != OrderState::review;
}

// Money is held for it or on its way: not unpaid, and not over.
constexpr bool is_funded_and_open(OrderState state) {
  return !is_over(state) && state != OrderState::unpaid;
}

std::string_view name(OrderState state);
std::string_view name(OrderEvent event);
std::optional<OrderState> order_state_from(std::string_view word);

}  // namespace topup
