#include "core/chaos.h"

namespace topup::testing {

Chaos::Ask Chaos::request() {
  RequestWithdrawal command{reseller(), amount(0, 4), "BCA", "1", "A", key()};
  return ask("request_withdrawal", [=, this](Tx& tx, Timestamp now) {
    return request_withdrawal(tx, shop_.policy, command, now);
  });
}

Chaos::Ask Chaos::pay() {
  PayWithdrawal command{some<WithdrawalId>(), admin(), amount(0, 2), "done"};
  return ask("pay_withdrawal",
             [=](Tx& tx, Timestamp now) { return pay_withdrawal(tx, command, now); });
}

Chaos::Ask Chaos::reject() {
  auto id = some<WithdrawalId>();
  auto by = admin();
  return ask("reject_withdrawal",
             [=](Tx& tx, Timestamp now) { return reject_withdrawal(tx, by, id, "no", now); });
}

Chaos::Ask Chaos::transfer() {
  TransferProfit command{reseller(), amount(0, 3), key()};
  return ask("transfer_profit",
             [=](Tx& tx, Timestamp now) { return transfer_profit(tx, command, now); });
}

Chaos::Ask Chaos::propose() {
  ProposeAdjustment command{admin(), reseller(), amount(-4, 4), "counted", key()};
  return ask("propose_adjustment",
             [=](Tx& tx, Timestamp now) { return propose_adjustment(tx, command, now); });
}

Chaos::Ask Chaos::approve() {
  auto id = some<AdjustmentId>();
  auto by = admin();
  return ask("approve_adjustment",
             [=](Tx& tx, Timestamp now) { return approve_adjustment(tx, by, id, now); });
}

Chaos::Ask Chaos::turn_down() {
  auto id = some<AdjustmentId>();
  auto by = admin();
  return ask("reject_adjustment",
             [=](Tx& tx, Timestamp now) { return reject_adjustment(tx, by, id, now); });
}

Chaos::Ask Chaos::capital() {
  auto by = admin();
  auto units = amount(0, 50);
  return ask("pay_in_capital",
             [=](Tx& tx, Timestamp now) { return pay_in_capital(tx, by, units, now); });
}

Chaos::Ask Chaos::payout() {
  auto by = admin();
  auto units = amount(0, dice_.one_in(3) ? 40 : 9);
  return ask("record_gateway_payout", [=, this](Tx& tx, Timestamp now) {
    return record_gateway_payout(tx, by, shop_.qris, units, now);
  });
}

Chaos::Ask Chaos::repay() {
  RepayDebt command{admin(), reseller(), amount(0, 4),
                    dice_.one_in(2) ? RepaidFrom::bank : RepaidFrom::balance};
  return ask("repay_debt", [=](Tx& tx, Timestamp now) { return repay_debt(tx, command, now); });
}

Chaos::Ask Chaos::prefund() {
  SendPrefund command{admin(), dice_.one_in(2) ? shop_.north : shop_.south, amount(0, 9),
                      amount(0, 2)};
  return ask("send_prefund", [=](Tx& tx, Timestamp now) { return send_prefund(tx, command, now); });
}

Chaos::Ask Chaos::confirm() {
  auto id = some<PrefundId>();
  auto by = admin();
  return ask("confirm_prefund",
             [=](Tx& tx, Timestamp now) { return confirm_prefund(tx, by, id, now); });
}

Chaos::Ask Chaos::reprice() {
  auto id = dice_.pick(std::vector{shop_.north_pulsa, shop_.south_pulsa, shop_.north_token});
  auto cost = amount(1, 5);
  bool active = !dice_.one_in(4);
  return ask("put_offer", [=](Tx& tx, Timestamp) {
    auto offer = tx.offer(id).value();
    offer.cost = cost;
    offer.active = active;
    return put_offer(tx, offer);
  });
}

Chaos::Ask Chaos::suspend() {
  auto user = reseller();
  auto by = admin();
  bool again = dice_.one_in(4);
  return ask("suspend_user", [=](Tx& tx, Timestamp) {
    return again ? suspend_user(tx, by, user) : reinstate_user(tx, by, user);
  });
}

Chaos::Ask Chaos::change_policy() {
  auto dropship = dice_.one_in(2) ? MoneyBack::to_balance : MoneyBack::wait_for_admin;
  auto late = dice_.one_in(2) ? MoneyBack::to_balance : MoneyBack::wait_for_admin;
  auto fee = amount(0, 1);
  return [=, this] {
    shop_.policy.failed_dropship = dropship;
    shop_.policy.late_payment = late;
    shop_.policy.withdraw_fee = fee;
    shop_.policy.deposit_fee = fee;
    return std::string{"policy"};
  };
}

}  // namespace topup::testing
