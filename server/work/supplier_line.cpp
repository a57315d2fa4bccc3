#include "work/supplier_line.h"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace topupd {
namespace {

constexpr MonotonicTime kWhileUnderWay = MonotonicTime::max();

bool has_failed(const Heard& heard) { return heard.outcome.kind == topup::OutcomeKind::failed; }
bool is_final(const Heard& heard) {
  return has_failed(heard) || heard.outcome.kind == topup::OutcomeKind::succeeded;
}

}  // namespace

SupplierLine::SupplierLine(Workshop& shop, topup::ProviderId supplier, LineOptions options,
                           std::function<void()> on_failure)
    : shop_{shop},
      supplier_{supplier},
      options_{options},
      on_failure_{std::move(on_failure)},
      attempts_{shop} {}

SupplierLine::~SupplierLine() { stop(); }

void SupplierLine::start() {
  callers_.emplace_back([this] { make_calls(); });
  rounds_ = std::thread{[this] { go_in_rounds(); }};
}

void SupplierLine::wake() {
  {
    std::lock_guard lock{mutex_};
    if (std::exchange(is_woken_, true) || room() == 0) return;
  }
  news_.notify_one();
}

void SupplierLine::request_stop() {
  {
    std::lock_guard lock{mutex_};
    is_stopping_ = true;
  }
  news_.notify_all();
}

void SupplierLine::stop() {
  request_stop();
  if (rounds_.joinable()) rounds_.join();
  for (auto& caller : callers_)
    caller.join();
  callers_.clear();
}

void SupplierLine::go_in_rounds() {
  Lock lock{mutex_};
  while (!is_over()) {
    round(lock);
    if (is_troubled_ && is_stopping_) give_up();
    wait(lock);
  }
  has_ended_ = true;
  queued_.notify_all();
}

// What was recorded as being sent is asked about after the next start.
void SupplierLine::give_up() {
  auto calls = static_cast<std::int64_t>(heard_.size());
  shop_.log.error("answers of a supplier were not recorded", {{"answers", calls}});
  heard_.clear();
  is_troubled_ = false;
}

void SupplierLine::wait(Lock& lock) {
  if (is_troubled_) {
    news_.wait_for(lock, options_.retry_after, [&] { return is_stopping_; });
    is_woken_ = true;
    return;
  }
  auto has_news = [&] {
    return !heard_.empty() || is_over() || (!is_stopping_ && is_woken_ && room() > 0);
  };
  if (!news_.wait_for(lock, options_.look_every, has_news)) is_woken_ = true;
}

void SupplierLine::round(Lock& lock) {
  auto now = shop_.clock.monotonic();
  std::erase_if(in_hand_, [&](const auto& item) { return item.second <= now; });
  auto heard = std::exchange(heard_, {});
  auto places = is_stopping_ ? 0 : room();
  Ids due;
  if (places > 0 && std::exchange(is_woken_, false)) {
    // Those in hand may be due as well, and older: they must not hide the others.
    auto limit = places + in_hand_.size();
    lock.unlock();
    due = look(limit);
    lock.lock();
    is_woken_ = is_woken_ || due.size() == limit;
    due = not_in_hand(std::move(due));
    due.resize(std::min(due.size(), places));
  }
  advance(lock, heard, due);
}

SupplierLine::Ids SupplierLine::look(std::size_t limit) const {
  try {
    return shop_.store.read([&](const topup::View& view) {
      return view.due_attempts(supplier_, shop_.clock.now(), static_cast<int>(limit));
    });
  } catch (const std::exception& failure) {
    shop_.log.error("could not look for due attempts", {{"problem", failure.what()}});
    return {};
  }
}

SupplierLine::Ids SupplierLine::not_in_hand(Ids due) const {
  std::erase_if(due, [&](topup::AttemptId id) { return in_hand_.contains(id); });
  return due;
}

void SupplierLine::advance(Lock& lock, const std::vector<Heard>& heard, const Ids& due) {
  is_troubled_ = false;
  if (heard.empty() && due.empty()) return;
  std::vector<SupplierCall> calls;
  lock.unlock();
  try {
    calls = attempts_.advance(supplier_, heard, due);
    lock.lock();
  } catch (const std::logic_error&) {
    lock.lock();
    return advance_each(lock, heard, due);
  } catch (const std::exception& failure) {
    shop_.log.error("orders left for later", {{"problem", failure.what()}});
    lock.lock();
    is_troubled_ = true;
    heard_.insert(heard_.begin(), heard.begin(), heard.end());
    return;
  }
  for (const auto& one : heard)
    leave(one.attempt, is_final(one) ? std::chrono::milliseconds{0} : options_.look_every);
  // What is due and led to no call: whatever is wrong with it, it never spins.
  for (auto id : due)
    leave(id, options_.look_every);
  hand_out(std::move(calls));
  tell_of_failures(lock, heard);
}

void SupplierLine::tell_of_failures(Lock& lock, const std::vector<Heard>& heard) {
  if (std::ranges::none_of(heard, has_failed)) return;
  lock.unlock();
  on_failure_();
  lock.lock();
}

// One of them is to blame: each by itself, so that the others go on.
void SupplierLine::advance_each(Lock& lock, const std::vector<Heard>& heard, const Ids& due) {
  auto try_one = [&](topup::AttemptId id, const std::vector<Heard>& one, const Ids& begun) {
    lock.unlock();
    std::vector<SupplierCall> calls;
    auto pause = options_.look_every;
    try {
      calls = attempts_.advance(supplier_, one, begun);
    } catch (const std::exception& failure) {
      shop_.log.error("attempt left for later",
                      {{"attempt", id.value}, {"problem", failure.what()}});
      pause = options_.retry_after;
    }
    lock.lock();
    leave(id, pause);
    hand_out(std::move(calls));
    tell_of_failures(lock, one);
  };
  for (const auto& one : heard)
    try_one(one.attempt, {one}, {});
  for (auto id : due)
    try_one(id, {}, {id});
}

void SupplierLine::leave(topup::AttemptId id, std::chrono::milliseconds pause) {
  if (pause.count() == 0)
    in_hand_.erase(id);
  else
    in_hand_[id] = shop_.clock.monotonic() + pause;
}

void SupplierLine::hand_out(std::vector<SupplierCall> calls) {
  for (auto& call : calls) {
    in_hand_[call.attempt] = kWhileUnderWay;
    queue_.push_back(std::move(call));
    ++under_way_;
    if (queue_.size() > idle_ && callers_.size() < static_cast<std::size_t>(options_.calls)) {
      try {
        callers_.emplace_back([this] { make_calls(); });
      } catch (const std::system_error& failure) {
        shop_.log.warn("no further thread to call a supplier", {{"problem", failure.what()}});
      }
    }
    queued_.notify_one();
  }
}

void SupplierLine::make_calls() {
  Lock lock{mutex_};
  while (true) {
    ++idle_;
    queued_.wait(lock, [&] { return has_ended_ || !queue_.empty(); });
    --idle_;
    if (queue_.empty()) return;
    auto call = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    auto heard = make(call);
    lock.lock();
    heard_.push_back(std::move(heard));
    --under_way_;
    news_.notify_one();
  }
}

Heard SupplierLine::make(const SupplierCall& call) {
  try {
    return attempts_.make(supplier_, call);
  } catch (const std::exception& failure) {
    shop_.log.error("a supplier's call failed",
                    {{"attempt", call.attempt.value}, {"problem", failure.what()}});
    return {call.attempt, topup::Outcome{}, {topup::Actor::provider, supplier_.value}};
  }
}

}  // namespace topupd
