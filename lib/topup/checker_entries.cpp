#include "topup/checker_entries.h"

#include <algorithm>
#include <string>

#include "topup/checker_expected.h"

namespace topup::checking {
namespace {

using A = AccountKind;
using K = EntryKind;

class Comparison {
 public:
  Comparison(const JournalEntry& entry, const Lines& actual, Facts& facts, Findings& findings)
      : entry_{entry}, actual_{&actual}, facts_{&facts}, findings_{&findings} {}

  void order();
  void attempt();
  void receipt();
  void people();
  void treasury();

 private:
  std::string where() const {
    return named("entry", entry_.id) + " (" + std::string{name(entry_.kind)} + " " +
           std::to_string(entry_.ref) + ")";
  }

  // The record the entry is about, with the entry noted on it; null if there is none.
  template <class Row>
  Row* subject(Rows<Row>& rows) {
    Row* row = rows.find(entry_.ref);
    if (row == nullptr) {
      findings_->add("I27", where() + " is about something that does not exist");
      return nullptr;
    }
    note(row->entries);
    return row;
  }

  void note(Kinds& kinds);
  void expect(const Lines& expected, std::string_view invariant);
  void expect_either(const Lines& one, const Lines& other, std::string_view invariant);
  // expected(attempt) of one of the attempts that delivered an order.
  template <class Expected>
  void expect_of_delivery(const OrderRow& order, std::int64_t id, Expected expected,
                          std::string_view invariant);
  void took_its_place(const AttemptRow& taken_back);
  void left_nothing(A kind, A owed, std::int64_t user);
  void settled(const ReceiptRow& receipt);
  void credited(const ReceiptRow& receipt);
  void decided_by_somebody();

  JournalEntry entry_;
  const Lines* actual_;
  Facts* facts_;
  Findings* findings_;
};

void Comparison::note(Kinds& kinds) {
  for (unsigned i = 0; i < 32; ++i) {
    auto kind = static_cast<K>(i);
    if ((kinds & Kinds{1} << i) == 0 || slot_of(kind) != slot_of(entry_.kind)) continue;
    findings_->add("I04", where() + " comes after another entry in its slot, " +
                              std::string{name(slot_of(kind))});
    break;
  }
  kinds |= bit(entry_.kind);
}

void Comparison::expect(const Lines& expected, std::string_view invariant) {
  if (!(expected == *actual_))
    findings_->add(invariant,
                   where() + " says " + text(*actual_) + " instead of " + text(expected));
}

void Comparison::expect_either(const Lines& one, const Lines& other, std::string_view invariant) {
  expect(other == *actual_ ? other : one, invariant);
}

template <class Expected>
void Comparison::expect_of_delivery(const OrderRow& order, std::int64_t id, Expected expected,
                                    std::string_view invariant) {
  const auto found = facts_->deliveries.find(id);
  if (found != facts_->deliveries.end())
    for (const auto attempt : found->second)
      if (expected(*facts_->attempts.find(attempt)) == *actual_) return;
  const AttemptRow none;
  const AttemptRow* last = facts_->attempts.find(order.delivered_by);
  expect(expected(last == nullptr ? none : *last), invariant);
}

// Where a shortfall became a debt, the account that should have paid is empty.
void Comparison::left_nothing(A kind, A owed, std::int64_t user) {
  if (actual_->debited(at(owed, user)) > 0 && facts_->balance(at(kind, user)) != 0)
    findings_->add("I02", where() + " books a debt though " + text(at(kind, user)) + " still has " +
                              rupiah(facts_->balance(at(kind, user))));
}

void Comparison::order() {
  OrderRow* order = subject(facts_->orders);
  if (order == nullptr) return;
  LedgerAccount owed = at(A::customer_refund_payable);
  LedgerAccount balance = at(A::user_balance, order->user);
  LedgerAccount hold = at(A::user_hold, order->user);
  if (entry_.kind == K::order_held) expect(pair(balance, hold, order->price), "I26");
  if (entry_.kind == K::order_voided) expect(pair(hold, balance, order->price), "I26");
  if (entry_.kind == K::order_captured || entry_.kind == K::dropship_succeeded)
    expect_of_delivery(
        *order, entry_.ref, [&](const AttemptRow& attempt) { return captured(*order, attempt); },
        "I26");
  if (entry_.kind == K::dropship_failed)
    expect(pair(at(A::dropship_escrow), owed, order->selling), "I26");
  if (entry_.kind == K::customer_refunded)
    expect_either(pair(owed, balance, order->selling), pair(owed, at(A::bank), order->selling),
                  "I02");
  if (entry_.kind == K::late_recovered) {
    const auto cost = facts_->late_costs[entry_.ref];
    expect_either(recovered(*order, A::user_balance, cost),
                  recovered(*order, A::user_receivable, cost), "I02");
  }
  if (entry_.kind == K::recovery_refunded)
    expect(pair(at(A::sales_refunds), balance, order->price), "I02");
  if (entry_.kind != K::success_reversed) return;
  expect_of_delivery(
      *order, entry_.ref,
      [&](const AttemptRow& attempt) { return reversed(*order, attempt, *actual_); }, "I02");
  left_nothing(A::user_profit, A::user_receivable, order->user);
  if (UserRow* user = facts_->users.find(order->user))
    user->clawed_back += actual_->debited(at(A::user_profit, order->user));
}

void Comparison::attempt() {
  AttemptRow* attempt = subject(facts_->attempts);
  if (attempt == nullptr) return;
  LedgerAccount in_float = at(A::provider_float, attempt->provider);
  LedgerAccount inflight = at(A::provider_inflight, attempt->provider);
  if (entry_.kind == K::attempt_submitted) expect(pair(inflight, in_float, attempt->cost), "I02");
  if (entry_.kind == K::attempt_failed) expect(pair(in_float, inflight, attempt->cost), "I02");
  if (entry_.kind == K::delivery_replaced) took_its_place(*attempt);
  LedgerAccount loss = at(A::late_success_loss);
  OrderRow* order = facts_->orders.find(attempt->order);
  if (entry_.kind == K::late_success) {
    expect(pair(loss, in_float, attempt->final_cost), "I02");
    facts_->late_costs[attempt->order] += attempt->final_cost;
  }
  if (entry_.kind == K::late_reversed) {
    expect(pair(in_float, loss, attempt->final_cost), "I02");
    if (order == nullptr) return;
    facts_->late_costs[attempt->order] -= attempt->final_cost;
    --order->delivered;
  }
}

// By another attempt of the order, whose cost was a loss until then.
void Comparison::took_its_place(const AttemptRow& taken_back) {
  OrderRow* order = facts_->orders.find(taken_back.order);
  if (order == nullptr) return;
  --order->delivered;
  expect_of_delivery(
      *order, taken_back.order,
      [&](const AttemptRow& late) {
        const bool was_late = (late.entries & bit(K::late_success)) != 0;
        return replaced(taken_back, was_late ? late : AttemptRow{});
      },
      "I02");
}

void Comparison::settled(const ReceiptRow& receipt) {
  ChargeRow* charge = facts_->charges.find(receipt.charge);
  if (charge == nullptr) {
    findings_->add("I30", where() + " settles no charge");
    return;
  }
  ++charge->settled_by;
  Lines expected = received(receipt);
  if (entry_.kind == K::deposit_settled) {
    add_deposit(expected, *charge);
    expect(expected, "I29");
    return;
  }
  expected.credit(at(A::dropship_escrow), charge->nominal);
  expected.credit(at(A::user_balance, charge->user), charge->unique_code);
  expected.credit(at(A::fee_income), charge->fee);
  expect(expected, "I26");
}

// All of it to the reseller; a deposit that came late is shared out like one in time.
void Comparison::credited(const ReceiptRow& receipt) {
  ChargeRow* charge = facts_->charges.find(receipt.charge);
  Lines whole =
      pair(at(A::unallocated_receipts), at(A::user_balance, receipt.user), receipt.amount);
  Lines shared;
  shared.debit(at(A::unallocated_receipts), receipt.amount);
  if (charge != nullptr && charge->purpose == ChargePurpose::deposit) add_deposit(shared, *charge);
  expect_either(whole, shared, "I02");
  if (charge == nullptr) return;
  ++charge->credited_by;
  if (entry_.actor == Actor::policy) ++charge->by_policy;
}

void Comparison::decided_by_somebody() {
  if (entry_.actor != Actor::admin && entry_.actor != Actor::policy)
    findings_->add("I32", where() + " was decided neither by an admin nor by policy");
}

void Comparison::receipt() {
  ReceiptRow* receipt = subject(facts_->receipts);
  if (receipt == nullptr) return;
  LedgerAccount waiting = at(A::unallocated_receipts);
  LedgerAccount clearing = at(A::gateway_clearing, receipt->gateway);
  if (entry_.kind == K::deposit_settled || entry_.kind == K::dropship_paid) settled(*receipt);
  if (entry_.kind == K::suspense_credited) credited(*receipt);
  if (entry_.kind == K::suspense_returned)
    expect(pair(waiting, at(A::bank), receipt->amount), "I02");
  if (entry_.kind == K::suspense_credited || entry_.kind == K::suspense_returned)
    decided_by_somebody();
  if (entry_.kind == K::payment_unallocated) {
    Lines expected = received(*receipt);
    expected.credit(waiting, receipt->amount);
    expect(expected, "I02");
  }
  if (entry_.kind != K::payment_taken_back) return;
  expect_either(taken_back(*receipt, clearing, *actual_),
                taken_back(*receipt, at(A::bank), *actual_), "I02");
  left_nothing(A::user_balance, A::user_receivable, receipt->user);
  facts_->taken_from_clearing[receipt->gateway] -= actual_->debited(clearing);
}

void Comparison::people() {
  if (entry_.kind == K::adjustment) {
    AdjustmentRow* adjustment = subject(facts_->adjustments);
    if (adjustment == nullptr) return;
    expect(pair(at(A::adjustments), at(A::user_balance, adjustment->user), adjustment->amount),
           "I02");
    return;
  }
  if (entry_.kind == K::profit_transferred) {
    TransferRow* transfer = subject(facts_->transfers);
    if (transfer == nullptr) return;
    expect(pair(at(A::user_profit, transfer->user), at(A::user_balance, transfer->user),
                transfer->amount),
           "I02");
    return;
  }
  WithdrawalRow* withdrawal = subject(facts_->withdrawals);
  if (withdrawal == nullptr) return;
  LedgerAccount profit = at(A::user_profit, withdrawal->user);
  LedgerAccount hold = at(A::user_withdraw_hold, withdrawal->user);
  if (entry_.kind == K::withdrawal_requested) expect(pair(profit, hold, withdrawal->amount), "I02");
  if (entry_.kind == K::withdrawal_rejected) expect(pair(hold, profit, withdrawal->amount), "I02");
  if (entry_.kind != K::withdrawal_paid) return;
  // What the bank took is known from the entry alone.
  std::int64_t bank_fee = std::max(std::int64_t{0}, actual_->debited(at(A::bank_fees)));
  expect(withdrawn(*withdrawal, bank_fee), "I02");
}

Lines moved(const TreasuryRow& move) {
  switch (move.kind) {
    case TreasuryMoveKind::capital: return pair(at(A::bank), at(A::owner_capital), move.amount);
    case TreasuryMoveKind::gateway_payout:
      return pair(at(A::bank), at(A::gateway_clearing, move.gateway), move.amount);
    case TreasuryMoveKind::debt_by_bank:
      return pair(at(A::bank), at(A::user_receivable, move.user), move.amount);
    case TreasuryMoveKind::debt_from_balance:
      return pair(at(A::user_balance, move.user), at(A::user_receivable, move.user), move.amount);
  }
  __builtin_unreachable();
}

void Comparison::treasury() {
  if (slot_of(entry_.kind) == EntrySlot::treasury) {
    if (const TreasuryRow* move = subject(facts_->treasury)) expect(moved(*move), "I02");
    return;
  }
  PrefundRow* prefund = subject(facts_->prefunds);
  if (prefund == nullptr) return;
  LedgerAccount in_transit = at(A::provider_in_transit, prefund->provider);
  if (entry_.kind == K::prefund_confirmed) {
    expect(pair(at(A::provider_float, prefund->provider), in_transit, prefund->amount), "I02");
    return;
  }
  expect(prefunded(*prefund), "I02");
}

}  // namespace

void check_entry(const JournalEntry& entry, const Lines& lines, Facts& facts, Findings& findings) {
  Comparison comparison{entry, lines, facts, findings};
  switch (slot_of(entry.kind)) {
    case EntrySlot::order_hold:
    case EntrySlot::order_done:
    case EntrySlot::order_refund:
    case EntrySlot::order_reversal:
    case EntrySlot::order_recovery:
    case EntrySlot::recovery_refund: return comparison.order();
    case EntrySlot::attempt_submit:
    case EntrySlot::attempt_fail:
    case EntrySlot::attempt_late:
    case EntrySlot::attempt_reversal: return comparison.attempt();
    case EntrySlot::payment:
    case EntrySlot::suspense:
    case EntrySlot::payment_back: return comparison.receipt();
    case EntrySlot::withdrawal_request:
    case EntrySlot::withdrawal_final:
    case EntrySlot::adjustment:
    case EntrySlot::transfer: return comparison.people();
    case EntrySlot::treasury:
    case EntrySlot::prefund_send:
    case EntrySlot::prefund_confirm: return comparison.treasury();
  }
}

}  // namespace topup::checking
