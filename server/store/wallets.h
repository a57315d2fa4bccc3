// The wallets of the file: where each stands, and the newest changes.
//
// Resellers come in no order, so that to write a wallet where it stands has each order change a
// page of its own as soon as there are some thousands of them.  A change is appended to the table
// wallet_changes instead, whole; a user's newest row there replaces his row in wallets.  From time
// to time some that are neighbours are written where they stand together, and what is older than
// the newest change of everybody else goes.
//
// A connection goes once through the changes that it has not seen, and knows whose is which then.
//
// Not thread-safe, like its connection.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "store/recent.h"
#include "store/record.h"
#include "store/sqlite.h"
#include "topup/ledger.h"

namespace topupd {

struct WalletParts {
  // An eighth of those that have changed is moved after so many changes, the next ones by number:
  // a round comes to each of them in eight to sixteen times, and a time takes some ms at most.
  std::int64_t moved_every = 1'024;
  std::int64_t round = 8;
  // About so many more than these are never kept, whoever comes in whatever order: all are moved
  // then, which takes longer.
  std::int64_t most = 32'768;
};

class Wallets {
 public:
  // The connection must outlive it.
  explicit Wallets(sqlite::Connection& db, const WalletParts& parts = {})
      : db_{db}, parts_{parts} {}

  // None: he has none yet.
  std::optional<topup::Wallet> find(topup::UserId user) const;

  // Inserts or replaces.
  void put(const topup::Wallet& wallet);

  // From now on what was read or written is known without a look.  Only for a connection that
  // alone writes, or whose owner says by forget_file() that another has.
  void remember() { remembers_ = true; }

  // The file may have changed: by a rollback of the connection's own, or, if it only reads, since
  // its last transaction.
  void forget() const;

  // The file may have changed through another connection.
  void forget_file() const;

 private:
  // Up to the change last, by user: the newest.
  struct Seen {
    std::int64_t last = 0;
    std::unordered_map<std::int64_t, std::int64_t> newest;
  };

  Seen& seen() const;
  std::optional<topup::Wallet> read(topup::UserId user) const;
  void write_in_place(const topup::Wallet& wallet);
  void append(const topup::Wallet& wallet);
  void move_some();
  std::vector<std::int64_t> neighbours(std::size_t most);
  std::pair<std::int64_t, std::int64_t> oldest() const;
  void move(const std::vector<std::int64_t>& users);
  void drop_moved();

  sqlite::Connection& db_;
  const WalletParts parts_;
  bool remembers_ = false;
  bool has_written_ = false;          // a rollback may undo what was seen
  mutable std::optional<Seen> seen_;  // none: not read yet
  // As many as may be busy of an evening.
  mutable Recent<topup::Wallet, 16'384> recent_;
  mutable Formats formats_;
  std::int64_t moved_ = 0;  // up to that user, in this round
};

// What is wrong with the rows of wallets in a file that is inside a read transaction: one sentence,
// or "". Each must be as the postings that it names left the accounts, and be there for each
// change; that the newest name the last ones is the checker's.
std::string fault_of_wallets(sqlite::Connection& db);

}  // namespace topupd
