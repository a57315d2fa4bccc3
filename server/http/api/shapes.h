// The things of the shop as JSON, as the API's contract names their fields.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/api/json.h"
#include "http/message.h"
#include "topup/catalogue.h"
#include "topup/ledger.h"
#include "topup/order.h"
#include "topup/payment.h"
#include "topup/user.h"
#include "topup/withdrawal.h"

namespace topupd::http {

// {"status":true,"data":…}
Response ok(const JsonObject& data);
// {"status":"success","data":…}: two of the payment routes.
Response success(const JsonObject& data);

// A list with its "next_cursor" while there is more.
struct ListAnswer {
  JsonList data;
  std::string next_cursor;  // empty: the end
};
Response ok(const ListAnswer& list);
Response success(const ListAnswer& list);

// Says so if the answer repeats an earlier one.
Response marked(Response response, bool replayed);

struct ServicePrice {
  topup::Money price;           // of an order that the balance pays
  topup::Money price_reseller;  // what a dropship order costs the reseller
  bool available = false;
  bool tells_nickname = false;
};
JsonObject service_json(const topup::Service& service, const ServicePrice& price);

// An order as order/status shows it; the service and the charge of a dropship order, where known.
JsonObject order_json(const topup::Order& order, const std::optional<topup::Service>& service,
                      const std::optional<topup::Charge>& charge);

// What a customer needs to pay; URLs are built on public_url.
JsonObject payment_json(const topup::Charge& charge, std::string_view public_url);
std::string qr_url(const topup::Charge& charge, std::string_view public_url);

JsonObject deposit_json(const topup::Charge& charge);
JsonObject user_json(const topup::User& user, const topup::Wallet& wallet);
JsonObject withdrawal_json(const topup::Withdrawal& withdrawal);

// A sentence for the reseller: "SN: …", or how things stand, also with the order's charge.
std::string note_of(const topup::Order& order, const std::optional<topup::Charge>& charge);

// Paid after its order had ended: the money went to the reseller's balance and the order never
// started.
bool is_paid_late(const topup::Charge& charge);

}  // namespace topupd::http
