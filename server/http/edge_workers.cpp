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
    if (queue_.size() + resumed_.size() + suspended_ >= size_.queue_max || stopping_) return false;
    queue_.push_back({&connection, now});
    ++queued_;
    calls = call_one_if_few_run();
  }
  if (calls) work_.notify_one();
  return true;
}

bool Workers::resume(Connection& connection) {
  const auto now = Clock::now();
  bool calls = false;
  bool ends = false;
  bool is_first = false;
  {
    const std::lock_guard lock(mutex_);
    is_first = resumed_.empty();
    resumed_.push_back({&connection, now});
    ++queued_;
    --suspended_;
    calls = call_one_if_few_run();
    ends = stopping_;
  }
  if (ends)
    work_.notify_all();
  else if (calls)
    work_.notify_one();
  return is_first && !calls;
}

void Workers::hurry(Clock::time_point now) {
  if (queued_ == 0) return;
  bool calls = false;
  {
    const std::lock_guard lock(mutex_);
    const auto is_late = [&](const std::deque<Waiting>& line) {
      return !line.empty() && now - line.front().since >= kPatience;
    };
    calls = (is_late(resumed_) || is_late(queue_)) && call_one();
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
  return has_work() && running_ < size_.running_max && call_one();
}

void Workers::run() {
  LongWait::listen(this);
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    call_one_if_few_run();  // itself, if what is queued came while nobody was idle
    work_.wait(lock,
               [this] { return called_ > 0 || (stopping_ && (has_work() || suspended_ == 0)); });
    if (called_ > 0) {
      --called_;
    } else {
      --idle_;
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
