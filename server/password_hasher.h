// Passwords are hashed slowly on purpose, so that a stolen database is hard to search.  This keeps
// a flood of logins from taking every core and all memory with it.

#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "crypto.h"

namespace topupd {

// Thread-safe.  A call blocks until it is its turn; empty means that too many are waiting
// already, nothing was computed, and the caller should answer "try again".
// All calls must have returned before it goes.
class PasswordHasher {
 public:
  struct Options {
    PasswordCost cost = kPasswordCost;
    int running_max = 1;   // at once, 1 or more; each takes a core and cost.memory_bytes
    int waiting_max = 32;  // beside those that run, 0 or more
  };

  PasswordHasher();
  explicit PasswordHasher(Options options);

  std::optional<std::string> hash(std::string_view password);
  std::optional<bool> verify(const std::string& hash, std::string_view password);

  // For a user who does not exist: false, after the time that verify() takes, so that time does
  // not tell who has an account.
  std::optional<bool> verify_nobody(std::string_view password);

  const PasswordCost& cost() const { return options_.cost; }

 private:
  class Turn;

  const Options options_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable freed_;
  int running_ = 0;
  int waiting_ = 0;
};

}  // namespace topupd
