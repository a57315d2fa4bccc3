#include "core/chaos.h"

namespace topup::testing {

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

Chaos::Ask Chaos::reverse_late() {
  auto id = some<AttemptId>();
  auto by = admin();
  return ask("reverse_late",
             [=](Tx& tx, Timestamp now) { return topup::reverse_late(tx, by, id, now); });
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

}  // namespace topup::testing
