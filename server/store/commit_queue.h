// Brings callers together that want to write at the same moment, so that they share
// one commit.
//
// A thread of the queue's own takes all that wait, runs them as one batch and lets
// their callers go; those who arrive meanwhile form the next one.  No timer: under
// load the batches grow by themselves.

#pragma once

#include <semaphore.h>

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include "long_wait.h"

namespace topupd {

enum class BatchRun {
  done,   // what failed says so
  alone,  // nothing was kept: each is to be run in a batch of its own, to fail or not by itself
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
  using Done = std::function<void(std::exception_ptr failure)>;

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
    Sleeper self{body};
    enter(self);
    {
      const LongWait waits;
      self.sleep();
    }
    if (self.job.failure) std::rethrow_exception(self.job.failure);
  }

  // As submit(), but returns at once; the queue's thread calls done, with what submit() would have
  // thrown or null, before it takes the next batch.  done must be quick and must not throw.
  void submit_later(Body body, Done done) {
    auto absent = std::make_unique<Absent>(std::move(body), std::move(done));
    enter(*absent);
    static_cast<void>(absent.release());  // it is its own from here on
  }

  // Waits until there is nothing to do, so that the caller may use what the hooks use.
  void settle() {
    std::unique_lock lock{mutex_};
    settled_.wait(lock, [&] { return is_idle_ && waiting_.empty(); });
  }

 private:
  struct Waiter {
    Job job;
    virtual void let_go() = 0;  // of the queue, which touches nothing of it afterwards

   protected:
    ~Waiter() = default;
  };

  // A caller who waits.
  struct Sleeper final : Waiter {
    explicit Sleeper(const Body& body) {
      this->job.body = &body;
      ::sem_init(&done_, 0, 0);
    }
    ~Sleeper() { ::sem_destroy(&done_); }
    Sleeper(const Sleeper&) = delete;
    Sleeper& operator=(const Sleeper&) = delete;

    void sleep() {
      while (::sem_wait(&done_) != 0) {  // a signal may come in between
      }
    }
    // Whoever sees itself done is gone at once: unlike a condition variable's notify, this touches
    // nothing of it afterwards, and wakes nobody for a lock that is still held.
    void let_go() override { ::sem_post(&done_); }

   private:
    ::sem_t done_{};
  };

  // What a caller left behind.
  struct Absent final : Waiter {
    Absent(Body body, Done done) : body_{std::move(body)}, done_{std::move(done)} {
      this->job.body = &body_;
    }
    void let_go() override {
      const std::unique_ptr<Absent> self{this};
      done_(this->job.failure);
    }

   private:
    const Body body_;
    const Done done_;
  };

  void enter(Waiter& waiter) {
    bool sleeps = false;
    {
      std::lock_guard lock{mutex_};
      waiting_.push_back(&waiter);
      sleeps = is_idle_;
    }
    if (sleeps) work_.notify_one();
  }

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
    for (auto* waiter : taken)
      waiter->let_go();
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
