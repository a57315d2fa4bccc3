// What a seed draws: the shop, its suppliers, the faults that exist, and what people and machines
// will do when.  A plan is plain data, so that one with less in it can be run as well.

#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/faults.h"
#include "sim/timeline.h"
#include "topup/policy.h"
#include "topup/provider.h"

namespace topupd::sim {

enum class Deed {
  // resellers
  buy,
  sell,
  deposit,
  withdraw,
  transfer,
  cancel,
  race_for_the_last_rupiah,
  // admins
  look_into_orders,
  guess_an_order,
  reverse,
  recover,
  refund_customers,
  decide_receipts,
  charge_back,
  decide_withdrawals,
  withdraw_while_reversing,
  adjust,
  prefund,
  pay_in,
  pay_out,
  reprice,
  supplier_reprices,
  switch_offer,
  change_policy,
  suspend,
  erase,
  replace_key,
  // machines
  kill,
  kill_before_commit,
  kill_after_commit,
  stop_for_hours,
  fill_disk,
  lose_commit,
  keep_commit,
  fail_reading,
  run_twice,
  set_clock_ahead,
  set_clock_back,
  callback_of_nobody,
  notice_of_nobody,
  notice_impossible,
  replace_supplier_key,
  replace_notice_key,
};
std::string_view name(Deed deed);

struct Act {
  milliseconds at{0};
  Deed deed = Deed::buy;
  std::uint64_t salt = 0;  // everything else about it follows from this and the world
};

struct SupplierPlan {
  topup::CapabilitySheet sheet;
  bool calls_back = true;
  bool tells_cost = true;
  bool takes_max_cost = true;
  milliseconds read_lag{0};      // how long after accepting it may still say "not found"
  milliseconds true_horizon{0};  // from then on sending again buys again
};

struct Plan {
  std::uint64_t seed = 0;
  Heats heats{};
  topup::Policy policy;
  std::vector<SupplierPlan> suppliers;
  std::vector<std::int64_t> opening;  // the resellers' balances, rupiah
  std::vector<Act> acts;              // by time
  milliseconds length{0};             // faults end then
};

Plan draw_plan(std::uint64_t seed);

// By how much an act that sets the clock does so.
milliseconds jump_of(const Act& act);

// The acts and the faults that exist, a line each.
std::string text(const Plan& plan);
// "3d 04:05:06.007"
std::string text(milliseconds time);

}  // namespace topupd::sim
