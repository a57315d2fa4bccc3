// What orders and attempts promise: one ending, one refund, one supplier at a
// time, and no money held without a reason.

#include <map>
#include <string>

#include "topup/checker_families.h"

namespace topup::checking {
namespace {

using A = AccountKind;
using K = EntryKind;
using S = OrderState;

constexpr Kinds kFinishing =
    bits(K::order_captured, K::order_voided, K::dropship_succeeded, K::dropship_failed);
constexpr Kinds kRefunding = bits(K::order_voided, K::dropship_failed, K::success_reversed);
constexpr Kinds kCorrecting = bits(K::success_reversed, K::late_recovered, K::recovery_refunded);

// How an order came to the end that it stands at.
constexpr bool was_delivered(S state) { return state == S::succeeded || state == S::reversed; }
constexpr bool was_given_up(S state) {
  return state == S::failed || state == S::late || state == S::recovered;
}

// The entries of an order in that state, but for the refund of a customer, which may follow.
Kinds expected_entries(const OrderRow& order) {
  bool dropship = order.mode == OrderMode::dropship;
  Kinds kinds = dropship ? 0 : bit(K::order_held);
  if (was_delivered(order.state))
    kinds |= dropship ? bit(K::dropship_succeeded) : bit(K::order_captured);
  if (was_given_up(order.state)) kinds |= dropship ? bit(K::dropship_failed) : bit(K::order_voided);
  if (order.state == S::reversed) kinds |= bit(K::success_reversed);
  if (order.state == S::recovered) kinds |= bit(K::late_recovered);
  return kinds;
}

// Of an order whose late delivery was paid for and taken back: both entries or none.
Kinds undone_recovery(const OrderRow& order) {
  constexpr Kinds kBoth = bits(K::late_recovered, K::recovery_refunded);
  return (order.entries & kBoth) == kBoth ? kBoth : 0;
}

// The customer's money is owed to him, or has been given back.
bool owes_customer(const OrderRow& order) {
  return order.mode == OrderMode::dropship &&
         (was_given_up(order.state) || order.state == S::reversed);
}

// was_late: it delivered after it had failed, as its entries say.
Kinds expected_entries(AttemptState state, bool was_late) {
  Kinds kinds = 0;
  if (was_late && (state == AttemptState::succeeded || state == AttemptState::reversed))
    state = AttemptState::late;
  if (state != AttemptState::planned && state != AttemptState::dropped)
    kinds |= bit(K::attempt_submitted);
  if (state == AttemptState::failed || state == AttemptState::late) kinds |= bit(K::attempt_failed);
  if (state == AttemptState::late) kinds |= bit(K::late_success);
  return kinds;
}

// The state of an order whose unresolved attempt is in that state.
S state_with(AttemptState attempt) {
  if (attempt == AttemptState::unknown) return S::unknown;
  if (attempt == AttemptState::review) return S::review;
  return attempt == AttemptState::planned ? S::queued : S::sent;
}

class Orders {
 public:
  Orders(Facts& facts, Findings& findings) : facts_{&facts}, findings_{&findings} {}

  void check() {
    facts_->attempts.each([&](std::int64_t id, const AttemptRow& row) { attempt(id, row); });
    facts_->orders.each([&](std::int64_t id, const OrderRow& row) { order(id, row); });
    sums();
  }

 private:
  void attempt(std::int64_t id, const AttemptRow& row);
  void unresolved(std::int64_t id, const AttemptRow& row);
  void order(std::int64_t id, const OrderRow& row);
  void entries(std::int64_t id, const OrderRow& row);
  void sums();
  void sum(std::string_view invariant, LedgerAccount account, std::int64_t expected,
           std::string_view what);
  void fault(std::string_view invariant, const std::string& what) {
    findings_->add(invariant, what);
  }

  Facts* facts_;
  Findings* findings_;
  std::map<std::int64_t, std::int64_t> held_;       // by user
  std::map<std::int64_t, std::int64_t> in_flight_;  // by provider
  std::int64_t escrow_ = 0;
};

void Orders::attempt(std::int64_t id, const AttemptRow& row) {
  std::string which = named("attempt", id) + " (" + std::string{name(row.state)} + ")";
  Kinds expected = expected_entries(row.state, (row.entries & bit(K::late_success)) != 0);
  if (row.state == AttemptState::reversed)
    expected |= row.entries & bits(K::delivery_replaced, K::late_reversed);
  Kinds wrong = row.entries ^ expected;
  if (wrong != 0)
    fault((wrong & bit(K::late_success)) != 0 ? "I23" : "I11",
          which + " has the entries " + words(row.entries) + " instead of " + words(expected));
  if (is_open(row.state)) in_flight_[row.provider] += row.cost;
  if (is_open(row.state) || row.state == AttemptState::planned) unresolved(id, row);
  if (row.state == AttemptState::late &&
      facts_->incidents.count({IncidentKind::late_success, id}) == 0)
    fault("I23", which + " was delivered after it had failed, and nobody was told");
  if (row.state == AttemptState::review &&
      facts_->open_incidents.count({IncidentKind::order_in_review, id}) == 0)
    fault("I23", which + " waits for a person, and nobody was told");
}

void Orders::unresolved(std::int64_t id, const AttemptRow& row) {
  OrderRow* order = facts_->orders.find(row.order);
  if (order == nullptr) return;
  ++order->unresolved;
  std::string which = named("order", row.order) + " is " + std::string{name(order->state)} +
                      " while its " + named("attempt", id) + " is " + std::string{name(row.state)};
  if (is_over(order->state))
    fault("I21", which);
  else if (order->state != state_with(row.state))
    fault("I20", which);
}

void Orders::order(std::int64_t id, const OrderRow& row) {
  entries(id, row);
  std::string which = named("order", id) + " (" + std::string{name(row.state)} + ")";
  if (row.unresolved > 1 || (row.unresolved == 0 && is_funded_and_open(row.state)))
    fault("I20", which + " has " + std::to_string(row.unresolved) + " unresolved attempts");
  if (row.delivered != (was_delivered(row.state) ? 1 : 0))
    fault("I24", which + " has " + std::to_string(row.delivered) + " attempts that delivered");
  if ((row.state == S::late || row.state == S::recovered) && row.late_attempts == 0)
    fault("I36", which + " has no attempt that delivered late");
  if ((row.state == S::failed || row.state == S::queued) && row.late_attempts != 0)
    fault("I36", which + " has an attempt that delivered late");
  if (!is_funded_and_open(row.state)) return;
  if (row.mode == OrderMode::balance)
    held_[row.user] += row.price;
  else
    escrow_ += row.selling;
}

void Orders::entries(std::int64_t id, const OrderRow& row) {
  Kinds expected = expected_entries(row);
  if (row.state == S::failed || row.state == S::late) expected |= undone_recovery(row);
  if (owes_customer(row)) expected |= row.entries & bit(K::customer_refunded);
  Kinds wrong = row.entries ^ expected;
  if (wrong == 0) return;
  std::string what = named("order", id) + " (" + std::string{name(row.state)} +
                     ") has the entries " + words(row.entries) + " instead of " + words(expected);
  if ((wrong & kFinishing) != 0) fault("I17", what);
  if ((wrong & (kRefunding | bit(K::customer_refunded))) != 0) fault("I18", what);
  if ((wrong & bit(K::dropship_succeeded)) != 0) fault("I19", what);
  if ((wrong & bit(K::order_held)) != 0) fault("I26", what);
  if ((wrong & kCorrecting) != 0) fault("I36", what);
}

void Orders::sum(std::string_view invariant, LedgerAccount account, std::int64_t expected,
                 std::string_view what) {
  std::int64_t balance = facts_->balance(account);
  if (balance != expected)
    fault(invariant, std::string{name(account.kind)} + " of " + std::to_string(account.owner) +
                         " is " + rupiah(balance) + ", " + std::string{what} + " " +
                         rupiah(expected));
}

void Orders::sums() {
  facts_->users.each([&](std::int64_t id, const UserRow&) {
    sum("I08", {A::user_hold, id}, held_[id], "the open orders of that user cost");
  });
  sum("I10", {A::dropship_escrow, 0}, escrow_, "the open dropship orders were paid with");
  for (const auto& [account, balance] : facts_->system)
    if (account.kind == A::provider_inflight) in_flight_[account.owner] += 0;
  for (const auto& [provider, cost] : in_flight_)
    sum("I11", {A::provider_inflight, provider}, cost, "the open attempts at that provider cost");
}

}  // namespace

void check_orders(Facts& facts, Findings& findings) { Orders{facts, findings}.check(); }

}  // namespace topup::checking
