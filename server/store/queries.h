// Lists of what is kept, for the API and the dashboard: each is a page of one moment, newest
// first.  Orders are in order_list.h.  Safe to call from many threads.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "store/page.h"
#include "store/sqlite_store.h"
#include "topup/store.h"

namespace topupd {

Page<topup::Charge> deposits(const SqliteStore& store, topup::UserId user, const PageRequest& page);
Page<topup::Withdrawal> withdrawals(const SqliteStore& store, topup::UserId user,
                                    const PageRequest& page);

// One line of a user's account, as its owner sees it.
struct StatementLine {
  topup::StoredPosting posting;
  topup::StoredEntry entry;
  topup::Money amount;  // signed: what it added to the account
  topup::Money after;   // the account's balance after it
};

// A cursor that is no line of that account gives an empty page.
Page<StatementLine> statement(SqliteStore& store, topup::LedgerAccount account,
                              const PageRequest& page);

// For operators ---------------------------------------------------------------

// Those whose username or e-mail begins so, in lower case; all if it is empty.
Page<topup::User> users(const SqliteStore& store, const std::string& beginning,
                        const PageRequest& page);
Page<topup::Withdrawal> withdrawals(const SqliteStore& store, topup::WithdrawalState state,
                                    const PageRequest& page);
Page<topup::Adjustment> adjustments(const SqliteStore& store, topup::AdjustmentState state,
                                    const PageRequest& page);
Page<topup::Receipt> waiting_receipts(const SqliteStore& store, const PageRequest& page);
// Reads far back for a state, other than waiting, that few receipts are in.
Page<topup::Receipt> receipts(const SqliteStore& store, topup::ReceiptState state,
                              const PageRequest& page);
Page<topup::Incident> open_incidents(const SqliteStore& store, const PageRequest& page);

// Empty fields let everything pass.
struct DepositFilter {
  topup::UserId user;
  std::optional<topup::ChargeState> state;
};
Page<topup::Charge> deposits(const SqliteStore& store, const DepositFilter& filter,
                             const PageRequest& page);

// Empty fields let everything pass.
struct AuditFilter {
  std::optional<topup::Cause> by;
  std::string deed;
};
Page<topup::AuditLine> audit_log(const SqliteStore& store, const AuditFilter& filter,
                                 const PageRequest& page);

// Every step of an order, its attempts and its charge, oldest first.
std::vector<topup::Step> history(const SqliteStore& store, topup::OrderId order);

// What is open now; what is over is not counted, since that would read all of it.
struct OpenCounts {
  std::map<topup::OrderState, std::int64_t> orders;
  std::int64_t due_attempts = 0;  // with a due time, past or to come
  std::optional<topup::Timestamp> first_due_attempt;
  std::int64_t waiting_receipts = 0;
  std::int64_t requested_withdrawals = 0;
  std::int64_t proposed_adjustments = 0;
  std::int64_t incidents = 0;
};
OpenCounts open_counts(const SqliteStore& store);

std::vector<topup::Tier> tiers(const SqliteStore& store);  // by name

// The whole catalogue ------------------------------------------------------------

struct ListedService {
  topup::Service service;
  std::optional<topup::Money> cost;  // of the offer that its price comes from; empty: none now
  bool tells_nickname = false;       // a supplier says whose account a number is; not of the file
};

struct PriceList {
  std::vector<ListedService> services;  // by id
  std::vector<topup::PriceRule> rules;  // by id
};
PriceList price_list(const SqliteStore& store);

}  // namespace topupd
