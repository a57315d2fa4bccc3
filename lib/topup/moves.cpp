#include "topup/moves.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "topup/seal.h"

namespace topup::moves {
namespace {

constexpr std::string_view kCreate = "create";
constexpr std::string_view kErase = "erase";

constexpr Subject subject_of(const Order& /*order*/) { return Subject::order; }
constexpr Subject subject_of(const Attempt& /*attempt*/) { return Subject::attempt; }
constexpr Subject subject_of(const Charge& /*charge*/) { return Subject::charge; }
constexpr Subject subject_of(const Receipt& /*receipt*/) { return Subject::receipt; }
constexpr Subject subject_of(const Withdrawal& /*withdrawal*/) { return Subject::withdrawal; }
constexpr Subject subject_of(const Adjustment& /*adjustment*/) { return Subject::adjustment; }
constexpr Subject subject_of(const Prefund& /*prefund*/) { return Subject::prefund; }

// The words of one step.
struct StepWords {
  std::string_view event, from, to;
};

template <class Thing>
void step(Tx& tx, const Thing& thing, StepWords words, Now now) {
  // Those who name the moment need not come in its order.
  auto at = std::max(now.at, tx.journal_head().step_at);
  tx.append(Step{subject_of(thing), thing.id.value, std::string{words.event},
                 std::string{words.from}, std::string{words.to}, now.cause, at},
            canonical(thing));
}

template <class Thing, class Event, class Row>
void take(Tx& tx, Thing& thing, Event event, const Row* row, Now now) {
  if (row == nullptr)
    throw std::logic_error{
        std::string{name(subject_of(thing))} + " " + std::to_string(thing.id.value) + " is " +
        std::string{name(thing.state)} + " and cannot " + std::string{name(event)}};
  thing.state = row->to;
  tx.update(thing);
  step(tx, thing, {name(event), name(row->from), name(row->to)}, now);
}

template <class Thing>
void begin(Tx& tx, const Thing& thing, Now now) {
  tx.insert(thing);
  step(tx, thing, {kCreate, "", name(thing.state)}, now);
}

}  // namespace

void create(Tx& tx, Order& order, Now now) {
  order.salt = tx.salt();
  begin(tx, order, now);
}
void create(Tx& tx, const Attempt& attempt, Now now) { begin(tx, attempt, now); }
void create(Tx& tx, const Charge& charge, Now now) { begin(tx, charge, now); }
void create(Tx& tx, const Receipt& receipt, Now now) { begin(tx, receipt, now); }
void create(Tx& tx, Withdrawal& withdrawal, Now now) {
  withdrawal.salt = tx.salt();
  begin(tx, withdrawal, now);
}
void create(Tx& tx, const Adjustment& adjustment, Now now) { begin(tx, adjustment, now); }
void create(Tx& tx, const Prefund& prefund, Now now) { begin(tx, prefund, now); }

void advance(Tx& tx, Order& order, OrderEvent event, Now now) {
  order.updated_at = now.at;
  take(tx, order, event, find_transition(order.state, event), now);
}

void advance(Tx& tx, Attempt& attempt, AttemptEvent event, Now now) {
  take(tx, attempt, event, find_transition(attempt.state, event), now);
}

void advance(Tx& tx, Charge& charge, ChargeEvent event, Now now) {
  const auto* row = charge.purpose == ChargePurpose::deposit
                        ? find_deposit_transition(charge.state, event)
                        : find_payment_transition(charge.state, event);
  charge.due_at = std::nullopt;
  if (event == ChargeEvent::settle || event == ChargeEvent::settle_late) charge.settled_at = now.at;
  take(tx, charge, event, row, now);
}

void advance(Tx& tx, Receipt& receipt, ReceiptEvent event, Now now) {
  take(tx, receipt, event, find_transition(receipt.state, event), now);
}

void advance(Tx& tx, Withdrawal& withdrawal, WithdrawalEvent event, Now now) {
  withdrawal.updated_at = now.at;
  take(tx, withdrawal, event, find_transition(withdrawal.state, event), now);
}

void advance(Tx& tx, Adjustment& adjustment, AdjustmentEvent event, Now now) {
  adjustment.updated_at = now.at;
  take(tx, adjustment, event, find_transition(adjustment.state, event), now);
}

void confirm(Tx& tx, Prefund& prefund, Now now) {
  auto from = prefund.state;
  prefund.state = PrefundState::confirmed;
  tx.update(prefund);
  step(tx, prefund, {"confirm", name(from), name(prefund.state)}, now);
}

void erase(Tx& tx, const Order& order, Now now) {
  tx.overwrite(order);
  step(tx, order, {kErase, name(order.state), name(order.state)}, now);
}

void erase(Tx& tx, const Withdrawal& withdrawal, Now now) {
  tx.overwrite(withdrawal);
  step(tx, withdrawal, {kErase, name(withdrawal.state), name(withdrawal.state)}, now);
}

void must_post(Tx& tx, const Entry& entry, Timestamp at) {
  if (!post(tx, entry, at))
    throw std::logic_error{"posting " + std::string{name(entry.kind)} + " for " +
                           std::to_string(entry.ref) + " was refused"};
}

void open_incident(Tx& tx, IncidentKind kind, std::int64_t subject, Timestamp at) {
  if (!tx.open_incidents(kind, subject).empty()) return;
  tx.insert(Incident{next_id<IncidentId>(tx), kind, subject, at, std::nullopt, {}});
}

void close_incidents(Tx& tx, IncidentKind kind, std::int64_t subject, Now now) {
  for (auto incident : tx.open_incidents(kind, subject)) {
    incident.closed_at = now.at;
    incident.closed_by = now.cause;
    tx.update(incident);
  }
}

}  // namespace topup::moves
