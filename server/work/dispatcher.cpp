#include "work/dispatcher.h"

#include <exception>

namespace topupd {
namespace {

constexpr std::size_t kLookMax = 512;   // new ones a look, beyond which the next look finds more
constexpr std::size_t kFewQueued = 64;  // while there are more, looking for others can wait
constexpr MonotonicTime kWhileWorkedOn = MonotonicTime::max();

}  // namespace

Dispatcher::Dispatcher(Workshop& shop, DispatcherOptions options)
    : shop_{shop}, options_{options}, attempts_{shop} {
  for (auto& [id, provider] : shop_.providers)
    provider->on_callback([this, of = id](const std::string& reference, const Answer& answer) {
      attempts_.take_callback(of, reference, answer);
      wake();
    });
}

Dispatcher::~Dispatcher() { stop(); }

void Dispatcher::start() {
  threads_.emplace_back([this] { look(); });
  for (int i = 0; i < options_.threads; ++i)
    threads_.emplace_back([this] { call(); });
}

void Dispatcher::wake() {
  {
    std::lock_guard lock{mutex_};
    woken_ = true;
    if (queue_.size() >= kFewQueued) return;
  }
  due_.notify_one();
}

void Dispatcher::stop() {
  {
    std::lock_guard lock{mutex_};
    stopping_ = true;
    queue_.clear();
  }
  due_.notify_all();
  queued_.notify_all();
  for (auto& thread : threads_)
    thread.join();
  threads_.clear();
}

void Dispatcher::look() {
  std::unique_lock lock{mutex_};
  while (!stopping_) {
    woken_ = false;
    // Those in hand are the oldest, and due as well: they must not hide the others.
    const auto limit = static_cast<int>(kLookMax + in_hand_.size());
    lock.unlock();
    std::vector<topup::AttemptId> due;
    try {
      due = shop_.store.read(
          [&](const topup::View& view) { return view.due_attempts(shop_.clock.now(), limit); });
    } catch (const std::exception& failure) {
      shop_.log.error("could not look for due attempts", {{"problem", failure.what()}});
    }
    lock.lock();
    take(due);
    due_.wait_for(lock, options_.look_every,
                  [&] { return stopping_ || (woken_ && queue_.size() < kFewQueued); });
  }
}

void Dispatcher::take(const std::vector<topup::AttemptId>& due) {
  auto now = shop_.clock.monotonic();
  std::erase_if(in_hand_, [&](const auto& item) { return item.second <= now; });
  for (const auto& id : due) {
    if (stopping_ || !in_hand_.try_emplace(id, kWhileWorkedOn).second) continue;
    queue_.push_back(id);
    queued_.notify_one();
  }
}

void Dispatcher::call() {
  std::unique_lock lock{mutex_};
  while (true) {
    queued_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
    auto id = queue_.front();
    queue_.pop_front();
    lock.unlock();
    work_on(id);
    lock.lock();
  }
}

void Dispatcher::work_on(topup::AttemptId id) {
  auto now = shop_.clock.monotonic();
  auto not_before = now + options_.look_every;  // whatever is wrong with it, it never spins
  try {
    if (!attempts_.work_on(id)) {
      shop_.log.warn("no such supplier is configured", {{"attempt", id.value}});
      not_before = now + options_.retry_after;
    }
  } catch (const std::exception& failure) {
    shop_.log.error("attempt left for later", {{"attempt", id.value}, {"problem", failure.what()}});
    not_before = now + options_.retry_after;
  }
  let_go(id, not_before);
}

void Dispatcher::let_go(topup::AttemptId id, MonotonicTime not_before) {
  std::lock_guard lock{mutex_};
  in_hand_[id] = not_before;
  // A fail-over, or rows beyond one look, may be due already.
  if (queue_.size() < kFewQueued) {
    woken_ = true;
    due_.notify_one();
  }
}

}  // namespace topupd
