#include "sim/world.h"

#include <algorithm>
#include <array>

#include "core/dice.h"

namespace topupd::sim {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using topup::Role;
using topup::testing::Dice;

constexpr topup::Timestamp kBegin{hours{24 * 365 * 56}};
constexpr std::int64_t kEventsMax = 10'000;

topup::Money idr(std::int64_t units) { return topup::Money::from_units(units).value(); }

topup::UserId enlist(topup::Tx& tx, const std::string& username, Role role, topup::Timestamp now) {
  topup::RegisterUser command{
      username, username, username + "@shop.id", "", role, std::string{topup::kDefaultTier}, {}};
  command.credentials.key_hash = "hash of " + username;
  return topup::register_user(tx, command, now).value().id;
}

// Every supplier sells pulsa, two sell the token.
struct Sold {
  std::int64_t service, provider, cost;
  int priority;
};
constexpr std::array kSold{Sold{1, 1, 3, 1}, Sold{1, 2, 4, 2}, Sold{1, 3, 4, 3}, Sold{2, 2, 2, 1},
                           Sold{2, 1, 3, 2}};

}  // namespace

World::World(const Plan& drawn, const Ground& ground)
    : plan{drawn},
      disk{ground.disk},
      log{ground.log},
      timeline{kBegin},
      faults{drawn.seed, drawn.heats},
      store{ground.disk, faults, ground.checked},
      policy{drawn.policy},
      tracing_{ground.tracing} {
  const std::array names{"north", "south", "west"};
  for (std::size_t i = 0; i < names.size(); ++i)
    suppliers.push_back(
        std::make_unique<Supplier>(*this, topup::ProviderId{static_cast<std::int64_t>(i + 1)},
                                   names.at(i), plan.suppliers.at(i)));
  gates.push_back(std::make_unique<Paygate>(*this, topup::GatewayId{1}, "qris"));
  gates.push_back(std::make_unique<Paygate>(*this, topup::GatewayId{2}, "bank account"));
  open_shop();
  store.check();
  start();
}

void World::open_shop() {
  auto now = kBegin;
  auto opened = disk.store().transact([&](topup::Tx& tx) -> topup::Status {
    admins = {enlist(tx, "boss", Role::admin, now), enlist(tx, "clerk", Role::admin, now)};
    resellers = {enlist(tx, "ani", Role::reseller, now), enlist(tx, "budi", Role::reseller, now),
                 enlist(tx, "cici", Role::reseller, now)};
    for (const auto& supplier : suppliers)
      topup::ensure_provider(tx, supplier->name()).value();
    for (const auto& gate : gates)
      topup::ensure_gateway(tx, gate->name()).value();
    services = {topup::put_service(tx, {{}, "Pulsa", "Telkomsel", "10.000"}).value().id,
                topup::put_service(tx, {{}, "PLN", "Token", "20.000", true, true}).value().id};
    for (const auto& sold : kSold) {
      auto sku = std::to_string(sold.service) + "@" + std::to_string(sold.provider);
      topup::put_offer(tx, {{},
                            topup::ServiceId{sold.service},
                            topup::ProviderId{sold.provider},
                            sku,
                            idr(sold.cost),
                            sold.priority,
                            true})
          .value();
      supplier(topup::ProviderId{sold.provider}).set_price(sku, sold.cost);
    }
    topup::PriceRule rule;
    rule.flat = idr(2);
    topup::put_price_rule(tx, admins[0], rule).value();
    for (std::size_t i = 0; i < resellers.size(); ++i) {
      if (plan.opening.at(i) == 0) continue;
      auto opening = topup::propose_adjustment(
          tx, {admins[0], resellers[i], idr(plan.opening[i]), "opening", ""}, now);
      topup::approve_adjustment(tx, admins[1], opening.value().adjustment.id, now).value();
    }
    return topup::Nothing{};
  });
  opened.value();
}

void World::start() {
  is_restart_planned_ = false;
  store.reopen();
  process = std::make_unique<Process>(*this, ++lives_);
  tell("the server starts");
  if (lives_ == 1) return;
  auto key = static_cast<std::uint64_t>(lives_);
  if (!faults.strikes(Fault::killed_while_recovering, key)) return;
  Dice dice{mix(mix(plan.seed, "again"), key)};
  if (dice.one_in(2)) return store.arm(Fault::killed_before_commit, 0);
  kill_after(milliseconds{dice.below(60'000)});
}

void World::kill_after(milliseconds by) {
  timeline.after(by, [this, life = lives_] {
    if (!process || process->number() != life) return;
    tell("the process dies");
    throw ProcessDied{};
  });
}

void World::bury() {
  disk.lose_process();
  process = nullptr;
  call_ends_ = std::nullopt;
  tell("the server is down");
  auto by = std::max(
      downtime_, milliseconds{1} +
                     seconds{Dice{mix(plan.seed, static_cast<std::uint64_t>(lives_))}.below(90)});
  downtime_ = milliseconds{0};
  timeline.after(by, [this] { start(); });
}

bool World::step(milliseconds until) {
  if (timeline.events_run() > kEventsMax) throw Violation{"I43 the world does not come to rest"};
  if (store.is_shut() && !is_restart_planned_) {
    is_restart_planned_ = true;
    kill_after(minutes{2});  // by who looks after the machine
  }
  return timeline.run_next(until);
}

// A machine that stood still has overslept the end of the call around.
milliseconds World::at_most(milliseconds by) const {
  if (!call_ends_ || *call_ends_ < timeline.now()) return by;
  return std::min(by, *call_ends_ - timeline.now());
}

void World::pass(milliseconds by) {
  auto around = call_ends_;
  auto end = timeline.now() + at_most(by);
  call_ends_ = end;
  while (step(end)) {
  }
  call_ends_ = around;
}

void World::run_until(milliseconds until) {
  for (bool more = true; more;) {
    try {
      more = step(until);
    } catch (const ProcessDied&) {
      bury();
    }
  }
}

void World::insist(const std::function<bool()>& asks, milliseconds pause, milliseconds until) {
  auto later = [=, this] {
    if (timeline.now() + pause <= until)
      timeline.after(pause, [=, this] {
        faults.note(Fault::asked_again);
        insist(asks, 2 * pause, until);
      });
  };
  try {
    if (!asks()) later();
  } catch (const ProcessDied&) {
    later();
    throw;
  }
}

void World::tell(const std::string& what) {
  if (tracing_ == Tracing::on) told_.push_back(text(timeline.now()) + "  " + what);
}

}  // namespace topupd::sim
