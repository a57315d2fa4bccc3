// The commands that correct an order that was over.

#include <algorithm>

#include "topup/attempt_commands.h"
#include "topup/moves.h"
#include "topup/order_money.h"
#include "topup/store.h"
#include "topup/user_commands.h"

namespace topup {
namespace {

using K = AccountKind;
using moves::Now;

std::optional<Attempt> attempt_in(const View& view, OrderId order, AttemptState state) {
  for (auto& attempt : view.attempts(order))
    if (attempt.state == state) return attempt;
  return std::nullopt;
}

Money late_cost(const View& view, OrderId order) {
  Money sum;
  for (const auto& attempt : view.attempts(order))
    if (attempt.state == AttemptState::late) sum = sum + attempt.final_cost;
  return sum;
}

Entry reversal_of(const Tx& tx, const Order& order, const Attempt& attempt, Cause cause) {
  Entry entry{EntryKind::success_reversed, order.id.value, {}, cause};
  entry.add(of(attempt.provider, K::provider_float), of(K::cogs), attempt.final_cost);
  if (order.mode == OrderMode::balance) {
    entry.add(of(K::sales_refunds), of(order.user, K::user_balance), order.price);
    return entry;
  }
  auto owed = of(K::customer_refund_payable);
  auto from_profit = std::min(order.reseller_profit(), tx.wallet(order.user).profit());
  entry.add(of(K::sales_refunds), owed, order.price);
  entry.add(of(K::fee_income), owed, order.fee);
  entry.add(of(order.user, K::user_profit), owed, from_profit);
  entry.add(of(order.user, K::user_receivable), owed, order.reseller_profit() - from_profit);
  return entry;
}

// The order keeps its success, by what was booked as a loss so far.
Order replace_delivery(Tx& tx, Order order, Attempt taken_back, Attempt late, Now now) {
  Entry entry{EntryKind::delivery_replaced, taken_back.id.value, {}, now.cause};
  entry.add(of(taken_back.provider, K::provider_float), of(K::cogs), taken_back.final_cost);
  entry.add(of(K::cogs), of(K::late_success_loss), late.final_cost);
  moves::must_post(tx, entry, now.at);
  moves::advance(tx, taken_back, AttemptEvent::reverse, now);
  moves::advance(tx, late, AttemptEvent::adopt, now);
  order.sn = late.sn;
  moves::advance(tx, order, OrderEvent::deliver_late, now);
  moves::close_incidents(tx, IncidentKind::failure_after_success, taken_back.id.value, now);
  moves::close_incidents(tx, IncidentKind::late_success, late.id.value, now);
  return order;
}

bool is_served_late(OrderState state) {
  return state == OrderState::late || state == OrderState::recovered;
}

// Nothing is left of what was delivered after the refund.
void take_back_late(Tx& tx, Order& order, Now now) {
  if (order.state == OrderState::recovered) {
    Entry entry{EntryKind::recovery_refunded, order.id.value, {}, now.cause};
    entry.add(of(K::sales_refunds), of(order.user, K::user_balance), order.price);
    moves::must_post(tx, entry, now.at);
  }
  moves::advance(tx, order, OrderEvent::reverse, now);
}

// True while the customer's money of this order is still owed to him.
bool waits_for_refund(const View& view, const Order& order) {
  bool is_owed = order.state == OrderState::failed || order.state == OrderState::late ||
                 order.state == OrderState::recovered || order.state == OrderState::reversed;
  return order.mode == OrderMode::dropship && is_owed &&
         !view.has_entry(EntrySlot::order_refund, order.id.value);
}

}  // namespace

Result<Order> reverse_success(Tx& tx, const Policy& policy, UserId admin, OrderId id,
                              Timestamp now) {
  if (auto allowed = require_admin(tx, admin); !allowed) return allowed.error();
  auto order = tx.order(id);
  if (!order) return Error{Code::not_found};
  if (order->state != OrderState::succeeded) return Error{Code::conflict};
  auto attempt = attempt_in(tx, id, AttemptState::succeeded).value();

  Now by_admin{{Actor::admin, admin.value}, now};
  if (auto late = attempt_in(tx, id, AttemptState::late))
    return replace_delivery(tx, *order, attempt, *late, by_admin);
  moves::must_post(tx, reversal_of(tx, *order, attempt, by_admin.cause), now);
  moves::advance(tx, attempt, AttemptEvent::reverse, by_admin);
  moves::advance(tx, *order, OrderEvent::reverse, by_admin);
  moves::close_incidents(tx, IncidentKind::failure_after_success, attempt.id.value, by_admin);
  if (order->mode == OrderMode::dropship && policy.failed_dropship == MoneyBack::to_balance)
    order_money::refund_to_balance(tx, *order, {{Actor::policy, 0}, now});
  return *order;
}

Result<Order> reverse_late(Tx& tx, UserId admin, AttemptId id, Timestamp now) {
  if (auto allowed = require_admin(tx, admin); !allowed) return allowed.error();
  auto attempt = tx.attempt(id);
  if (!attempt) return Error{Code::not_found};
  if (attempt->state != AttemptState::late) return Error{Code::conflict};

  Now by_admin{{Actor::admin, admin.value}, now};
  auto order = tx.order(attempt->order).value();
  Entry entry{EntryKind::late_reversed, id.value, {}, by_admin.cause};
  entry.add(of(attempt->provider, K::provider_float), of(K::late_success_loss),
            attempt->final_cost);
  moves::must_post(tx, entry, now);
  moves::advance(tx, *attempt, AttemptEvent::reverse, by_admin);
  moves::close_incidents(tx, IncidentKind::failure_after_success, id.value, by_admin);
  moves::close_incidents(tx, IncidentKind::late_success, id.value, by_admin);
  if (is_served_late(order.state) && !attempt_in(tx, order.id, AttemptState::late))
    take_back_late(tx, order, by_admin);
  return order;
}

Result<Order> recover_late(Tx& tx, UserId admin, OrderId id, RecoverFrom source, Timestamp now) {
  if (auto allowed = require_admin(tx, admin); !allowed) return allowed.error();
  auto order = tx.order(id);
  if (!order) return Error{Code::not_found};
  if (order->state != OrderState::late) return Error{Code::conflict};
  if (tx.has_entry(EntrySlot::order_recovery, id.value)) return Error{Code::conflict};

  Now by_admin{{Actor::admin, admin.value}, now};
  auto payer =
      of(order->user, source == RecoverFrom::balance ? K::user_balance : K::user_receivable);
  auto of_loss = std::min(order->price, late_cost(tx, id));
  Entry entry{EntryKind::late_recovered, id.value, {}, by_admin.cause};
  entry.add(payer, of(K::late_success_loss), of_loss);
  entry.add(payer, of(K::sales_balance), order->price - of_loss);
  if (auto paid = post(tx, entry, now); !paid) return paid.error();
  moves::advance(tx, *order, OrderEvent::recover, by_admin);
  for (const auto& attempt : tx.attempts(id))
    moves::close_incidents(tx, IncidentKind::late_success, attempt.id.value, by_admin);
  return *order;
}

Result<Order> refund_customer(Tx& tx, UserId admin, OrderId id, RefundTo to, Timestamp now) {
  if (auto allowed = require_admin(tx, admin); !allowed) return allowed.error();
  auto order = tx.order(id);
  if (!order) return Error{Code::not_found};
  if (!waits_for_refund(tx, *order)) return Error{Code::conflict};

  Now by_admin{{Actor::admin, admin.value}, now};
  if (to == RefundTo::balance) {
    order_money::refund_to_balance(tx, *order, by_admin);
    return *order;
  }
  Entry entry{EntryKind::customer_refunded, id.value, {}, by_admin.cause};
  entry.add(of(K::customer_refund_payable), of(K::bank), order->selling);
  moves::must_post(tx, entry, now);
  return *order;
}

}  // namespace topup
