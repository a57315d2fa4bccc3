#include "http/edge_workers.h"

#include <utility>

namespace topupd::http {

Workers::Workers(Size size, Serve serve) : size_{size}, serve_{std::move(serve)} {
  threads_.reserve(size_.threads);
  for (std::size_t i = 0; i < size_.threads; ++i)
    threads_.emplace_back([this] { run(); });
}

bool Workers::submit(Connection& connection, Clock::time_point now) {
  bool calls = false;
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() >= size_.queue_max || stopping_) return false;
    queue_.push_back({&connection, now});
    queued_ = queue_.size();
    calls = call_one_if_few_run();
  }
  if (calls) work_.notify_one();
  return true;
}

void Workers::hurry(Clock::time_point now) {
  if (queued_ == 0) return;
  bool calls = false;
  {
    const std::lock_guard lock(mutex_);
    calls = !queue_.empty() && now - queue_.front().since >= kPatience && call_one();
  }
  if (calls) work_.notify_one();
}

void Workers::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_all();
  for (std::thread& thread : threads_)
    thread.join();
  threads_.clear();
}

std::size_t Workers::busy() const {
  const std::lock_guard lock(mutex_);
  return size_.threads - idle_;
}

void Workers::on_wait() {
  --running_;
  if (queued_ == 0) return;
  bool calls = false;
  {
    const std::lock_guard lock(mutex_);
    calls = call_one_if_few_run();
  }
  if (calls) work_.notify_one();
}

// It counts as running from now on, so that nobody is called twice for one request.
bool Workers::call_one() {
  if (idle_ == 0) return false;
  --idle_;
  ++called_;
  ++running_;
  return true;
}

bool Workers::call_one_if_few_run() {
  return !queue_.empty() && running_ < size_.running_max && call_one();
}

void Workers::run() {
  LongWait::listen(this);
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    call_one_if_few_run();  // itself, if what is queued came while nobody was idle
    work_.wait(lock, [this] { return stopping_ || called_ > 0; });
    if (called_ > 0) {
      --called_;
    } else {
      --idle_;
      ++running_;
    }
    serve_queued(lock);
    --running_;
    if (stopping_ && queue_.empty()) return;
  }
}

// At least one; more as long as not too many run.
void Workers::serve_queued(std::unique_lock<std::mutex>& lock) {
  do {
    if (queue_.empty()) return;
    Connection* next = queue_.front().connection;
    queue_.pop_front();
    queued_ = queue_.size();
    lock.unlock();
    serve_(*next);
    lock.lock();
  } while (running_ <= size_.running_max || stopping_);
}

}  // namespace topupd::http
