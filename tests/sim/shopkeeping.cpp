// What admins do to the shop itself: money that moves elsewhere, prices, people, policy.

#include <algorithm>

#include "sim/admins.h"

namespace topupd::sim {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using topup::Money;
using topup::Timestamp;
using topup::Tx;
using topup::testing::Dice;

constexpr days kRecorded{30};  // at the latest

Money idr(std::int64_t units) { return Money::from_units(units).value(); }

}  // namespace

void Admins::record(const std::function<bool()>& asks) {
  recording_ = true;
  world_.insist(
      [this, asks] {
        if (!asks()) return false;
        recording_ = false;
        return true;
      },
      minutes{10}, world_.timeline.now() + kRecorded);
}

void Admins::prefund(std::uint64_t salt) {
  if (recording_) return;
  Dice dice{salt};
  auto& supplier = *dice.pick(std::vector<Supplier*>{
      world_.suppliers[0].get(), world_.suppliers[1].get(), world_.suppliers[2].get()});
  topup::SendPrefund command{boss(), supplier.id(), idr(dice.between(1, 30)), idr(dice.below(2))};
  auto last = [this] {
    return world_.see([](const topup::View& v) { return v.last_id(topup::Table::prefunds); });
  };
  supplier.take_prefund(command.amount.units());
  record([=, this, before = last()] {
    if (last() > before) return true;  // it was on record when nobody knew
    return world_
        .ask<topup::Prefund>(
            "prefund", [&](Tx& tx, Timestamp now) { return topup::send_prefund(tx, command, now); })
        .is_yes();
  });
}

void Admins::confirm_prefunds() {
  for (const auto& prefund : world_.all<topup::Prefund>())
    if (prefund.state == topup::PrefundState::sent)
      world_.ask<topup::Prefund>("confirm a prefund", [&](Tx& tx, Timestamp now) {
        return topup::confirm_prefund(tx, boss(), prefund.id, now);
      });
}

void Admins::pay_in(std::uint64_t salt) {
  if (recording_) return;
  auto amount = idr(Dice{salt}.between(1, 100));
  world_.ask<topup::TreasuryMove>("pay in", [&](Tx& tx, Timestamp now) {
    return topup::pay_in_capital(tx, boss(), amount, now);
  });
}

void Admins::pay_out(std::uint64_t salt) {
  if (recording_) return;
  auto& gate = *world_.gates[mix(salt, "gate") % world_.gates.size()];
  if (gate.balance() <= 0) return;
  auto owed = gate.balance();
  if (world_.faults.strikes(Fault::payout_short, salt)) owed = Dice{salt}.between(1, owed);
  auto paid = idr(gate.pay_out(owed));
  auto last = [this] {
    return world_.see([](const topup::View& v) { return v.last_id(topup::Table::treasury_moves); });
  };
  record([=, this, before = last()] {
    if (last() > before) return true;
    return world_
        .ask<topup::TreasuryMove>("pay-out",
                                  [&](Tx& tx, Timestamp now) {
                                    return topup::record_gateway_payout(tx, boss(), gate.id(), paid,
                                                                        now);
                                  })
        .is_yes();
  });
}

// Of a payment that its gateway still owes us, and that nobody is asking for.
void Admins::charge_back(std::uint64_t salt) {
  if (recording_) return;
  std::vector<topup::Receipt> received;
  for (const auto& receipt : world_.all<topup::Receipt>()) {
    bool is_settled = receipt.state == topup::ReceiptState::applied ||
                      receipt.state == topup::ReceiptState::credited;
    auto net = (receipt.amount - receipt.fee).units();
    if (is_settled && world_.gate(receipt.gateway).balance() >= net) received.push_back(receipt);
  }
  if (received.empty()) return;
  auto receipt = Dice{salt}.pick(received);
  auto& gate = world_.gate(receipt.gateway);
  world_.faults.note(Fault::chargeback);
  gate.take_back(receipt.payment_id);
  record([=, this] {
    auto state = world_.see([&](const topup::View& v) { return v.receipt(receipt.id)->state; });
    if (state == topup::ReceiptState::taken_back) return true;
    return world_
        .ask<topup::Receipt>("take back a payment",
                             [&](Tx& tx, Timestamp now) {
                               return topup::take_back_payment(tx, boss(), receipt.id,
                                                               topup::TakenFrom::clearing, now);
                             })
        .is_yes();
  });
}

void Admins::adjust(std::uint64_t salt) {
  Dice dice{salt};
  auto amount = idr(dice.one_in(2) ? dice.between(1, 9) : -dice.between(1, 3));
  topup::ProposeAdjustment command{some_admin(salt), dice.pick(world_.resellers), amount, "counted",
                                   "adjust" + std::to_string(salt)};
  world_.ask<topup::ProposedAdjustment>("propose an adjustment", [&](Tx& tx, Timestamp now) {
    return topup::propose_adjustment(tx, command, now);
  });
  decide_adjustments(salt);
}

// The operator learns what his suppliers take, or decides what he takes himself.
void Admins::reprice(std::uint64_t salt) {
  Dice dice{salt};
  world_.faults.note(Fault::repriced);
  world_.ask<topup::Offer>("reprice", [&](Tx& tx, Timestamp) -> topup::Result<topup::Offer> {
    auto offer = tx.offer(topup::OfferId{1 + static_cast<std::int64_t>(salt % 5)}).value();
    Dice again{salt};
    auto real = world_.supplier(offer.provider).price(offer.sku);
    offer.cost = idr(again.one_in(2) ? real : again.between(1, 6));
    auto rule = tx.price_rules().front();
    rule.flat = idr(again.between(0, 3));
    topup::put_price_rule(tx, boss(), rule).value();
    return topup::put_offer(tx, offer);
  });
}

void Admins::switch_something(std::uint64_t salt) {
  world_.faults.note(Fault::switched_off);
  world_.ask<topup::Offer>("switch", [&](Tx& tx, Timestamp) -> topup::Result<topup::Offer> {
    auto offer = tx.offer(topup::OfferId{1 + static_cast<std::int64_t>(salt % 5)}).value();
    if (salt / 8 % 3 == 0) {
      auto provider = tx.provider(offer.provider).value();
      provider.active = !provider.active;
      tx.update(provider);
      return offer;
    }
    offer.active = !offer.active;
    return topup::put_offer(tx, offer);
  });
}

void Admins::suspend(std::uint64_t salt) {
  auto reseller = Dice{salt}.pick(world_.resellers);
  world_.faults.note(Fault::suspended);
  world_.ask<topup::User>("suspend or reinstate", [&](Tx& tx, Timestamp) {
    bool is_suspended = tx.user(reseller)->suspended;
    return is_suspended ? topup::reinstate_user(tx, boss(), reseller)
                        : topup::suspend_user(tx, boss(), reseller);
  });
}

void Admins::erase(std::uint64_t salt) {
  auto reseller = Dice{salt}.pick(world_.resellers);
  auto heard = world_.ask<topup::User>("erase a reseller", [&](Tx& tx, Timestamp now) {
    return topup::erase_user(tx, reseller, {topup::Actor::console, 0}, now);
  });
  if (heard.is_yes()) world_.faults.note(Fault::erased);
}

void Admins::change_policy(std::uint64_t salt) {
  Dice dice{salt};
  auto& policy = world_.policy;
  using topup::MoneyBack;
  policy.failed_dropship = dice.one_in(2) ? MoneyBack::to_balance : MoneyBack::wait_for_admin;
  policy.late_payment = dice.one_in(2) ? MoneyBack::to_balance : MoneyBack::wait_for_admin;
  policy.dropship_fee = idr(dice.below(3));
  policy.deposit_fee = idr(dice.below(2));
  policy.payment_expiry = minutes{dice.between(1, 20)};
  world_.faults.note(Fault::policy_changed);
  if (world_.is_up()) world_.process->shop().policy = policy;
}

void Admins::have_a_supplier_reprice(std::uint64_t salt) {
  auto& supplier = *world_.suppliers[salt % 2];
  auto sku = std::to_string(1 + salt / 2 % 2) + "@" + std::to_string(1 + salt % 2);
  world_.faults.note(Fault::supplier_reprices);
  supplier.set_price(sku, Dice{salt}.between(1, 6));
}

void Admins::replace_key(std::uint64_t salt) {
  world_.faults.note(Fault::key_replaced);
  auto reseller = Dice{salt}.pick(world_.resellers);
  world_.ask<topup::User>("replace a key", [&](Tx& tx, Timestamp) {
    return topup::replace_key(tx, reseller, "key " + std::to_string(salt), "");
  });
}

}  // namespace topupd::sim
