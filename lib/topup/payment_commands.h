// What happens to money on its way in.

#pragma once

#include <optional>
#include <string>

#include "topup/order.h"
#include "topup/payment.h"
#include "topup/policy.h"
#include "topup/result.h"
#include "topup/time.h"

namespace topup {

class Tx;

struct OpenDeposit {
  UserId user;
  Money amount;
  Money fee;          // 0 to amount; the operator's own applies if it is larger
  Money unique_code;  // where the gateway needs one, else 0
  std::string code;   // "DEP-" and 14 characters, made by the host
  GatewayId gateway;
  std::string idempotency_key;  // empty: none
};

struct OpenedDeposit {
  Charge charge;
  bool replayed = false;
};

// account_suspended, invalid_parameter (idempotency_key, fee), idempotency_conflict,
// amount_out_of_range (of the deposit, or of what would have to be paid)
Result<OpenedDeposit> open_deposit(Tx& tx, const Policy& policy, const OpenDeposit& command,
                                   Timestamp now);

struct OfferPayment {
  ChargeId charge;
  std::string qr_text;
  std::string gateway_reference;
};

// The gateway took the charge: keeps what the payer needs.  Repeating it changes
// nothing.  not_found
Result<Charge> offer_payment(Tx& tx, const OfferPayment& command);

// The gateway could not take the charge: it and its order are cancelled, its
// idempotency key and ref_id are free again.  not_found, conflict (paid, over,
// or offered by another call)
Result<Charge> withdraw_offer(Tx& tx, ChargeId id, Timestamp now);

struct SettlePayment {
  GatewayId gateway;
  std::string payment_id;  // the gateway's own id of this payment
  std::string code;        // of the charge
  Money amount;            // what the payer paid, 1 to 10^12
  Money fee;               // what the gateway keeps, 0 to amount
  Timestamp paid_at{};
};

struct SettledPayment {
  Receipt receipt;
  std::optional<Charge> charge;
  std::optional<Order> order;
  bool replayed = false;
};

// Received money is always booked, once per payment_id.  Exact and in time, it
// settles its charge: the deposit is credited, or the order starts.  Late, it
// goes where the policy says.  Another amount, a second payment, a code that is
// nobody's and late money for who was erased wait for an admin.
// invalid_parameter (payment_id, amount, fee)
Result<SettledPayment> settle_payment(Tx& tx, const Policy& policy, const SettlePayment& command,
                                      Timestamp now);

// Ends a charge that was not paid in time, and its order.  The gateway must have
// been asked first.  not_found, conflict (over, or not yet time)
Result<Charge> expire_charge(Tx& tx, ChargeId id, Timestamp now);

// The same before its time, on the word of its gateway that nobody can pay it any
// more.  not_found, conflict (over)
Result<Charge> end_charge(Tx& tx, ChargeId id, Timestamp now);

// Gives what waits to a reseller; user none: to the one whose charge it was, and
// a late deposit is settled by it.  Given to anybody else it settles nothing: the
// charge stays as it is, for its reseller got none of it.
// forbidden, not_found, conflict (it does not wait), amount_out_of_range (he would have more than
// any amount may be)
Result<Receipt> credit_receipt(Tx& tx, UserId admin, ReceiptId id, UserId user, Timestamp now);
// Sends what waits back to the payer.  forbidden, not_found, conflict
Result<Receipt> return_receipt(Tx& tx, UserId admin, ReceiptId id, Timestamp now);

enum class TakenFrom { clearing, bank };  // not yet paid out by the gateway, or already

// The gateway took a settled or credited payment back, and its fee with it: the
// reseller's balance pays as far as it goes, the rest he owes.  What is no longer
// in clearing was paid out and comes from the bank; a gateway that keeps it back
// from its next pay-out is booked so too, and that pay-out whole.
// forbidden, not_found, conflict, insufficient_balance (of clearing)
Result<Receipt> take_back_payment(Tx& tx, UserId admin, ReceiptId id, TakenFrom source,
                                  Timestamp now);

}  // namespace topup
