// Money on its way in and out, and what the operator does with it.

#include "store/sqlite_tx.h"

namespace topupd {

using topup::Adjustment;
using topup::AuditLine;
using topup::Charge;
using topup::Incident;
using topup::Notice;
using topup::Prefund;
using topup::Receipt;
using topup::Transfer;
using topup::TreasuryMove;
using topup::Withdrawal;

std::optional<Charge> SqliteTx::charge(topup::ChargeId id) const {
  return find<Charge>("SELECT * FROM charges WHERE id = ?", id);
}
std::optional<Charge> SqliteTx::charge_by_code(std::string_view code) const {
  return find<Charge>("SELECT * FROM charges WHERE code = ?", code);
}
std::optional<Charge> SqliteTx::charge_of(topup::OrderId id) const {
  return find<Charge>("SELECT * FROM charges WHERE order_id = ?", id);
}
std::vector<Charge> SqliteTx::due_charges(topup::Timestamp now, int limit) const {
  return list<Charge>("SELECT * FROM charges WHERE due_at <= ? ORDER BY due_at, id LIMIT ?", now,
                      limit);
}
void SqliteTx::insert(const Charge& charge) {
  write_new("INSERT INTO charges VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", charge);
}
void SqliteTx::update(const Charge& charge) {
  // Its code, and whom it is for, never change.
  write_over(
      "UPDATE charges SET state = ?7, nominal = ?8, fee = ?9, unique_code = ?11, qr_text = ?12, "
      "gateway_reference = ?13, expires_at = ?14, settled_at = ?16, due_at = ?17 WHERE id = ?1",
      charge);
}

std::optional<Receipt> SqliteTx::receipt(topup::ReceiptId id) const {
  return find<Receipt>("SELECT * FROM receipts WHERE id = ?", id);
}
std::optional<Receipt> SqliteTx::receipt_by_payment(topup::GatewayId gateway,
                                                    std::string_view payment_id) const {
  return find<Receipt>("SELECT * FROM receipts WHERE gateway_id = ? AND payment_id = ?", gateway,
                       payment_id);
}
void SqliteTx::insert(const Receipt& receipt) {
  write_new("INSERT INTO receipts VALUES (?,?,?,?,?,?,?,?,?,?)", receipt);
}
void SqliteTx::update(const Receipt& receipt) {
  need_one(execute("UPDATE receipts SET state = ?2, user_id = ?3 WHERE id = ?1", receipt.id,
                   receipt.state, null_if_none(receipt.user)));
}

std::optional<Withdrawal> SqliteTx::withdrawal(topup::WithdrawalId id) const {
  return find<Withdrawal>("SELECT * FROM withdrawals WHERE id = ?", id);
}
std::vector<Withdrawal> SqliteTx::withdrawals_of(topup::UserId user, topup::WithdrawalId after,
                                                 int limit) const {
  return list<Withdrawal>(
      "SELECT * FROM withdrawals WHERE user_id = ? AND id > ? ORDER BY id LIMIT ?", user, after,
      limit);
}
void SqliteTx::insert(const Withdrawal& withdrawal) {
  write_new("INSERT INTO withdrawals VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", withdrawal);
}
void SqliteTx::update(const Withdrawal& withdrawal) {
  write_over(
      "UPDATE withdrawals SET user_id = ?2, state = ?3, amount = ?4, fee = ?5, bank = ?6, "
      "account_number = ?7, account_name = ?8, note = ?9, created_at = ?11, updated_at = ?12 "
      "WHERE id = ?1",
      withdrawal);
}
void SqliteTx::overwrite(const Withdrawal& withdrawal) {
  write_over(
      "UPDATE withdrawals SET user_id = ?2, state = ?3, amount = ?4, fee = ?5, bank = ?6, "
      "account_number = ?7, account_name = ?8, note = ?9, salt = ?10, created_at = ?11, "
      "updated_at = ?12 WHERE id = ?1",
      withdrawal);
}

std::optional<Transfer> SqliteTx::transfer(topup::TransferId id) const {
  return find<Transfer>("SELECT * FROM transfers WHERE id = ?", id);
}
void SqliteTx::insert(const Transfer& transfer) {
  write_new("INSERT INTO transfers VALUES (?,?,?,?)", transfer);
}

std::optional<Adjustment> SqliteTx::adjustment(topup::AdjustmentId id) const {
  return find<Adjustment>("SELECT * FROM adjustments WHERE id = ?", id);
}
void SqliteTx::insert(const Adjustment& adjustment) {
  write_new("INSERT INTO adjustments VALUES (?,?,?,?,?,?,?,?,?)", adjustment);
}
void SqliteTx::update(const Adjustment& adjustment) {
  write_over(
      "UPDATE adjustments SET user_id = ?2, state = ?3, amount = ?4, reason = ?5, "
      "proposed_by = ?6, decided_by = ?7, created_at = ?8, updated_at = ?9 WHERE id = ?1",
      adjustment);
}

std::optional<Prefund> SqliteTx::prefund(topup::PrefundId id) const {
  return find<Prefund>("SELECT * FROM prefunds WHERE id = ?", id);
}
void SqliteTx::insert(const Prefund& prefund) {
  write_new("INSERT INTO prefunds VALUES (?,?,?,?,?,?)", prefund);
}
void SqliteTx::update(const Prefund& prefund) {
  write_over(
      "UPDATE prefunds SET provider_id = ?2, state = ?3, amount = ?4, bank_fee = ?5, "
      "created_at = ?6 WHERE id = ?1",
      prefund);
}

std::optional<TreasuryMove> SqliteTx::treasury_move(topup::TreasuryMoveId id) const {
  return find<TreasuryMove>("SELECT * FROM treasury_moves WHERE id = ?", id);
}
void SqliteTx::insert(const TreasuryMove& move) {
  write_new("INSERT INTO treasury_moves VALUES (?,?,?,?,?,?)", move);
}

std::optional<Incident> SqliteTx::incident(topup::IncidentId id) const {
  return find<Incident>("SELECT * FROM incidents WHERE id = ?", id);
}
std::vector<Incident> SqliteTx::open_incidents(topup::IncidentKind kind,
                                               std::int64_t subject) const {
  return list<Incident>(
      "SELECT * FROM incidents WHERE kind = ? AND subject = ? AND closed_at IS NULL ORDER BY id",
      kind, subject);
}
void SqliteTx::insert(const Incident& incident) {
  write_new("INSERT INTO incidents VALUES (?,?,?,?,?,?)", incident);
}
void SqliteTx::update(const Incident& incident) {
  write_over(
      "UPDATE incidents SET kind = ?2, subject = ?3, opened_at = ?4, closed_at = ?5, "
      "closed_by = ?6 WHERE id = ?1",
      incident);
}

std::optional<AuditLine> SqliteTx::audit_line(topup::AuditId id) const {
  return find<AuditLine>("SELECT * FROM audit WHERE id = ?", id);
}
void SqliteTx::insert(const AuditLine& line) {
  write_new("INSERT INTO audit VALUES (?,?,?,?,?,?,?)", line);
}

std::optional<Notice> SqliteTx::notice(topup::NoticeId id) const {
  return find<Notice>("SELECT * FROM notices WHERE id = ?", id);
}
std::vector<Notice> SqliteTx::notices() const {
  return list<Notice>("SELECT * FROM notices ORDER BY id");
}
void SqliteTx::insert(const Notice& notice) {
  write_new("INSERT INTO notices VALUES (?,?,?,?)", notice);
}
void SqliteTx::update(const Notice& notice) {
  write_over("UPDATE notices SET text = ?2, from_at = ?3, until_at = ?4 WHERE id = ?1", notice);
}

}  // namespace topupd
