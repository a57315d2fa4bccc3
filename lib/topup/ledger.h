// The books: accounts, entries, and post(), the only function that changes a
// balance.
//
// An entry is a list of postings, each a positive amount debited to one account
// and credited to another: an imbalance cannot be written down.  What may be
// posted is a table (chart()); docs/ledger.md is rendered from it.
//
// Accounts of a user are rows with a balance that is never negative.  System
// accounts are sums of postings, not rows, so that no row is shared by all
// orders; their guards are checked by the checker.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "topup/cause.h"
#include "topup/digest.h"
#include "topup/ids.h"
#include "topup/money.h"
#include "topup/result.h"
#include "topup/time.h"

namespace topup {

class Tx;

enum class AccountKind {
  // of a user
  user_balance,
  user_hold,
  user_profit,
  user_withdraw_hold,
  user_receivable,
  // of the system
  bank,
  gateway_clearing,
  provider_float,
  provider_in_transit,
  provider_inflight,
  dropship_escrow,
  customer_refund_payable,
  unallocated_receipts,
  sales_balance,
  sales_dropship,
  fee_income,
  unique_code_income,
  owner_capital,
  cogs,
  gateway_fees,
  bank_fees,
  adjustments,
  late_success_loss,
  sales_refunds,
};

constexpr std::size_t kUserAccountCount = 5;  // the first five above

constexpr bool is_user_account(AccountKind kind) {
  return static_cast<std::size_t>(kind) < kUserAccountCount;
}

enum class AccountClass { asset, liability, income, expense, equity };

AccountClass class_of(AccountKind kind);

// True where a balance grows by debits: assets and expenses.
bool grows_by_debit(AccountKind kind);

// True where the balance, on its normal side, may never be negative.
bool is_guarded(AccountKind kind);

// owner: the user, provider or gateway whose account it is; 0 where there is only one.
struct LedgerAccount {
  AccountKind kind = AccountKind::bank;
  std::int64_t owner = 0;
  friend constexpr auto operator<=>(LedgerAccount, LedgerAccount) = default;
};

constexpr LedgerAccount of(UserId user, AccountKind kind) { return {kind, user.value}; }
constexpr LedgerAccount of(ProviderId provider, AccountKind kind) { return {kind, provider.value}; }
constexpr LedgerAccount of(GatewayId gateway, AccountKind kind) { return {kind, gateway.value}; }
constexpr LedgerAccount of(AccountKind kind) { return {kind, 0}; }

enum class EntryKind {
  capital_paid_in,
  prefund_sent,
  prefund_confirmed,
  deposit_settled,
  payment_unallocated,
  suspense_credited,
  suspense_returned,
  gateway_paid_out,
  order_held,
  attempt_submitted,
  attempt_failed,
  order_captured,
  order_voided,
  dropship_paid,
  dropship_succeeded,
  dropship_failed,
  customer_refunded,
  success_reversed,
  delivery_replaced,
  late_success,
  late_recovered,
  late_reversed,
  recovery_refunded,
  withdrawal_requested,
  withdrawal_paid,
  withdrawal_rejected,
  adjustment,
  profit_transferred,
  payment_taken_back,
  debt_repaid,
};

// Entries in one slot exclude each other for the same ref: an order is finished
// once, a withdrawal is paid or rejected, never both.  The store enforces it.
enum class EntrySlot {
  treasury,            // ref: treasury move
  prefund_send,        // ref: prefund
  prefund_confirm,     // ref: prefund
  payment,             // ref: receipt
  suspense,            // ref: receipt
  payment_back,        // ref: receipt
  order_hold,          // ref: order
  order_done,          // ref: order
  order_refund,        // ref: order
  order_reversal,      // ref: order
  attempt_submit,      // ref: attempt
  attempt_fail,        // ref: attempt
  attempt_late,        // ref: attempt
  attempt_reversal,    // ref: attempt
  order_recovery,      // ref: order
  recovery_refund,     // ref: order
  withdrawal_request,  // ref: withdrawal
  withdrawal_final,    // ref: withdrawal
  adjustment,          // ref: adjustment
  transfer,            // ref: transfer
};

EntrySlot slot_of(EntryKind kind);

// A pair of accounts that an entry of that kind may post to.
struct ChartRow {
  EntryKind kind;
  AccountKind debit;
  AccountKind credit;
};

std::span<const ChartRow> chart();
bool is_in_chart(EntryKind kind, AccountKind debit, AccountKind credit);

struct Posting {
  LedgerAccount debit;
  LedgerAccount credit;
  Money amount;  // above 0
  friend bool operator==(const Posting&, const Posting&) = default;
};

// One side of a posting.
struct Leg {
  LedgerAccount account;
  Money amount;  // 0 and more
};

struct Entry {
  EntryKind kind;
  std::int64_t ref;  // what it is about, see EntrySlot
  std::vector<Posting> postings;
  Cause cause;

  // Adds a posting unless the amount is 0.
  void add(LedgerAccount debit, LedgerAccount credit, Money amount);

  // Adds the postings that debit and credit these amounts, pairing them in the
  // order given.  Throws std::logic_error unless both sides have the same sum.
  void add(std::vector<Leg> debits, std::vector<Leg> credits);
};

// Where one line stands in the history of one user account: its own proof that
// nothing before it was changed.  version is 0 where no balance row is kept.
struct Mark {
  Money after;               // the account's balance after this line
  std::int64_t version = 0;  // 1, 2, 3, … within the account
  PostingId previous;        // the account's line before this one; 0 for the first
  friend bool operator==(const Mark&, const Mark&) = default;
};

struct StoredPosting {
  PostingId id;
  EntryId entry;
  Posting posting;
  Mark debit;
  Mark credit;
  Digest seal{};  // the store's: see seal.h
  friend bool operator==(const StoredPosting&, const StoredPosting&) = default;
};

struct StoredEntry {
  EntryId id;
  EntryKind kind = EntryKind::capital_paid_in;
  std::int64_t ref = 0;
  Timestamp at{};  // never before the entry before it
  Cause cause;
  friend bool operator==(const StoredEntry&, const StoredEntry&) = default;
};

// One account of a user as it stands.
struct Book {
  Money balance;  // on its normal side, never negative
  std::int64_t version = 0;
  PostingId last;
  friend bool operator==(const Book&, const Book&) = default;
};

// All accounts of one user, and where the chain of his orders ends.
struct Wallet {
  UserId user;
  std::array<Book, kUserAccountCount> books{};
  OrderId last_order;  // the newest; none: he has none

  Book& operator[](AccountKind kind) { return books.at(static_cast<std::size_t>(kind)); }
  const Book& operator[](AccountKind kind) const {
    return books.at(static_cast<std::size_t>(kind));
  }
  Money balance() const { return (*this)[AccountKind::user_balance].balance; }
  Money profit() const { return (*this)[AccountKind::user_profit].balance; }
  friend bool operator==(const Wallet&, const Wallet&) = default;
};

// The end of the journal.
struct JournalHead {
  EntryId entry;
  PostingId posting;
  Timestamp at{};         // of the last entry
  Timestamp step_at{};    // of the last step in the life of anything
  std::int64_t step = 0;  // how many there are
  Digest posting_seal{};  // of the last posting
  Digest step_seal{};     // of the last step
  friend bool operator==(const JournalHead&, const JournalHead&) = default;
};

// Writes the entry and moves the balances.  The entry's time is now, or that of
// the entry before it if that is later.  The order that an order_held is for becomes its
// user's last: this is told by the write that takes the money, so that an order costs one.
//
// Error: insufficient_balance when a user's account would become negative,
// amount_out_of_range when it would hold more than Money can; then nothing was written.
// The sums of system accounts may grow beyond Money.  Throws std::logic_error for what no command
// may ask: no postings, an amount of 0 or less, a pair of accounts outside the chart.
Status post(Tx& tx, const Entry& entry, Timestamp now);

std::string_view name(AccountKind kind);
std::string_view name(AccountClass kind);
std::string_view name(EntryKind kind);
std::string_view name(EntrySlot slot);
std::optional<AccountKind> account_kind_from(std::string_view word);
std::optional<EntryKind> entry_kind_from(std::string_view word);

}  // namespace topup
