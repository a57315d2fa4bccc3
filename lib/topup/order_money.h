// Inside the library: the postings that go with an order's and an attempt's
// steps.  Numbers are rows of docs/ledger.md.

#pragma once

#include "topup/attempt.h"
#include "topup/moves.h"
#include "topup/order.h"
#include "topup/policy.h"

namespace topup::order_money {

// The quoted cost goes in flight.
void launch_attempt(Tx& tx, const Attempt& attempt, moves::Now now);

// It did not happen: the quoted cost comes back.
void land_attempt(Tx& tx, const Attempt& attempt, moves::Now now);

// Delivered: hold or escrow becomes sales, profit and fee, the cost is taken.
void capture(Tx& tx, const Order& order, const Attempt& attempt, moves::Now now);

// The same by an attempt that was late: its cost was booked as a loss and is none.
void capture_late(Tx& tx, const Order& order, const Attempt& attempt, moves::Now now);

// Failed: the hold goes back to the balance; the customer's money becomes a debt
// to the customer and, if the policy says so, goes on to the reseller's balance.
void give_back(Tx& tx, const Policy& policy, const Order& order, moves::Now now);

// The customer's money, owed since give_back or a reversal, goes to the reseller.
void refund_to_balance(Tx& tx, const Order& order, moves::Now now);

// Delivered after it had failed: a loss, and an incident for a person.
void book_late_success(Tx& tx, const Attempt& attempt, moves::Now now);

}  // namespace topup::order_money
