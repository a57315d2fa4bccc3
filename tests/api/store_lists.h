// Lists read record by record: slow, and right for every store.

#pragma once

#include "http/api/lists.h"
#include "topup/store.h"

class StoreLists final : public topupd::http::Lists {
 public:
  explicit StoreLists(topup::Store& store) : store_{store} {}

  std::vector<topup::Service> services() override;
  std::vector<topup::Order> orders(const topupd::http::OrderFilter& filter,
                                   topupd::http::Page page) override;
  std::vector<topup::Charge> deposits(topup::UserId user, topupd::http::Page page) override;
  std::vector<topup::Withdrawal> withdrawals(topup::UserId user, topupd::http::Page page) override;

 private:
  topup::Store& store_;
};
