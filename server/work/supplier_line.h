// The calls to one supplier: finds its attempts that are due, has each call made by one
// of a few threads, and records what came back.
//
// One thread goes in rounds: what was heard since the last one is recorded and what is
// due is begun, in one transaction.  No more is begun than there are threads to call, so
// that what is recorded as being sent is sent at once; a supplier that hangs holds up
// nobody else's orders.  An attempt is in one hand at a time.  Thread-safe.

#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "work/attempts.h"

namespace topupd {

struct LineOptions {
  int calls = 32;                                // at the same time, 0 to 1,000
  std::chrono::milliseconds look_every{250};     // for what becomes due without a wake()
  std::chrono::milliseconds retry_after{5'000};  // after the store failed
};

class SupplierLine {
 public:
  // shop, where the supplier is, outlives it.  on_failure is called when an order has
  // become another supplier's, perhaps.
  SupplierLine(Workshop& shop, topup::ProviderId supplier, LineOptions options,
               std::function<void()> on_failure);
  ~SupplierLine();  // stops
  SupplierLine(const SupplierLine&) = delete;
  SupplierLine& operator=(const SupplierLine&) = delete;

  void start();

  // An attempt may have become due.
  void wake();

  // Begins nothing more.
  void request_stop();
  // Waits for the calls that are under way too, and records what they bring, if the
  // store lets it.
  void stop();

 private:
  using Lock = std::unique_lock<std::mutex>;
  using Ids = std::vector<topup::AttemptId>;

  void go_in_rounds();  // the one thread's work
  void wait(Lock& lock);
  void round(Lock& lock);
  Ids look(std::size_t limit) const;
  Ids not_in_hand(Ids due) const;
  void advance(Lock& lock, const std::vector<Heard>& heard, const Ids& due);
  void advance_each(Lock& lock, const std::vector<Heard>& heard, const Ids& due);
  void hand_out(std::vector<SupplierCall> calls);
  void tell_of_failures(Lock& lock, const std::vector<Heard>& heard);
  void leave(topup::AttemptId id, std::chrono::milliseconds pause);
  void give_up();
  bool is_over() const { return is_stopping_ && under_way_ == 0 && heard_.empty(); }
  std::size_t room() const { return static_cast<std::size_t>(options_.calls) - under_way_; }

  void make_calls();  // the many threads' work
  Heard make(const SupplierCall& call);

  Workshop& shop_;
  const topup::ProviderId supplier_;
  const LineOptions options_;
  const std::function<void()> on_failure_;
  Attempts attempts_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable news_;
  std::condition_variable queued_;
  std::deque<SupplierCall> queue_;
  std::vector<Heard> heard_;
  std::size_t under_way_ = 0;  // calls queued or being made
  std::size_t idle_ = 0;       // threads that wait for a call
  // Not looked at before; max while a call is under way.
  std::map<topup::AttemptId, MonotonicTime> in_hand_;
  bool is_woken_ = true;
  bool is_troubled_ = false;  // what was heard could not be recorded yet
  bool is_stopping_ = false;
  bool has_ended_ = false;  // nothing is handed out any more

  std::vector<std::thread> callers_;  // grows as calls overlap; the rounds' thread alone
  std::thread rounds_;
};

}  // namespace topupd
