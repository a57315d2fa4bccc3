#include "sim/admins.h"

#include <algorithm>
#include <functional>
#include <map>

namespace topupd::sim {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using topup::AttemptState;
using topup::Money;
using topup::OrderState;
using topup::Timestamp;
using topup::Tx;
using topup::testing::Dice;

Money idr(std::int64_t units) { return Money::from_units(units).value(); }

}  // namespace

std::optional<topup::Attempt> Admins::last_attempt(topup::OrderId order) {
  auto attempts = world_.see([&](const topup::View& view) { return view.attempts(order); });
  return attempts.empty() ? std::nullopt : std::optional{attempts.back()};
}

template <class Decide>
void Admins::twice(std::uint64_t salt, Decide decide) {
  if (world_.faults.strikes(Fault::two_admins, salt))
    world_.timeline.after(milliseconds{Dice{salt}.below(2)},
                          [=, this] { decide(world_.admins[1]); });
  decide(boss());
}

void Admins::look_into_orders(std::uint64_t salt) {
  for (const auto& order : world_.all<topup::Order>()) {
    if (order.state != OrderState::review && order.state != OrderState::unknown) continue;
    look_into(order, mix(salt, static_cast<std::uint64_t>(order.id.value)));
  }
}

// Only what can no longer be on its way to the supplier.
void Admins::look_into(const topup::Order& order, std::uint64_t salt) {
  auto attempt = last_attempt(order.id);
  if (!attempt || !attempt->sent_at) return;
  auto& supplier = world_.supplier(attempt->provider);
  auto reference = world_.reference(*attempt);
  auto sent_before = world_.timeline.time().wall() - *attempt->sent_at;
  if (supplier.is_on_the_line(reference)) return;
  if (order.state == OrderState::unknown && sent_before < 3 * supplier.sheet().answer_timeout)
    return;
  const auto* deal = supplier.find(reference);
  if (deal != nullptr && deal->state == Deal::State::pending) return;
  topup::Outcome outcome;
  bool is_delivered = deal != nullptr && deal->state == Deal::State::success;
  outcome.kind = is_delivered ? topup::OutcomeKind::succeeded : topup::OutcomeKind::failed;
  if (is_delivered) outcome.cost = idr(deal->charged);
  if (is_delivered) outcome.sn = "SN by telephone";
  if (Dice{salt}.one_in(2)) outcome.fail_over = topup::FailOver::allowed;
  twice(salt, [=, this](topup::UserId admin) {
    world_.ask<topup::Order>(
        "resolve order " + std::to_string(order.id.value), [&](Tx& tx, Timestamp now) {
          return topup::resolve_order(tx, world_.policy, {order.id, admin, outcome}, now);
        });
  });
}

// Only where the supplier will tell what really happened.
void Admins::guess(std::uint64_t salt) {
  std::vector<topup::Order> open;
  for (const auto& order : world_.all<topup::Order>()) {
    if (!topup::is_funded_and_open(order.state)) continue;
    auto attempt = last_attempt(order.id);
    if (attempt && world_.supplier(attempt->provider).always_tells()) open.push_back(order);
  }
  if (open.empty()) return;
  Dice dice{salt};
  auto order = dice.pick(open);
  auto attempt = last_attempt(order.id).value();
  const auto* deal = world_.supplier(attempt.provider).find(world_.reference(attempt));
  bool may_succeed = deal != nullptr && deal->state == Deal::State::pending;
  topup::Outcome outcome;
  outcome.kind =
      may_succeed && dice.one_in(2) ? topup::OutcomeKind::succeeded : topup::OutcomeKind::failed;
  if (dice.one_in(2)) outcome.fail_over = topup::FailOver::allowed;
  world_.faults.note(Fault::admin_guesses);
  guessed_.insert(order.id);
  world_.ask<topup::Order>(
      "guess order " + std::to_string(order.id.value), [&](Tx& tx, Timestamp now) {
        return topup::resolve_order(tx, world_.policy, {order.id, boss(), outcome}, now);
      });
}

bool Admins::was_taken_back(const topup::Order& order) {
  if (order.state != OrderState::succeeded) return false;
  auto attempts = world_.see([&](const topup::View& view) { return view.attempts(order.id); });
  return std::any_of(attempts.begin(), attempts.end(), [&](const topup::Attempt& attempt) {
    const auto* deal = world_.supplier(attempt.provider).find(world_.reference(attempt));
    return attempt.state == AttemptState::succeeded && deal != nullptr &&
           deal->state == Deal::State::failure;
  });
}

void Admins::reverse() {
  for (const auto& order : world_.all<topup::Order>())
    if (was_taken_back(order))
      world_.ask<topup::Order>(
          "reverse order " + std::to_string(order.id.value), [&](Tx& tx, Timestamp now) {
            return topup::reverse_success(tx, world_.policy, boss(), order.id, now);
          });
}

void Admins::reverse_late() {
  for (const auto& attempt : world_.all<topup::Attempt>()) {
    const auto* deal = world_.supplier(attempt.provider).find(world_.reference(attempt));
    if (attempt.state == AttemptState::late && deal->state == Deal::State::failure)
      world_.ask<topup::Order>(
          "reverse late attempt " + std::to_string(attempt.id.value),
          [&](Tx& tx, Timestamp now) { return topup::reverse_late(tx, boss(), attempt.id, now); });
  }
}

void Admins::recover(std::uint64_t salt) {
  auto source = Dice{salt}.one_in(2) ? topup::RecoverFrom::balance : topup::RecoverFrom::receivable;
  for (const auto& order : world_.all<topup::Order>())
    if (order.state == OrderState::late)
      world_.ask<topup::Order>("recover order " + std::to_string(order.id.value),
                               [&](Tx& tx, Timestamp now) {
                                 return topup::recover_late(tx, boss(), order.id, source, now);
                               });
}

void Admins::refund_customers(std::uint64_t salt) {
  for (const auto& order : world_.all<topup::Order>()) {
    if (order.mode != topup::OrderMode::dropship || !topup::is_over(order.state)) continue;
    if (order.state == OrderState::succeeded || order.state == OrderState::expired ||
        order.state == OrderState::cancelled)
      continue;
    bool is_refunded = world_.see([&](const topup::View& view) {
      return view.has_entry(topup::EntrySlot::order_refund, order.id.value);
    });
    if (is_refunded) continue;
    auto to = Dice{salt}.one_in(2) ? topup::RefundTo::balance : topup::RefundTo::payer;
    twice(salt, [=, this](topup::UserId admin) {
      world_.ask<topup::Order>("refund order " + std::to_string(order.id.value),
                               [&](Tx& tx, Timestamp now) {
                                 return topup::refund_customer(tx, admin, order.id, to, now);
                               });
    });
  }
}

void Admins::decide_receipts(std::uint64_t salt) {
  Dice dice{salt};
  for (const auto& receipt : world_.all<topup::Receipt>()) {
    if (receipt.state != topup::ReceiptState::waiting) continue;
    auto user = receipt.user && !dice.one_in(4) ? topup::UserId{} : dice.pick(world_.resellers);
    bool gives = dice.one_in(2);
    twice(salt, [=, this](topup::UserId admin) {
      world_.ask<topup::Receipt>(
          "decide receipt " + std::to_string(receipt.id.value), [&](Tx& tx, Timestamp now) {
            return gives ? topup::credit_receipt(tx, admin, receipt.id, user, now)
                         : topup::return_receipt(tx, admin, receipt.id, now);
          });
    });
  }
}

void Admins::decide_withdrawals(std::uint64_t salt) {
  Dice dice{salt};
  for (const auto& withdrawal : world_.all<topup::Withdrawal>()) {
    if (topup::is_over(withdrawal.state)) continue;
    bool pays = dice.one_in(2);
    auto fee = idr(std::min(dice.below(2), withdrawal.amount.units()));
    twice(salt, [=, this](topup::UserId admin) {
      world_.ask<topup::Withdrawal>(
          "decide withdrawal " + std::to_string(withdrawal.id.value), [&](Tx& tx, Timestamp now) {
            return pays == (admin == boss())
                       ? topup::pay_withdrawal(tx, {withdrawal.id, admin, fee, "paid"}, now)
                       : topup::reject_withdrawal(tx, admin, withdrawal.id, "no", now);
          });
    });
  }
}

void Admins::decide_adjustments(std::uint64_t salt) {
  for (const auto& adjustment : world_.all<topup::Adjustment>()) {
    if (topup::is_over(adjustment.state)) continue;
    // One that the balance does not cover is turned down later.
    bool approves = Dice{mix(salt, static_cast<std::uint64_t>(adjustment.id.value))}.one_in(2);
    twice(salt, [=, this](topup::UserId admin) {
      world_.ask<topup::Adjustment>(
          "decide adjustment " + std::to_string(adjustment.id.value), [&](Tx& tx, Timestamp now) {
            return approves ? topup::approve_adjustment(tx, admin, adjustment.id, now)
                            : topup::reject_adjustment(tx, admin, adjustment.id, now);
          });
    });
  }
}

void Admins::withdraw_while_reversing(std::uint64_t salt) {
  for (const auto& order : world_.all<topup::Order>()) {
    if (order.mode != topup::OrderMode::dropship || !was_taken_back(order)) continue;
    world_.faults.note(Fault::reversal_races);
    world_.timeline.after(milliseconds{Dice{salt}.below(2)},
                          [=, this] { resellers_.withdraw_all(order.user, salt); });
    return reverse();
  }
}

void Admins::do_chores() {
  auto salt = static_cast<std::uint64_t>(world_.timeline.now().count());
  look_into_orders(salt);
  if (world_.plan.heats.at(static_cast<std::size_t>(Fault::reversal_races)) > 0)
    withdraw_while_reversing(salt);
  reverse();
  reverse_late();
  refund_customers(salt);
  decide_receipts(salt);
  decide_withdrawals(salt);
  decide_adjustments(salt);
  confirm_prefunds();
}

void Admins::act(const Act& act) {
  using A = Admins;
  static const std::map<Deed, std::function<void(Admins&, std::uint64_t salt)>> kDeeds{
      {Deed::look_into_orders, &A::look_into_orders},
      {Deed::guess_an_order, &A::guess},
      {Deed::reverse, [](Admins& admins, std::uint64_t) { admins.reverse(); }},
      {Deed::recover, &A::recover},
      {Deed::refund_customers, &A::refund_customers},
      {Deed::decide_receipts, &A::decide_receipts},
      {Deed::decide_withdrawals, &A::decide_withdrawals},
      {Deed::withdraw_while_reversing, &A::withdraw_while_reversing},
      {Deed::charge_back, &A::charge_back},
      {Deed::adjust, &A::adjust},
      {Deed::prefund,
       [](Admins& admins, std::uint64_t salt) {
         admins.prefund(salt);
         admins.confirm_prefunds();
       }},
      {Deed::pay_in, &A::pay_in},
      {Deed::pay_out, &A::pay_out},
      {Deed::reprice, &A::reprice},
      {Deed::supplier_reprices, &A::have_a_supplier_reprice},
      {Deed::switch_offer, &A::switch_something},
      {Deed::change_policy, &A::change_policy},
      {Deed::suspend, &A::suspend},
      {Deed::erase, &A::erase},
      {Deed::replace_key, &A::replace_key},
  };
  kDeeds.at(act.deed)(*this, act.salt);
}

}  // namespace topupd::sim
