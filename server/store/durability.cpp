#include "store/durability.h"

#include "long_wait.h"
#include "store/errors.h"

namespace topupd {

bool Durability::reach(std::int64_t number) {
  {
    const std::lock_guard lock{mutex_};
    if (has_failed_) return false;
    durable_ = number;
  }
  reached_.notify_all();
  return true;
}

void Durability::fail() {
  {
    const std::lock_guard lock{mutex_};
    has_failed_ = true;
  }
  reached_.notify_all();
}

void Durability::wait() const {
  const std::int64_t seen = begun_;
  if (durable_ >= seen) return;
  const LongWait waits;
  std::unique_lock lock{mutex_};
  reached_.wait(lock, [&] { return has_failed_ || durable_ >= seen; });
  if (durable_ >= seen) return;
  throw StoreBroken{
      "what was written last could not be made durable, and only opening the file anew helps"};
}

}  // namespace topupd
