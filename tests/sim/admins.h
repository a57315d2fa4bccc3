// The people who run the shop.  They can look into the portals of suppliers and gateways, which
// tell the truth; sometimes they decide without.

#pragma once

#include <set>
#include <string>

#include "core/dice.h"
#include "sim/plan.h"
#include "sim/resellers.h"
#include "sim/world.h"

namespace topupd::sim {

class Admins {
 public:
  Admins(World& world, Resellers& resellers) : world_{world}, resellers_{resellers} {}

  // One of the admins' deeds.
  void act(const Act& act);
  // Whatever waits for a person, decided as it should be.
  void do_chores();
  // True while money that really moved is not yet on record.
  bool is_recording() const { return recording_; }
  // Orders that were decided before their supplier had.
  const std::set<topup::OrderId>& guessed() const { return guessed_; }

 private:
  using Dice = topup::testing::Dice;

  // Each about all that it concerns; salt decides how.
  void look_into_orders(std::uint64_t salt);
  void look_into(const topup::Order& order, std::uint64_t salt);
  void guess(std::uint64_t salt);
  void reverse();
  void reverse_late();
  void recover(std::uint64_t salt);
  void refund_customers(std::uint64_t salt);
  void decide_receipts(std::uint64_t salt);
  void decide_withdrawals(std::uint64_t salt);
  void decide_adjustments(std::uint64_t salt);
  void charge_back(std::uint64_t salt);
  void withdraw_while_reversing(std::uint64_t salt);
  void adjust(std::uint64_t salt);
  // Money that really moved first; one at a time, so that he knows what is on record.
  void prefund(std::uint64_t salt);
  void confirm_prefunds();
  void pay_in(std::uint64_t salt);
  void pay_out(std::uint64_t salt);
  void record(const std::function<bool()>& asks);
  void reprice(std::uint64_t salt);
  void have_a_supplier_reprice(std::uint64_t salt);
  void replace_key(std::uint64_t salt);
  void switch_something(std::uint64_t salt);
  void suspend(std::uint64_t salt);
  void erase(std::uint64_t salt);
  void change_policy(std::uint64_t salt);

  topup::UserId boss() const { return world_.admins[0]; }
  topup::UserId some_admin(std::uint64_t salt) const {
    return world_.admins[mix(salt, "admin") % 2];
  }
  // The attempt that the order now depends on; null while there is none.
  std::optional<topup::Attempt> last_attempt(topup::OrderId order);
  bool was_taken_back(const topup::Order& order);
  // The same decision by the other admin, at the same moment.
  template <class Decide>
  void twice(std::uint64_t salt, Decide decide);

  World& world_;
  Resellers& resellers_;
  std::set<topup::OrderId> guessed_;
  bool recording_ = false;
};

}  // namespace topupd::sim
