// The journal, replayed: balances, the chains of marks, and every entry handed on
// whole to be compared with what it is about.  Internal to the checker.

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "topup/checker_facts.h"

namespace topup::checking {

// What an entry does to each account it touches: debits above 0, credits below.
// Postings to the same account add up, so that how an entry is cut into
// postings does not matter.
class Lines {
 public:
  void debit(LedgerAccount account, std::int64_t amount);
  void credit(LedgerAccount account, std::int64_t amount) { debit(account, -amount); }
  std::int64_t debited(LedgerAccount account) const;  // 0 if it is not touched
  std::int64_t debited(AccountKind kind) const;       // of all owners together
  void clear() { rows_.clear(); }
  const std::vector<std::pair<LedgerAccount, std::int64_t>>& rows() const { return rows_; }

  // Says the same about every account.
  friend bool operator==(const Lines& a, const Lines& b);

 private:
  std::vector<std::pair<LedgerAccount, std::int64_t>> rows_;
};

std::string text(const Lines& lines);  // "user_balance:3 +20500, user_hold:3 -20500"
std::string text(LedgerAccount account);

struct JournalEntry {
  std::int64_t id = 0;
  EntryKind kind = EntryKind::capital_paid_in;
  std::int64_t ref = 0;
  Actor actor = Actor::policy;
};

using EachEntry = std::function<void(const JournalEntry&, const Lines&)>;

// I01 to I03, I05, I14, I15, I39 and I40 over the journal, and I06 over its marks.
// Fills the replayed balances of facts and counts entries and postings.
void replay(const Archive& archive, const Pass& pass, Report& report, const EachEntry& visit);

// I06, I41: the wallets stand where the journal and the orders lead; I07: the accounting
// equation, with the wallets as they are stored.  Fills the totals.
void check_balances(const Archive& archive, Facts& facts, Findings& findings, Report& report);

}  // namespace topup::checking
