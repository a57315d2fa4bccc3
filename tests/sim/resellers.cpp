#include "sim/resellers.h"

#include <algorithm>
#include <functional>
#include <map>

#include "core/dice.h"

namespace topupd::sim {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using topup::testing::Dice;

constexpr hours kPatience{20};  // a key is remembered at least 24 h

topup::Money idr(std::int64_t units) { return topup::Money::from_units(units).value(); }

std::string mark_of(std::uint64_t salt) { return "w" + std::to_string(salt); }

milliseconds pause_of(std::uint64_t salt) {
  return Dice{mix(salt, "pause")}.pick(
      std::vector<milliseconds>{seconds{1}, seconds{20}, minutes{10}, hours{5}});
}

std::string eight_digits(std::uint64_t salt) {
  return std::to_string(10'000'000 + mix(salt, "target") % 90'000'000);
}

}  // namespace

Resellers::Index Resellers::wish(Wish::Kind kind, topup::UserId user, const std::string& mark) {
  wishes_.push_back({kind, user, mark});
  return wishes_.size() - 1;
}

void Resellers::made(Index wish, std::int64_t id) {
  auto& made = wishes_[wish];
  if (made.end == Wish::End::made && made.id != id)
    throw Violation{"I28 " + made.mark + " made " + std::to_string(made.id) + ", and then " +
                    std::to_string(id)};
  made.end = Wish::End::made;
  made.id = id;
}

template <class T>
bool Resellers::hear(Index wish, const Heard<T>& heard, bool may_repeat) {
  auto& wished = wishes_[wish];
  if (!heard.is_final()) {
    bool doubt = heard.kind == Heard<T>::Kind::nothing;
    wished.was_in_doubt = wished.was_in_doubt || doubt;
    return doubt && !may_repeat;
  }
  if (!heard.is_yes() && wished.end == Wish::End::open)
    wished.end = wished.was_in_doubt ? Wish::End::unclear : Wish::End::refused;
  return true;
}

topup::PlaceOrder Resellers::order(Dice& dice, std::uint64_t salt) {
  topup::PlaceOrder command;
  command.user = dice.pick(world_.resellers);
  command.service = dice.pick(world_.services);
  command.target = dice.one_in(5) ? "0811111" + std::to_string(dice.below(2)) : eight_digits(salt);
  command.nometer = eight_digits(salt + 1);
  command.customer_name = mark_of(salt);
  command.gateway = topup::GatewayId{dice.one_in(4) ? 2 : 1};
  if (!dice.one_in(4)) command.idempotency_key = "k" + std::to_string(salt % 1'000'000);
  if (dice.one_in(4)) command.ref_id = "r" + std::to_string(dice.below(3));
  return command;
}

void Resellers::wish_for(const topup::PlaceOrder& command, std::uint64_t salt) {
  auto index = wish(Wish::Kind::order, command.user, command.customer_name);
  world_.insist([=, this] { return place(index, command, salt); }, pause_of(salt),
                world_.timeline.now() + kPatience);
}

void Resellers::buy(std::uint64_t salt, std::optional<std::int64_t> selling) {
  Dice dice{salt};
  auto command = order(dice, salt);
  if (selling) command.selling_price = idr(*selling);
  bool is_keyed = !command.idempotency_key.empty();
  if (is_keyed && world_.faults.strikes(Fault::same_key_twice, salt)) {
    auto index = wish(Wish::Kind::order, command.user, command.customer_name);
    for (auto by : {milliseconds{0}, milliseconds{dice.below(2)}})
      world_.timeline.after(by, [=, this] {
        world_.insist([=, this] { return place(index, command, salt); }, pause_of(salt),
                      world_.timeline.now() + kPatience);
      });
    return;
  }
  wish_for(command, salt);
  if (!is_keyed || !world_.faults.strikes(Fault::same_key_changed, salt)) return;
  command.target = eight_digits(salt + 2);
  command.customer_name = mark_of(salt + 2);
  world_.timeline.after(milliseconds{dice.below(3'000)},
                        [=, this] { wish_for(command, salt + 2); });
}

bool Resellers::place(Index wish, topup::PlaceOrder command, std::uint64_t salt) {
  command.invoice = world_.next_code("INV-");
  bool may_repeat = !command.idempotency_key.empty() || !command.ref_id.empty();
  auto was_in_doubt = wishes_[wish].was_in_doubt;
  if (was_in_doubt && !may_repeat) return true;
  wishes_[wish].was_in_doubt = true;  // he is, until he hears
  auto heard = world_.ask<topup::PlacedOrder>(
      "order " + command.target + (command.selling_price ? " for a customer" : ""),
      [&](topup::Tx& tx, topup::Timestamp now) {
        return topup::place_order(tx, world_.policy, command, now);
      });
  wishes_[wish].was_in_doubt = was_in_doubt;
  if (!heard.is_yes()) return hear(wish, heard, may_repeat);
  const auto& placed = heard.answer->value();
  if (!placed.charge) {
    made(wish, placed.order.id.value);
    return true;
  }
  wishes_[wish].was_in_doubt = true;
  switch (offer(*placed.charge, salt)) {
    case Offered::yes: made(wish, placed.order.id.value); return true;
    case Offered::no: wishes_[wish].end = Wish::End::unclear; return true;
    case Offered::unclear: return !may_repeat;
  }
  return true;
}

// What the host does between the charge and its QR code.
Resellers::Offered Resellers::offer(const topup::Charge& charge, std::uint64_t salt) {
  if (!charge.qr_text.empty() || topup::is_over(charge.state)) return Offered::yes;
  world_.process->expect_charge(
      std::max<milliseconds>(milliseconds{0}, charge.expires_at - world_.process->clock().now()));
  auto answer =
      world_.gate(charge.gateway).create({charge.code, charge.total().units(), charge.expires_at});
  if (std::holds_alternative<Unavailable>(answer)) {
    auto gone = world_.ask<topup::Charge>("withdraw " + charge.code,
                                          [&](topup::Tx& tx, topup::Timestamp now) {
                                            return topup::withdraw_offer(tx, charge.id, now);
                                          });
    return gone.is_yes() ? Offered::no : Offered::unclear;
  }
  const auto& created = std::get<Created>(answer);
  auto offered =
      world_.ask<topup::Charge>("offer " + charge.code, [&](topup::Tx& tx, topup::Timestamp) {
        return topup::offer_payment(tx, {charge.id, created.qr_text, created.gateway_reference});
      });
  if (!offered.is_yes()) return Offered::unclear;
  will_pay(charge, salt);
  return Offered::yes;
}

void Resellers::will_pay(const topup::Charge& charge, std::uint64_t salt) {
  if (std::find(payable_.begin(), payable_.end(), charge.code) != payable_.end()) return;
  payable_.push_back(charge.code);
  Dice dice{mix(salt, "payer")};
  auto& gate = world_.gate(charge.gateway);
  auto amount = charge.total().units();
  auto left = charge.expires_at - world_.timeline.time().wall();
  auto by = dice.pick(
      std::vector<milliseconds>{milliseconds{0}, seconds{5}, left / 2, left - milliseconds{1}, left,
                                left + milliseconds{1}, left + hours{2}, left + days{2}});
  if (by < milliseconds{0}) by = milliseconds{0};
  if (dice.one_in(8)) return;  // never
  if (world_.faults.strikes(Fault::wrong_amount, salt)) {
    if (amount < 2 || dice.one_in(2)) return gate.will_be_paid(charge.code, amount + 1, by);
    gate.will_be_paid(charge.code, amount - 1, by);
    if (dice.one_in(2)) gate.will_be_paid(charge.code, 1, by + seconds{20});
    return;
  }
  gate.will_be_paid(charge.code, amount, by);
  if (world_.faults.strikes(Fault::second_payment, salt))
    gate.will_be_paid(charge.code, amount, by + milliseconds{dice.below(30'000)});
}

void Resellers::race(std::uint64_t salt) {
  Dice dice{salt};
  auto first = order(dice, salt);
  auto second = first;
  second.target = eight_digits(salt + 3);
  second.customer_name = mark_of(salt + 3);
  second.idempotency_key.clear();
  second.ref_id.clear();
  // Only as much is left as one of them costs: the rest goes to a third order at once.
  auto balance =
      world_.see([&](const topup::View& view) { return view.wallet(first.user).balance(); });
  if (balance.units() < 5 || balance.units() > 11) return;
  world_.faults.note(Fault::last_rupiah);
  wish_for(first, salt);
  wish_for(second, salt + 3);
}

void Resellers::deposit(std::uint64_t salt) {
  Dice dice{salt};
  topup::OpenDeposit command;
  command.user = dice.pick(world_.resellers);
  command.amount = idr(dice.between(1, 12));
  if (dice.one_in(4)) command.unique_code = idr(dice.between(1, 3));
  command.gateway = topup::GatewayId{dice.one_in(4) ? 2 : 1};
  if (!dice.one_in(4)) command.idempotency_key = mark_of(salt);
  if (dice.one_in(4)) command.fee = idr(dice.below(command.amount.units() + 1));
  wish_for(command, salt);
  if (!world_.faults.strikes(Fault::same_amount, salt)) return;
  command.user = command.user == world_.resellers[0] ? world_.resellers[1] : world_.resellers[0];
  if (!command.idempotency_key.empty()) command.idempotency_key = mark_of(salt + 4);
  wish_for(command, salt + 4);
}

void Resellers::wish_for(const topup::OpenDeposit& command, std::uint64_t salt) {
  auto index = wish(Wish::Kind::deposit, command.user, mark_of(salt));
  world_.insist([=, this] { return open(index, command, salt); }, pause_of(salt),
                world_.timeline.now() + kPatience);
}

bool Resellers::open(Index wish, topup::OpenDeposit command, std::uint64_t salt) {
  command.code = world_.next_code("DEP-");
  bool may_repeat = !command.idempotency_key.empty();
  if (wishes_[wish].was_in_doubt && !may_repeat) return true;
  wishes_[wish].was_in_doubt = true;
  auto heard =
      world_.ask<topup::OpenedDeposit>("deposit", [&](topup::Tx& tx, topup::Timestamp now) {
        return topup::open_deposit(tx, world_.policy, command, now);
      });
  if (!heard.is_yes()) return hear(wish, heard, may_repeat);
  switch (offer(heard.answer->value().charge, salt)) {
    case Offered::yes: made(wish, heard.answer->value().charge.id.value); return true;
    case Offered::no: return true;
    case Offered::unclear: return !may_repeat;
  }
  return true;
}

void Resellers::withdraw(topup::UserId user, std::int64_t amount, std::uint64_t salt) {
  auto index = wish(Wish::Kind::withdrawal, user, mark_of(salt));
  topup::RequestWithdrawal command{user, idr(amount), "BCA", "123", mark_of(salt), mark_of(salt)};
  world_.insist(
      [=, this] {
        auto heard = world_.ask<topup::RequestedWithdrawal>(
            "withdraw", [&](topup::Tx& tx, topup::Timestamp now) {
              return topup::request_withdrawal(tx, world_.policy, command, now);
            });
        if (heard.is_yes()) made(index, heard.answer->value().withdrawal.id.value);
        return hear(index, heard, true);
      },
      pause_of(salt), world_.timeline.now() + kPatience);
}

void Resellers::withdraw_all(topup::UserId user, std::uint64_t salt) {
  auto profit = world_.see([&](const topup::View& view) { return view.wallet(user).profit(); });
  if (profit > topup::Money{}) withdraw(user, profit.units(), salt);
}

void Resellers::transfer(std::uint64_t salt) {
  Dice dice{salt};
  auto index = wish(Wish::Kind::transfer, dice.pick(world_.resellers), mark_of(salt));
  topup::TransferProfit command{wishes_[index].user, idr(dice.between(1, 3)), mark_of(salt)};
  world_.insist(
      [=, this] {
        auto heard = world_.ask<topup::TransferredProfit>(
            "transfer profit", [&](topup::Tx& tx, topup::Timestamp now) {
              return topup::transfer_profit(tx, command, now);
            });
        if (heard.is_yes()) made(index, heard.answer->value().transfer.id.value);
        return hear(index, heard, true);
      },
      pause_of(salt), world_.timeline.now() + kPatience);
}

void Resellers::cancel(std::uint64_t salt) {
  std::vector<topup::Order> unpaid;
  for (const auto& order : world_.all<topup::Order>())
    if (order.state == topup::OrderState::unpaid) unpaid.push_back(order);
  if (unpaid.empty()) return;
  auto order = Dice{salt}.pick(unpaid);
  auto heard = world_.ask<topup::Order>("cancel order " + std::to_string(order.id.value),
                                        [&](topup::Tx& tx, topup::Timestamp now) {
                                          return topup::cancel_order(tx, order.user, order.id, now);
                                        });
  auto charge = world_.see([&](const topup::View& view) { return view.charge_of(order.id); });
  if (!heard.is_yes()) return;
  auto& gate = world_.gate(charge->gateway);
  gate.will_be_paid(charge->code, charge->total().units(), seconds{1});
  gate.cancel(charge->code);
}

void Resellers::act(const Act& act) {
  using R = Resellers;
  static const std::map<Deed, std::function<void(Resellers&, std::uint64_t salt, Dice)>> kDeeds{
      {Deed::buy, [](R& some, auto salt, Dice) { some.buy(salt, std::nullopt); }},
      {Deed::sell, [](R& some, auto salt, Dice dice) { some.buy(salt, dice.between(4, 9)); }},
      {Deed::deposit, [](R& some, auto salt, Dice) { some.deposit(salt); }},
      {Deed::withdraw,
       [](R& some, auto salt, Dice dice) {
         auto who = dice.pick(some.world_.resellers);
         some.withdraw(who, dice.between(1, 3), salt);
       }},
      {Deed::transfer, [](R& some, auto salt, Dice) { some.transfer(salt); }},
      {Deed::cancel, [](R& some, auto salt, Dice) { some.cancel(salt); }},
      {Deed::race_for_the_last_rupiah, [](R& some, auto salt, Dice) { some.race(salt); }},
  };
  kDeeds.at(act.deed)(*this, act.salt, Dice{mix(act.salt, "amount")});
}

}  // namespace topupd::sim
