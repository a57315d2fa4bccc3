#include "sim/simulation.h"

#include <algorithm>
#include <functional>
#include <map>

#include "core/dice.h"
#include "sim/admins.h"
#include "sim/judge.h"
#include "sim/resellers.h"

namespace topupd::sim {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using topup::testing::Dice;

constexpr hours kChores{12};
constexpr days kUntilAllIsTold{6};
// Until the operator has set a new key.
const std::vector<milliseconds> kUntilKeysAreTold{seconds{1}, minutes{20}, hours{9}, days{2}};
constexpr int kShrinkingRunsMax = 300;

class Simulation {
 public:
  Simulation(const Plan& plan, const Ground& ground) : world_{plan, ground} {}

  void live();
  void come_to_rest();
  void judge() { sim::judge(world_, resellers_, admins_); }
  World& world() { return world_; }

 private:
  void act(const Act& act);
  void act_on_machine(const Act& act);
  void set_clock(milliseconds by, Fault fault);
  void call_back_about_nobody(const Act& act);
  void replace_supplier_key(const Act& act);
  void replace_notice_key(const Act& act);
  void stop_for_hours(const Act& act);
  void kill(const Act& act);
  // One of the next writes meets that fault of the store.
  static std::function<void(Simulation&, const Act&)> arming(Fault fault);

  World world_;
  Resellers resellers_{world_};
  Admins admins_{world_, resellers_};
};

void Simulation::live() {
  for (const auto& each : world_.plan.acts)
    world_.timeline.at(each.at, [this, each] {
      world_.tell("* " + std::string{name(each.deed)});
      act(each);
    });
  world_.run_until(world_.plan.length);
}

void Simulation::come_to_rest() {
  world_.tell("* from here on nothing fails");
  world_.faults.stop();
  world_.store.disarm();
  auto error = world_.timeline.wall_error();
  world_.timeline.jump_wall(-error);
  for (auto& supplier : world_.suppliers)
    supplier->decide_everything();
  for (auto& supplier : world_.suppliers)
    supplier->tell_keys();
  for (auto& gate : world_.gates)
    gate->tell_key();
  auto longest = kRestAtMost + world_.timeline.now();
  for (const auto& each : world_.plan.acts)
    if (each.deed == Deed::set_clock_ahead || each.deed == Deed::set_clock_back)
      longest += jump_of(each);

  milliseconds calm_since = world_.timeline.now();
  while (world_.timeline.now() - calm_since < kUntilAllIsTold) {
    world_.timeline.after(milliseconds{0}, [this] { admins_.do_chores(); });
    world_.run_until(world_.timeline.now() + kChores);
    auto open = unsettled(world_, admins_);
    if (!open.empty()) calm_since = world_.timeline.now();
    if (world_.timeline.now() > longest) throw Violation{"I43 not at rest: " + open};
  }
}

void Simulation::act(const Act& act) {
  if (act.deed <= Deed::race_for_the_last_rupiah) return resellers_.act(act);
  if (act.deed <= Deed::replace_key) return admins_.act(act);
  act_on_machine(act);
}

void Simulation::set_clock(milliseconds by, Fault fault) {
  world_.faults.note(fault);
  world_.clock_was_set = true;
  world_.timeline.jump_wall(by);
}

// Somebody else's, or nobody's.
void Simulation::call_back_about_nobody(const Act& act) {
  Dice dice{act.salt};
  world_.faults.note(Fault::callback_of_nobody);
  std::vector<std::string> references{"INV-987654-1", "-1", "", "X1", "-"};
  for (const auto& attempt : world_.all<topup::Attempt>())
    if (attempt.provider != world_.suppliers[0]->id())
      references.push_back(world_.reference(attempt));
  if (world_.is_up()) world_.suppliers[0]->call_back_about(dice.pick(references));
}

void Simulation::replace_supplier_key(const Act& act) {
  Dice dice{act.salt};
  auto& supplier = *world_.suppliers[static_cast<std::size_t>(dice.below(3))];
  supplier.replace_key_of_requests();
  world_.timeline.after(dice.pick(kUntilKeysAreTold), [&supplier] { supplier.tell_keys(); });
}

void Simulation::replace_notice_key(const Act& act) {
  Dice dice{act.salt};
  auto after = dice.pick(kUntilKeysAreTold);
  auto& gate = *world_.gates[static_cast<std::size_t>(dice.below(2))];
  auto& supplier = *world_.suppliers[static_cast<std::size_t>(dice.below(3))];
  gate.replace_key();
  supplier.replace_key_of_callbacks();
  world_.timeline.after(after, [&gate, &supplier] {
    gate.tell_key();
    supplier.tell_keys();
  });
}

void Simulation::stop_for_hours(const Act& act) {
  world_.stay_down_for(hours{Dice{act.salt}.between(1, 40)});
  world_.faults.note(Fault::downtime);
  world_.kill_after(milliseconds{0});
}

void Simulation::kill(const Act& act) {
  world_.faults.note(Fault::killed);
  world_.kill_after(milliseconds{Dice{act.salt}.below(300)});
}

std::function<void(Simulation&, const Act&)> Simulation::arming(Fault fault) {
  return [fault](Simulation& all, const Act& act) {
    all.world_.store.arm(fault, static_cast<int>(Dice{act.salt}.below(4)));
  };
}

void Simulation::act_on_machine(const Act& act) {
  using S = Simulation;
  static const std::map<Deed, std::function<void(Simulation&, const Act&)>> kDeeds{
      {Deed::stop_for_hours, &S::stop_for_hours},
      {Deed::kill, &S::kill},
      {Deed::replace_supplier_key, &S::replace_supplier_key},
      {Deed::replace_notice_key, &S::replace_notice_key},
      {Deed::kill_before_commit, arming(Fault::killed_before_commit)},
      {Deed::kill_after_commit, arming(Fault::killed_after_commit)},
      {Deed::fill_disk, arming(Fault::disk_full)},
      {Deed::lose_commit, arming(Fault::commit_unknown_lost)},
      {Deed::keep_commit, arming(Fault::commit_unknown_kept)},
      {Deed::run_twice, arming(Fault::body_run_twice)},
      {Deed::fail_reading, [](S& all, const Act&) { all.world_.store.arm_read(); }},
      {Deed::set_clock_ahead,
       [](S& all, const Act& one) { all.set_clock(jump_of(one), Fault::clock_ahead); }},
      {Deed::set_clock_back,
       [](S& all, const Act& one) { all.set_clock(-jump_of(one), Fault::clock_back); }},
      {Deed::callback_of_nobody, &S::call_back_about_nobody},
      {Deed::notice_of_nobody,
       [](S& all, const Act& one) {
         all.world_.faults.note(Fault::notice_of_nobody);
         all.world_.gates[0]->pay_for_nobody(one.salt);
       }},
      {Deed::notice_impossible,
       [](S& all, const Act& one) {
         all.world_.faults.note(Fault::notice_impossible);
         all.world_.gates[0]->tell_absurd_money(one.salt);
       }},
  };
  kDeeds.at(act.deed)(*this, act);
}

}  // namespace

Outcome run(const Plan& plan, const Ground& ground) {
  Outcome outcome;
  Simulation simulation{plan, ground};
  auto& world = simulation.world();
  try {
    simulation.live();
    simulation.come_to_rest();
    simulation.judge();
  } catch (const Violation& violation) {
    outcome.violation = violation.what;
  } catch (const std::exception& error) {
    outcome.violation = std::string{"threw: "} + error.what();
  }
  outcome.told = world.told();
  outcome.faults = world.faults.counts();
  outcome.events = world.timeline.events_run();
  outcome.commits = world.store.commits();
  outcome.sent = world.witness.sent();
  outcome.sent_again = world.witness.sent_again();
  outcome.orders = world.see([](const topup::View& v) { return v.last_id(topup::Table::orders); });
  outcome.lived = world.timeline.now();
  return outcome;
}

Plan shrink(const Plan& plan, const std::function<bool(const Plan&)>& still_fails) {
  int runs_left = kShrinkingRunsMax;
  auto fails = [&](const Plan& less) { return runs_left-- > 0 && still_fails(less); };
  Plan least = plan;
  for (bool got_less = true; got_less;) {
    got_less = false;
    // Acts: halves first, then quarters, down to single ones.
    for (std::size_t size = std::max<std::size_t>(1, least.acts.size() / 2); size > 0; size /= 2) {
      for (std::size_t from = 0; from < least.acts.size();) {
        Plan less = least;
        auto first = less.acts.begin() + static_cast<std::ptrdiff_t>(from);
        auto last = first + static_cast<std::ptrdiff_t>(std::min(size, less.acts.size() - from));
        less.acts.erase(first, last);
        if (!fails(less)) {
          from += size;
          continue;
        }
        least = less;
        got_less = true;
      }
    }
    for (auto& heat : least.heats) {
      if (heat == 0) continue;
      Plan less = least;
      less.heats[static_cast<std::size_t>(&heat - least.heats.data())] = 0;
      if (!fails(less)) continue;
      heat = 0;
      got_less = true;
    }
  }
  return least;
}

}  // namespace topupd::sim
