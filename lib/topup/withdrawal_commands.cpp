#include "topup/withdrawal_commands.h"

#include "topup/moves.h"
#include "topup/repeats.h"
#include "topup/store.h"
#include "topup/user_commands.h"

namespace topup {
namespace {

using moves::Now;
using K = AccountKind;

constexpr std::string_view kWithdrawRoute = "request_withdrawal";
constexpr std::string_view kTransferRoute = "transfer_profit";
constexpr std::size_t kNoteMax = 200;

std::string_view malformed(const RequestWithdrawal& command) {
  if (!is_text_of(command.bank, 1, 50)) return "bank";
  if (!is_text_of(command.account_number, 1, 50)) return "account_number";
  if (!is_text_of(command.account_name, 1, 100)) return "account_name";
  if (!is_idempotency_key(command.idempotency_key)) return "idempotency_key";
  return "";
}

bool asks_for(const RequestWithdrawal& command, const Withdrawal& withdrawal) {
  return withdrawal.amount == command.amount && withdrawal.bank == command.bank &&
         withdrawal.account_number == command.account_number &&
         withdrawal.account_name == command.account_name;
}

bool is_active(const View& view, UserId id) {
  auto user = view.user(id);
  return user && !user->suspended;
}

}  // namespace

Result<RequestedWithdrawal> request_withdrawal(Tx& tx, const Policy& policy,
                                               const RequestWithdrawal& command, Timestamp now) {
  if (!is_active(tx, command.user)) return Error{Code::account_suspended};
  if (auto field = malformed(command); !field.empty())
    return Error{Code::invalid_parameter, std::string{field}};
  if (auto made = made_before(tx, command.user, kWithdrawRoute, command.idempotency_key)) {
    auto withdrawal = tx.withdrawal(WithdrawalId{*made}).value();
    if (!asks_for(command, withdrawal)) return Error{Code::idempotency_conflict};
    return RequestedWithdrawal{withdrawal, true};
  }
  if (command.amount < policy.withdraw_min || command.amount <= policy.withdraw_fee)
    return Error{Code::amount_out_of_range, "amount"};
  if (tx.wallet(command.user).profit() < command.amount) return Error{Code::insufficient_balance};

  // From here on it succeeds.
  Now by_reseller{{Actor::reseller, command.user.value}, now};
  Withdrawal withdrawal{next_id<WithdrawalId>(tx),
                        command.user,
                        WithdrawalState::requested,
                        command.amount,
                        policy.withdraw_fee,
                        command.bank,
                        command.account_number,
                        command.account_name,
                        "",
                        now,
                        now};
  moves::create(tx, withdrawal, by_reseller);
  Entry entry{EntryKind::withdrawal_requested, withdrawal.id.value, {}, by_reseller.cause};
  entry.add(of(command.user, K::user_profit), of(command.user, K::user_withdraw_hold),
            command.amount);
  moves::must_post(tx, entry, now);
  remember(tx, {command.user, std::string{kWithdrawRoute}, command.idempotency_key,
                withdrawal.id.value, now});
  return RequestedWithdrawal{withdrawal, false};
}

Result<Withdrawal> pay_withdrawal(Tx& tx, const PayWithdrawal& command, Timestamp now) {
  if (auto allowed = require_admin(tx, command.admin); !allowed) return allowed.error();
  auto withdrawal = tx.withdrawal(command.withdrawal);
  if (!withdrawal) return Error{Code::not_found};
  if (command.bank_fee < Money{} || command.bank_fee > withdrawal->amount)
    return Error{Code::invalid_parameter, "bank_fee"};
  if (!is_text_of(command.note, 0, kNoteMax)) return Error{Code::invalid_parameter, "note"};
  if (withdrawal->state != WithdrawalState::requested) return Error{Code::conflict};

  Now by_admin{{Actor::admin, command.admin.value}, now};
  Entry entry{EntryKind::withdrawal_paid, withdrawal->id.value, {}, by_admin.cause};
  auto held = of(withdrawal->user, K::user_withdraw_hold);
  entry.add(held, of(K::bank), withdrawal->amount - withdrawal->fee);
  entry.add(held, of(K::fee_income), withdrawal->fee);
  entry.add(of(K::bank_fees), of(K::bank), command.bank_fee);
  moves::must_post(tx, entry, now);
  withdrawal->note = command.note;
  moves::advance(tx, *withdrawal, WithdrawalEvent::pay, by_admin);
  return *withdrawal;
}

Result<Withdrawal> reject_withdrawal(Tx& tx, UserId admin, WithdrawalId id, const std::string& note,
                                     Timestamp now) {
  if (auto allowed = require_admin(tx, admin); !allowed) return allowed.error();
  auto withdrawal = tx.withdrawal(id);
  if (!withdrawal) return Error{Code::not_found};
  if (!is_text_of(note, 0, kNoteMax)) return Error{Code::invalid_parameter, "note"};
  if (withdrawal->state != WithdrawalState::requested) return Error{Code::conflict};

  Now by_admin{{Actor::admin, admin.value}, now};
  Entry entry{EntryKind::withdrawal_rejected, id.value, {}, by_admin.cause};
  entry.add(of(withdrawal->user, K::user_withdraw_hold), of(withdrawal->user, K::user_profit),
            withdrawal->amount);
  moves::must_post(tx, entry, now);
  withdrawal->note = note;
  moves::advance(tx, *withdrawal, WithdrawalEvent::reject, by_admin);
  return *withdrawal;
}

Result<TransferredProfit> transfer_profit(Tx& tx, const TransferProfit& command, Timestamp now) {
  if (!is_active(tx, command.user)) return Error{Code::account_suspended};
  if (!is_idempotency_key(command.idempotency_key))
    return Error{Code::invalid_parameter, "idempotency_key"};
  if (auto made = made_before(tx, command.user, kTransferRoute, command.idempotency_key)) {
    auto transfer = tx.transfer(TransferId{*made}).value();
    if (transfer.amount != command.amount) return Error{Code::idempotency_conflict};
    return TransferredProfit{transfer, true};
  }
  if (command.amount <= Money{}) return Error{Code::amount_out_of_range, "amount"};
  if (tx.wallet(command.user).profit() < command.amount) return Error{Code::insufficient_balance};

  // From here on it succeeds.
  Transfer transfer{next_id<TransferId>(tx), command.user, command.amount, now};
  tx.insert(transfer);
  Entry entry{
      EntryKind::profit_transferred, transfer.id.value, {}, {Actor::reseller, command.user.value}};
  entry.add(of(command.user, K::user_profit), of(command.user, K::user_balance), command.amount);
  moves::must_post(tx, entry, now);
  remember(tx, {command.user, std::string{kTransferRoute}, command.idempotency_key,
                transfer.id.value, now});
  return TransferredProfit{transfer, false};
}

}  // namespace topup
