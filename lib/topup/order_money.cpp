#include "topup/order_money.h"

namespace topup::order_money {
namespace {

using K = AccountKind;
using moves::Now;

// Cost of sales at the final cost, out of what was in flight; the difference to
// the quote is taken from the float or returned to it.
void take_cost(Entry& entry, const Attempt& attempt) {
  auto inflight = of(attempt.provider, K::provider_inflight);
  auto in_float = of(attempt.provider, K::provider_float);
  auto common = std::min(attempt.cost, attempt.final_cost);
  entry.add(of(K::cogs), inflight, common);
  entry.add(of(K::cogs), in_float, attempt.final_cost - common);
  entry.add(in_float, inflight, attempt.cost - common);
}

// What the delivery of an order earns, before its cost.
Entry sale_of(const Order& order, Cause cause) {
  bool dropship = order.mode == OrderMode::dropship;
  Entry entry{dropship ? EntryKind::dropship_succeeded : EntryKind::order_captured,
              order.id.value,
              {},
              cause};
  if (!dropship) {
    entry.add(of(order.user, K::user_hold), of(K::sales_balance), order.price);
    return entry;
  }
  auto escrow = of(K::dropship_escrow);
  entry.add(escrow, of(K::sales_dropship), order.price);
  entry.add(escrow, of(K::fee_income), order.fee);
  entry.add(escrow, of(order.user, K::user_profit), order.reseller_profit());
  return entry;
}

}  // namespace

void launch_attempt(Tx& tx, const Attempt& attempt, Now now) {
  Entry entry{EntryKind::attempt_submitted, attempt.id.value, {}, now.cause};
  entry.add(of(attempt.provider, K::provider_inflight), of(attempt.provider, K::provider_float),
            attempt.cost);
  moves::must_post(tx, entry, now.at);
}

void land_attempt(Tx& tx, const Attempt& attempt, Now now) {
  Entry entry{EntryKind::attempt_failed, attempt.id.value, {}, now.cause};
  entry.add(of(attempt.provider, K::provider_float), of(attempt.provider, K::provider_inflight),
            attempt.cost);
  moves::must_post(tx, entry, now.at);
}

void capture(Tx& tx, const Order& order, const Attempt& attempt, Now now) {
  auto entry = sale_of(order, now.cause);
  take_cost(entry, attempt);
  moves::must_post(tx, entry, now.at);
}

void capture_late(Tx& tx, const Order& order, const Attempt& attempt, Now now) {
  auto entry = sale_of(order, now.cause);
  entry.add(of(K::cogs), of(K::late_success_loss), attempt.final_cost);
  moves::must_post(tx, entry, now.at);
}

void give_back(Tx& tx, const Policy& policy, const Order& order, Now now) {
  if (order.mode == OrderMode::balance) {
    Entry entry{EntryKind::order_voided, order.id.value, {}, now.cause};
    entry.add(of(order.user, K::user_hold), of(order.user, K::user_balance), order.price);
    moves::must_post(tx, entry, now.at);
    return;
  }
  Entry entry{EntryKind::dropship_failed, order.id.value, {}, now.cause};
  entry.add(of(K::dropship_escrow), of(K::customer_refund_payable), order.selling);
  moves::must_post(tx, entry, now.at);
  if (policy.failed_dropship == MoneyBack::to_balance)
    refund_to_balance(tx, order, {{Actor::policy, 0}, now.at});
}

void refund_to_balance(Tx& tx, const Order& order, Now now) {
  Entry entry{EntryKind::customer_refunded, order.id.value, {}, now.cause};
  entry.add(of(K::customer_refund_payable), of(order.user, K::user_balance), order.selling);
  moves::must_post(tx, entry, now.at);
}

void book_late_success(Tx& tx, const Attempt& attempt, Now now) {
  Entry entry{EntryKind::late_success, attempt.id.value, {}, now.cause};
  entry.add(of(K::late_success_loss), of(attempt.provider, K::provider_float), attempt.final_cost);
  moves::must_post(tx, entry, now.at);
  moves::open_incident(tx, IncidentKind::late_success, attempt.id.value, now.at);
}

}  // namespace topup::order_money
