// The statement (mutasi) of one account of a user: its lines, newest first, read
// along the chain that the postings themselves form.

#pragma once

#include <vector>

#include "topup/ledger.h"
#include "topup/store.h"

namespace topup {

struct StatementLine {
  PostingId id;
  StoredEntry entry;  // what happened, when, and to what it refers
  Money amount;       // signed: what it added to the account
  Money after;        // the account's balance after it
  friend bool operator==(const StatementLine&, const StatementLine&) = default;
};

struct Statement {
  std::vector<StatementLine> lines;
  PostingId next;  // where the next page begins; 0 if there is none
};

// At most limit lines of that account, from the newest or, if from is not 0,
// from that posting on (it must be the next of an earlier page of the same
// account; any other gives no lines).  All amounts of an account sum to its balance.
Statement statement(const View& view, UserId user, AccountKind kind, PostingId from, int limit);

}  // namespace topup
