// Brings callers together that want to write at the same moment, so that they share
// one commit.
//
// A thread of the queue's own takes all that wait, runs them as one batch and lets
// their callers go; those who arrive meanwhile form the next one.  No timer: under
// load the batches grow by themselves.
//
// Where the disk has to be waited for, a second thread does so and lets the callers go, while the
// first one runs the next batch.  It begins that only if it has half as many callers as wait for
// the disk: each batch costs a commit, and the disk takes all of them together.

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

// When what a batch wrote is made durable.
enum class Sync {
  at_once,  // it is when the batch was run
  later,    // whoever ran it leaves that to another hook
};

// Body is what a caller submits; only the hook that runs it knows what it does.  Safe to
// call from many threads.
template <class Body>
class CommitQueue {
 public:
  struct Job {
    const Body* body = nullptr;
    std::exception_ptr failure;  // set by whoever ran the batch; null: it is done
  };
  using Batch = std::span<Job* const>;
  using Done = std::function<void(std::exception_ptr failure)>;

  // Enough to share the cost of a commit.  With more of them the writer has nothing to do while the
  // disk is waited for: too few are left for the next batch.
  static constexpr std::size_t kMost = 20;

  // They must not throw.  run and rest are called by one thread.  A batch of one is always done.
  // rest comes before the next batch; empty: nothing is done then.  sync is called by another
  // thread, also while the next batch runs, and makes durable what was run before; it returns what
  // those who were not refused have to be told, or null.  Empty: every batch is synced at once.
  struct Hooks {
    std::function<BatchRun(Batch, Sync)> run;
    std::function<void(bool nobody_waits)> rest = {};
    std::function<std::exception_ptr()> sync = {};
    std::size_t later_from = 2;  // callers: who comes alone would only be handed around
  };
  explicit CommitQueue(Hooks hooks)
      : hooks_{std::move(hooks)}, runner_{[this] { take_batches(); }} {
    if (hooks_.sync) syncer_ = std::thread{[this] { sync_batches(); }};
  }

  // Nobody may wait any more.
  ~CommitQueue() {
    end(is_ending_, work_);
    runner_.join();
    end(is_over_, run_some_);
    if (syncer_.joinable()) syncer_.join();
  }
  CommitQueue(const CommitQueue&) = delete;
  CommitQueue& operator=(const CommitQueue&) = delete;

  // Returns when the body's batch was run and synced, or throws what made it fail.  A body may
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

  // As submit(), but returns at once; a thread of the queue's calls done, with what submit() would
  // have thrown or null.  done must be quick and must not throw.
  void submit_later(Body body, Done done) {
    auto absent = std::make_unique<Absent>(std::move(body), std::move(done));
    enter(*absent);
    static_cast<void>(absent.release());  // it is its own from here on
  }

  // Waits until there is nothing to do, so that the caller may use what the hooks use.
  void settle() {
    std::unique_lock lock{mutex_};
    settled_.wait(lock, [&] { return is_settled(); });
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
    bool begins = false;
    {
      std::lock_guard lock{mutex_};
      waiting_.push_back(&waiter);
      begins = is_idle_ && is_worth_a_batch();
    }
    if (begins) work_.notify_one();
  }

  void end(bool& flag, std::condition_variable& who) {
    {
      std::lock_guard lock{mutex_};
      flag = true;
    }
    who.notify_one();
  }

  // Both require mutex_.
  bool is_worth_a_batch() const { return !waiting_.empty() && 2 * waiting_.size() >= unsynced_; }
  bool is_settled() const { return is_idle_ && waiting_.empty() && held_ == 0; }

  void take_batches() {
    std::unique_lock lock{mutex_};
    while (true) {
      is_idle_ = true;
      if (is_settled()) settled_.notify_all();
      work_.wait(lock, [&] { return is_ending_ || is_worth_a_batch(); });
      is_idle_ = false;
      if (waiting_.empty()) return;
      take_batch(lock);
    }
  }

  void take_batch(std::unique_lock<std::mutex>& lock) {
    auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(waiting_.size(), kMost));
    std::vector<Waiter*> taken(waiting_.begin(), end);
    waiting_.erase(waiting_.begin(), end);
    const bool is_later = hooks_.sync && (taken.size() >= hooks_.later_from || unsynced_ > 0);
    lock.unlock();
    run(taken, is_later ? Sync::later : Sync::at_once);
    if (is_later)
      hand_over(taken);
    else
      let_go(taken);
    if (hooks_.rest) hooks_.rest(!is_awaited());
    lock.lock();
  }

  static void let_go(const std::vector<Waiter*>& done) {
    for (auto* waiter : done)
      waiter->let_go();
  }

  void hand_over(const std::vector<Waiter*>& done) {
    {
      std::lock_guard lock{mutex_};
      run_.insert(run_.end(), done.begin(), done.end());
      unsynced_ += done.size();
      held_ += done.size();
    }
    run_some_.notify_one();
  }

  void sync_batches() {
    std::unique_lock lock{mutex_};
    while (true) {
      run_some_.wait(lock, [&] { return is_over_ || !run_.empty(); });
      if (run_.empty()) return;
      sync_batch(lock);
    }
  }

  void sync_batch(std::unique_lock<std::mutex>& lock) {
    const auto done = std::exchange(run_, {});
    lock.unlock();
    const auto failure = hooks_.sync();
    lock.lock();
    unsynced_ -= done.size();
    const bool begins = is_idle_ && is_worth_a_batch();
    lock.unlock();
    if (begins) work_.notify_one();
    for (auto* waiter : done)
      if (failure && !waiter->job.failure) waiter->job.failure = failure;
    let_go(done);
    lock.lock();
    held_ -= done.size();
    if (is_settled()) settled_.notify_all();
  }

  bool is_awaited() {
    std::lock_guard lock{mutex_};
    return !waiting_.empty();
  }

  void run(const std::vector<Waiter*>& taken, Sync sync) {
    std::vector<Job*> jobs;
    jobs.reserve(taken.size());
    for (auto* waiter : taken)
      jobs.push_back(&waiter->job);
    Batch batch{jobs};
    if (hooks_.run(batch, sync) == BatchRun::done) return;
    for (std::size_t i = 0; i < batch.size(); ++i)
      hooks_.run(batch.subspan(i, 1), sync);
  }

  const Hooks hooks_;

  std::mutex mutex_;
  std::condition_variable work_;
  std::condition_variable run_some_;
  std::condition_variable settled_;
  // Guarded by mutex_:
  std::deque<Waiter*> waiting_;
  std::vector<Waiter*> run_;  // and not synced, nor being synced
  std::size_t unsynced_ = 0;  // callers whose batch was run: those, and who are being synced
  std::size_t held_ = 0;      // the same, until they are let go
  bool is_idle_ = false;
  bool is_ending_ = false;
  bool is_over_ = false;  // no batch will be run any more

  std::thread runner_;  // last: they use the rest
  std::thread syncer_;
};

}  // namespace topupd
