#include "topup/attempt_commands.h"

#include <algorithm>

#include "topup/moves.h"
#include "topup/order_money.h"
#include "topup/store.h"
#include "topup/user_commands.h"

namespace topup {
namespace {

using moves::Now;
using std::chrono::milliseconds;

constexpr milliseconds kInquiryGapMax{std::chrono::hours{1}};

bool was_tried(const std::vector<Attempt>& attempts, OfferId offer) {
  return std::ranges::any_of(attempts, [=](const Attempt& a) { return a.offer == offer; });
}

bool may_serve(const View& view, const Offer& offer, const Order& order) {
  if (!offer.active || offer.cost > order.max_cost) return false;
  auto provider = view.provider(offer.provider);
  return provider && provider->active;
}

// Not if the offer was given to another supplier or service since it was planned.
bool may_begin(const View& view, const Attempt& attempt, const Offer& offer, const Order& order) {
  return offer.provider == attempt.provider && offer.service == order.service &&
         may_serve(view, offer, order);
}

std::optional<Offer> next_offer(const View& view, const Order& order,
                                const std::vector<Attempt>& attempts) {
  for (auto& offer : view.offers(order.service))
    if (may_serve(view, offer, order) && !was_tried(attempts, offer.id)) return offer;
  return std::nullopt;
}

// Asking becomes rarer as the attempt grows older.
milliseconds gap(const CapabilitySheet& sheet, const Attempt& attempt, Timestamp now) {
  auto age = attempt.sent_at ? now - *attempt.sent_at : milliseconds{0};
  return std::max(sheet.min_gap, std::min(age / 4, kInquiryGapMax));
}

// When the worker must look again at an attempt that is open.
Timestamp next_look(const CapabilitySheet& sheet, const Attempt& attempt, Timestamp now) {
  auto last = *attempt.sent_at + sheet.give_up_after;
  if (sheet.status == StatusBy::none) return std::max(last, now + sheet.min_gap);
  return now + gap(sheet, attempt, now);
}

bool is_past_horizon(const CapabilitySheet& sheet, const Attempt& attempt, Timestamp now) {
  return sheet.status == StatusBy::resend && now >= *attempt.sent_at + sheet.horizon;
}

// Counts a "not found" that came far enough after the last one; true once they
// prove that the request never arrived.  What was acknowledged did arrive.
bool proves_absence(const CapabilitySheet& sheet, Attempt& attempt, Timestamp now) {
  if (sheet.not_found_proof == 0 || attempt.state == AttemptState::pending) return false;
  if (!attempt.inquired_at || now >= *attempt.inquired_at + sheet.min_gap) {
    ++attempt.not_found;
    attempt.inquired_at = now;
  }
  return attempt.not_found >= sheet.not_found_proof;
}

// Everything that recording an outcome works on.
struct Matter {
  Tx& tx;
  const Policy& policy;
  const CapabilitySheet& sheet;
  Attempt attempt;
  Order order;
  Now now;
};

void keep_words(Attempt& attempt, const Outcome& outcome) {
  if (!outcome.provider_reference.empty()) attempt.provider_reference = outcome.provider_reference;
  if (!outcome.code.empty()) attempt.code = outcome.code;
}

void order_follows(Matter& matter, OrderEvent event) {
  moves::advance(matter.tx, matter.order, event, matter.now);
}

void still_open(Matter& matter, AttemptEvent event) {
  matter.attempt.due_at =
      matter.attempt.state == AttemptState::review
          ? std::nullopt
          : std::optional{next_look(matter.sheet, matter.attempt, matter.now.at)};
  moves::advance(matter.tx, matter.attempt, event, matter.now);
  bool unknown = matter.attempt.state == AttemptState::unknown;
  order_follows(matter, unknown ? OrderEvent::lose : OrderEvent::pend);
}

void hand_over(Matter& matter) {
  if (matter.attempt.state == AttemptState::review) return;
  matter.attempt.due_at = std::nullopt;
  moves::advance(matter.tx, matter.attempt, AttemptEvent::give_up, matter.now);
  order_follows(matter, OrderEvent::give_up);
  moves::open_incident(matter.tx, IncidentKind::order_in_review, matter.attempt.id.value,
                       matter.now.at);
}

// A planned attempt that is not made after all.
void drop(Tx& tx, Attempt& attempt, Now now) {
  attempt.due_at = std::nullopt;
  moves::advance(tx, attempt, AttemptEvent::drop, now);
}

// Ends an open order, none of whose attempts is under way, with the first that
// delivered after it had failed.  False, and nothing is changed, if none did.
bool adopt_late_delivery(Matter& matter) {
  auto attempts = matter.tx.attempts(matter.order.id);
  auto late = std::ranges::find(attempts, AttemptState::late, &Attempt::state);
  if (late == attempts.end()) return false;
  moves::advance(matter.tx, *late, AttemptEvent::adopt, matter.now);
  matter.order.sn = late->sn;
  order_follows(matter, OrderEvent::deliver_late);
  order_money::capture_late(matter.tx, matter.order, *late, matter.now);
  moves::close_incidents(matter.tx, IncidentKind::late_success, late->id.value, matter.now);
  return true;
}

void deliver_late(Matter& matter) {
  moves::advance(matter.tx, matter.attempt, AttemptEvent::succeed, matter.now);
  order_money::book_late_success(matter.tx, matter.attempt, matter.now);
  if (matter.order.state == OrderState::failed) order_follows(matter, OrderEvent::deliver_late);
  if (matter.order.state != OrderState::queued) return;
  auto planned = matter.tx.attempts(matter.order.id).back();
  drop(matter.tx, planned, matter.now);
  adopt_late_delivery(matter);
}

void succeed(Matter& matter, const Outcome& outcome) {
  auto& attempt = matter.attempt;
  attempt.due_at = std::nullopt;
  attempt.sn = outcome.sn;
  bool says_cost = outcome.cost && *outcome.cost > Money{} && *outcome.cost <= kCostMax;
  attempt.final_cost = says_cost ? *outcome.cost : attempt.cost;
  if (attempt.state == AttemptState::failed) return deliver_late(matter);
  moves::advance(matter.tx, attempt, AttemptEvent::succeed, matter.now);
  matter.order.sn = outcome.sn;
  order_follows(matter, OrderEvent::succeed);
  order_money::capture(matter.tx, matter.order, attempt, matter.now);
  moves::close_incidents(matter.tx, IncidentKind::order_in_review, attempt.id.value, matter.now);
}

void fail(Matter& matter, FailOver fail_over) {
  matter.attempt.due_at = std::nullopt;
  moves::advance(matter.tx, matter.attempt, AttemptEvent::fail, matter.now);
  order_money::land_attempt(matter.tx, matter.attempt, matter.now);
  moves::close_incidents(matter.tx, IncidentKind::order_in_review, matter.attempt.id.value,
                         matter.now);
  if (adopt_late_delivery(matter)) return;
  if (fail_over == FailOver::allowed && plan_attempt(matter.tx, matter.order, matter.now.at)) {
    order_follows(matter, OrderEvent::fail_over);
    return;
  }
  order_follows(matter, OrderEvent::fail);
  order_money::give_back(matter.tx, matter.policy, matter.order, matter.now);
}

void fail_or_report(Matter& matter, FailOver fail_over) {
  if (is_open(matter.attempt.state)) return fail(matter, fail_over);
  if (matter.attempt.state == AttemptState::succeeded || matter.attempt.state == AttemptState::late)
    moves::open_incident(matter.tx, IncidentKind::failure_after_success, matter.attempt.id.value,
                         matter.now.at);
}

void apply(Matter& matter, const Outcome& outcome) {
  bool open = is_open(matter.attempt.state);
  switch (outcome.kind) {
    case OutcomeKind::succeeded:
      if (open || matter.attempt.state == AttemptState::failed) succeed(matter, outcome);
      return;
    case OutcomeKind::failed: return fail_or_report(matter, outcome.fail_over);
    case OutcomeKind::pending:
      if (open) still_open(matter, AttemptEvent::pend);
      return;
    case OutcomeKind::unknown:
      if (open) still_open(matter, AttemptEvent::lose);
      return;
    case OutcomeKind::not_found:
      if (!open) return;
      if (proves_absence(matter.sheet, matter.attempt, matter.now.at))
        return fail(matter, FailOver::useless);
      return still_open(matter, AttemptEvent::lose);
    case OutcomeKind::gave_up:
      if (open) hand_over(matter);
      return;
  }
}

std::optional<Attempt> plan_after(Tx& tx, const Order& order, const std::vector<Attempt>& earlier,
                                  Timestamp now) {
  auto offer = next_offer(tx, order, earlier);
  if (!offer) return std::nullopt;
  Attempt attempt;
  attempt.id = next_id<AttemptId>(tx);
  attempt.order = order.id;
  attempt.number = static_cast<int>(earlier.size()) + 1;
  attempt.offer = offer->id;
  attempt.provider = offer->provider;
  attempt.sku = offer->sku;
  attempt.cost = offer->cost;
  attempt.due_at = now;
  attempt.created_at = now;
  moves::create(tx, attempt, {{Actor::policy, 0}, now});
  return attempt;
}

}  // namespace

std::optional<Attempt> plan_first_attempt(Tx& tx, const Order& order, Timestamp now) {
  return plan_after(tx, order, {}, now);
}

std::optional<Attempt> plan_attempt(Tx& tx, const Order& order, Timestamp now) {
  return plan_after(tx, order, tx.attempts(order.id), now);
}

void start_order(Tx& tx, const Policy& policy, Order& order, Timestamp now) {
  if (plan_attempt(tx, order, now)) return;
  Now by_policy{{Actor::policy, 0}, now};
  moves::advance(tx, order, OrderEvent::fail, by_policy);
  order_money::give_back(tx, policy, order, by_policy);
}

Result<Begun> begin_attempt(Tx& tx, const Policy& policy, const CapabilitySheet& sheet,
                            AttemptId id, Timestamp now) {
  auto attempt = tx.attempt(id);
  if (!attempt) return Error{Code::not_found};
  if (attempt->state != AttemptState::planned) return Error{Code::conflict};
  auto order = tx.order(attempt->order).value();
  auto offer = tx.offer(attempt->offer).value();
  Now by_timer{{Actor::timer, 0}, now};

  if (!may_begin(tx, *attempt, offer, order)) {
    drop(tx, *attempt, by_timer);
    start_order(tx, policy, order, now);
    return Begun{order, std::nullopt};
  }

  attempt->cost = offer.cost;
  attempt->sku = offer.sku;
  attempt->sent_at = now;
  attempt->due_at = now + 2 * sheet.answer_timeout;
  moves::advance(tx, *attempt, AttemptEvent::send, by_timer);
  moves::advance(tx, order, OrderEvent::send, by_timer);
  order_money::launch_attempt(tx, *attempt, by_timer);
  return Begun{order, *attempt};
}

Result<Order> record_outcome(Tx& tx, const Policy& policy, const CapabilitySheet& sheet,
                             const RecordOutcome& command, Timestamp now) {
  auto attempt = tx.attempt(command.attempt);
  if (!attempt) return Error{Code::not_found};
  if (attempt->state == AttemptState::planned || attempt->state == AttemptState::dropped)
    return Error{Code::conflict};
  auto order = tx.order(attempt->order).value();
  Matter matter{tx, policy, sheet, *attempt, std::move(order), {command.cause, now}};
  keep_words(matter.attempt, command.outcome);
  apply(matter, command.outcome);
  return matter.order;
}

Inquiry plan_inquiry(const CapabilitySheet& sheet, const Attempt& attempt, Timestamp now) {
  if (!attempt.due_at || now < *attempt.due_at) return Inquiry::nothing;
  if (attempt.state == AttemptState::planned) return Inquiry::send;
  if (attempt.state == AttemptState::sending) return Inquiry::lost;
  if (attempt.state != AttemptState::pending && attempt.state != AttemptState::unknown)
    return Inquiry::nothing;
  if (now >= *attempt.sent_at + sheet.give_up_after) return Inquiry::hand_over;
  switch (sheet.status) {
    case StatusBy::none: return Inquiry::hand_over;
    case StatusBy::query: return Inquiry::ask;
    case StatusBy::resend:
      return !sheet.client_reference || is_past_horizon(sheet, attempt, now) ? Inquiry::hand_over
                                                                             : Inquiry::resend;
  }
  __builtin_unreachable();
}

Result<Attempt> begin_inquiry(Tx& tx, const CapabilitySheet& sheet, AttemptId id, Timestamp now) {
  auto attempt = tx.attempt(id);
  if (!attempt) return Error{Code::not_found};
  auto inquiry = plan_inquiry(sheet, *attempt, now);
  if (inquiry != Inquiry::ask && inquiry != Inquiry::resend) return Error{Code::conflict};
  attempt->due_at = next_look(sheet, *attempt, now);
  tx.update(*attempt);
  return *attempt;
}

Result<Order> resolve_order(Tx& tx, const Policy& policy, const ResolveOrder& command,
                            Timestamp now) {
  if (auto allowed = require_admin(tx, command.admin); !allowed) return allowed.error();
  auto order = tx.order(command.order);
  if (!order) return Error{Code::not_found};
  auto kind = command.outcome.kind;
  if (kind != OutcomeKind::succeeded && kind != OutcomeKind::failed)
    return Error{Code::invalid_parameter, "outcome"};
  if (!is_funded_and_open(order->state)) return Error{Code::conflict};
  auto attempt = tx.attempts(order->id).back();
  Cause by_admin{Actor::admin, command.admin.value};

  if (attempt.state != AttemptState::planned)
    return record_outcome(tx, policy, CapabilitySheet{}, {attempt.id, command.outcome, by_admin},
                          now);
  if (kind != OutcomeKind::failed) return Error{Code::conflict};
  drop(tx, attempt, {by_admin, now});
  moves::advance(tx, *order, OrderEvent::fail, {by_admin, now});
  order_money::give_back(tx, policy, *order, {by_admin, now});
  return *order;
}

}  // namespace topup
