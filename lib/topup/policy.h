// What an operator decides once for the whole shop.  The host reads it from its
// configuration and hands it to the commands that depend on it.

#pragma once

#include <chrono>

#include "topup/money.h"

namespace topup {

// Where money goes that no longer buys what it was paid for.
enum class MoneyBack {
  to_balance,      // to the reseller, who owes it to the customer
  wait_for_admin,  // stays where it is until a person decides
};

struct Policy {
  std::chrono::milliseconds payment_expiry{std::chrono::minutes{15}};

  Money dropship_fee{};                               // added to the price of a dropship order
  Money charge_max = *Money::from_units(10'000'000);  // the most that one QRIS payment may be

  Money deposit_min = *Money::from_units(10'000);
  Money deposit_max = *Money::from_units(10'000'000);
  Money deposit_fee{};

  Money withdraw_min = *Money::from_units(10'000);
  Money withdraw_fee{};

  MoneyBack failed_dropship = MoneyBack::to_balance;
  MoneyBack late_payment = MoneyBack::to_balance;
};

}  // namespace topup
