// Finds attempts that are due and has each worked on by one of a few threads.
//
// One thread looks for due rows; the others call suppliers, since such a call may
// take a minute.  An attempt is in one hand at a time.  Thread-safe.

#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "work/attempts.h"

namespace topupd {

struct DispatcherOptions {
  int threads = 32;                              // supplier calls at the same time, 1 to 1,000
  std::chrono::milliseconds look_every{250};     // for what becomes due without a wake()
  std::chrono::milliseconds retry_after{5'000};  // after the store or a supplier is missing
};

class Dispatcher {
 public:
  // shop outlives it.  Callbacks of its providers are taken from now on.
  Dispatcher(Workshop& shop, DispatcherOptions options);
  ~Dispatcher();  // stops
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  void start();

  // An attempt may have become due.
  void wake();

  // Begins nothing more and waits for the calls that are under way.
  void stop();

 private:
  void look();  // the one thread's work
  void call();  // the many threads' work
  void take(const std::vector<topup::AttemptId>& due);
  void work_on(topup::AttemptId id);
  void let_go(topup::AttemptId id, MonotonicTime not_before);

  Workshop& shop_;
  DispatcherOptions options_;
  Attempts attempts_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable due_;
  std::condition_variable queued_;
  std::deque<topup::AttemptId> queue_;
  std::map<topup::AttemptId, MonotonicTime>
      in_hand_;  // not taken again before; max while worked on
  bool woken_ = false;
  bool stopping_ = false;

  std::vector<std::thread> threads_;
};

}  // namespace topupd
