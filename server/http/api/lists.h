// Lists that handlers show, newest first.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "topup/catalogue.h"
#include "topup/order.h"
#include "topup/payment.h"
#include "topup/time.h"
#include "topup/withdrawal.h"

namespace topupd::http {

// At most limit records with ids below `before`; 0 begins with the newest.
struct Page {
  std::int64_t before = 0;
  int limit = 50;
};

struct OrderFilter {
  topup::UserId user;
  std::optional<topup::OrderStatus> status = {};
  topup::ServiceId service = {};  // none: any
  std::string target = {};        // empty: any
  std::optional<topup::Timestamp> from = {};
  std::optional<topup::Timestamp> before = {};  // created before that moment
};

// Thread-safe.
class Lists {
 public:
  virtual ~Lists() = default;

  virtual std::vector<topup::Service> services() = 0;  // by id
  virtual std::vector<topup::Order> orders(const OrderFilter& filter, Page page) = 0;
  virtual std::vector<topup::Charge> deposits(topup::UserId user, Page page) = 0;
  virtual std::vector<topup::Withdrawal> withdrawals(topup::UserId user, Page page) = 0;
};

}  // namespace topupd::http
