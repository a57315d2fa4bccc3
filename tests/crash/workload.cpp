#include "crash/workload.h"

#include <utility>

#include "core/dice.h"
#include "topup/commands.h"

namespace topupd::crash {
namespace {

using namespace topup;
using std::chrono::milliseconds;

constexpr UserId kBoss{1};
constexpr UserId kAni{2};
constexpr UserId kBudi{3};
constexpr GatewayId kGateway{1};
constexpr ServiceId kPulsa{1};
constexpr int kLivesAtOnce = 6;

Money idr(std::int64_t units) { return Money::from_units(units).value(); }

Policy policy() {
  Policy policy;
  policy.deposit_min = policy.withdraw_min = idr(1);
  policy.dropship_fee = idr(5);
  return policy;
}

CapabilitySheet sheet() {
  CapabilitySheet sheet;
  sheet.client_reference = true;
  sheet.status = StatusBy::query;
  sheet.not_found_proof = 2;
  return sheet;
}

template <class T>
std::string said(std::string_view what, const Result<T>& result, const Tx& tx, UserId user) {
  auto wallet = tx.wallet(user);
  std::string text{what};
  text += " " + std::string{result ? "ok" : name(result.error().code)};
  text += ", balance " + std::to_string(wallet.balance().units());
  text += ", hold " + std::to_string(wallet[AccountKind::user_hold].balance.units());
  if (tx.under_way(user).order.value != 0) text += ", open";
  return text;
}

// One order's life, or a deposit's; its steps in their order.
struct Life {
  std::vector<std::function<std::string(Tx&, Timestamp)>> steps;

  template <class Command>
  void then(std::string_view what, UserId user, Command command) {
    steps.push_back([=](Tx& tx, Timestamp now) { return said(what, command(tx, now), tx, user); });
  }
};

void place(Life& life, UserId user, const std::string& number, std::optional<Money> selling) {
  PlaceOrder order;
  order.user = user;
  order.service = kPulsa;
  order.target = "0812" + number;
  order.invoice = "INV-" + number;
  order.idempotency_key = "key-" + number;
  order.selling_price = selling;
  if (selling) order.gateway = kGateway;
  life.then("place_order", user,
            [=](Tx& tx, Timestamp now) { return place_order(tx, policy(), order, now); });
}

void settle(Life& life, UserId user, const std::string& code, Money amount) {
  life.then("settle_payment", user, [=](Tx& tx, Timestamp now) {
    return settle_payment(tx, policy(), {kGateway, "pay " + code, code, amount, idr(1), now}, now);
  });
}

AttemptId newest_attempt(const Tx& tx, const std::string& number) {
  auto order = tx.order_by_invoice("INV-" + number);
  auto attempts = order ? tx.attempts(order->id) : std::vector<Attempt>{};
  return attempts.empty() ? AttemptId{} : attempts.back().id;
}

void begin(Life& life, UserId user, const std::string& number) {
  life.then("begin_attempt", user, [=](Tx& tx, Timestamp now) {
    return begin_attempt(tx, policy(), sheet(), newest_attempt(tx, number), now);
  });
}

void report(Life& life, UserId user, const std::string& number, OutcomeKind kind,
            FailOver fail_over = FailOver::useless) {
  Outcome outcome{kind, fail_over, kind == OutcomeKind::succeeded ? "SN" + number : "", {}, {}, {}};
  life.then("record_outcome", user, [=](Tx& tx, Timestamp now) {
    RecordOutcome command{newest_attempt(tx, number), outcome, {Actor::provider, 1}};
    return record_outcome(tx, policy(), sheet(), command, now);
  });
}

void fail_over(Life& life, UserId user, const std::string& number) {
  report(life, user, number, OutcomeKind::failed, FailOver::allowed);
  begin(life, user, number);
  report(life, user, number, OutcomeKind::succeeded);
}

Life order(int n) {
  Life life;
  auto user = n % 3 == 0 ? kBudi : kAni;
  auto number = std::to_string(n);
  bool is_dropship = n % 10 >= 7;
  place(life, user, number, is_dropship ? std::optional{idr(200)} : std::nullopt);
  if (is_dropship) settle(life, user, "INV-" + number, idr(200));
  begin(life, user, number);
  switch (n % 5) {
    case 0: report(life, user, number, OutcomeKind::failed); break;
    case 1: fail_over(life, user, number); break;
    case 2:
      report(life, user, number, OutcomeKind::unknown);
      report(life, user, number, OutcomeKind::gave_up);
      report(life, user, number, OutcomeKind::succeeded);
      report(life, user, number, OutcomeKind::succeeded);
      break;
    default: report(life, user, number, OutcomeKind::succeeded); break;
  }
  return life;
}

Life deposit(UserId user, int n) {
  Life life;
  auto code = "DEP-" + std::to_string(n);
  OpenDeposit command{user, idr(600), {}, {}, code, kGateway, "key-" + code};
  life.then("open_deposit", user,
            [=](Tx& tx, Timestamp now) { return open_deposit(tx, policy(), command, now); });
  settle(life, user, code, idr(600));
  settle(life, user, code, idr(600));  // the gateway says so twice
  return life;
}

Life withdrawal(UserId user, int n) {
  Life life;
  RequestWithdrawal command{user, idr(20), "BCA", "1", "A", "key-WD-" + std::to_string(n)};
  life.then("request_withdrawal", user,
            [=](Tx& tx, Timestamp now) { return request_withdrawal(tx, policy(), command, now); });
  life.then("pay_withdrawal", user, [=](Tx& tx, Timestamp now) {
    WithdrawalId newest{tx.last_id(Table::withdrawals)};
    return pay_withdrawal(tx, {newest, kBoss, idr(1), "done"}, now);
  });
  return life;
}

std::vector<Life> all_lives(int orders) {
  std::vector<Life> lives;
  for (int n = 1; n <= orders; ++n) {
    if (n % 5 == 1) lives.push_back(deposit(n % 2 == 0 ? kBudi : kAni, n));
    lives.push_back(order(n));
    if (n % 20 == 0) lives.push_back(withdrawal(kAni, n));
  }
  return lives;
}

void fill(Tx& tx) {
  Timestamp now{milliseconds{1}};
  for (const auto* who : {"boss", "ani", "budi"}) {
    auto role = who == std::string{"boss"} ? Role::admin : Role::reseller;
    RegisterUser user{who, who, std::string{who} + "@x.com", "", role, "default", {}};
    user.credentials.key_hash = std::string{"hash of "} + who;
    register_user(tx, user, now).value();
  }
  auto north = ensure_provider(tx, "north").value().id;
  auto south = ensure_provider(tx, "south").value().id;
  ensure_gateway(tx, "qris").value();
  put_service(tx, {{}, "Pulsa", "Telkomsel", "10.000", true, false, {}}).value();
  put_offer(tx, {{}, kPulsa, north, "n10", idr(100), 1, true}).value();
  put_offer(tx, {{}, kPulsa, south, "s10", idr(110), 2, true}).value();
  PriceRule rule;
  rule.flat = idr(30);
  put_price_rule(tx, kBoss, rule).value();
}

}  // namespace

bool was_taken(const std::string& answer) { return answer.find(" ok") != std::string::npos; }

Step opening() {
  return [](Tx& tx) {
    fill(tx);
    return std::string{"opening ok"};
  };
}

std::vector<Step> lives(int orders) {
  auto coming = all_lives(orders);
  std::reverse(coming.begin(), coming.end());
  std::vector<Life> current;
  std::vector<Step> steps;
  testing::Dice dice{7};
  Timestamp now{milliseconds{1'000}};
  while (!coming.empty() || !current.empty()) {
    while (!coming.empty() && current.size() < kLivesAtOnce) {
      current.push_back(std::move(coming.back()));
      coming.pop_back();
    }
    auto at = static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(current.size())));
    auto& life = current[at];
    now += milliseconds{100};
    steps.push_back([step = life.steps.front(), now](Tx& tx) { return step(tx, now); });
    life.steps.erase(life.steps.begin());
    if (life.steps.empty()) current.erase(current.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return steps;
}

}  // namespace topupd::crash
