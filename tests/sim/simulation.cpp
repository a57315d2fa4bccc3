#include "sim/simulation.h"

#include <algorithm>

#include "core/dice.h"
#include "sim/admins.h"
#include "sim/judge.h"
#include "sim/resellers.h"

namespace topupd::sim {
namespace {

using std::chrono::days;
using std::chrono::hours;
using topup::testing::Dice;

constexpr hours kChores{12};
constexpr days kUntilAllIsTold{6};
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
  void call_back_about_nobody(std::uint64_t salt);

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
void Simulation::call_back_about_nobody(std::uint64_t salt) {
  Dice dice{salt};
  world_.faults.note(Fault::callback_of_nobody);
  std::vector<std::string> references{"T987654", "T0", "", "X1", "T-1"};
  for (const auto& attempt : world_.all<topup::Attempt>())
    if (attempt.provider != world_.suppliers[0]->id())
      references.push_back(topup::reference_of(attempt.id));
  if (world_.is_up()) world_.suppliers[0]->call_back_about(dice.pick(references));
}

void Simulation::act_on_machine(const Act& act) {
  Dice dice{act.salt};
  auto skip = static_cast<int>(dice.below(4));
  switch (act.deed) {
    case Deed::stop_for_hours:
      world_.stay_down_for(hours{dice.between(1, 40)});
      world_.faults.note(Fault::downtime);
      return world_.kill_after(milliseconds{0});
    case Deed::kill:
      world_.faults.note(Fault::killed);
      return world_.kill_after(milliseconds{dice.below(300)});
    case Deed::kill_before_commit: return world_.store.arm(Fault::killed_before_commit, skip);
    case Deed::kill_after_commit: return world_.store.arm(Fault::killed_after_commit, skip);
    case Deed::fill_disk: return world_.store.arm(Fault::disk_full, skip);
    case Deed::lose_commit: return world_.store.arm(Fault::commit_unknown_lost, skip);
    case Deed::keep_commit: return world_.store.arm(Fault::commit_unknown_kept, skip);
    case Deed::run_twice: return world_.store.arm(Fault::body_run_twice, skip);
    case Deed::fail_reading: return world_.store.arm_read();
    case Deed::set_clock_ahead: return set_clock(jump_of(act), Fault::clock_ahead);
    case Deed::set_clock_back: return set_clock(-jump_of(act), Fault::clock_back);
    case Deed::callback_of_nobody: return call_back_about_nobody(act.salt);
    case Deed::notice_of_nobody:
      world_.faults.note(Fault::notice_of_nobody);
      return world_.gates[0]->pay_for_nobody(act.salt);
    case Deed::notice_impossible:
      world_.faults.note(Fault::notice_impossible);
      return world_.gates[0]->tell_absurd_money(act.salt);
    default: throw std::logic_error{"no deed of a machine"};
  }
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
