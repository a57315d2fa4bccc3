// What the operator does with his own money, and corrections by two persons.

#pragma once

#include <string>

#include "topup/result.h"
#include "topup/time.h"
#include "topup/treasury.h"

namespace topup {

class Tx;

// The owner pays money in.  forbidden, amount_out_of_range
Result<TreasuryMove> pay_in_capital(Tx& tx, UserId admin, Money amount, Timestamp now);

// A gateway paid out to the bank, at most what it has taken in and not paid out.
// forbidden, not_found, amount_out_of_range, insufficient_balance
Result<TreasuryMove> record_gateway_payout(Tx& tx, UserId admin, GatewayId gateway, Money amount,
                                           Timestamp now);

enum class RepaidFrom { bank, balance };

struct RepayDebt {
  UserId admin;
  UserId user;
  Money amount;
  RepaidFrom source = RepaidFrom::bank;
};

// A reseller paid what he owes, or a part of it: by bank, or from his balance with his consent.
// forbidden, not_found, amount_out_of_range (nothing, or more than he owes), insufficient_balance
Result<TreasuryMove> repay_debt(Tx& tx, const RepayDebt& command, Timestamp now);

struct SendPrefund {
  UserId admin;
  ProviderId provider;
  Money amount;
  Money bank_fee;
};

// Money is on its way to a supplier.  forbidden, not_found, amount_out_of_range
Result<Prefund> send_prefund(Tx& tx, const SendPrefund& command, Timestamp now);

// The supplier has it.  Repeating it changes nothing.  forbidden, not_found
Result<Prefund> confirm_prefund(Tx& tx, UserId admin, PrefundId id, Timestamp now);

struct ProposeAdjustment {
  UserId admin;
  UserId user;
  Money amount;        // signed, not 0
  std::string reason;  // 1-200 characters
  std::string idempotency_key;
};

struct ProposedAdjustment {
  Adjustment adjustment;
  bool replayed = false;
};

// Moves nothing yet.  forbidden, not_found, amount_out_of_range, invalid_parameter
// (reason, idempotency_key), idempotency_conflict
Result<ProposedAdjustment> propose_adjustment(Tx& tx, const ProposeAdjustment& command,
                                              Timestamp now);

// By another admin than the one who proposed it.
// forbidden, not_found, conflict (decided already), insufficient_balance, amount_out_of_range
Result<Adjustment> approve_adjustment(Tx& tx, UserId admin, AdjustmentId id, Timestamp now);
// By any admin.  forbidden, not_found, conflict
Result<Adjustment> reject_adjustment(Tx& tx, UserId admin, AdjustmentId id, Timestamp now);

}  // namespace topup
