// Brings callers together that want to write at the same moment, so that they share
// one commit.
//
// The first caller leads: it takes what waits, its own work among it, and has
// all of it run as one batch.  Those who arrive meanwhile form the next one, led by the
// first of them.  No thread, no timer: under load the batches grow by themselves.

#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

namespace topupd {

enum class BatchRun {
  done,   // what failed says so
  alone,  // nothing was kept, for one job's fault: each is to be run in a batch of its own
};

// Body is what a caller submits; only the hook that runs it knows what it does.  Safe to
// call from many threads.
template <class Body>
class CommitQueue {
 public:
  struct Job {
    const Body* body = nullptr;
    std::exception_ptr failure;  // set by whoever ran the batch; null: it is done and durable
  };
  using Batch = std::span<Job* const>;

  // Enough to share the cost of a commit, few enough to keep the last one waiting briefly.
  static constexpr std::size_t kMost = 256;

  // run is called by one thread at a time and must not throw; a batch of one is always
  // done.  So is rest, after the batch's callers were let go and before the next batch;
  // empty: nothing is done then.
  struct Hooks {
    std::function<BatchRun(Batch)> run;
    std::function<void(bool nobody_waits)> rest = {};
  };
  explicit CommitQueue(Hooks hooks) : hooks_{std::move(hooks)} {}

  // Returns when the body's batch was run, or throws what made it fail.  A body may
  // run more than once.
  void submit(const Body& body) {
    Waiter self;
    self.job.body = &body;
    std::unique_lock lock{mutex_};
    waiting_.push_back(&self);
    self.wake.wait(lock, [&] { return self.done || (!led_ && waiting_.front() == &self); });
    if (!self.done) lead(lock);
    lock.unlock();
    if (self.job.failure) std::rethrow_exception(self.job.failure);
  }

 private:
  struct Waiter {
    Job job;
    bool done = false;
    std::condition_variable wake;
  };

  void lead(std::unique_lock<std::mutex>& lock) {
    led_ = true;
    auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(waiting_.size(), kMost));
    std::vector<Waiter*> taken(waiting_.begin(), end);
    waiting_.erase(waiting_.begin(), end);

    lock.unlock();
    run(taken);
    lock.lock();
    // Under the lock: a waiter that sees itself done is gone at once.
    for (auto* waiter : taken) {
      waiter->done = true;
      waiter->wake.notify_one();
    }
    bool nobody_waits = waiting_.empty();

    lock.unlock();
    if (hooks_.rest) hooks_.rest(nobody_waits);
    lock.lock();
    led_ = false;
    if (!waiting_.empty()) waiting_.front()->wake.notify_one();
  }

  void run(const std::vector<Waiter*>& taken) {
    std::vector<Job*> jobs;
    jobs.reserve(taken.size());
    for (auto* waiter : taken)
      jobs.push_back(&waiter->job);
    Batch batch{jobs};
    if (hooks_.run(batch) == BatchRun::done) return;
    for (std::size_t i = 0; i < batch.size(); ++i)
      hooks_.run(batch.subspan(i, 1));
  }

  const Hooks hooks_;

  std::mutex mutex_;
  // Guarded by mutex_:
  std::deque<Waiter*> waiting_;
  bool led_ = false;
};

}  // namespace topupd
