#include "topup/order_states.h"

#include <array>

#include "topup/words.h"

namespace topup {
namespace {

using S = OrderState;
using E = OrderEvent;

// clang-format off
constexpr std::array kTransitions{
    //              from          event             to            why
    OrderTransition{S::unpaid,    E::pay,           S::queued,    "the whole amount arrived in time"},
    OrderTransition{S::unpaid,    E::expire,        S::expired,   "nothing was paid in time; nobody owes anything"},
    OrderTransition{S::unpaid,    E::cancel,        S::cancelled, "the reseller, or a gateway that offers no payment, ended it"},
    OrderTransition{S::queued,    E::send,          S::sent,      "recorded before the supplier is called, so a crash never buys twice"},
    OrderTransition{S::queued,    E::fail,          S::failed,    "no supplier sells it at a cost that loses nothing"},
    OrderTransition{S::sent,      E::pend,          S::sent,      "the supplier has it and has not decided"},
    OrderTransition{S::sent,      E::lose,          S::unknown,   "no answer: it may have happened"},
    OrderTransition{S::sent,      E::give_up,       S::review,    "pending for too long"},
    OrderTransition{S::sent,      E::succeed,       S::succeeded, "delivered"},
    OrderTransition{S::sent,      E::fail,          S::failed,    "refused for sure"},
    OrderTransition{S::sent,      E::fail_over,     S::queued,    "refused for sure, and another supplier may be tried"},
    OrderTransition{S::unknown,   E::pend,          S::sent,      "the supplier says that it has it"},
    OrderTransition{S::unknown,   E::lose,          S::unknown,   "still no answer"},
    OrderTransition{S::unknown,   E::give_up,       S::review,    "asking does not help"},
    OrderTransition{S::unknown,   E::succeed,       S::succeeded, "found delivered"},
    OrderTransition{S::unknown,   E::fail,          S::failed,    "found refused, or proven never to have arrived"},
    OrderTransition{S::unknown,   E::fail_over,     S::queued,    "found refused, and another supplier may be tried"},
    OrderTransition{S::review,    E::pend,          S::review,    "the supplier is still thinking; a person still decides"},
    OrderTransition{S::review,    E::lose,          S::review,    "still no answer; a person still decides"},
    OrderTransition{S::review,    E::succeed,       S::succeeded, "found delivered"},
    OrderTransition{S::review,    E::fail,          S::failed,    "found undelivered"},
    OrderTransition{S::review,    E::fail_over,     S::queued,    "found refused, and another supplier may be tried"},
    OrderTransition{S::queued,    E::deliver_late,  S::succeeded, "an attempt that had failed delivered after all; the next one is not made"},
    OrderTransition{S::sent,      E::deliver_late,  S::succeeded, "refused for sure, but an attempt before it had delivered after all"},
    OrderTransition{S::unknown,   E::deliver_late,  S::succeeded, "found refused, but an attempt before it had delivered after all"},
    OrderTransition{S::review,    E::deliver_late,  S::succeeded, "found undelivered, but an attempt before it had delivered after all"},
    OrderTransition{S::succeeded, E::deliver_late,  S::succeeded, "taken back, but another attempt had delivered after all: no money goes back"},
    OrderTransition{S::succeeded, E::reverse,       S::reversed,  "the supplier took it back and returned the cost"},
    OrderTransition{S::failed,    E::deliver_late,  S::late,      "delivered after the money went back; the loss is booked and an incident opened"},
    OrderTransition{S::late,      E::reverse,       S::failed,    "the supplier took the late delivery back and returned the cost"},
    OrderTransition{S::recovered, E::reverse,       S::failed,    "the same, and the reseller gets back what he paid for it"},
    OrderTransition{S::late,      E::recover,       S::recovered, "the reseller agreed to pay for what was delivered"},
};
constexpr std::array kStates{
    S::unpaid, S::queued, S::sent, S::unknown, S::review, S::succeeded, S::failed, S::expired,
    S::cancelled, S::reversed, S::late, S::recovered};
// clang-format on

static_assert(proof::one_row_per_state_and_event(kTransitions));
static_assert(proof::everything_can_end(kTransitions, kStates, S::unpaid, is_over));

constexpr Words<OrderState, 12> kStateWords{{
    {S::unpaid, "unpaid"},
    {S::queued, "queued"},
    {S::sent, "sent"},
    {S::unknown, "unknown"},
    {S::review, "review"},
    {S::succeeded, "succeeded"},
    {S::failed, "failed"},
    {S::expired, "expired"},
    {S::cancelled, "cancelled"},
    {S::reversed, "reversed"},
    {S::late, "late"},
    {S::recovered, "recovered"},
}};

constexpr Words<OrderEvent, 13> kEventWords{{
    {E::pay, "pay"},
    {E::expire, "expire"},
    {E::cancel, "cancel"},
    {E::send, "send"},
    {E::pend, "pend"},
    {E::lose, "lose"},
    {E::give_up, "give_up"},
    {E::succeed, "succeed"},
    {E::fail, "fail"},
    {E::fail_over, "fail_over"},
    {E::reverse, "reverse"},
    {E::deliver_late, "deliver_late"},
    {E::recover, "recover"},
}};
static_assert(kStateWords.in_order() && kEventWords.in_order());

}  // namespace

std::span<const OrderTransition> order_transitions() { return kTransitions; }

const OrderTransition* find_transition(OrderState state, OrderEvent event) {
  return find<OrderState, OrderEvent>(kTransitions, state, event);
}

std::string_view name(OrderState state) { return kStateWords.word(state); }
std::string_view name(OrderEvent event) { return kEventWords.word(event); }
std::optional<OrderState> order_state_from(std::string_view word) { return kStateWords.from(word); }

}  // namespace topup
