#include "group_commit.h"

#include <algorithm>

namespace topupd {
namespace {

// Enough to share a commit, few enough that the last one waits briefly.
constexpr std::size_t kBatchMax = 256;

}  // namespace

void GroupCommit::run(const std::function<void()>& body) {
  Waiter self{&body};
  std::unique_lock lock{mutex_};
  queue_.push_back(&self);
  self.wake.wait(lock, [&] { return self.done || queue_.front() == &self; });
  if (!self.done) {
    auto size = static_cast<std::ptrdiff_t>(std::min(queue_.size(), kBatchMax));
    Batch batch{queue_.begin(), queue_.begin() + size};
    lock.unlock();
    run_batch(batch);
    lock.lock();
    queue_.erase(queue_.begin(), queue_.begin() + size);
    for (auto* waiter : batch) {
      waiter->done = true;
      if (waiter != &self) waiter->wake.notify_one();
    }
    if (!queue_.empty()) queue_.front()->wake.notify_one();
  }
  if (self.failure) std::rethrow_exception(self.failure);
}

void GroupCommit::run_batch(const Batch& batch) {
  try {
    steps_.begin();
    for (auto* waiter : batch)
      (*waiter->body)();
    steps_.commit();
  } catch (...) {
    steps_.rollback();
    if (batch.size() == 1) {
      batch.front()->failure = std::current_exception();
      return;
    }
    for (auto* waiter : batch)
      run_alone(*waiter);
  }
}

void GroupCommit::run_alone(Waiter& waiter) {
  try {
    steps_.begin();
    (*waiter.body)();
    steps_.commit();
  } catch (...) {
    steps_.rollback();
    waiter.failure = std::current_exception();
  }
}

}  // namespace topupd
