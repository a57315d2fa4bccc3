// An order: the promise to a reseller that a target will be served once, at the
// price of the moment it was made.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "topup/ids.h"
#include "topup/money.h"
#include "topup/order_states.h"
#include "topup/time.h"

namespace topup {

enum class OrderMode {
  balance,   // paid from the reseller's balance when it is made
  dropship,  // paid by the reseller's customer, by QRIS
};

struct Order {
  OrderId id;
  std::string invoice;  // "INV-" and 14 characters, made by the host; unique
  UserId user;
  OrderId previous;  // that user's before it; none: the first
  OrderMode mode = OrderMode::balance;
  ServiceId service;
  std::string target;
  std::string nometer;  // empty unless the service needs it
  std::string ref_id;   // the reseller's own id, unique per reseller for ever; empty if none
  OrderState state = OrderState::unpaid;

  Money price;     // what the order itself costs the reseller
  Money fee;       // dropship fee on top of it; 0 for balance orders
  Money selling;   // what the customer pays; 0 for balance orders
  Money max_cost;  // an attempt that would cost more is not made
  std::string price_trace;

  std::string customer_name;
  std::string customer_phone;

  std::string sn;          // the supplier's proof; may be empty even on success
  std::int64_t salt = 0;   // random, for the seal of what is personal: see seal.h
  Timestamp created_at{};  // never before the order before it, whoever's that is
  Timestamp updated_at{};

  Money reseller_cost() const { return price + fee; }
  Money reseller_profit() const {
    return mode == OrderMode::dropship ? selling - price - fee : Money{};
  }

  // What the supplier is asked to top up: the meter where there is one.
  const std::string& number() const { return nometer.empty() ? target : nometer; }

  friend bool operator==(const Order&, const Order&) = default;
};

// The reseller's view of a state: Pending, Success, Error or Gagal.
enum class OrderStatus { pending, success, error, gagal };

OrderStatus status_of(OrderState state);

std::string_view name(OrderMode mode);
std::optional<OrderMode> order_mode_from(std::string_view word);
std::string_view name(OrderStatus status);  // "Pending", …
std::optional<OrderStatus> order_status_from(std::string_view word);

}  // namespace topup
