// Inside the library: one step of one thing along its table, written down with
// its cause.  Not part of what an embedder includes.

#pragma once

#include "topup/attempt.h"
#include "topup/cause.h"
#include "topup/ledger.h"
#include "topup/order.h"
#include "topup/payment.h"
#include "topup/store.h"
#include "topup/treasury.h"
#include "topup/withdrawal.h"

namespace topup::moves {

// Who does it, and when.
struct Now {
  Cause cause;
  Timestamp at;
};

// Inserts a new thing and its first step; those with personal data get their salt.
void create(Tx& tx, Order& order, Now now);
void create(Tx& tx, const Attempt& attempt, Now now);
void create(Tx& tx, const Charge& charge, Now now);
void create(Tx& tx, const Receipt& receipt, Now now);
void create(Tx& tx, Withdrawal& withdrawal, Now now);
void create(Tx& tx, const Adjustment& adjustment, Now now);
void create(Tx& tx, const Prefund& prefund, Now now);

// Takes the step and updates the thing.  Throws std::logic_error if the table
// has no such row: commands look before they step.
void advance(Tx& tx, Order& order, OrderEvent event, Now now);
void advance(Tx& tx, Attempt& attempt, AttemptEvent event, Now now);
void advance(Tx& tx, Charge& charge, ChargeEvent event, Now now);
void advance(Tx& tx, Receipt& receipt, ReceiptEvent event, Now now);
void advance(Tx& tx, Withdrawal& withdrawal, WithdrawalEvent event, Now now);
void advance(Tx& tx, Adjustment& adjustment, AdjustmentEvent event, Now now);
void confirm(Tx& tx, Prefund& prefund, Now now);

// Overwrites what a finished thing said about people, which its history shows.
void erase(Tx& tx, const Order& order, Now now);
void erase(Tx& tx, const Withdrawal& withdrawal, Now now);

// Posts what was checked to succeed; throws std::logic_error if it is refused.
void must_post(Tx& tx, const Entry& entry, Timestamp at);

void open_incident(Tx& tx, IncidentKind kind, std::int64_t subject, Timestamp at);
// Closes those of that kind and subject that are open.
void close_incidents(Tx& tx, IncidentKind kind, std::int64_t subject, Now now);

}  // namespace topup::moves
