// What entries should do to each account, from the records alone: the postings of
// docs/ledger.md, written a second time.  Internal to the checker.

#pragma once

#include <cstdint>

#include "topup/checker_books.h"
#include "topup/checker_facts.h"

namespace topup::checking {

constexpr LedgerAccount at(AccountKind kind, std::int64_t owner = 0) { return {kind, owner}; }

// One account debited, one credited.
Lines pair(LedgerAccount debit, LedgerAccount credit, std::int64_t amount);

// The price to sales, the fee to income, the profit to the reseller, and the
// final cost out of what was in flight or, of a late delivery, lost.
Lines captured(const OrderRow& order, const AttemptRow& attempt);

// Where the profit or the balance pays as far as it goes, the actual entry says
// how far that was.
Lines reversed(const OrderRow& order, const AttemptRow& attempt, const Lines& actual);
Lines taken_back(const ReceiptRow& receipt, LedgerAccount source, const Lines& actual);

// One delivery was taken back, a late one of the same order stands in for it.
Lines replaced(const AttemptRow& taken_back, const AttemptRow& late);

// source: the account of the reseller that pays for the late delivery.
Lines recovered(const OrderRow& order, AccountKind source, std::int64_t late_cost);

// The debits of a payment: what the gateway owes and what it keeps.
Lines received(const ReceiptRow& receipt);

// Who gets what of a deposit.
void add_deposit(Lines& lines, const ChargeRow& charge);

Lines withdrawn(const WithdrawalRow& withdrawal, std::int64_t bank_fee);
Lines prefunded(const PrefundRow& prefund);

}  // namespace topup::checking
