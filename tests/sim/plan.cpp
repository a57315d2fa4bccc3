#include "sim/plan.h"

#include <array>
#include <cstdio>
#include <optional>

#include "core/dice.h"

namespace topupd::sim {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using topup::testing::Dice;
using D = Deed;
using F = Fault;

struct DeedRow {
  Deed deed;
  std::string_view name;
  int weight;
  std::optional<Fault> needs;  // it is only done where that fault exists
};

// clang-format off
constexpr std::array kDeeds{
    DeedRow{D::buy,                      "buy",                      24, {}},
    DeedRow{D::sell,                     "sell",                     20, {}},
    DeedRow{D::deposit,                  "deposit",                  8,  {}},
    DeedRow{D::withdraw,                 "withdraw",                 4,  {}},
    DeedRow{D::transfer,                 "transfer",                 3,  {}},
    DeedRow{D::cancel,                   "cancel",                   5,  {}},
    DeedRow{D::race_for_the_last_rupiah, "race for the last rupiah", 3,  F::last_rupiah},
    DeedRow{D::look_into_orders,         "look into orders",         3,  {}},
    DeedRow{D::guess_an_order,           "guess an order",           6,  F::admin_guesses},
    DeedRow{D::reverse,                  "reverse",                  3,  F::success_reversed},
    DeedRow{D::recover,                  "recover",                  2,  {}},
    DeedRow{D::refund_customers,         "refund customers",         2,  {}},
    DeedRow{D::decide_receipts,          "decide receipts",          2,  {}},
    DeedRow{D::charge_back,              "charge back",              4,  F::chargeback},
    DeedRow{D::decide_withdrawals,       "decide withdrawals",       3,  {}},
    DeedRow{D::withdraw_while_reversing, "withdraw while reversing", 3,  F::reversal_races},
    DeedRow{D::adjust,                   "adjust",                   2,  {}},
    DeedRow{D::prefund,                  "prefund",                  2,  {}},
    DeedRow{D::pay_in,                   "pay in",                   1,  {}},
    DeedRow{D::pay_out,                  "pay out",                  3,  {}},
    DeedRow{D::reprice,                  "reprice",                  5,  F::repriced},
    DeedRow{D::supplier_reprices,        "supplier reprices",        4,  F::supplier_reprices},
    DeedRow{D::switch_offer,             "switch an offer",          4,  F::switched_off},
    DeedRow{D::change_policy,            "change the policy",        3,  F::policy_changed},
    DeedRow{D::suspend,                  "suspend",                  3,  F::suspended},
    DeedRow{D::erase,                    "erase",                    3,  F::erased},
    DeedRow{D::replace_key,              "replace a key",            1,  F::key_replaced},
    DeedRow{D::kill,                     "kill",                     5,  F::killed},
    DeedRow{D::kill_before_commit,       "kill before a commit",     5,  F::killed_before_commit},
    DeedRow{D::kill_after_commit,        "kill after a commit",      5,  F::killed_after_commit},
    DeedRow{D::stop_for_hours,           "stop for hours",           2,  F::downtime},
    DeedRow{D::fill_disk,                "fill the disk",            4,  F::disk_full},
    DeedRow{D::lose_commit,              "lose a commit",            4,  F::commit_unknown_lost},
    DeedRow{D::keep_commit,              "keep a commit",            4,  F::commit_unknown_kept},
    DeedRow{D::fail_reading,             "fail reading",             4,  F::read_failed},
    DeedRow{D::run_twice,                "run twice",                6,  F::body_run_twice},
    DeedRow{D::set_clock_ahead,          "set the clock ahead",      4,  F::clock_ahead},
    DeedRow{D::set_clock_back,           "set the clock back",       4,  F::clock_back},
    DeedRow{D::callback_of_nobody,       "callback of nobody",       3,  F::callback_of_nobody},
    DeedRow{D::notice_of_nobody,         "notice of nobody",         2,  F::notice_of_nobody},
    DeedRow{D::notice_impossible,        "notice of absurd money",   2,  F::notice_impossible},
    DeedRow{D::replace_supplier_key,     "replace a supplier's key", 3,  F::old_key_refused},
    DeedRow{D::replace_notice_key,       "replace a notice's key",   3,  F::notice_key_unknown},
};
// clang-format on

// Each part of a plan has dice of its own, so that one part can change without the others.
Dice dice_for(std::uint64_t seed, std::string_view part) { return Dice{mix(seed, part)}; }

// A quarter of all worlds has few faults, and few has all.
Heats draw_heats(std::uint64_t seed) {
  auto dice = dice_for(seed, "faults");
  const auto exists = dice.pick(std::vector<std::int64_t>{0, 10, 30, 30, 60, 90});
  Heats heats{};
  for (auto& heat : heats)
    if (dice.below(100) < exists) heat = dice.pick(std::vector<int>{2, 3, 4, 8});
  return heats;
}

topup::Money idr(std::int64_t units) { return topup::Money::from_units(units).value(); }

topup::Policy draw_policy(std::uint64_t seed) {
  auto dice = dice_for(seed, "policy");
  topup::Policy policy;
  policy.payment_expiry = dice.pick(std::vector<milliseconds>{minutes{1}, minutes{15}, hours{2}});
  policy.dropship_fee = idr(dice.below(2));
  policy.deposit_min = idr(1);
  policy.deposit_fee = idr(dice.below(3) / 2);
  policy.withdraw_min = idr(1);
  policy.withdraw_fee = idr(dice.below(3) / 2);
  if (dice.one_in(3)) policy.failed_dropship = topup::MoneyBack::wait_for_admin;
  if (dice.one_in(3)) policy.late_payment = topup::MoneyBack::wait_for_admin;
  return policy;
}

// Of the five kinds that there are: asked by reference, asked by sending again, mute, asked by its
// own number, and mute though it takes a reference.
SupplierPlan draw_supplier(Dice& dice) {
  using topup::StatusBy;
  SupplierPlan plan;
  auto kind = dice.below(8);
  auto& sheet = plan.sheet;
  sheet.client_reference = kind != 5 && kind != 6;
  sheet.status = kind <= 2 || kind == 6 ? StatusBy::query
                 : kind <= 4            ? StatusBy::resend
                                        : StatusBy::none;
  // A sheet may also say "by sending again" of a supplier that takes no reference.
  if (kind == 5 && dice.one_in(3)) sheet.status = StatusBy::resend;
  sheet.answer_timeout = dice.pick(std::vector<milliseconds>{seconds{10}, seconds{60}});
  sheet.min_gap = sheet.answer_timeout +
                  dice.pick(std::vector<milliseconds>{milliseconds{0}, seconds{30}, minutes{20}});
  sheet.give_up_after =
      dice.pick(std::vector<milliseconds>{minutes{15}, hours{3}, hours{3}, hours{24}});
  sheet.horizon =
      dice.pick(std::vector<milliseconds>{4 * sheet.min_gap, 6 * sheet.min_gap, hours{2}});
  if (sheet.client_reference && sheet.status == StatusBy::query)
    sheet.not_found_proof = static_cast<int>(dice.below(4));
  if (sheet.not_found_proof > 1)
    plan.read_lag = (sheet.not_found_proof - 1) * sheet.min_gap - milliseconds{1};
  if (sheet.not_found_proof == 0) plan.read_lag = hours{1};
  plan.calls_back = !dice.one_in(4);
  plan.tells_cost = !dice.one_in(4);
  plan.takes_max_cost = !dice.one_in(3);
  return plan;
}

std::vector<Act> draw_acts(std::uint64_t seed, const Heats& heats) {
  auto dice = dice_for(seed, "acts");
  int all = 0;
  auto weight = [&](const DeedRow& row) {
    bool exists = !row.needs || heats.at(static_cast<std::size_t>(*row.needs)) > 0;
    return exists ? row.weight : 0;
  };
  for (const auto& row : kDeeds)
    all += weight(row);

  const std::vector<milliseconds> gaps{milliseconds{0}, milliseconds{1}, milliseconds{300},
                                       seconds{2},      seconds{30},     minutes{5},
                                       hours{1},        hours{9},        days{3}};
  const auto pace = dice.between(3, static_cast<std::int64_t>(gaps.size()));
  const auto count = dice.between(4, 18);
  std::vector<Act> acts;
  milliseconds at{0};
  for (std::int64_t i = 0; i < count; ++i) {
    at += gaps[static_cast<std::size_t>(dice.below(pace))];
    auto left = dice.below(all);
    for (const auto& row : kDeeds) {
      left -= weight(row);
      if (left >= 0) continue;
      acts.push_back({at, row.deed, mix(mix(seed, "salt"), static_cast<std::uint64_t>(i))});
      break;
    }
  }
  return acts;
}

// What sending again may be late by, all in all: clocks that were set wrong, a machine that stood
// still, a slow line.  A supplier's real horizon is that much longer than its sheet says.
milliseconds margin(const Plan& plan) {
  milliseconds sum = hours{1};
  for (const auto& act : plan.acts)
    if (act.deed == D::set_clock_ahead || act.deed == D::set_clock_back) sum += jump_of(act);
  return sum;
}

}  // namespace

milliseconds jump_of(const Act& act) {
  Dice dice{mix(act.salt, "jump")};
  std::vector<milliseconds> jumps{seconds{59}, seconds{61}, hours{1}, days{1}};
  if (act.deed == D::set_clock_back) jumps.push_back(days{90});
  return dice.pick(jumps);
}

std::string_view name(Deed deed) { return kDeeds.at(static_cast<std::size_t>(deed)).name; }

Plan draw_plan(std::uint64_t seed) {
  Plan plan;
  plan.seed = seed;
  plan.heats = draw_heats(seed);
  plan.policy = draw_policy(seed);
  auto dice = dice_for(seed, "shop");
  for (int i = 0; i < 3; ++i)
    plan.suppliers.push_back(draw_supplier(dice));
  for (int i = 0; i < 3; ++i)
    plan.opening.push_back(dice.between(0, 25));
  plan.acts = draw_acts(seed, plan.heats);
  plan.length =
      plan.acts.back().at + dice.pick(std::vector<milliseconds>{seconds{1}, minutes{30}, days{1}});
  for (auto& supplier : plan.suppliers)
    supplier.true_horizon = supplier.sheet.horizon + margin(plan);
  return plan;
}

std::string text(milliseconds time) {
  auto ms = time.count();
  std::array<char, 40> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%lldd %02lld:%02lld:%02lld.%03lld",
                static_cast<long long>(ms / 86'400'000),
                static_cast<long long>(ms / 3'600'000 % 24),
                static_cast<long long>(ms / 60'000 % 60), static_cast<long long>(ms / 1'000 % 60),
                static_cast<long long>(ms % 1'000));
  return buffer.data();
}

std::string text(const Plan& plan) {
  std::string lines = "faults:";
  for (const auto& row : fault_names())
    if (plan.heats.at(static_cast<std::size_t>(row.fault)) > 0)
      lines += " [" + std::string{row.words} + "]";
  lines += "\n";
  for (const auto& supplier : plan.suppliers)
    lines += "supplier: status by " + std::string{topup::name(supplier.sheet.status)} +
             (supplier.sheet.client_reference ? "" : ", no reference") + ", gap " +
             text(supplier.sheet.min_gap) + ", horizon " + text(supplier.sheet.horizon) +
             ", gives up " + text(supplier.sheet.give_up_after) + ", not found proves at " +
             std::to_string(supplier.sheet.not_found_proof) + "\n";
  for (const auto& act : plan.acts)
    lines += text(act.at) + " " + std::string{name(act.deed)} + "\n";
  return lines;
}

}  // namespace topupd::sim
