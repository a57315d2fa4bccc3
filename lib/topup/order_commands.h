// What a reseller can ask about an order.

#pragma once

#include <optional>
#include <string>

#include "topup/order.h"
#include "topup/payment.h"
#include "topup/policy.h"
#include "topup/result.h"
#include "topup/time.h"

namespace topup {

class Tx;

struct PlaceOrder {
  UserId user;
  ServiceId service;
  std::string target;
  std::string nometer;          // ignored unless the service needs it
  std::string ref_id;           // at most 64 characters; empty: none
  std::string idempotency_key;  // at most 255 characters; empty: none
  std::string invoice;          // made by the host, new for every request

  std::optional<Money> selling_price;  // its presence makes it a dropship order
  std::string customer_name;           // at most 100 characters
  std::string customer_phone;          // at most 20 of 0-9 + - space
  GatewayId gateway;                   // takes the customer's payment; for dropship orders only
};

struct PlacedOrder {
  Order order;
  std::optional<Charge> charge;  // of a dropship order; its QR is offered by the host afterwards
  bool replayed = false;         // it was there already: the same key or ref_id came again
};

// Balance order: holds the price and plans the first attempt.  Dropship order:
// opens the charge that the customer pays.  A repeat with the same
// idempotency_key or ref_id and the same parameters answers with the order as
// it stands.
//
// account_suspended, invalid_parameter (target, ref_id, idempotency_key,
// selling_price, customer_name, customer_phone), idempotency_conflict,
// ref_id_conflict (subject: the order that has it), not_found (no such service),
// service_unavailable, invalid_parameter (nometer: needed and missing),
// invalid_target, amount_out_of_range, price_below_cost, duplicate_order
// (subject: the open one), insufficient_balance
Result<PlacedOrder> place_order(Tx& tx, const Policy& policy, const PlaceOrder& command,
                                Timestamp now);

// Ends an unpaid dropship order.  not_found (also another's), not_cancellable
Result<Order> cancel_order(Tx& tx, UserId user, OrderId id, Timestamp now);

}  // namespace topup
