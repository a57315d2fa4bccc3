#include "work/attempts.h"

#include <optional>

namespace topupd {
namespace {

using topup::Inquiry;
using topup::OutcomeKind;

OutcomeKind kind_of(Answer::Kind kind) {
  switch (kind) {
    case Answer::Kind::success: return OutcomeKind::succeeded;
    case Answer::Kind::pending: return OutcomeKind::pending;
    case Answer::Kind::failure: return OutcomeKind::failed;
    case Answer::Kind::not_found: return OutcomeKind::not_found;
    case Answer::Kind::unknown: return OutcomeKind::unknown;
  }
  __builtin_unreachable();
}

topup::Outcome only(OutcomeKind kind) {
  topup::Outcome outcome;
  outcome.kind = kind;
  return outcome;
}

// After a jump of the wall clock the age of an attempt is in doubt, and sending
// the request again might buy again.
Inquiry with_doubt_about_time(Inquiry inquiry, Clock& clock) {
  return inquiry == Inquiry::resend && clock.last_jump() ? Inquiry::hand_over : inquiry;
}

}  // namespace

topup::Outcome outcome_of(const Answer& answer) {
  topup::Outcome outcome;
  outcome.kind = kind_of(answer.kind);
  outcome.fail_over = answer.fail_over == Answer::FailOver::safe ? topup::FailOver::allowed
                                                                 : topup::FailOver::useless;
  outcome.sn = answer.sn;
  if (answer.cost && *answer.cost >= 0) outcome.cost = topup::Money::from_units(*answer.cost);
  outcome.provider_reference = answer.provider_reference;
  outcome.code = answer.code;
  return outcome;
}

bool Attempts::work_on(topup::AttemptId id) {
  auto attempt = shop_.store.read([&](const topup::View& view) { return view.attempt(id); });
  if (!attempt) return true;
  auto found = shop_.providers.find(attempt->provider);
  if (found == shop_.providers.end()) return false;
  auto& provider = *found->second;
  auto sheet = provider.sheet();
  topup::Cause timer{topup::Actor::timer, 0};

  auto inquiry = topup::plan_inquiry(sheet, *attempt, shop_.clock.now());
  switch (with_doubt_about_time(inquiry, shop_.clock)) {
    case Inquiry::send: send(*attempt, provider); break;
    case Inquiry::lost: record(*attempt, sheet, only(OutcomeKind::unknown), timer); break;
    case Inquiry::ask:
    case Inquiry::resend: ask(*attempt, provider); break;
    case Inquiry::hand_over: record(*attempt, sheet, only(OutcomeKind::gave_up), timer); break;
    case Inquiry::nothing: break;
  }
  return true;
}

void Attempts::send(const topup::Attempt& planned, Provider& provider) {
  auto sheet = provider.sheet();
  auto begun = shop_.store.transact([&](topup::Tx& tx) {
    return topup::begin_attempt(tx, shop_.policy, sheet, planned.id, shop_.clock.now());
  });
  if (!begun || !begun->attempt) return;
  // Recorded as being sent, durably: from here on it is sent at most this once.
  auto answer = provider.purchase(purchase_of(*begun->attempt, begun->order));
  record(*begun->attempt, sheet, outcome_of(answer),
         {topup::Actor::provider, planned.provider.value});
}

void Attempts::ask(const topup::Attempt& attempt, Provider& provider) {
  auto sheet = provider.sheet();
  auto begun = shop_.store.transact([&](topup::Tx& tx) {
    return topup::begin_inquiry(tx, sheet, attempt.id, shop_.clock.now());
  });
  if (!begun) return;
  // Due later, durably: if the answer is lost on the way, the supplier is not asked again at once.
  auto order = shop_.store.read([&](const topup::View& view) { return view.order(attempt.order); });
  auto outcome = outcome_of(provider.status(purchase_of(attempt, order.value())));
  // How far apart two of them came is in doubt too, and close together they prove nothing.
  if (outcome.kind == OutcomeKind::not_found && shop_.clock.last_jump())
    outcome.kind = OutcomeKind::unknown;
  record(attempt, sheet, outcome, {topup::Actor::provider, attempt.provider.value});
}

void Attempts::take_callback(topup::ProviderId provider, const std::string& reference,
                             const Answer& answer) {
  auto id = topup::attempt_id_from(reference);
  auto attempt = id ? shop_.store.read([&](const topup::View& view) { return view.attempt(*id); })
                    : std::nullopt;
  if (!attempt || attempt->provider != provider) {
    shop_.log.warn("callback for an unknown reference", {{"provider", provider.value}});
    return;
  }
  auto sheet = shop_.providers.at(provider)->sheet();
  record(*attempt, sheet, outcome_of(answer), {topup::Actor::provider, provider.value});
}

void Attempts::record(const topup::Attempt& attempt, const topup::CapabilitySheet& sheet,
                      const topup::Outcome& outcome, topup::Cause cause) {
  auto order = shop_.store.transact([&](topup::Tx& tx) {
    return topup::record_outcome(tx, shop_.policy, sheet, {attempt.id, outcome, cause},
                                 shop_.clock.now());
  });
  if (!order) {
    shop_.log.warn("outcome refused",
                   {{"attempt", attempt.id.value}, {"code", topup::name(order.error().code)}});
    return;
  }
  shop_.log.info("outcome recorded", {{"order", order->id.value},
                                      {"attempt", attempt.id.value},
                                      {"cause", topup::text(cause)},
                                      {"state", topup::name(order->state)}});
}

Purchase Attempts::purchase_of(const topup::Attempt& attempt, const topup::Order& order) const {
  return {topup::reference_of(attempt.id), attempt.sku, order.number(), order.max_cost.units()};
}

}  // namespace topupd
