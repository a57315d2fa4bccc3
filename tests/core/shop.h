// A small shop on a memory store: two admins, two resellers, two suppliers, two
// services, one gateway.  Amounts are small so that tests land on boundaries.

#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "core/toy_seal.h"
#include "topup/checker.h"
#include "topup/commands.h"
#include "topup/memory_store.h"

namespace topup::testing {

inline Money idr(std::int64_t units) { return Money::from_units(units).value(); }

// The supplier can be asked, and "not found" twice proves absence.
CapabilitySheet asking_sheet();

struct Shop {
  MemoryStore store{toy_sealer()};
  Policy policy;
  CapabilitySheet sheet = asking_sheet();
  Timestamp now{std::chrono::hours{24 * 365 * 50}};

  UserId boss;
  UserId clerk;
  UserId ani;
  UserId budi;
  ProviderId north;
  ProviderId south;
  GatewayId qris;
  ServiceId pulsa;  // north at 100, south at 110; costs a reseller 130
  ServiceId token;  // north at 50; costs a reseller 80; needs a nometer
  OfferId north_pulsa;
  OfferId south_pulsa;
  OfferId north_token;

  Shop();

  // Runs a command that is written as a body over a transaction.
  template <class Body>
  auto run(Body body) {
    return store.transact(body);
  }

  void tick(std::chrono::milliseconds by = std::chrono::seconds{1}) { now += by; }

  Result<PlacedOrder> place(const PlaceOrder& command);
  PlaceOrder balance_order(UserId user, const std::string& target);
  PlaceOrder dropship_order(UserId user, const std::string& target, std::int64_t selling);

  OpenDeposit deposit(UserId user, std::int64_t amount);
  Result<OpenedDeposit> open(const OpenDeposit& command);
  SettlePayment payment(const std::string& code, std::int64_t amount);
  Result<SettledPayment> settle(const SettlePayment& command);

  // Gives a reseller a balance, as a deposit of that amount.
  void fund(UserId user, std::int64_t amount);

  Attempt last_attempt(OrderId id);
  Result<Begun> begin(OrderId id);
  Result<Order> report(AttemptId attempt, const Outcome& outcome);
  Result<Order> report(OrderId id, OutcomeKind kind, FailOver fail_over = FailOver::useless);

  // An order that was sent to its first supplier.
  OrderId sent_order(UserId user, const std::string& target);
  // A dropship order, paid for.
  OrderId paid_dropship(UserId user, const std::string& target, std::int64_t selling);

  // ani's order, a balance order where it may be, in that state.
  OrderId order_in(OrderState state);
  // An attempt for ani's balance order, in that state.
  AttemptId attempt_in(AttemptState state);

  Wallet wallet(UserId user);
  Attempt attempt(AttemptId id);
  Order order(OrderId id);
  Charge charge(ChargeId id);
  Charge charge_of(OrderId id);
  Receipt receipt(ReceiptId id);
  Report check();

  // New every time: the prefix and a number.
  std::string next_code(const std::string& prefix);

 private:
  int made_ = 0;
};

// "ok", or the code that a command refused with and the field that it blames:
// "invalid_parameter target".
template <class T>
std::string outcome(const Result<T>& result) {
  if (result) return "ok";
  std::string text{name(result.error().code)};
  return result.error().field.empty() ? text : text + " " + result.error().field;
}

// Everything is wrong with a command at first; each row cures one fault and
// says what the command answers then.
struct Cure {
  std::string what;
  std::function<void()> cure;
  std::string answer;
};

// "" if all is well, else the violations, a line each.
std::string violations(const Report& report);

}  // namespace topup::testing
