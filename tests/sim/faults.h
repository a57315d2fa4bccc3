// What can go wrong, by name; which of it exists in a world and how often; and how often it did.
//
// Whether a fault strikes follows from the seed, the fault and what it would strike, never from
// how many others struck before: a world with one fault less is the same world in all else.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace topupd::sim {

enum class Fault {
  connect_refused,
  request_lost,
  answer_lost,
  success_reversed,
  failure_then_success,
  pending_for_ever,
  status_lags,
  callback_lost,
  callback_doubled,
  callback_reordered,
  callback_before_answer,
  callback_of_nobody,
  other_cost,
  serial_missing,
  float_exhausted,
  gibberish,
  slow_answer,
  maintenance,
  supplier_reprices,
  notice_lost,
  notice_doubled,
  notice_altered,
  notice_of_nobody,
  notice_impossible,
  late_payment,
  wrong_amount,
  second_payment,
  paid_after_cancel,
  chargeback,
  payout_short,
  charge_refused,
  query_unanswered,
  query_stale,
  same_key_twice,
  same_key_changed,
  asked_again,
  last_rupiah,
  admin_guesses,
  two_admins,
  reversal_races,
  repriced,
  switched_off,
  suspended,
  erased,
  policy_changed,
  key_replaced,
  clock_ahead,
  clock_back,
  frozen,
  downtime,
  killed,
  killed_before_commit,
  killed_after_commit,
  killed_while_recovering,
  disk_full,
  commit_unknown_lost,
  commit_unknown_kept,
  read_failed,
  body_run_twice,
  old_key_refused,
  same_amount,
  notice_key_unknown,
};
constexpr std::size_t kFaults = static_cast<std::size_t>(Fault::notice_key_unknown) + 1;

struct FaultName {
  Fault fault;
  std::string_view number;  // of the catalogue of faults in docs/simulator.md; empty: none
  std::string_view words;
};
std::span<const FaultName> fault_names();  // in the order of the enumerators

// 0: it does not exist; n: it strikes once in n times.
using Heats = std::array<int, kFaults>;
using FaultCounts = std::array<std::int64_t, kFaults>;

std::uint64_t mix(std::uint64_t a, std::uint64_t b);
std::uint64_t mix(std::uint64_t a, std::string_view text);

class Faults {
 public:
  Faults(std::uint64_t seed, const Heats& heats) : seed_{seed}, heats_{heats} {}

  // key: what it would strike.
  bool strikes(Fault fault, std::uint64_t key);
  // It did.
  void note(Fault fault) { ++counts_[static_cast<std::size_t>(fault)]; }
  // From now on nothing strikes.
  void stop() { stopped_ = true; }
  bool stopped() const { return stopped_; }

  const FaultCounts& counts() const { return counts_; }

 private:
  std::uint64_t seed_;
  Heats heats_;
  FaultCounts counts_{};
  bool stopped_ = false;
};

}  // namespace topupd::sim
