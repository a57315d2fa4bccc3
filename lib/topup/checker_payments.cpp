// What payments promise: each is booked once, in time or not at all, and what
// waits for somebody is an open item.

#include <algorithm>
#include <map>
#include <string>

#include "topup/checker_families.h"

namespace topup::checking {
namespace {

using A = AccountKind;
using K = EntryKind;
using R = ReceiptState;

constexpr Kinds kSettling = bits(K::deposit_settled, K::dropship_paid);

bool fits(R state, Kinds entries) {
  bool settled = entries == bit(K::deposit_settled) || entries == bit(K::dropship_paid);
  Kinds parked = bit(K::payment_unallocated);
  switch (state) {
    case R::received: return false;  // decided in the transaction that books it
    case R::applied: return settled;
    case R::waiting: return entries == parked;
    case R::credited: return entries == (parked | bit(K::suspense_credited));
    case R::returned: return entries == (parked | bit(K::suspense_returned));
    case R::taken_back: break;
  }
  Kinds back = bit(K::payment_taken_back);
  return entries == (back | bit(K::deposit_settled)) || entries == (back | bit(K::dropship_paid)) ||
         entries == (back | parked | bit(K::suspense_credited));
}

K entry_of(TreasuryMoveKind kind) {
  switch (kind) {
    case TreasuryMoveKind::capital: return K::capital_paid_in;
    case TreasuryMoveKind::gateway_payout: return K::gateway_paid_out;
    case TreasuryMoveKind::debt_by_bank:
    case TreasuryMoveKind::debt_from_balance: break;
  }
  return K::debt_repaid;
}

class Payments {
 public:
  Payments(Facts& facts, Findings& findings) : facts_{&facts}, findings_{&findings} {}

  void check() {
    facts_->receipts.each([&](std::int64_t id, const ReceiptRow& row) { receipt(id, row); });
    facts_->charges.each([&](std::int64_t id, const ChargeRow& row) { charge(id, row); });
    facts_->orders.each([&](std::int64_t id, const OrderRow& row) { order(id, row); });
    facts_->prefunds.each([&](std::int64_t id, const PrefundRow& row) { prefund(id, row); });
    facts_->treasury.each([&](std::int64_t id, const TreasuryRow& row) { move(id, row); });
    sums();
  }

 private:
  void receipt(std::int64_t id, const ReceiptRow& row);
  void open_items(std::int64_t id, const ReceiptRow& row);
  void charge(std::int64_t id, const ChargeRow& row);
  void order(std::int64_t id, const OrderRow& row);
  void prefund(std::int64_t id, const PrefundRow& row);
  void move(std::int64_t id, const TreasuryRow& row);
  void sums();
  void sum(LedgerAccount account, std::int64_t expected, std::string_view what);
  void fault(std::string_view invariant, const std::string& what) {
    findings_->add(invariant, what);
  }

  Facts* facts_;
  Findings* findings_;
  std::map<std::int64_t, std::int64_t> clearing_;    // by gateway
  std::map<std::int64_t, std::int64_t> in_transit_;  // by provider
  std::int64_t waiting_ = 0;
  std::int64_t refunds_due_ = 0;
};

void Payments::receipt(std::int64_t id, const ReceiptRow& row) {
  std::string which = named("receipt", id) + " (" + std::string{name(row.state)} + ")";
  if (!fits(row.state, row.entries)) fault("I30", which + " has the entries " + words(row.entries));
  clearing_[row.gateway] += row.amount - row.fee;
  open_items(id, row);
  if ((row.entries & kSettling) == 0) return;
  const ChargeRow* charge = facts_->charges.find(row.charge);
  if (charge == nullptr) return;
  bool deposit = charge->purpose == ChargePurpose::deposit;
  if (deposit != ((row.entries & bit(K::deposit_settled)) != 0))
    fault(deposit ? "I29" : "I25",
          which + " settled " + named("charge", row.charge) + " as what it is not");
  if (row.amount != charge->total())
    fault(deposit ? "I29" : "I25", which + " of " + rupiah(row.amount) + " settled " +
                                       named("charge", row.charge) + " of " +
                                       rupiah(charge->total()));
  if (row.paid_at > charge->expires_at)
    fault("I32", which + " was paid too late for " + named("charge", row.charge) +
                     " and settled it as in time");
}

void Payments::open_items(std::int64_t id, const ReceiptRow& row) {
  std::string which = named("receipt", id);
  bool waits = row.state == R::waiting;
  if (waits) waiting_ += row.amount;
  if (waits != (facts_->open_incidents.count({IncidentKind::payment_waiting, id}) != 0))
    fault("I23", which + (waits ? " waits in suspense, and nobody was told"
                                : " waits no more, and its incident is open"));
  if (row.state == R::taken_back &&
      facts_->incidents.count({IncidentKind::payment_taken_back, id}) == 0)
    fault("I23", which + " was taken back, and nobody was told");
}

void Payments::charge(std::int64_t id, const ChargeRow& row) {
  std::string which = named("charge", id) + " (" + std::string{name(row.state)} + ")";
  bool deposit = row.purpose == ChargePurpose::deposit;
  if (row.settled_by + row.by_policy > 1)
    fault("I30", which + " was settled " + std::to_string(row.settled_by + row.by_policy) +
                     " times without a person's decision");
  bool settled = row.settled_by != 0 || (deposit && row.credited_by != 0);
  if (row.state == ChargeState::settled ? !settled : row.settled_by != 0)
    fault("I30", which + " has " + std::to_string(row.settled_by) + " payments that settled it");
  OrderRow* order = facts_->orders.find(row.order);
  if (deposit ? row.order != 0 : order == nullptr)
    fault("I25", which + " is for " + named("order", row.order));
  if (order == nullptr) return;
  order->charges = static_cast<std::uint8_t>(order->charges + 1);
  order->settled_by = static_cast<std::uint8_t>(order->settled_by + row.settled_by);
  if (row.nominal != order->selling)
    fault("I25", which + " asks for " + rupiah(row.nominal) + ", " + named("order", row.order) +
                     " sells for " + rupiah(order->selling));
}

void Payments::order(std::int64_t id, const OrderRow& row) {
  std::string which = named("order", id) + " (" + std::string{name(row.state)} + ")";
  bool dropship = row.mode == OrderMode::dropship;
  if (row.charges != (dropship ? 1 : 0))
    fault("I25", which + " has " + std::to_string(row.charges) + " charges");
  bool never_started = row.state == OrderState::unpaid || row.state == OrderState::expired ||
                       row.state == OrderState::cancelled;
  if (dropship && row.settled_by != (never_started ? 0 : 1))
    fault("I25", which + " was started by " + std::to_string(row.settled_by) + " payments");
  if (never_started && row.attempts != 0) fault("I25", which + " has attempts and was never paid");
  bool due = (row.entries & bits(K::dropship_failed, K::success_reversed)) != 0 &&
             (row.entries & bit(K::customer_refunded)) == 0;
  if (dropship && due) refunds_due_ += row.selling;
}

void Payments::prefund(std::int64_t id, const PrefundRow& row) {
  Kinds expected = bit(K::prefund_sent);
  if (row.state == PrefundState::confirmed) expected |= bit(K::prefund_confirmed);
  if (row.entries != expected)
    fault("I12", named("prefund", id) + " (" + std::string{name(row.state)} + ") has the entries " +
                     words(row.entries));
  if (row.state == PrefundState::sent) in_transit_[row.provider] += row.amount;
}

void Payments::move(std::int64_t id, const TreasuryRow& row) {
  bool payout = row.kind == TreasuryMoveKind::gateway_payout;
  if (row.entries != bit(entry_of(row.kind)))
    fault("I12", named("treasury move", id) + " (" + std::string{name(row.kind)} +
                     ") has the entries " + words(row.entries));
  if (payout) clearing_[row.gateway] -= row.amount;
}

void Payments::sum(LedgerAccount account, std::int64_t expected, std::string_view what) {
  std::int64_t balance = facts_->balance(account);
  if (balance == expected) return;
  std::string which{name(account.kind)};
  if (account.owner != 0) which += " of " + std::to_string(account.owner);
  fault("I12",
        which + " is " + rupiah(balance) + ", " + std::string{what} + " " + rupiah(expected));
}

void Payments::sums() {
  sum({A::unallocated_receipts, 0}, waiting_, "the payments that wait are");
  sum({A::customer_refund_payable, 0}, refunds_due_, "the refunds that are due are");
  for (const auto& [account, balance] : facts_->system) {
    if (account.kind == A::provider_in_transit) in_transit_[account.owner] += 0;
    if (account.kind == A::gateway_clearing) clearing_[account.owner] += 0;
  }
  for (const auto& [provider, amount] : in_transit_)
    sum({A::provider_in_transit, provider}, amount, "the prefunds on their way are");
  for (const auto& [gateway, amount] : clearing_)
    sum({A::gateway_clearing, gateway}, amount - facts_->taken_from_clearing[gateway],
        "the payments not yet paid out are");
}

}  // namespace

void check_payments(Facts& facts, Findings& findings) { Payments{facts, findings}.check(); }

}  // namespace topup::checking
