// Callers that arrive together share one transaction.
//
// The first in the queue runs every waiting body inside one transaction and
// commits once for all; each caller returns when its own body is durable.

#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>

namespace topupd {

// Thread-safe.  The three steps and all bodies run one at a time, each on the
// thread of some caller.
class GroupCommit {
 public:
  struct Steps {
    std::function<void()> begin;
    std::function<void()> commit;
    std::function<void()> rollback;  // must not throw, also with nothing to roll back
  };

  explicit GroupCommit(Steps steps) : steps_{std::move(steps)} {}

  // Returns when the body ran and is committed.  Rethrows what it threw, or
  // what the commit threw; then it left nothing behind.  A body may run twice,
  // when another one of its transaction failed.
  void run(const std::function<void()>& body);

 private:
  struct Waiter {
    const std::function<void()>* body;
    std::exception_ptr failure = nullptr;
    bool done = false;
    std::condition_variable wake = {};
  };
  using Batch = std::deque<Waiter*>;

  void run_batch(const Batch& batch);
  void run_alone(Waiter& waiter);

  Steps steps_;
  std::mutex mutex_;  // guards queue_ and what the waiters hold
  Batch queue_;
};

}  // namespace topupd
