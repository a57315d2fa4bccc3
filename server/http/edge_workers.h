// The threads that make answers, and the bounded queue before them.
//
// Many threads, because an answer may wait for a commit; few that run at once, because more than
// the machine has processors for would only take turns and wake each other.  A thread that says
// that it waits (long_wait.h) does not count as running.  Of those that sleep the last one is
// woken: its stack and its share of the heap are still in the processor's caches.  A request that
// has waited too long gets another thread all the same, so that a handler that computes for
// seconds, or waits and does not say so, holds nobody else up.

#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "long_wait.h"

namespace topupd::http {

struct Connection;

// A request whose answer waits for something without a thread is suspended: it counts against the
// queue's bound, and is served before those that have not begun once it is resumed.
//
// submit() and hurry() are for one thread; the rest may be called from any.
class Workers final : private LongWait::Listener {
 public:
  using Clock = std::chrono::steady_clock;

  struct Size {
    std::size_t threads = 64;
    std::size_t queue_max = 4'096;
    std::size_t running_max = 2;  // 1 or more
  };
  using Serve = std::function<void(Connection&)>;

  // A request that has waited as long gets a thread although enough of them run.
  static constexpr std::chrono::milliseconds kPatience{5};

  // `serve` runs on the workers' threads, may block, and must not throw.
  Workers(Size size, Serve serve);
  ~Workers() override { stop(); }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // False: the queue is full.
  bool submit(Connection& connection, Clock::time_point now);
  // To be called every kPatience or so while something is queued.
  void hurry(Clock::time_point now);
  // By whoever serves it: its answer waits from now on.
  void suspend() { ++suspended_; }
  // Once for each suspend(): serves it again.  True: no thread could be called for it, so that
  // hurry() should be.
  bool resume(Connection& connection);
  // Serves what is queued or suspended, then ends the threads.  May be called again.
  void stop();

  std::size_t queued() const { return queued_; }
  std::size_t suspended() const { return suspended_; }
  std::size_t busy() const;  // threads that serve, or have not begun to wait

 private:
  struct Waiting {
    Connection* connection;
    Clock::time_point since;
  };

  void on_wait() override;
  void on_work() override { ++running_; }

  // One of the threads.
  struct Sleeper {
    std::condition_variable woken;
    bool is_called = false;  // guarded by mutex_
  };

  // Both require mutex_.  The caller wakes who was called, if anybody was.
  Sleeper* call_one();
  Sleeper* call_one_if_few_run();
  static void wake(Sleeper* called);
  void wake_all();
  bool has_work() const { return !queue_.empty() || !resumed_.empty(); }
  Waiting take();

  void run(Sleeper& self);
  void serve_queued(std::unique_lock<std::mutex>& lock);

  const Size size_;
  const Serve serve_;

  // A thread that begins to wait lowers running_ and then looks at queued_; whoever queues raises
  // queued_ and then looks at running_: one of them sees the other.
  std::atomic<std::size_t> running_ = 0;
  std::atomic<std::size_t> queued_ = 0;
  std::atomic<std::size_t> suspended_ = 0;

  mutable std::mutex mutex_;  // guards all below but the threads
  std::deque<Waiting> queue_;
  std::deque<Waiting> resumed_;
  std::vector<Sleeper*> idle_;  // who sleep, and were not called; the last one is the last
  bool stopping_ = false;

  std::deque<Sleeper> sleepers_;  // of the threads, one each
  std::vector<std::thread> threads_;
};

}  // namespace topupd::http
