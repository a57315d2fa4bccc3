// Money coming in: charges (what a customer or reseller is asked to pay) and
// receipts (what a gateway says was paid).

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "topup/ids.h"
#include "topup/money.h"
#include "topup/payment_states.h"
#include "topup/time.h"

namespace topup {

struct Gateway {
  GatewayId id;
  std::string name;  // unique
  bool active = true;
  friend bool operator==(const Gateway&, const Gateway&) = default;
};

enum class ChargePurpose { deposit, order };

struct Charge {
  ChargeId id;
  std::string code;  // the gateway's order id: the order's invoice, or "DEP-" and 14 characters
  ChargePurpose purpose = ChargePurpose::deposit;
  UserId user;
  OrderId order;  // none for a deposit
  GatewayId gateway;
  ChargeState state = ChargeState::pending;

  Money nominal;  // what the reseller gets (deposit) or the selling price (order)
  Money fee;      // on top of it, kept by the operator
  Money
      asked_fee;  // the fee that the reseller asked for; fee is the larger of it and the operator's
  Money unique_code;  // on top of it, where the gateway needs one; goes to the reseller

  std::string qr_text;            // empty until the gateway has offered the payment
  std::string gateway_reference;  // the gateway's own id, if it has one

  Timestamp expires_at{};
  Timestamp created_at{};
  std::optional<Timestamp> settled_at;  // paid, in time or late: the next payment is a second one
  std::optional<Timestamp> due_at;  // when to look whether it has expired; empty once it is over

  Money total() const { return nominal + fee + unique_code; }  // what is paid, to the rupiah
  friend bool operator==(const Charge&, const Charge&) = default;
};

struct Receipt {
  ReceiptId id;
  GatewayId gateway;
  std::string payment_id;  // the gateway's own, unique per gateway: one payment, one receipt
  ChargeId charge;         // none if the code is nobody's
  UserId user;             // whose charge it is; none if nobody's
  ReceiptState state = ReceiptState::received;
  Money amount;  // what the payer paid
  Money fee;     // what the gateway keeps of it
  Timestamp paid_at{};
  Timestamp created_at{};
  friend bool operator==(const Receipt&, const Receipt&) = default;
};

// The reseller's view: pending, settlement or expired.
std::string_view payment_status(ChargeState state);

std::string_view name(ChargePurpose purpose);
std::optional<ChargePurpose> charge_purpose_from(std::string_view word);

}  // namespace topup
