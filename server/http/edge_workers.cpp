#include "http/edge_workers.h"

#include <algorithm>
#include <utility>

namespace topupd::http {

Workers::Workers(Size size, Serve serve) : size_{size}, serve_{std::move(serve)} {
  threads_.reserve(size_.threads);
  for (std::size_t i = 0; i < size_.threads; ++i)
    threads_.emplace_back([this, &self = sleepers_.emplace_back()] { run(self); });
}

bool Workers::submit(Connection& connection, Clock::time_point now) {
  Sleeper* called = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (queue_.size() + resumed_.size() + suspended_ >= size_.queue_max || stopping_) return false;
    queue_.push_back({&connection, now});
    ++queued_;
    called = call_one_if_few_run();
  }
  wake(called);
  return true;
}

bool Workers::resume(Connection& connection) {
  const auto now = Clock::now();
  Sleeper* called = nullptr;
  bool ends = false;
  bool is_first = false;
  {
    const std::lock_guard lock(mutex_);
    is_first = resumed_.empty();
    resumed_.push_back({&connection, now});
    ++queued_;
    --suspended_;
    called = call_one_if_few_run();
    ends = stopping_;
  }
  if (ends)
    wake_all();
  else
    wake(called);
  return is_first && called == nullptr;
}

void Workers::hurry(Clock::time_point now) {
  if (queued_ == 0) return;
  Sleeper* called = nullptr;
  {
    const std::lock_guard lock(mutex_);
    const auto is_late = [&](const std::deque<Waiting>& line) {
      return !line.empty() && now - line.front().since >= kPatience;
    };
    if (is_late(resumed_) || is_late(queue_)) called = call_one();
  }
  wake(called);
}

void Workers::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_all();
  for (std::thread& thread : threads_)
    thread.join();
  threads_.clear();
}

std::size_t Workers::busy() const {
  const std::lock_guard lock(mutex_);
  return size_.threads - idle_.size();
}

void Workers::on_wait() {
  --running_;
  if (queued_ == 0) return;
  Sleeper* called = nullptr;
  {
    const std::lock_guard lock(mutex_);
    called = call_one_if_few_run();
  }
  wake(called);
}

// It counts as running from now on, so that nobody is called twice for one request.
Workers::Sleeper* Workers::call_one() {
  if (idle_.empty()) return nullptr;
  auto* last = idle_.back();
  idle_.pop_back();
  last->is_called = true;
  ++running_;
  return last;
}

Workers::Sleeper* Workers::call_one_if_few_run() {
  return has_work() && running_ < size_.running_max ? call_one() : nullptr;
}

void Workers::wake(Sleeper* called) {
  if (called != nullptr) called->woken.notify_one();
}

void Workers::wake_all() {
  for (auto& sleeper : sleepers_)
    sleeper.woken.notify_one();
}

void Workers::run(Sleeper& self) {
  LongWait::listen(this);
  std::unique_lock lock(mutex_);
  while (true) {
    idle_.push_back(&self);
    call_one_if_few_run();  // itself, if what is queued came while nobody was idle
    self.woken.wait(
        lock, [&] { return self.is_called || (stopping_ && (has_work() || suspended_ == 0)); });
    if (!std::exchange(self.is_called, false)) {
      std::erase(idle_, &self);
      ++running_;
    }
    serve_queued(lock);
    --running_;
    if (stopping_ && !has_work() && suspended_ == 0) return;
  }
}

// What has begun is finished first.
Workers::Waiting Workers::take() {
  auto& line = resumed_.empty() ? queue_ : resumed_;
  const Waiting first = line.front();
  line.pop_front();
  --queued_;
  return first;
}

// At least one; more as long as not too many run.
void Workers::serve_queued(std::unique_lock<std::mutex>& lock) {
  do {
    if (!has_work()) return;
    Connection* next = take().connection;
    lock.unlock();
    serve_(*next);
    lock.lock();
  } while (running_ <= size_.running_max || stopping_);
}

}  // namespace topupd::http
