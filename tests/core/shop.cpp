#include "core/shop.h"

#include <utility>

namespace topup::testing {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

UserId register_one(Tx& tx, const std::string& username, Role role, Timestamp now) {
  RegisterUser command{
      username, username, username + "@example.com", "", role, std::string{kDefaultTier}, {}};
  command.credentials.key_hash = "hash of " + username;
  return register_user(tx, command, now).value().id;
}

ServiceId sell(Tx& tx, const std::string& layanan, bool needs_nometer) {
  Service service{{}, "Pulsa", "Telkomsel", layanan, true, needs_nometer, {}};
  return put_service(tx, service).value().id;
}

OfferId supply(Tx& tx, ServiceId service, ProviderId provider, std::int64_t cost, int priority) {
  return put_offer(tx, Offer{{}, service, provider, "sku", idr(cost), priority, true}).value().id;
}

}  // namespace

CapabilitySheet asking_sheet() {
  CapabilitySheet sheet;
  sheet.client_reference = true;
  sheet.status = StatusBy::query;
  sheet.min_gap = seconds{60};
  sheet.not_found_proof = 2;
  return sheet;
}

Shop::Shop() {
  policy.deposit_min = idr(1);
  policy.withdraw_min = idr(1);
  policy.dropship_fee = idr(5);
  auto filled = store.transact([&](Tx& tx) -> Status {
    boss = register_one(tx, "boss", Role::admin, now);
    clerk = register_one(tx, "clerk", Role::admin, now);
    ani = register_one(tx, "ani", Role::reseller, now);
    budi = register_one(tx, "budi", Role::reseller, now);
    north = ensure_provider(tx, "north").value().id;
    south = ensure_provider(tx, "south").value().id;
    qris = ensure_gateway(tx, "qris").value().id;
    pulsa = sell(tx, "10.000", false);
    token = sell(tx, "20.000", true);
    north_pulsa = supply(tx, pulsa, north, 100, 1);
    south_pulsa = supply(tx, pulsa, south, 110, 2);
    north_token = supply(tx, token, north, 50, 1);
    PriceRule rule;
    rule.flat = idr(30);
    put_price_rule(tx, boss, rule).value();
    return Nothing{};
  });
  filled.value();
}

std::string Shop::next_code(const std::string& prefix) { return prefix + std::to_string(++made_); }

Result<PlacedOrder> Shop::place(const PlaceOrder& command) {
  return run([&](Tx& tx) { return place_order(tx, policy, command, now); });
}

PlaceOrder Shop::balance_order(UserId user, const std::string& target) {
  PlaceOrder command;
  command.user = user;
  command.service = pulsa;
  command.target = target;
  command.invoice = next_code("INV-");
  return command;
}

PlaceOrder Shop::dropship_order(UserId user, const std::string& target, std::int64_t selling) {
  auto command = balance_order(user, target);
  command.selling_price = idr(selling);
  command.gateway = qris;
  return command;
}

OpenDeposit Shop::deposit(UserId user, std::int64_t amount) {
  return {user, idr(amount), {}, {}, next_code("DEP-"), qris, ""};
}

Result<OpenedDeposit> Shop::open(const OpenDeposit& command) {
  return run([&](Tx& tx) { return open_deposit(tx, policy, command, now); });
}

SettlePayment Shop::payment(const std::string& code, std::int64_t amount) {
  return {qris, next_code("pay-"), code, idr(amount), {}, now};
}

Result<SettledPayment> Shop::settle(const SettlePayment& command) {
  return run([&](Tx& tx) { return settle_payment(tx, policy, command, now); });
}

void Shop::fund(UserId user, std::int64_t amount) {
  auto opened = open(deposit(user, amount)).value();
  settle(payment(opened.charge.code, amount)).value();
}

Attempt Shop::last_attempt(OrderId id) {
  return store.read([&](const View& view) { return view.attempts(id).back(); });
}

Result<Begun> Shop::begin(OrderId id) {
  auto attempt = last_attempt(id).id;
  return run([&](Tx& tx) { return begin_attempt(tx, policy, sheet, attempt, now); });
}

Result<Order> Shop::report(AttemptId attempt, const Outcome& outcome) {
  Cause cause{Actor::provider, 1};
  return run([&](Tx& tx) {
    return record_outcome(tx, policy, sheet, RecordOutcome{attempt, outcome, cause}, now);
  });
}

Result<Order> Shop::report(OrderId id, OutcomeKind kind, FailOver fail_over) {
  Outcome outcome;
  outcome.kind = kind;
  outcome.fail_over = fail_over;
  return report(last_attempt(id).id, outcome);
}

OrderId Shop::sent_order(UserId user, const std::string& target) {
  auto id = place(balance_order(user, target)).value().order.id;
  begin(id).value();
  return id;
}

OrderId Shop::paid_dropship(UserId user, const std::string& target, std::int64_t selling) {
  auto placed = place(dropship_order(user, target, selling)).value();
  settle(payment(placed.charge.value().code, selling)).value();
  return placed.order.id;
}

OrderId Shop::order_in(OrderState state) {
  using S = OrderState;
  fund(ani, 1'000);
  if (state == S::queued) return place(balance_order(ani, "08100")).value().order.id;
  if (state == S::unpaid || state == S::expired || state == S::cancelled) {
    auto unpaid = place(dropship_order(ani, "08100", 200)).value();
    if (state == S::expired) {
      tick(policy.payment_expiry);
      auto charge = unpaid.charge.value().id;
      run([&](Tx& tx) { return expire_charge(tx, charge, now); }).value();
    }
    if (state == S::cancelled)
      run([&](Tx& tx) { return cancel_order(tx, ani, unpaid.order.id, now); }).value();
    return unpaid.order.id;
  }
  auto id = sent_order(ani, "08100");
  if (state == S::unknown || state == S::review) report(id, OutcomeKind::unknown).value();
  if (state == S::review) report(id, OutcomeKind::gave_up).value();
  if (state == S::failed || state == S::late || state == S::recovered)
    report(id, OutcomeKind::failed).value();
  if (state != S::sent && state != S::unknown && state != S::review && state != S::failed)
    report(id, OutcomeKind::succeeded).value();
  if (state == S::reversed)
    run([&](Tx& tx) { return reverse_success(tx, policy, boss, id, now); }).value();
  if (state == S::recovered)
    run([&](Tx& tx) { return recover_late(tx, boss, id, RecoverFrom::balance, now); }).value();
  return id;
}

AttemptId Shop::attempt_in(AttemptState state) {
  using S = AttemptState;
  auto id = order_in(OrderState::queued);
  auto first = last_attempt(id).id;
  if (state == S::planned) return first;
  if (state == S::dropped) {
    auto offers = store.read([&](const View& view) { return view.offers(pulsa); });
    for (auto offer : offers) {
      offer.active = false;
      run([&](Tx& tx) { return put_offer(tx, offer); }).value();
    }
  }
  begin(id).value();
  if (state == S::pending) report(id, OutcomeKind::pending).value();
  if (state == S::unknown || state == S::review) report(id, OutcomeKind::unknown).value();
  if (state == S::review) report(id, OutcomeKind::gave_up).value();
  if (state == S::failed || state == S::late) report(id, OutcomeKind::failed).value();
  if (state == S::succeeded || state == S::late || state == S::reversed)
    report(id, OutcomeKind::succeeded).value();
  if (state == S::reversed)
    run([&](Tx& tx) { return reverse_success(tx, policy, boss, id, now); }).value();
  return first;
}

Wallet Shop::wallet(UserId user) {
  return store.read([&](const View& view) { return view.wallet(user); });
}

Attempt Shop::attempt(AttemptId id) {
  return store.read([&](const View& view) { return view.attempt(id).value(); });
}

Order Shop::order(OrderId id) {
  return store.read([&](const View& view) { return view.order(id).value(); });
}

Charge Shop::charge(ChargeId id) {
  return store.read([&](const View& view) { return view.charge(id).value(); });
}

Charge Shop::charge_of(OrderId id) {
  return store.read([&](const View& view) { return view.charge_of(id).value(); });
}

Receipt Shop::receipt(ReceiptId id) {
  return store.read([&](const View& view) { return view.receipt(id).value(); });
}

Report Shop::check() {
  Report report;
  store.inspect([&](const Archive& archive) { report = topup::check(archive, {toy_hash, {}}); });
  return report;
}

std::string violations(const Report& report) {
  std::string lines;
  for (const auto& violation : report.violations)
    lines += violation.invariant + " " + violation.what + "\n";
  return lines;
}

}  // namespace topup::testing
