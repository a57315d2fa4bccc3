// Everything that moves money, once each, in the order of the chart of accounts.

#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/shop.h"

namespace topup::testing {

// What later events need of earlier ones.
struct Story {
  Shop shop;
  PrefundId prefund;
  SettlePayment deposit_payment;
  ChargeId late_deposit;
  ReceiptId partial;
  ReceiptId stray;
  OrderId captured;
  OrderId failed_over;
  OrderId late;
  OrderId adopted;   // delivered by an attempt that had failed
  OrderId sold;      // dropship, succeeded
  OrderId refunded;  // dropship, failed, money to the balance
  OrderId waiting;   // dropship, failed, money waits for an admin
  OrderId unpaid;    // dropship, paid too late
  WithdrawalId paid_out;
  WithdrawalId turned_down;
  AdjustmentId raise;
  AdjustmentId cut;
};

struct Event {
  std::string_view name;
  std::function<void(Story&)> happen;
  std::string_view moves;  // by how much each kind of account changes, on its normal side
};

const std::vector<Event>& everything_once();

// All of it, from an empty shop.
void live_through(Story& story);

// "user_balance -130, user_hold +130"
std::string changes(const Report& before, const Report& after);

}  // namespace topup::testing
