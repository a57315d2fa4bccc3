#include "core/chaos.h"

namespace topup::testing {

using std::chrono::minutes;

Chaos::Ask Chaos::fund() {
  auto user = reseller();
  auto units = dice_.between(1, 9);
  return [this, user, units] {
    auto opened = shop_.open(shop_.deposit(user, units));
    if (!opened) return "fund " + outcome(opened);
    auto payment = shop_.payment(opened->charge.code, opened->charge.total().units());
    return "fund " + outcome(shop_.settle(payment));
  };
}

Chaos::Ask Chaos::open() {
  auto command = shop_.deposit(reseller(), dice_.between(0, 6));
  command.fee = amount(0, 2);
  command.unique_code = amount(0, 2);
  command.idempotency_key = key();
  return [=, this] {
    auto fresh = command;
    fresh.code = shop_.next_code("DEP-");
    return "open_deposit " + outcome(shop_.open(fresh));
  };
}

Chaos::Ask Chaos::offer() {
  OfferPayment command{some<ChargeId>(), "qr", "ref"};
  return ask("offer_payment", [=](Tx& tx, Timestamp) { return offer_payment(tx, command); });
}

Chaos::Ask Chaos::withdraw_the_offer() {
  auto id = some<ChargeId>();
  return ask("withdraw_offer", [=](Tx& tx, Timestamp now) { return withdraw_offer(tx, id, now); });
}

Chaos::Ask Chaos::settle() {
  auto id = some<ChargeId>();
  auto charge = shop_.store.read([=](const View& view) { return view.charge(id); });
  SettlePayment command{shop_.qris, "p" + std::to_string(++made_), "nobody's", idr(1), {},
                        shop_.now};
  if (charge) {
    command.code = charge->code;
    command.amount = charge->total();
  }
  if (dice_.one_in(8)) command.amount = amount(0, 9);
  if (command.amount > Money{}) command.fee = amount(0, command.amount.units());
  if (dice_.one_in(10)) command.paid_at -= minutes{20};
  if (!payments_.empty() && dice_.one_in(6)) {
    command = dice_.pick(payments_);
    if (dice_.one_in(4)) command.amount = amount(1, 9);
    command.fee = Money{};
  }
  payments_.push_back(command);
  return ask("settle_payment", [=, this](Tx& tx, Timestamp now) {
    return settle_payment(tx, shop_.policy, command, now);
  });
}

Chaos::Ask Chaos::expire() {
  auto id = some<ChargeId>();
  return ask("expire_charge", [=](Tx& tx, Timestamp now) { return expire_charge(tx, id, now); });
}

Chaos::Ask Chaos::credit() {
  auto id = some<ReceiptId>();
  auto by = admin();
  auto user = dice_.one_in(2) ? reseller() : UserId{};
  return ask("credit_receipt",
             [=](Tx& tx, Timestamp now) { return credit_receipt(tx, by, id, user, now); });
}

Chaos::Ask Chaos::give_back() {
  auto id = some<ReceiptId>();
  auto by = admin();
  return ask("return_receipt",
             [=](Tx& tx, Timestamp now) { return return_receipt(tx, by, id, now); });
}

Chaos::Ask Chaos::take_back() {
  auto id = some<ReceiptId>();
  auto by = admin();
  auto source = dice_.one_in(2) ? TakenFrom::clearing : TakenFrom::bank;
  return ask("take_back_payment",
             [=](Tx& tx, Timestamp now) { return take_back_payment(tx, by, id, source, now); });
}

}  // namespace topup::testing
