// The histories: each is a chain of rows of its table, from how such a thing
// begins to the state in which it stands.

#include <algorithm>
#include <optional>
#include <span>
#include <string>

#include "topup/checker_families.h"
#include "topup/checker_seals.h"

namespace topup::checking {
namespace {

constexpr std::string_view kCreate = "create";
constexpr std::string_view kErase = "erase";

template <class State, class Event>
bool is_row(std::span<const Transition<State, Event>> rows, const Step& step) {
  return std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
    return name(row.from) == step.from && name(row.event) == step.event && name(row.to) == step.to;
  });
}

bool is_known(const Cause& cause) {
  bool somebody =
      cause.actor != Actor::timer && cause.actor != Actor::policy && cause.actor != Actor::console;
  return somebody == (cause.id > 0);
}

class Histories {
 public:
  explicit Histories(const Pass& pass)
      : facts_{&pass.facts}, seals_{&pass.seals}, findings_{&pass.findings} {}

  void step(const Step& step);
  void finish();

 private:
  void order(const Step& step);
  void attempt(const Step& step);
  void charge(const Step& step);
  void withdrawal(const Step& step);
  void user(const Step& step);

  // One link of a chain: begins is the state that such a thing is created in,
  // allowed says whether a step that is no creation is a row of the table, to is
  // the state that the step leads to.
  template <class Row, class State>
  void link(Rows<Row>& rows, const Step& step, State begins, bool allowed, std::optional<State> to);

  template <class Row>
  void ends(std::string_view thing, Rows<Row>& rows) {
    rows.each([&](std::int64_t id, const Row& row) {
      if (row.step != kNoStep) seals_->record(thing, id, row.is_as_made);
      if (row.step == static_cast<std::int8_t>(row.state)) return;
      fault("I35", named(thing, id) + " is " + std::string{name(row.state)} + ", its steps lead " +
                       (row.step == kNoStep ? std::string{"nowhere"}
                                            : "to " + std::string{name(stepped(row))}));
    });
  }
  template <class Row>
  static auto stepped(const Row& row) {
    return static_cast<decltype(row.state)>(row.step);
  }

  void fault(std::string_view invariant, const std::string& what) {
    findings_->add(invariant, what);
  }

  // What a finished thing said about people was overwritten, as its owner had been erased.
  template <class Row>
  bool erases(const Row* row, const Step& step, bool over) {
    const UserRow* owner = row == nullptr ? nullptr : facts_->users.find(row->user);
    return step.event == kErase && over && step.from == step.to && owner != nullptr &&
           owner->erased;
  }

  Facts* facts_;
  Seals* seals_;
  Findings* findings_;
  std::optional<Timestamp> last_at_;
};

template <class Row, class State>
void Histories::link(Rows<Row>& rows, const Step& step, State begins, bool allowed,
                     std::optional<State> to) {
  Row* row = rows.find(step.id);
  if (row == nullptr) {
    fault("I27", where(step) + ", which does not exist");
    return;
  }
  bool first = row->step == kNoStep;
  if (first ? step.event != kCreate || !step.from.empty() || to != begins : !allowed)
    fault("I35", where(step) + " is no row of its table");
  else if (!first && name(stepped(*row)) != step.from)
    fault("I35", where(step) + " does not follow " + std::string{name(stepped(*row))});
  if (to) row->step = static_cast<std::int8_t>(*to);
  row->is_as_made = row->made == step.made;
}

void Histories::step(const Step& step) {
  if (last_at_ && step.at < *last_at_) fault("I40", where(step) + " is earlier than one before it");
  last_at_ = std::max(last_at_.value_or(step.at), step.at);
  seals_->step(step);
  if (!is_known(step.cause)) fault("I35", where(step) + " was caused by nobody");
  switch (step.subject) {
    case Subject::order: return order(step);
    case Subject::attempt: return attempt(step);
    case Subject::charge: return charge(step);
    case Subject::receipt:
      return link(facts_->receipts, step, ReceiptState::received,
                  is_row(receipt_transitions(), step), receipt_state_from(step.to));
    case Subject::withdrawal: return withdrawal(step);
    case Subject::adjustment:
      return link(facts_->adjustments, step, AdjustmentState::proposed,
                  is_row(adjustment_transitions(), step), adjustment_state_from(step.to));
    case Subject::prefund:
      return link(facts_->prefunds, step, PrefundState::sent,
                  step.event == "confirm" && step.from == name(PrefundState::sent) &&
                      step.to == name(PrefundState::confirmed),
                  prefund_state_from(step.to));
    case Subject::user: return user(step);
  }
}

void Histories::order(const Step& step) {
  const OrderRow* row = facts_->orders.find(step.id);
  bool dropship = row != nullptr && row->mode == OrderMode::dropship;
  auto from = order_state_from(step.from);
  bool corrects = step.event == name(OrderEvent::reverse) ||
                  step.event == name(OrderEvent::deliver_late) ||
                  step.event == name(OrderEvent::recover) || step.event == kErase;
  if (from && is_over(*from) && !corrects) fault("I36", where(step) + " changes what was over");
  link(facts_->orders, step, dropship ? OrderState::unpaid : OrderState::queued,
       is_row(order_transitions(), step) || erases(row, step, from && is_over(*from)),
       order_state_from(step.to));
}

// An attempt forbids another one of the same order until it failed for sure.
void Histories::attempt(const Step& step) {
  const AttemptRow* row = facts_->attempts.find(step.id);
  OrderRow* order = row == nullptr ? nullptr : facts_->orders.find(row->order);
  if (order != nullptr) {
    if (step.event == kCreate && ++order->blocking > 1)
      fault("I20", named("order", row->order) + ": " + named("attempt", step.id) +
                       " was planned before the one before it had failed for sure");
    if (step.to == name(AttemptState::failed) || step.to == name(AttemptState::dropped))
      --order->blocking;
  }
  link(facts_->attempts, step, AttemptState::planned, is_row(attempt_transitions(), step),
       attempt_state_from(step.to));
}

void Histories::charge(const Step& step) {
  ChargeRow* row = facts_->charges.find(step.id);
  bool settles =
      step.event == name(ChargeEvent::settle) || step.event == name(ChargeEvent::settle_late);
  if (row != nullptr && settles && ++row->settlings > 1)
    fault("I30", where(step) + " settles what was settled");
  bool deposit = row != nullptr && row->purpose == ChargePurpose::deposit;
  link(facts_->charges, step, ChargeState::pending,
       is_row(deposit ? deposit_transitions() : payment_transitions(), step),
       charge_state_from(step.to));
}

void Histories::withdrawal(const Step& step) {
  const WithdrawalRow* row = facts_->withdrawals.find(step.id);
  auto from = withdrawal_state_from(step.from);
  link(facts_->withdrawals, step, WithdrawalState::requested,
       is_row(withdrawal_transitions(), step) || erases(row, step, from && is_over(*from)),
       withdrawal_state_from(step.to));
}

void Histories::user(const Step& step) {
  UserRow* row = facts_->users.find(step.id);
  if (row == nullptr) return fault("I27", where(step) + ", which does not exist");
  if (step.event != "erase" || !step.from.empty() || step.to != "erased" || row->erased_by_step)
    fault("I35", where(step) + " is nothing that happens to a user");
  row->erased_by_step = true;
}

void Histories::finish() {
  facts_->users.each([&](std::int64_t id, const UserRow& row) {
    if (row.erased != row.erased_by_step)
      fault("I35", named("user", id) + (row.erased ? " is erased without a step"
                                                   : " is not erased, a step says so"));
  });
  ends("order", facts_->orders);
  ends("attempt", facts_->attempts);
  ends("charge", facts_->charges);
  ends("receipt", facts_->receipts);
  ends("withdrawal", facts_->withdrawals);
  ends("adjustment", facts_->adjustments);
  ends("prefund", facts_->prefunds);
}

}  // namespace

void check_steps(const Archive& archive, const Pass& pass) {
  Histories histories{pass};
  archive.each(Archive::Each<Step>{[&](const Step& step) { histories.step(step); }});
  histories.finish();
}

}  // namespace topup::checking
