#include "store/system_balances.h"

#include <algorithm>

#include "store/reader_pool.h"

namespace topupd {

namespace {

constexpr std::int64_t kPostingsAtOnce = 50'000;  // so that a snapshot is soon over

}  // namespace

std::optional<std::vector<SystemBalance>> SystemBalances::now() {
  const std::lock_guard lock{mutex_};
  const auto end = last_ + postings_max_;
  while (sum_some())
    if (last_ >= end) return std::nullopt;
  std::vector<SystemBalance> balances;
  for (const auto& [account, debits] : debits_)
    balances.push_back({account, grows_by_debit(account.kind) ? debits : -debits});
  return balances;
}

bool SystemBalances::sum_some() {
  const auto most = std::min(kPostingsAtOnce, postings_max_);
  std::int64_t found = 0;
  store_.look([&](Snapshot& snapshot) {
    auto query = snapshot.db.query(
        "SELECT id, debit_account, debit_owner, credit_account, credit_owner, amount "
        "FROM postings WHERE id > ?1 ORDER BY id LIMIT ?2");
    query.bind(1, last_);
    query.bind(2, most);
    while (query.next()) {
      ++found;
      last_ = query.integer(0);
      const auto debit = topup::account_kind_from(query.text(1));
      const auto credit = topup::account_kind_from(query.text(3));
      const auto amount = query.integer(5);
      if (debit && !is_user_account(*debit)) debits_[{*debit, query.integer(2)}] += amount;
      if (credit && !is_user_account(*credit)) debits_[{*credit, query.integer(4)}] -= amount;
    }
  });
  return found == most;
}

}  // namespace topupd
