#include "sim/process.h"

#include <algorithm>
#include <optional>

#include "sim/world.h"
#include "work/work_on.h"

namespace topupd::sim {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kRetryAfter{5'000};
constexpr milliseconds kPatienceMax = hours{6};
constexpr hours kLookAtCharges{12};
constexpr int kDueMax = 64;

std::optional<topup::Timestamp> last_recorded(topup::Store& store) {
  auto head = store.read([](const topup::View& view) { return view.journal_head(); });
  return std::max(head.at, head.step_at);
}

Workshop workshop(World& world, Clock& clock) {
  Workshop shop{world.store, world.policy, clock, world.log, {}, {}};
  for (auto& supplier : world.suppliers)
    shop.providers[supplier->id()] = supplier.get();
  for (auto& gate : world.gates)
    shop.gateways[gate->id()] = gate.get();
  return shop;
}

std::vector<topup::AttemptId> due_of_all(const topup::View& view, topup::Timestamp now) {
  std::vector<topup::AttemptId> all;
  for (auto supplier : view.due_providers(now)) {
    auto due = view.due_attempts(supplier, now, kDueMax);
    all.insert(all.end(), due.begin(), due.end());
  }
  return all;
}

}  // namespace

Process::Process(World& world, int number)
    : world_{world},
      number_{number},
      clock_{world.timeline.time(), last_recorded(world.disk.store())},
      shop_{workshop(world, clock_)},
      attempts_{shop_},
      payments_{shop_, [this] { wake(); }},
      expiry_{shop_, payments_, {}} {
  for (auto& [id, provider] : shop_.providers)
    provider->on_callback([this, of = id](const std::string& reference, const Answer& answer) {
      attempts_.take_callback(of, reference, answer);
      wake();
    });
  wake();
  expect_charge(milliseconds{0});
}

template <class Event>
void Process::later(milliseconds by, Event event) {
  world_.timeline.after(by, [&world = world_, number = number_, event] {
    if (world.process && world.process->number() == number) event();
  });
}

// An earlier plan stands; a later one gives way.
template <class Event>
void Process::plan(std::optional<milliseconds>& next, milliseconds by, Event event) {
  auto when = world_.timeline.now() + by;
  if (next && *next <= when) return;
  next = when;
  later(by, [&next, when, event] {
    if (next != when) return;
    next = std::nullopt;
    event();
  });
}

void Process::wake() {
  patience_ = seconds{1};
  if (woken_) return;
  woken_ = true;
  later(milliseconds{0}, [this] { look(); });
}

void Process::look() {
  woken_ = false;
  auto now = clock_.monotonic();
  std::erase_if(in_hand_, [&](const auto& item) { return item.second <= now; });
  std::vector<topup::AttemptId> due;
  try {
    due = shop_.store.read([&](const topup::View& view) { return due_of_all(view, clock_.now()); });
  } catch (const std::exception&) {
    world_.tell("could not look for due attempts");
  }
  for (auto id : due) {
    if (!in_hand_.try_emplace(id, MonotonicTime::max()).second) continue;
    later(milliseconds{0}, [this, id] { work_on(id); });
  }
  look_later();
}

// When the next attempt is due by the record's clock, or after a while if that stands still.
void Process::look_later() {
  auto due = world_.disk.store().read([](const topup::View& view) -> std::vector<topup::Attempt> {
    std::vector<topup::Attempt> attempts;
    for (auto id : due_of_all(view, topup::Timestamp::max()))
      attempts.push_back(view.attempt(id).value());
    return attempts;
  });
  std::optional<milliseconds> wait;
  for (const auto& attempt : due) {
    auto held = in_hand_.find(attempt.id);
    auto by_clock = std::max(milliseconds{0}, *attempt.due_at - clock_.now());
    if (held != in_hand_.end()) {
      if (held->second == MonotonicTime::max()) continue;
      auto by_hand = std::chrono::duration_cast<milliseconds>(held->second - clock_.monotonic());
      by_clock = std::max(by_clock, by_hand);
    }
    wait = std::min(wait.value_or(by_clock), by_clock);
  }
  if (!wait) return;
  if (*wait == milliseconds{0} || clock_.now() > world_.timeline.time().wall()) {
    wait = std::max(*wait, patience_);
    patience_ = std::min(2 * patience_, kPatienceMax);
  }
  plan(next_look_, *wait, [this] { look(); });
}

void Process::work_on(topup::AttemptId id) {
  auto not_before = clock_.monotonic() + milliseconds{250};
  try {
    if (!topupd::work_on(shop_, id)) not_before += kRetryAfter;
  } catch (const std::exception& failure) {
    world_.tell("attempt " + std::to_string(id.value) + " left for later: " + failure.what());
    not_before += kRetryAfter;
  }
  in_hand_[id] = not_before;
  wake();
}

void Process::expect_charge(milliseconds by) {
  plan(next_charge_, by, [this] { look_at_charges(); });
}

// One thread does this: not while a gateway is being asked already.
void Process::look_at_charges() {
  if (is_at_charges_) return expect_charge(seconds{1});
  is_at_charges_ = true;
  expiry_.look();
  is_at_charges_ = false;
  wake();
  auto due = world_.disk.store().read(
      [](const topup::View& view) { return view.due_charges(topup::Timestamp::max(), 1); });
  if (due.empty()) return;
  auto wait = *due.front().due_at - clock_.now();
  if (clock_.now() <= world_.timeline.time().wall()) charge_patience_ = seconds{31};
  expect_charge(std::clamp<milliseconds>(wait, charge_patience_, kLookAtCharges));
  charge_patience_ = std::min<milliseconds>(2 * charge_patience_, kPatienceMax);
}

}  // namespace topupd::sim
