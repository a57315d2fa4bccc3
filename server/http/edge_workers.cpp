#include "http/edge_workers.h"

#include <utility>

namespace topupd::http {

Workers::Workers(Size size, Serve serve) : size_{size}, serve_{std::move(serve)} {
  threads_.reserve(size_.threads);
  for (std::size_t i = 0; i < size_.threads; ++i)
    threads_.emplace_back([this] { run(); });
}

bool Workers::submit(Connection& connection) {
  bool somebody_sleeps = false;
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() >= size_.queue_max || stopping_) return false;
    queue_.push_back(&connection);
    somebody_sleeps = idle_ > 0;
  }
  if (somebody_sleeps) work_.notify_one();
  return true;
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

std::size_t Workers::queued() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

std::size_t Workers::busy() const {
  const std::lock_guard lock(mutex_);
  return size_.threads - idle_;
}

void Workers::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    work_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    --idle_;
    if (queue_.empty()) return;
    Connection* next = queue_.front();
    queue_.pop_front();
    lock.unlock();
    serve_(*next);
    lock.lock();
  }
}

}  // namespace topupd::http
