// What happens to profit.

#pragma once

#include <string>

#include "topup/policy.h"
#include "topup/result.h"
#include "topup/time.h"
#include "topup/withdrawal.h"

namespace topup {

class Tx;

struct RequestWithdrawal {
  UserId user;
  Money amount;
  std::string bank;            // 1-50 characters: a bank or an e-wallet
  std::string account_number;  // 1-50 characters
  std::string account_name;    // 1-100 characters
  std::string idempotency_key;
};

struct RequestedWithdrawal {
  Withdrawal withdrawal;
  bool replayed = false;
};

// The amount leaves the profit and is held until an admin decides.
// account_suspended, invalid_parameter (bank, account_number, account_name,
// idempotency_key), idempotency_conflict, amount_out_of_range, insufficient_balance
Result<RequestedWithdrawal> request_withdrawal(Tx& tx, const Policy& policy,
                                               const RequestWithdrawal& command, Timestamp now);

struct PayWithdrawal {
  WithdrawalId withdrawal;
  UserId admin;
  Money bank_fee;  // what the transfer cost the operator, 0 and more
  std::string note;
};

// forbidden, not_found, invalid_parameter (bank_fee, note), conflict (decided already)
Result<Withdrawal> pay_withdrawal(Tx& tx, const PayWithdrawal& command, Timestamp now);

// The amount goes back to the profit.  forbidden, not_found, invalid_parameter (note), conflict
Result<Withdrawal> reject_withdrawal(Tx& tx, UserId admin, WithdrawalId id, const std::string& note,
                                     Timestamp now);

struct TransferProfit {
  UserId user;
  Money amount;  // from 1
  std::string idempotency_key;
};

struct TransferredProfit {
  Transfer transfer;
  bool replayed = false;
};

// account_suspended, invalid_parameter (idempotency_key), idempotency_conflict,
// amount_out_of_range, insufficient_balance
Result<TransferredProfit> transfer_profit(Tx& tx, const TransferProfit& command, Timestamp now);

}  // namespace topup
