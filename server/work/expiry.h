// Ends charges that were not paid in time, and forgets what need not be kept.

#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "work/erased_sweep.h"
#include "work/payments.h"

namespace topupd {

struct ExpiryOptions {
  std::chrono::milliseconds look_every{1'000};
  std::chrono::milliseconds retry_after{30'000};  // when a gateway gives no answer
  std::chrono::hours keep_idempotency{48};        // so long a replay is recognised,
  std::chrono::hours keep_in_doubt{24 * 30};      // or so long, for a day after a start or a jump
  std::chrono::hours retention{24 * 90};          // of what erased users leave behind
};

class Expiry {
 public:
  // payments and shop outlive it.
  Expiry(Workshop& shop, Payments& payments, ExpiryOptions options);
  ~Expiry();  // stops
  Expiry(const Expiry&) = delete;
  Expiry& operator=(const Expiry&) = delete;

  void start();
  void stop();

  // What the thread does at every look; for tests, on the caller's thread.
  void look();

 private:
  void end_charges();
  void forget_keys();
  std::chrono::hours keys_kept();

  Workshop& shop_;
  Payments& payments_;
  ExpiryOptions options_;
  const MonotonicTime started_;
  ErasedSweep sweep_;
  std::map<topup::ChargeId, MonotonicTime> not_before_;  // charges whose gateway gave no answer
  std::mutex mutex_;                                     // guards stopping_
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace topupd
