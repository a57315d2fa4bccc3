// What stands on the accounts that belong to no user.  Safe to call from many threads.

#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "store/sqlite_store.h"
#include "topup/ledger.h"

namespace topupd {

struct SystemBalance {
  topup::LedgerAccount account;
  std::int64_t amount = 0;  // rupiah, positive on the side on which it grows; Money may hold less
};

// They have no row of their own: summed once, some at a time, and from then on by what is new.
class SystemBalances {
 public:
  static constexpr std::int64_t kPostingsMax = 1'000'000;  // about a second

  // store must outlive it.
  explicit SystemBalances(const SqliteStore& store, std::int64_t postings_max = kPostingsMax)
      : store_{store}, postings_max_{postings_max} {}

  // By account.  Empty while there are more postings than that to sum before it is known: whoever
  // asks again comes further.
  std::optional<std::vector<SystemBalance>> now();

 private:
  bool sum_some();  // whether there may be more

  const SqliteStore& store_;
  const std::int64_t postings_max_;
  std::mutex mutex_;  // guards what follows
  std::int64_t last_ = 0;
  std::map<topup::LedgerAccount, std::int64_t> debits_;  // less credits
};

}  // namespace topupd
