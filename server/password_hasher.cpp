#include "password_hasher.h"

#include <cassert>

#include "long_wait.h"

namespace topupd {

// The right to compute, given back when it goes.
class PasswordHasher::Turn {
 public:
  explicit Turn(PasswordHasher& hasher) : hasher_{hasher} {
    std::unique_lock lock{hasher.mutex_};
    if (hasher.running_ == hasher.options_.running_max) {
      if (hasher.waiting_ == hasher.options_.waiting_max) return;
      ++hasher.waiting_;
      hasher.freed_.wait(lock, [&] { return hasher.running_ < hasher.options_.running_max; });
      --hasher.waiting_;
    }
    ++hasher.running_;
    granted_ = true;
  }
  ~Turn() {
    if (!granted_) return;
    {
      std::lock_guard lock{hasher_.mutex_};
      --hasher_.running_;
    }
    hasher_.freed_.notify_one();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  bool granted() const { return granted_; }

 private:
  const LongWait wait_;  // for the turn, and then for a core that computes for a tenth of a second
  PasswordHasher& hasher_;
  bool granted_ = false;
};

PasswordHasher::PasswordHasher() : PasswordHasher{Options{}} {}

PasswordHasher::PasswordHasher(Options options) : options_{options} {
  assert(options.running_max >= 1 && options.waiting_max >= 0);
}

std::optional<std::string> PasswordHasher::hash(std::string_view password) {
  const Turn turn{*this};
  if (!turn.granted()) return std::nullopt;
  return hash_password(password, options_.cost);
}

std::optional<bool> PasswordHasher::verify(const std::string& hash, std::string_view password) {
  const Turn turn{*this};
  if (!turn.granted()) return std::nullopt;
  return verify_password(hash, password);
}

std::optional<bool> PasswordHasher::verify_nobody(std::string_view password) {
  const Turn turn{*this};
  if (!turn.granted()) return std::nullopt;
  hash_password(password, options_.cost);  // the work of verifying is that of hashing
  return false;
}

}  // namespace topupd
