// Lists that handlers show; the types are those of the store's queries.

#pragma once

#include "store/queries.h"
#include "topup/order.h"
#include "topup/payment.h"
#include "topup/withdrawal.h"

namespace topupd::http {

// Thread-safe.
class Lists {
 public:
  virtual ~Lists() = default;

  virtual PriceList price_list() = 0;
  // Newest first.
  virtual Page<topup::Order> orders(const OrderFilter& filter, const PageRequest& page) = 0;
  virtual Page<topup::Charge> deposits(topup::UserId user, const PageRequest& page) = 0;
  virtual Page<topup::Withdrawal> withdrawals(topup::UserId user, const PageRequest& page) = 0;
};

class SqliteLists final : public Lists {
 public:
  // store must outlive it.
  explicit SqliteLists(const SqliteStore& store) : store_{store} {}

  PriceList price_list() override { return topupd::price_list(store_); }
  Page<topup::Order> orders(const OrderFilter& filter, const PageRequest& page) override {
    return topupd::orders(store_, filter, page);
  }
  Page<topup::Charge> deposits(topup::UserId user, const PageRequest& page) override {
    return topupd::deposits(store_, user, page);
  }
  Page<topup::Withdrawal> withdrawals(topup::UserId user, const PageRequest& page) override {
    return topupd::withdrawals(store_, user, page);
  }

 private:
  const SqliteStore& store_;
};

}  // namespace topupd::http
