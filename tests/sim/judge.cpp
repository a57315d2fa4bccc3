#include "sim/judge.h"

#include <algorithm>
#include <map>

namespace topupd::sim {
namespace {

using topup::AttemptState;
using topup::Order;
using topup::OrderState;

void must(bool holds, const std::string& what) {
  if (!holds) throw Violation{what};
}

std::string named(const Order& order) {
  return "order " + std::to_string(order.id.value) + " (" + std::string{topup::name(order.state)} +
         ")";
}

// And was not taken back.
bool was_delivered(const Deal* deal) {
  return deal != nullptr && deal->state == Deal::State::success;
}

class Judge {
 public:
  Judge(World& world, const Resellers& resellers, const Admins& admins)
      : world_{world}, resellers_{resellers}, admins_{admins} {}

  void suppliers();
  void orders();
  void gateways();
  void wishes();

 private:
  void attempt(const topup::Attempt& attempt);
  void order(const Order& order);
  void gateway(const Paygate& gate);
  void payment(const Payment& payment, const topup::Receipt& receipt);
  void wish(const Wish& wish);
  bool exists(const Wish& wish);
  std::int64_t made_of(const Wish& wish);
  std::int64_t balance(topup::AccountKind kind, std::int64_t owner);

  World& world_;
  const Resellers& resellers_;
  const Admins& admins_;
  std::map<std::int64_t, std::int64_t> untold_;  // by supplier: taken, less what we think
};

// As the journal says, on the debit side.
std::int64_t Judge::balance(topup::AccountKind kind, std::int64_t owner) {
  topup::LedgerAccount account{kind, owner};
  std::int64_t sum = 0;
  world_.disk.store().inspect([&](const topup::Archive& archive) {
    archive.each(topup::Archive::Each<topup::StoredPosting>{[&](const auto& stored) {
      if (stored.posting.debit == account) sum += stored.posting.amount.units();
      if (stored.posting.credit == account) sum -= stored.posting.amount.units();
    }});
  });
  return sum;
}

void Judge::attempt(const topup::Attempt& attempt) {
  const auto& supplier = world_.supplier(attempt.provider);
  auto reference = world_.reference(attempt);
  const auto* deal = supplier.find(reference);
  auto who = reference + " (" + std::string{topup::name(attempt.state)} + ")";
  auto deliveries = std::count_if(supplier.deals().begin(), supplier.deals().end(), [&](auto& d) {
    return d.reference == reference && d.was_delivered;
  });
  must(deliveries <= 1, "I22 " + who + " was delivered " + std::to_string(deliveries) + " times");
  bool is_delivered = was_delivered(deal);
  bool says_so = attempt.state == AttemptState::succeeded || attempt.state == AttemptState::late;
  must(is_delivered == says_so, "I24 " + who + (is_delivered ? " was delivered" : " was not"));
  if (attempt.state == AttemptState::late)
    must(deal->broke_its_word || admins_.guessed().contains(attempt.order),
         "I23 " + who + " was believed to have failed, and nobody had said so");
  if (attempt.state == AttemptState::late || attempt.state == AttemptState::succeeded) {
    // Who guesses a success says no cost: the quote is booked, and the difference is found later,
    // in the supplier's statement.
    if (supplier.plan().tells_cost && !admins_.guessed().contains(attempt.order))
      must(attempt.final_cost.units() == deal->charged,
           "I33 " + who + " cost " + std::to_string(deal->charged) + ", booked as " +
               std::to_string(attempt.final_cost.units()));
    untold_[supplier.id().value] += deal->charged - attempt.final_cost.units();
  }
}

void Judge::suppliers() {
  for (const auto& each : world_.all<topup::Attempt>())
    attempt(each);
  for (const auto& supplier : world_.suppliers) {
    auto id = supplier->id().value;
    for (const auto& deal : supplier->deals()) {
      auto attempt = world_.see([&](const topup::View& view) {
        return topup::attempt_by_reference(view, deal.reference);
      });
      must(attempt.has_value(), "I27 " + deal.reference + " was bought, and nobody knows it");
    }
    auto booked = balance(topup::AccountKind::provider_float, id);
    must(balance(topup::AccountKind::provider_inflight, id) == 0, "I33 something is in flight");
    must(booked == supplier->balance() + untold_[id],
         "I33 " + std::string{supplier->name()} + " owes us " +
             std::to_string(supplier->balance()) + ", we think " + std::to_string(booked));
  }
}

void Judge::order(const Order& order) {
  auto attempts = world_.see([&](const topup::View& view) { return view.attempts(order.id); });
  std::int64_t delivered = 0;
  std::int64_t late = 0;
  for (const auto& attempt : attempts) {
    const auto* deal = world_.supplier(attempt.provider).find(world_.reference(attempt));
    delivered += was_delivered(deal) ? 1 : 0;
    late += attempt.state == AttemptState::late ? 1 : 0;
  }
  must(delivered - late <= 1, "I22 " + named(order) + " was delivered by several suppliers");
  bool served = order.state == OrderState::succeeded || order.state == OrderState::late ||
                order.state == OrderState::recovered;
  must(served == (delivered > 0) || order.state == OrderState::reversed,
       "I24 " + named(order) + " was delivered " + std::to_string(delivered) + " times");
  bool is_paid_for = order.state == OrderState::succeeded || order.state == OrderState::recovered;
  must(delivered == 0 || is_paid_for || late > 0, "I23 " + named(order) + " is silent about it");
}

void Judge::orders() {
  for (const auto& each : world_.all<Order>())
    order(each);
}

void Judge::payment(const Payment& payment, const topup::Receipt& receipt) {
  must(receipt.amount.units() == payment.amount && receipt.fee.units() == payment.fee &&
           receipt.paid_at == payment.paid_at,
       "I31 payment " + payment.id + " was booked as another");
  must((receipt.state == topup::ReceiptState::taken_back) == payment.was_taken_back,
       "I31 payment " + payment.id + " is " + std::string{topup::name(receipt.state)});
  auto charge =
      world_.see([&](const topup::View& view) { return view.charge_by_code(payment.code); });
  auto expected = charge ? charge->id : topup::ChargeId{};
  must(receipt.charge == expected,
       "I31 payment " + payment.id + " was booked for another charge than " + payment.code);
}

void Judge::gateway(const Paygate& gate) {
  std::map<std::string, topup::Receipt> booked;
  for (const auto& receipt : world_.all<topup::Receipt>())
    if (receipt.gateway == gate.id()) booked[receipt.payment_id] = receipt;
  must(booked.size() == gate.payments().size(),
       "I31 " + std::string{gate.name()} + " took " + std::to_string(gate.payments().size()) +
           " payments, booked are " + std::to_string(booked.size()));
  for (const auto& payment : gate.payments()) {
    auto found = booked.find(payment.id);
    must(found != booked.end(), "I31 payment " + payment.id + " was not booked");
    this->payment(payment, found->second);
  }
  auto clearing = balance(topup::AccountKind::gateway_clearing, gate.id().value);
  must(clearing == gate.balance(), "I38 " + std::string{gate.name()} + " owes us " +
                                       std::to_string(gate.balance()) + ", we think " +
                                       std::to_string(clearing));
}

void Judge::gateways() {
  for (const auto& gate : world_.gates)
    gateway(*gate);
}

bool Judge::exists(const Wish& wish) {
  return world_.see([&](const topup::View& view) {
    switch (wish.kind) {
      case Wish::Kind::order: {
        auto order = view.order(topup::OrderId{wish.id});
        return order && order->user == wish.user;
      }
      case Wish::Kind::deposit: {
        auto charge = view.charge(topup::ChargeId{wish.id});
        return charge && charge->user == wish.user;
      }
      case Wish::Kind::withdrawal: {
        auto withdrawal = view.withdrawal(topup::WithdrawalId{wish.id});
        return withdrawal && withdrawal->user == wish.user;
      }
      case Wish::Kind::transfer: {
        auto transfer = view.transfer(topup::TransferId{wish.id});
        return transfer && transfer->user == wish.user;
      }
    }
    return false;
  });
}

// How often it was done; what its gateway never offered does not count.
std::int64_t Judge::made_of(const Wish& wish) {
  std::int64_t count = 0;
  if (wish.kind == Wish::Kind::withdrawal)
    for (const auto& withdrawal : world_.all<topup::Withdrawal>())
      count += withdrawal.account_name == wish.mark ? 1 : 0;
  if (wish.kind != Wish::Kind::order) return count;
  for (const auto& order : world_.all<Order>())
    count += order.customer_name == wish.mark && order.state != OrderState::cancelled ? 1 : 0;
  return count;
}

void Judge::wish(const Wish& wish) {
  if (wish.end == Wish::End::made)
    must(exists(wish), "I27 " + wish.mark + " was promised as " + std::to_string(wish.id) +
                           ", and does not exist");
  auto count = made_of(wish);
  must(count <= 1, "I28 " + wish.mark + " was done " + std::to_string(count) + " times");
  must(count == 0 || wish.end != Wish::End::refused,
       "I28 " + wish.mark + " was refused, and done all the same");
}

void Judge::wishes() {
  std::map<Wish::Kind, std::int64_t> wished;
  for (const auto& each : resellers_.wishes()) {
    wish(each);
    ++wished[each.kind];
  }
  auto transfers = static_cast<std::int64_t>(world_.all<topup::Transfer>().size());
  must(transfers <= wished[Wish::Kind::transfer], "I28 more transfers than were wished for");
}

}  // namespace

std::string unsettled(World& world, const Admins& admins) {
  std::string open;
  auto add = [&](std::string_view thing, auto id, std::string_view state) {
    open +=
        std::string{thing} + " " + std::to_string(id.value) + " is " + std::string{state} + "; ";
  };
  for (const auto& order : world.all<Order>())
    if (!topup::is_over(order.state)) add("order", order.id, topup::name(order.state));
  for (const auto& attempt : world.all<topup::Attempt>())
    if (!topup::is_over(attempt.state)) add("attempt", attempt.id, topup::name(attempt.state));
  for (const auto& charge : world.all<topup::Charge>())
    if (!topup::is_over(charge.state)) add("charge", charge.id, topup::name(charge.state));
  for (const auto& receipt : world.all<topup::Receipt>())
    if (!topup::is_over(receipt.state)) add("receipt", receipt.id, topup::name(receipt.state));
  for (const auto& withdrawal : world.all<topup::Withdrawal>())
    if (!topup::is_over(withdrawal.state)) add("withdrawal", withdrawal.id, "requested");
  for (const auto& adjustment : world.all<topup::Adjustment>())
    if (!topup::is_over(adjustment.state)) add("adjustment", adjustment.id, "proposed");
  for (const auto& prefund : world.all<topup::Prefund>())
    if (prefund.state == topup::PrefundState::sent) add("prefund", prefund.id, "sent");
  if (admins.is_recording()) open += "money that moved is not on record; ";
  return open;
}

void judge(World& world, const Resellers& resellers, const Admins& admins) {
  world.store.check();
  Judge judge{world, resellers, admins};
  judge.suppliers();
  judge.orders();
  judge.gateways();
  judge.wishes();
}

}  // namespace topupd::sim
