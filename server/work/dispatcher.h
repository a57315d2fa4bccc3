// Has every supplier's attempts worked on, each supplier's on a line of its own.
//
// Thread-safe.

#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "work/supplier_line.h"

namespace topupd {

class Dispatcher {
 public:
  // shop outlives it.  Callbacks of its providers are taken from now on.
  Dispatcher(Workshop& shop, const LineOptions& options);
  ~Dispatcher();  // stops
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  void start();

  // An attempt may have become due.
  void wake();

  // Begins nothing more and waits for the calls that are under way.
  void stop();

 private:
  void watch();  // says who has attempts due and is none of ours, and that the clock jumped
  void warn_of_strangers();
  void warn_of_the_clock();

  Workshop& shop_;
  const std::chrono::milliseconds watch_every_;
  Attempts attempts_;
  std::map<topup::ProviderId, std::unique_ptr<SupplierLine>> lines_;

  std::mutex mutex_;
  std::condition_variable stopping_;
  bool is_stopping_ = false;         // guarded by mutex_
  std::optional<ClockJump> warned_;  // the watcher's
  std::thread watcher_;
};

}  // namespace topupd
