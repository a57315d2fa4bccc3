// Brings callers together that want to write at the same moment, so that they share
// one commit.
//
// The first caller leads: it takes what waits, its own work among it, and runs
// all of it as one batch.  Those who arrive meanwhile form the next one, led by the
// first of them.  No thread, no timer: under load the batches grow by themselves.
// Safe to call from many threads.

#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <span>

#include "topup/store.h"

namespace topupd {

class CommitQueue {
 public:
  using Body = std::function<bool(topup::Tx&)>;

  struct Job {
    const Body* body = nullptr;
    std::exception_ptr failure;  // set by whoever ran the batch; null: it is done and durable
  };
  using Batch = std::span<Job* const>;

  // Enough to share the cost of a commit, few enough to keep the last one waiting briefly.
  static constexpr std::size_t kMost = 256;

  // run is called by one thread at a time and must not throw; so is rest, after the
  // batch's callers were let go and before the next batch.
  struct Hooks {
    std::function<void(Batch)> run;
    std::function<void(bool nobody_waits)> rest;
  };
  explicit CommitQueue(Hooks hooks) : hooks_{std::move(hooks)} {}

  // Returns when the body's batch was run, or throws what made it fail.
  void submit(const Body& body);

 private:
  struct Waiter {
    Job job;
    bool done = false;
    std::condition_variable wake;
  };

  void lead(std::unique_lock<std::mutex>& lock);

  const Hooks hooks_;

  std::mutex mutex_;
  // Guarded by mutex_:
  std::deque<Waiter*> waiting_;
  bool led_ = false;
};

}  // namespace topupd
