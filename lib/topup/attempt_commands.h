// What suppliers, timers and admins bring about: the answer, the silence, the
// callback, the inquiry and the person's decision are one command,
// record_outcome().

#pragma once

#include <optional>
#include <string>

#include "topup/attempt.h"
#include "topup/cause.h"
#include "topup/order.h"
#include "topup/policy.h"
#include "topup/provider.h"
#include "topup/result.h"
#include "topup/time.h"

namespace topup {

class Tx;

// Plans the next attempt at the first offer that is active, was not tried for
// this order and costs no more than the order may.  Empty if there is none.
std::optional<Attempt> plan_attempt(Tx& tx, const Order& order, Timestamp now);
// The same for an order that has no attempts yet, without looking for them.
std::optional<Attempt> plan_first_attempt(Tx& tx, const Order& order, Timestamp now);

// Plans the first attempt of an order that was just funded; if nobody sells it
// any more the order fails and the money goes back.
void start_order(Tx& tx, const Policy& policy, Order& order, Timestamp now);

struct Begun {
  Order order;
  std::optional<Attempt> attempt;  // to be sent now; empty: not this one after all
};

// Records that a planned attempt is being sent; only when this is durable may it
// be sent, once.  If its offer is gone, is another's or has become too dear, it is
// dropped and the next is planned, or the order fails and the money goes back.
//
// not_found, conflict (it is planned no more)
Result<Begun> begin_attempt(Tx& tx, const Policy& policy, const CapabilitySheet& sheet,
                            AttemptId id, Timestamp now);

enum class OutcomeKind {
  succeeded,
  pending,
  failed,     // for sure
  unknown,    // no answer, or one that says nothing
  not_found,  // the supplier does not know the reference; proves nothing by itself
  gave_up,    // asking is over; a person decides
};

// After a failure for sure: may another supplier be tried?
enum class FailOver { useless, allowed };

struct Outcome {
  OutcomeKind kind = OutcomeKind::unknown;
  FailOver fail_over = FailOver::useless;
  std::string sn;                  // of a success
  std::optional<Money> cost;       // of a success: what was taken, above 0 and at most kCostMax;
                                   // else it was the quote
  std::string provider_reference;  // kept if not empty
  std::string code;                // the supplier's own, kept if not empty
};

struct RecordOutcome {
  AttemptId attempt;
  Outcome outcome;
  Cause cause;
};

// Moves the attempt and its order by their tables and the money with them, all
// in this transaction.  A repeated outcome changes nothing and is no error.  A
// failure after a success, late or not, is not booked: it opens an incident.  A success after
// a failure books the loss and opens one; but an order that is still open takes
// it as its delivery, once nothing else that may deliver is under way: what was
// delivered is charged, once, and nothing more is bought.
//
// not_found, conflict (it was never sent)
Result<Order> record_outcome(Tx& tx, const Policy& policy, const CapabilitySheet& sheet,
                             const RecordOutcome& command, Timestamp now);

// What the inquiry worker must do with an attempt that is due.
enum class Inquiry {
  send,       // planned: begin it
  lost,       // sending for longer than any answer takes: record unknown
  ask,        // ask by the sheet's way
  resend,     // ask by sending the same request again: still inside the horizon
  hand_over,  // record gave_up
  nothing,
};

// Obeys the sheet: nothing is asked before min_gap, re-sent past the horizon, or
// sent twice without a client reference.
Inquiry plan_inquiry(const CapabilitySheet& sheet, const Attempt& attempt, Timestamp now);

// Records that an attempt is being asked about; only when this is durable may the
// supplier be asked.  Whatever becomes of the answer, and of whoever asks, it is
// due again no sooner than the sheet's gap after now.
//
// not_found, conflict (it is not to be asked about now)
Result<Attempt> begin_inquiry(Tx& tx, const CapabilitySheet& sheet, AttemptId id, Timestamp now);

struct ResolveOrder {
  OrderId order;
  UserId admin;
  Outcome outcome;  // succeeded or failed
};

// A person's decision on an order that is queued, sent, unknown or in review.
// forbidden, not_found, invalid_parameter (outcome), conflict
Result<Order> resolve_order(Tx& tx, const Policy& policy, const ResolveOrder& command,
                            Timestamp now);

// The supplier took a delivery back and returned the cost: the money goes back.  Where another
// attempt delivered late, what was ordered is still there: that one is the order's delivery from
// now on, its cost no loss any more, and no money goes back.
// forbidden, not_found, conflict (it did not succeed)
Result<Order> reverse_success(Tx& tx, const Policy& policy, UserId admin, OrderId id,
                              Timestamp now);

// The same for a delivery that came late and was not the order's: the loss is none any more.  An
// order without another delivery failed after all; who paid for a late one gets it back as balance.
// forbidden, not_found, conflict (it did not deliver late)
Result<Order> reverse_late(Tx& tx, UserId admin, AttemptId id, Timestamp now);

enum class RecoverFrom { balance, receivable };

// The reseller pays, with his consent, for what was delivered after the refund; once for an order.
// forbidden, not_found, conflict, insufficient_balance
Result<Order> recover_late(Tx& tx, UserId admin, OrderId id, RecoverFrom source, Timestamp now);

enum class RefundTo { balance, payer };

// Decides on a failed or reversed dropship order whose money waits for an admin.
// forbidden, not_found, conflict (nothing waits)
Result<Order> refund_customer(Tx& tx, UserId admin, OrderId id, RefundTo to, Timestamp now);

}  // namespace topup
