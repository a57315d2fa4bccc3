#include "core/chaos.h"

#include <algorithm>
#include <array>

namespace topup::testing {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

Chaos::Chaos(std::uint64_t seed) : dice_{seed} {
  resellers_ = {shop_.ani, shop_.budi};
  admins_ = {shop_.boss, shop_.clerk};
  shop_.policy.dropship_fee = idr(1);
  auto cheap = shop_.run([&](Tx& tx) -> Status {
    for (auto id : {shop_.north_pulsa, shop_.south_pulsa, shop_.north_token}) {
      auto offer = tx.offer(id).value();
      offer.cost = idr(id == shop_.south_pulsa ? 3 : 2);
      put_offer(tx, offer).value();
    }
    PriceRule rule = tx.price_rules().front();
    rule.flat = idr(1);
    put_price_rule(tx, shop_.boss, rule).value();
    return Nothing{};
  });
  cheap.value();
  if (dice_.one_in(3)) shop_.policy.failed_dropship = MoneyBack::wait_for_admin;
  // Something to work with, so that few steps go far.
  for (auto user : resellers_) {
    shop_.fund(user, dice_.between(3, 15));
    if (dice_.one_in(3)) continue;
    auto earned = shop_.paid_dropship(user, "08009", dice_.between(5, 9));
    shop_.begin(earned).value();
    shop_.report(earned, dice_.one_in(3) ? OutcomeKind::failed : OutcomeKind::succeeded).value();
  }
}

template <class Command>
Chaos::Ask Chaos::ask(std::string_view what, Command command) {
  return [this, what, command] {
    auto result = shop_.run([&](Tx& tx) { return command(tx, shop_.now); });
    return std::string{what} + " " + outcome(result);
  };
}

template <class AnyId>
AnyId Chaos::some() {
  auto last = shop_.store.read([](const View& view) { return view.last_id(AnyId::kTable); });
  if (last == 0 || dice_.one_in(50)) return AnyId{last + 1};
  // The newest ones are where things still happen.
  auto first = dice_.one_in(3) ? 1 : std::max<std::int64_t>(1, last - 3);
  return AnyId{dice_.between(first, last)};
}

// --- money in -------------------------------------------------------------------

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
  bool from_clearing = dice_.one_in(2);
  return [=, this] {
    // From clearing only what it holds: more would be a fault of the operator.
    auto clearing = shop_.check().totals[AccountKind::gateway_clearing];
    auto receipt = shop_.store.read([=](const View& view) { return view.receipt(id); });
    bool covered = receipt && receipt->amount - receipt->fee <= clearing;
    auto source = covered && from_clearing ? TakenFrom::clearing : TakenFrom::bank;
    return ask("take_back_payment",
               [=](Tx& tx, Timestamp now) { return take_back_payment(tx, by, id, source, now); })();
  };
}

// --- orders ---------------------------------------------------------------------

PlaceOrder Chaos::order() {
  auto command = shop_.balance_order(reseller(), "0800" + std::to_string(dice_.below(6)));
  if (dice_.one_in(4)) command.service = shop_.token;
  command.nometer = dice_.one_in(8) ? "" : "11111";
  command.idempotency_key = key();
  command.ref_id = dice_.one_in(4) ? "r" + std::to_string(dice_.below(3)) : "";
  return command;
}

Chaos::Ask Chaos::place() {
  auto command = order();
  return [=, this] {
    auto fresh = command;
    fresh.invoice = shop_.next_code("INV-");
    return "place_order " + outcome(shop_.place(fresh));
  };
}

Chaos::Ask Chaos::place_dropship() {
  auto command = order();
  command.selling_price = amount(3, 9);
  command.gateway = shop_.qris;
  return [=, this] {
    auto fresh = command;
    fresh.invoice = shop_.next_code("INV-");
    return "place_order (dropship) " + outcome(shop_.place(fresh));
  };
}

Chaos::Ask Chaos::cancel() {
  auto id = some<OrderId>();
  auto user = reseller();
  return ask("cancel_order",
             [=](Tx& tx, Timestamp now) { return cancel_order(tx, user, id, now); });
}

Chaos::Ask Chaos::begin() {
  auto id = some<AttemptId>();
  return ask("begin_attempt", [=, this](Tx& tx, Timestamp now) {
    return begin_attempt(tx, shop_.policy, shop_.sheet, id, now);
  });
}

Chaos::Ask Chaos::report() {
  static const std::vector<OutcomeKind> kKinds{
      OutcomeKind::succeeded, OutcomeKind::succeeded, OutcomeKind::pending,   OutcomeKind::failed,
      OutcomeKind::failed,    OutcomeKind::unknown,   OutcomeKind::not_found, OutcomeKind::gave_up};
  RecordOutcome command;
  command.attempt = some<AttemptId>();
  command.outcome.kind = dice_.pick(kKinds);
  command.outcome.fail_over = dice_.one_in(2) ? FailOver::allowed : FailOver::useless;
  if (dice_.one_in(2)) command.outcome.cost = amount(0, 4);
  command.cause = {Actor::provider, 1};
  return ask("record_outcome", [=, this](Tx& tx, Timestamp now) {
    return record_outcome(tx, shop_.policy, shop_.sheet, command, now);
  });
}

Chaos::Ask Chaos::resolve() {
  ResolveOrder command;
  command.order = some<OrderId>();
  command.admin = admin();
  command.outcome.kind = dice_.one_in(2) ? OutcomeKind::succeeded : OutcomeKind::failed;
  command.outcome.fail_over = dice_.one_in(2) ? FailOver::allowed : FailOver::useless;
  return ask("resolve_order", [=, this](Tx& tx, Timestamp now) {
    return resolve_order(tx, shop_.policy, command, now);
  });
}

Chaos::Ask Chaos::reverse() {
  auto id = some<OrderId>();
  auto by = admin();
  return ask("reverse_success", [=, this](Tx& tx, Timestamp now) {
    return reverse_success(tx, shop_.policy, by, id, now);
  });
}

Chaos::Ask Chaos::recover() {
  auto id = some<OrderId>();
  auto by = admin();
  auto source = dice_.one_in(2) ? RecoverFrom::balance : RecoverFrom::receivable;
  return ask("recover_late",
             [=](Tx& tx, Timestamp now) { return recover_late(tx, by, id, source, now); });
}

Chaos::Ask Chaos::refund() {
  auto id = some<OrderId>();
  auto by = admin();
  auto to = dice_.one_in(2) ? RefundTo::balance : RefundTo::payer;
  return ask("refund_customer",
             [=](Tx& tx, Timestamp now) { return refund_customer(tx, by, id, to, now); });
}

// --- profit and corrections -----------------------------------------------------

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

// --- the operator ---------------------------------------------------------------

Chaos::Ask Chaos::capital() {
  auto by = admin();
  auto units = amount(0, 50);
  return ask("pay_in_capital",
             [=](Tx& tx, Timestamp now) { return pay_in_capital(tx, by, units, now); });
}

Chaos::Ask Chaos::payout() {
  auto by = admin();
  auto parts = dice_.between(0, 4);
  return [=, this] {
    // No more than clearing holds: more would be a fault of the operator.
    auto clearing = shop_.check().totals[AccountKind::gateway_clearing].units();
    auto units = idr(clearing * parts / 4);
    return ask("record_gateway_payout", [=, this](Tx& tx, Timestamp now) {
      return record_gateway_payout(tx, by, shop_.qris, units, now);
    })();
  };
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

Chaos::Ask Chaos::wait() {
  auto by = dice_.pick(std::vector<milliseconds>{seconds{1}, seconds{60}, minutes{16}, hours{30}});
  return [=, this] {
    shop_.tick(by);
    return "wait " + std::to_string(by.count()) + " ms";
  };
}

Chaos::Ask Chaos::repeat() {
  if (last_ == nullptr) return wait();
  return [this] { return "again: " + last_(); };
}

std::string Chaos::step() {
  using C = Chaos;
  static const std::array kChoices{Choice{6, &C::fund},           Choice{4, &C::open},
                                   Choice{1, &C::offer},          Choice{1, &C::withdraw_the_offer},
                                   Choice{12, &C::settle},        Choice{3, &C::expire},
                                   Choice{2, &C::credit},         Choice{1, &C::give_back},
                                   Choice{2, &C::take_back},      Choice{8, &C::place},
                                   Choice{8, &C::place_dropship}, Choice{2, &C::cancel},
                                   Choice{16, &C::begin},         Choice{18, &C::report},
                                   Choice{3, &C::resolve},        Choice{3, &C::reverse},
                                   Choice{3, &C::recover},        Choice{2, &C::refund},
                                   Choice{4, &C::request},        Choice{2, &C::pay},
                                   Choice{2, &C::reject},         Choice{2, &C::transfer},
                                   Choice{2, &C::propose},        Choice{2, &C::approve},
                                   Choice{1, &C::turn_down},      Choice{1, &C::capital},
                                   Choice{2, &C::payout},         Choice{1, &C::prefund},
                                   Choice{1, &C::confirm},        Choice{2, &C::reprice},
                                   Choice{2, &C::suspend},        Choice{1, &C::change_policy},
                                   Choice{4, &C::wait},           Choice{5, &C::repeat}};
  int all = 0;
  for (const auto& choice : kChoices)
    all += choice.weight;
  auto left = dice_.below(all);
  for (const auto& choice : kChoices) {
    left -= choice.weight;
    if (left >= 0) continue;
    bool is_repeat = choice.make == &C::repeat;
    auto now_asked = (this->*choice.make)();
    if (!is_repeat) last_ = now_asked;
    return now_asked();
  }
  return "";
}

}  // namespace topup::testing
