// Brings callers together that want to write at the same moment, so that they share
// one commit.
//
// A thread of the queue's own takes all that wait, runs them as one batch and lets
// their callers go; those who arrive meanwhile form the next one.  No timer: under
// load the batches grow by themselves.

#pragma once

#include <semaphore.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include "long_wait.h"

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

  // Both are called by the queue's thread and must not throw.  A batch of one is always
  // done.  rest comes after the batch's callers were let go and before the next batch;
  // empty: nothing is done then.
  struct Hooks {
    std::function<BatchRun(Batch)> run;
    std::function<void(bool nobody_waits)> rest = {};
  };
  explicit CommitQueue(Hooks hooks)
      : hooks_{std::move(hooks)}, thread_{[this] { take_batches(); }} {}

  // Nobody may wait any more.
  ~CommitQueue() {
    {
      std::lock_guard lock{mutex_};
      is_ending_ = true;
    }
    work_.notify_one();
    thread_.join();
  }
  CommitQueue(const CommitQueue&) = delete;
  CommitQueue& operator=(const CommitQueue&) = delete;

  // Returns when the body's batch was run, or throws what made it fail.  A body may
  // run more than once.
  void submit(const Body& body) {
    Waiter self;
    self.job.body = &body;
    bool sleeps = false;
    {
      std::lock_guard lock{mutex_};
      waiting_.push_back(&self);
      sleeps = is_idle_;
    }
    if (sleeps) work_.notify_one();
    {
      const LongWait waits;
      self.wait();
    }
    for (auto* next : self.next)
      if (next != nullptr) next->let_go();
    if (self.job.failure) std::rethrow_exception(self.job.failure);
  }

  // Waits until there is nothing to do, so that the caller may use what the hooks use.
  void settle() {
    std::unique_lock lock{mutex_};
    settled_.wait(lock, [&] { return is_idle_ && waiting_.empty(); });
  }

 private:
  // A caller.  Those of a batch wake each other as a tree, since to wake somebody takes
  // microseconds, which the queue's thread would lack for the next batch.
  struct Waiter {
    Job job;
    std::array<Waiter*, 2> next{};

    Waiter() { ::sem_init(&done_, 0, 0); }
    ~Waiter() { ::sem_destroy(&done_); }
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    void wait() {
      while (::sem_wait(&done_) != 0) {  // a signal may come in between
      }
    }
    // Whoever sees itself done is gone at once: unlike a condition variable's notify, this touches
    // nothing of it afterwards, and wakes nobody for a lock that is still held.
    void let_go() { ::sem_post(&done_); }

   private:
    ::sem_t done_{};
  };

  void take_batches() {
    std::unique_lock lock{mutex_};
    while (true) {
      is_idle_ = true;
      if (waiting_.empty()) settled_.notify_all();
      work_.wait(lock, [&] { return is_ending_ || !waiting_.empty(); });
      is_idle_ = false;
      if (waiting_.empty()) return;
      take_batch(lock);
    }
  }

  void take_batch(std::unique_lock<std::mutex>& lock) {
    auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(waiting_.size(), kMost));
    std::vector<Waiter*> taken(waiting_.begin(), end);
    waiting_.erase(waiting_.begin(), end);
    lock.unlock();
    run(taken);
    for (std::size_t i = 0; i < taken.size(); ++i)
      for (std::size_t side = 0; side < 2; ++side)
        if (auto next = 2 * i + 1 + side; next < taken.size()) taken[i]->next[side] = taken[next];
    taken.front()->let_go();
    if (hooks_.rest) hooks_.rest(!is_awaited());
    lock.lock();
  }

  bool is_awaited() {
    std::lock_guard lock{mutex_};
    return !waiting_.empty();
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
  std::condition_variable work_;
  std::condition_variable settled_;
  // Guarded by mutex_:
  std::deque<Waiter*> waiting_;
  bool is_idle_ = false;
  bool is_ending_ = false;

  std::thread thread_;  // last: it uses the rest
};

}  // namespace topupd
