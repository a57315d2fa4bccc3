// Money on its way in and out, and what the operator does with it.

#include "topup/memory_tx.h"

namespace topup {

std::optional<Charge> MemoryTx::charge(ChargeId id) const { return find(s_.charges, id); }
std::optional<Charge> MemoryTx::charge_by_code(std::string_view code) const {
  return find_by(s_.charges, s_.charge_by_code, code);
}
std::optional<Charge> MemoryTx::charge_of(OrderId id) const {
  return find_by(s_.charges, s_.charge_by_order, id);
}

std::vector<Charge> MemoryTx::due_charges(Timestamp now, int limit) const {
  std::vector<Charge> found;
  for (const auto& [due, id] : s_.due_charges) {
    if (due.first > now || static_cast<int>(found.size()) >= limit) break;
    found.push_back(s_.charges.at(id));
  }
  return found;
}

void MemoryTx::index(const Charge& charge) {
  need(s_.users, charge.user);
  refer(s_.orders, charge.order);
  need(s_.gateways, charge.gateway);
  claim(s_.charge_by_code, charge.code, charge.id);
  if (charge.order) claim(s_.charge_by_order, charge.order, charge.id);
  if (charge.due_at) claim(s_.due_charges, std::pair{*charge.due_at, charge.id}, charge.id);
}
void MemoryTx::unindex(const Charge& charge) {
  undo_.drop(s_.charge_by_code, charge.code);
  if (charge.order) undo_.drop(s_.charge_by_order, charge.order);
  if (charge.due_at) undo_.drop(s_.due_charges, {*charge.due_at, charge.id});
}
void MemoryTx::insert(const Charge& charge) {
  atomically([&] {
    add(s_.charges, charge);
    index(charge);
  });
}
void MemoryTx::update(const Charge& charge) {
  atomically([&] {
    unindex(replace(s_.charges, charge));
    index(charge);
  });
}

std::optional<Receipt> MemoryTx::receipt(ReceiptId id) const { return find(s_.receipts, id); }
std::optional<Receipt> MemoryTx::receipt_by_payment(GatewayId gateway,
                                                    std::string_view payment_id) const {
  return find_by(s_.receipts, s_.receipt_by_payment, std::pair{gateway, std::string{payment_id}});
}
void MemoryTx::insert(const Receipt& receipt) {
  need(s_.gateways, receipt.gateway);
  refer(s_.charges, receipt.charge);
  refer(s_.users, receipt.user);
  atomically([&] {
    add(s_.receipts, receipt);
    claim(s_.receipt_by_payment, std::pair{receipt.gateway, receipt.payment_id}, receipt.id);
  });
}
void MemoryTx::update(const Receipt& receipt) {
  auto changed = find(s_.receipts, receipt.id);
  if (!changed) throw std::logic_error{"there is no such record"};
  refer(s_.users, receipt.user);
  changed->state = receipt.state;
  changed->user = receipt.user;
  undo_.set(s_.receipts, receipt.id, *changed);
}

std::optional<Withdrawal> MemoryTx::withdrawal(WithdrawalId id) const {
  return find(s_.withdrawals, id);
}
std::vector<Withdrawal> MemoryTx::withdrawals_of(UserId user, WithdrawalId after, int limit) const {
  std::vector<Withdrawal> found;
  for (auto it = s_.withdrawals.upper_bound(after); it != s_.withdrawals.end(); ++it) {
    if (static_cast<int>(found.size()) >= limit) break;
    if (it->second.user == user) found.push_back(it->second);
  }
  return found;
}
void MemoryTx::insert(const Withdrawal& withdrawal) {
  need(s_.users, withdrawal.user);
  atomically([&] { add(s_.withdrawals, withdrawal); });
}
void MemoryTx::update(const Withdrawal& withdrawal) {
  auto known = find(s_.withdrawals, withdrawal.id);
  auto changed = withdrawal;
  changed.salt = known ? known->salt : 0;
  overwrite(changed);
}
void MemoryTx::overwrite(const Withdrawal& withdrawal) {
  need(s_.users, withdrawal.user);
  replace(s_.withdrawals, withdrawal);
}

std::optional<Transfer> MemoryTx::transfer(TransferId id) const { return find(s_.transfers, id); }
void MemoryTx::insert(const Transfer& transfer) {
  need(s_.users, transfer.user);
  atomically([&] { add(s_.transfers, transfer); });
}

std::optional<Adjustment> MemoryTx::adjustment(AdjustmentId id) const {
  return find(s_.adjustments, id);
}
void MemoryTx::insert(const Adjustment& adjustment) {
  need(s_.users, adjustment.user);
  need(s_.users, adjustment.proposed_by);
  refer(s_.users, adjustment.decided_by);
  atomically([&] { add(s_.adjustments, adjustment); });
}
void MemoryTx::update(const Adjustment& adjustment) {
  need(s_.users, adjustment.user);
  need(s_.users, adjustment.proposed_by);
  refer(s_.users, adjustment.decided_by);
  replace(s_.adjustments, adjustment);
}

std::optional<Prefund> MemoryTx::prefund(PrefundId id) const { return find(s_.prefunds, id); }
void MemoryTx::insert(const Prefund& prefund) {
  need(s_.providers, prefund.provider);
  atomically([&] { add(s_.prefunds, prefund); });
}
void MemoryTx::update(const Prefund& prefund) {
  need(s_.providers, prefund.provider);
  replace(s_.prefunds, prefund);
}

std::optional<TreasuryMove> MemoryTx::treasury_move(TreasuryMoveId id) const {
  return find(s_.treasury_moves, id);
}
void MemoryTx::insert(const TreasuryMove& move) {
  refer(s_.gateways, move.gateway);
  refer(s_.users, move.user);
  atomically([&] { add(s_.treasury_moves, move); });
}

std::optional<Incident> MemoryTx::incident(IncidentId id) const { return find(s_.incidents, id); }
std::vector<Incident> MemoryTx::open_incidents(IncidentKind kind, std::int64_t subject) const {
  std::vector<Incident> found;
  for (const auto& [id, incident] : s_.incidents)
    if (incident.kind == kind && incident.subject == subject && !incident.closed_at)
      found.push_back(incident);
  return found;
}
void MemoryTx::insert(const Incident& incident) {
  atomically([&] { add(s_.incidents, incident); });
}
void MemoryTx::update(const Incident& incident) { replace(s_.incidents, incident); }

std::optional<AuditLine> MemoryTx::audit_line(AuditId id) const { return find(s_.audit, id); }
void MemoryTx::insert(const AuditLine& line) { add(s_.audit, line); }

std::optional<Notice> MemoryTx::notice(NoticeId id) const { return find(s_.notices, id); }
std::vector<Notice> MemoryTx::notices() const {
  std::vector<Notice> found;
  for (const auto& [id, notice] : s_.notices)
    found.push_back(notice);
  return found;
}
void MemoryTx::insert(const Notice& notice) { add(s_.notices, notice); }
void MemoryTx::update(const Notice& notice) { replace(s_.notices, notice); }

}  // namespace topup
