// The lists of the API, read from the database.

#pragma once

#include "http/api/lists.h"
#include "store/sqlite_store.h"

namespace topupd {

class StoreLists final : public http::Lists {
 public:
  explicit StoreLists(const SqliteStore& store) : store_{store} {}  // store outlives it

  std::vector<topup::Service> services() override;
  std::vector<topup::Order> orders(const http::OrderFilter& filter, http::Page page) override;
  std::vector<topup::Charge> deposits(topup::UserId user, http::Page page) override;
  std::vector<topup::Withdrawal> withdrawals(topup::UserId user, http::Page page) override;

 private:
  const SqliteStore& store_;
};

}  // namespace topupd
