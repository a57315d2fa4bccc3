#include "store/commit_queue.h"

#include <algorithm>
#include <vector>

namespace topupd {

void CommitQueue::submit(const Body& body) {
  Waiter self;
  self.job.body = &body;
  std::unique_lock lock{mutex_};
  waiting_.push_back(&self);
  self.wake.wait(lock, [&] { return self.done || (!led_ && waiting_.front() == &self); });
  if (!self.done) lead(lock);
  lock.unlock();
  if (self.job.failure) std::rethrow_exception(self.job.failure);
}

void CommitQueue::lead(std::unique_lock<std::mutex>& lock) {
  led_ = true;
  auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(waiting_.size(), kMost));
  std::vector<Waiter*> taken(waiting_.begin(), end);
  waiting_.erase(waiting_.begin(), end);
  std::vector<Job*> batch;
  batch.reserve(taken.size());
  for (auto* waiter : taken)
    batch.push_back(&waiter->job);

  lock.unlock();
  hooks_.run(batch);
  lock.lock();
  // Under the lock: a waiter that sees itself done is gone at once.
  for (auto* waiter : taken) {
    waiter->done = true;
    waiter->wake.notify_one();
  }
  bool nobody_waits = waiting_.empty();

  lock.unlock();
  hooks_.rest(nobody_waits);
  lock.lock();
  led_ = false;
  if (!waiting_.empty()) waiting_.front()->wake.notify_one();
}

}  // namespace topupd
