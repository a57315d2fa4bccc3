#include "topup/attempt_states.h"

#include <array>

#include "topup/words.h"

namespace topup {
namespace {

using S = AttemptState;
using E = AttemptEvent;

// clang-format off
constexpr std::array kTransitions{
    //                from          event        to            why
    AttemptTransition{S::planned,   E::send,     S::sending,   "durable before the first byte leaves"},
    AttemptTransition{S::planned,   E::drop,     S::dropped,   "it would cost more than the order may, or its offer is no more what it was"},
    AttemptTransition{S::sending,   E::pend,     S::pending,   "accepted"},
    AttemptTransition{S::sending,   E::lose,     S::unknown,   "no answer, or we stopped while it was under way"},
    AttemptTransition{S::sending,   E::give_up,  S::review,    "no answer, and nobody can be asked"},
    AttemptTransition{S::sending,   E::succeed,  S::succeeded, "delivered at once"},
    AttemptTransition{S::sending,   E::fail,     S::failed,    "refused at once"},
    AttemptTransition{S::pending,   E::pend,     S::pending,   "still not decided"},
    AttemptTransition{S::pending,   E::lose,     S::pending,   "an inquiry went unanswered; what was known still holds"},
    AttemptTransition{S::pending,   E::give_up,  S::review,    "pending for too long"},
    AttemptTransition{S::pending,   E::succeed,  S::succeeded, "delivered"},
    AttemptTransition{S::pending,   E::fail,     S::failed,    "refused"},
    AttemptTransition{S::unknown,   E::pend,     S::pending,   "it had arrived"},
    AttemptTransition{S::unknown,   E::lose,     S::unknown,   "still no answer"},
    AttemptTransition{S::unknown,   E::give_up,  S::review,    "asking does not help"},
    AttemptTransition{S::unknown,   E::succeed,  S::succeeded, "it had been delivered"},
    AttemptTransition{S::unknown,   E::fail,     S::failed,    "it had been refused, or never arrived"},
    AttemptTransition{S::review,    E::pend,     S::review,    "a person still decides"},
    AttemptTransition{S::review,    E::lose,     S::review,    "a person still decides"},
    AttemptTransition{S::review,    E::succeed,  S::succeeded, "found delivered"},
    AttemptTransition{S::review,    E::fail,     S::failed,    "found undelivered"},
    AttemptTransition{S::failed,    E::succeed,  S::late,      "delivered after all: a loss, booked and reported"},
    AttemptTransition{S::late,      E::adopt,    S::succeeded, "the order is still open, or lost its delivery, and takes this one: no loss"},
    AttemptTransition{S::late,      E::reverse,  S::reversed,  "taken back by the supplier: no loss any more"},
    AttemptTransition{S::succeeded, E::reverse,  S::reversed,  "taken back by the supplier"},
};
constexpr std::array kStates{
    S::planned, S::sending, S::pending, S::unknown, S::review, S::succeeded, S::failed, S::dropped,
    S::late, S::reversed};
// clang-format on

static_assert(proof::one_row_per_state_and_event(kTransitions));
static_assert(proof::everything_can_end(kTransitions, kStates, S::planned, is_over));

constexpr Words<AttemptState, 10> kStateWords{{
    {S::planned, "planned"},
    {S::sending, "sending"},
    {S::pending, "pending"},
    {S::unknown, "unknown"},
    {S::review, "review"},
    {S::succeeded, "succeeded"},
    {S::failed, "failed"},
    {S::dropped, "dropped"},
    {S::late, "late"},
    {S::reversed, "reversed"},
}};

constexpr Words<AttemptEvent, 9> kEventWords{{
    {E::send, "send"},
    {E::drop, "drop"},
    {E::pend, "pend"},
    {E::lose, "lose"},
    {E::give_up, "give_up"},
    {E::succeed, "succeed"},
    {E::fail, "fail"},
    {E::reverse, "reverse"},
    {E::adopt, "adopt"},
}};
static_assert(kStateWords.in_order() && kEventWords.in_order());

}  // namespace

std::span<const AttemptTransition> attempt_transitions() { return kTransitions; }

const AttemptTransition* find_transition(AttemptState state, AttemptEvent event) {
  return find<AttemptState, AttemptEvent>(kTransitions, state, event);
}

std::string_view name(AttemptState state) { return kStateWords.word(state); }
std::string_view name(AttemptEvent event) { return kEventWords.word(event); }
std::optional<AttemptState> attempt_state_from(std::string_view word) {
  return kStateWords.from(word);
}

}  // namespace topup
