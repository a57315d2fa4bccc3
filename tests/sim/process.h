// One life of the server's workers: everything here is gone when the process dies.
//
// The dispatcher's threads are replaced by events of the timeline; what they call is the real
// thing.  A call to a supplier takes virtual time, in which the rest of the world goes on.

#pragma once

#include <chrono>
#include <map>
#include <optional>

#include "work/attempts.h"
#include "work/expiry.h"
#include "work/payments.h"

namespace topupd::sim {

class World;

class Process {
 public:
  // number: of this life, 1, 2, 3, …
  Process(World& world, int number);

  // Something may have become due.
  void wake();
  // A charge becomes due then.
  void expect_charge(std::chrono::milliseconds by);

  int number() const { return number_; }
  Clock& clock() { return clock_; }
  Workshop& shop() { return shop_; }
  Attempts& attempts() { return attempts_; }
  Payments& payments() { return payments_; }

 private:
  void look();
  void look_at_charges();
  void work_on(topup::AttemptId id);
  void look_later();
  template <class Event>
  void later(std::chrono::milliseconds by, Event event);
  template <class Event>
  void plan(std::optional<std::chrono::milliseconds>& next, std::chrono::milliseconds by,
            Event event);

  World& world_;
  int number_;
  Clock clock_;
  Workshop shop_;
  Attempts attempts_;
  Payments payments_;
  Expiry expiry_;
  std::map<topup::AttemptId, MonotonicTime> in_hand_;  // not taken again before
  bool woken_ = false;
  bool is_at_charges_ = false;
  std::optional<std::chrono::milliseconds> next_look_;  // of virtual time
  std::optional<std::chrono::milliseconds> next_charge_;
  // Both grow while nothing becomes due, as when the record's clock stands still.
  std::chrono::milliseconds patience_{1'000};
  std::chrono::milliseconds charge_patience_{31'000};
};

}  // namespace topupd::sim
