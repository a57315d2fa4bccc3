#include "sim/witness.h"

#include "sim/world.h"

namespace topupd::sim {
namespace {

void must(bool holds, const std::string& what) {
  if (!holds) throw Violation{"I37 " + what};
}

bool is_same(const Purchase& a, const Purchase& b) {
  return a.sku == b.sku && a.target == b.target && a.max_cost_rupiah == b.max_cost_rupiah;
}

struct Known {
  topup::Attempt attempt;
  topup::Order order;
};

// As the disk has it, not as the process thinks.
Known known(World& world, const Supplier& supplier, const std::string& reference) {
  return world.disk.store().read([&](const topup::View& view) {
    auto attempt = topup::attempt_by_reference(view, reference);
    must(attempt.has_value(), reference + " was sent, and is not on record");
    must(attempt->provider == supplier.id(), reference + " was sent to another supplier");
    return Known{*attempt, view.order(attempt->order).value()};
  });
}

}  // namespace

void Witness::sends(const Supplier& supplier, const Purchase& purchase) {
  const auto& reference = purchase.reference;
  auto [attempt, order] = known(world_, supplier, reference);
  must(attempt.state == topup::AttemptState::sending && attempt.sent_at.has_value(),
       reference + " is sent before that is on record");
  must(order.state == topup::OrderState::sent,
       reference + " is sent for an order that is " + std::string{topup::name(order.state)});
  must(purchase.target == order.number() && purchase.sku == attempt.sku &&
           purchase.max_cost_rupiah == order.max_cost.units(),
       reference + " asks for something else than its order");
  bool is_new = sent_.emplace(reference, Sent{purchase, world_.timeline.now()}).second;
  must(is_new, reference + " is sent a second time");
}

void Witness::asks(const Supplier& supplier, const Purchase& purchase) {
  using topup::StatusBy;
  const auto& reference = purchase.reference;
  const auto sheet = supplier.sheet();
  must(sheet.status != StatusBy::none, reference + " is asked about, and nobody can be");
  must(!supplier.is_on_the_line(reference) || world_.clock_was_set,
       reference + " is asked about while it is sent");
  auto [attempt, order] = known(world_, supplier, reference);
  must(topup::is_open(attempt.state), reference + " is asked about though it is over");
  auto& before = sent_[reference];  // a process may have died before it was sent
  if (before.purchase.reference.empty()) before = {purchase, milliseconds{0}};
  auto passed = world_.timeline.now() - before.at;
  before.at = world_.timeline.now();
  if (!world_.clock_was_set) must(passed >= sheet.min_gap, reference + " is asked about too soon");
  if (sheet.status != StatusBy::resend) return;

  ++sent_again_;
  must(sheet.client_reference, reference + " is sent again, and it is no reference there");
  must(is_same(before.purchase, purchase), reference + " is sent again with something else");
  must(topup::is_funded_and_open(order.state), reference + " is sent again after its order ended");
  auto& clock = world_.process->clock();
  must(clock.now() < *attempt.sent_at + sheet.horizon, reference + " is sent past the horizon");
  must(!clock.last_jump(), reference + " is sent again while the clock is in doubt");
}

}  // namespace topupd::sim
