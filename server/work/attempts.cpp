#include "work/attempts.h"

#include <optional>

#include "topup/attempt_reference.h"

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

Heard by_time(topup::AttemptId attempt, OutcomeKind kind) {
  topup::Outcome outcome;
  outcome.kind = kind;
  return {attempt, outcome, {topup::Actor::timer, 0}};
}

// After a jump of the wall clock the age of an attempt is in doubt, and sending
// the request again might buy again.
Inquiry with_doubt_about_time(Inquiry inquiry, Clock& clock) {
  return inquiry == Inquiry::resend && clock.last_jump() ? Inquiry::hand_over : inquiry;
}

SupplierCall call_for(SupplierCall::Kind kind, const topup::Attempt& attempt,
                      const topup::Order& order) {
  return {kind,
          attempt.id,
          {topup::reference_of(order.invoice, attempt), attempt.sku, order.number(),
           order.max_cost.units()}};
}

// One transaction of one supplier's.  Made anew when it runs again.
class Advance {
 public:
  Advance(Workshop& shop, topup::ProviderId supplier)
      : shop_{shop}, supplier_{supplier}, sheet_{shop.providers.at(supplier)->sheet()} {}

  void record(topup::Tx& tx, const Heard& heard) {
    auto order = recorded(tx, heard);
    if (order)
      recorded_.push_back({heard.attempt, heard.cause, order->id, name(order->state)});
    else
      recorded_.push_back({heard.attempt, heard.cause, {}, name(order.error().code)});
  }

  void begin(topup::Tx& tx, topup::AttemptId id) {
    auto attempt = tx.attempt(id);
    if (!attempt || attempt->provider != supplier_) return;
    auto inquiry = topup::plan_inquiry(sheet_, *attempt, now());
    switch (with_doubt_about_time(inquiry, shop_.clock)) {
      case Inquiry::send: return send(tx, id);
      case Inquiry::lost: return record(tx, by_time(id, OutcomeKind::unknown));
      case Inquiry::ask:
      case Inquiry::resend: return ask(tx, *attempt);
      case Inquiry::hand_over: return record(tx, by_time(id, OutcomeKind::gave_up));
      case Inquiry::nothing: return;
    }
  }

  void tell(Log& log) const {
    for (const auto& [attempt, cause, order, word] : recorded_)
      if (order)
        log.info("outcome recorded", {{"order", order.value},
                                      {"attempt", attempt.value},
                                      {"cause", topup::text(cause)},
                                      {"state", word}});
      else
        log.warn("outcome refused",
                 {{"attempt", attempt.value}, {"cause", topup::text(cause)}, {"code", word}});
  }

  const std::vector<SupplierCall>& calls() const { return calls_; }

 private:
  struct Recorded {
    topup::AttemptId attempt;
    topup::Cause cause;
    topup::OrderId order;   // none: it was refused
    std::string_view word;  // the order's state, or why it was refused
  };

  topup::Result<topup::Order> recorded(topup::Tx& tx, const Heard& heard) const {
    auto attempt = tx.attempt(heard.attempt);
    if (!attempt || attempt->provider != supplier_) return topup::Error{topup::Code::not_found};
    return topup::record_outcome(tx, shop_.policy, sheet_,
                                 {heard.attempt, heard.outcome, heard.cause}, now());
  }

  void send(topup::Tx& tx, topup::AttemptId id) {
    auto begun = topup::begin_attempt(tx, shop_.policy, sheet_, id, now());
    if (begun && begun->attempt)
      calls_.push_back(call_for(SupplierCall::Kind::purchase, *begun->attempt, begun->order));
  }

  // Due later, durably: if the answer is lost on the way, the supplier is not asked again at once.
  void ask(topup::Tx& tx, const topup::Attempt& attempt) {
    if (!topup::begin_inquiry(tx, sheet_, attempt.id, now())) return;
    auto order = tx.order(attempt.order).value();
    calls_.push_back(call_for(SupplierCall::Kind::status, attempt, order));
  }

  topup::Timestamp now() const { return shop_.clock.now(); }

  Workshop& shop_;
  topup::ProviderId supplier_;
  topup::CapabilitySheet sheet_;
  std::vector<Recorded> recorded_;
  std::vector<SupplierCall> calls_;
};

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

std::vector<SupplierCall> Attempts::advance(topup::ProviderId supplier,
                                            const std::vector<Heard>& heard,
                                            const std::vector<topup::AttemptId>& due) {
  auto done = shop_.store.transact([&](topup::Tx& tx) -> topup::Result<Advance> {
    Advance advance{shop_, supplier};
    for (const auto& one : heard)
      advance.record(tx, one);
    for (auto id : due)
      advance.begin(tx, id);
    return advance;
  });
  done->tell(shop_.log);
  return done->calls();
}

Heard Attempts::make(topup::ProviderId supplier, const SupplierCall& call) {
  auto& provider = *shop_.providers.at(supplier);
  auto outcome =
      outcome_of(call.kind == SupplierCall::Kind::purchase ? provider.purchase(call.purchase)
                                                           : provider.status(call.purchase));
  // How far apart two of them came is in doubt too, and close together they prove nothing.
  if (outcome.kind == OutcomeKind::not_found && shop_.clock.last_jump())
    outcome.kind = OutcomeKind::unknown;
  return {call.attempt, outcome, {topup::Actor::provider, supplier.value}};
}

void Attempts::take_callback(topup::ProviderId provider, const std::string& reference,
                             const Answer& answer) {
  auto attempt = shop_.store.read(
      [&](const topup::View& view) { return topup::attempt_by_reference(view, reference); });
  if (!attempt) {
    shop_.log.warn("callback for an unknown reference", {{"provider", provider.value}});
    return;
  }
  advance(provider, {{attempt->id, outcome_of(answer), {topup::Actor::provider, provider.value}}},
          {});
}

}  // namespace topupd
