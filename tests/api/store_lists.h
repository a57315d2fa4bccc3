// Lists read record by record: slow, and right for every store.

#pragma once

#include "http/api/lists.h"
#include "topup/store.h"

class StoreLists final : public topupd::http::Lists {
 public:
  explicit StoreLists(topup::Store& store) : store_{store} {}

  topupd::PriceList price_list() override;
  topupd::Page<topup::Order> orders(const topupd::OrderFilter& filter,
                                    const topupd::PageRequest& page) override;
  topupd::Page<topup::Charge> deposits(topup::UserId user,
                                       const topupd::PageRequest& page) override;
  topupd::Page<topup::Withdrawal> withdrawals(topup::UserId user,
                                              const topupd::PageRequest& page) override;

 private:
  topup::Store& store_;
};
