// Virtual time: events in the order of their moment, then of their making.

#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <utility>

#include "clock.h"

namespace topupd::sim {

using std::chrono::milliseconds;

// Not thread-safe: there is one thread.
class Timeline {
 public:
  using Event = std::function<void()>;

  explicit Timeline(topup::Timestamp wall) : time_{wall} {}

  milliseconds now() const { return now_; }  // since the beginning; nobody in the world sees it
  const FakeTime& time() const { return time_; }  // what the machine's clocks show
  topup::Timestamp true_wall() const { return time_.wall() - wall_error_; }
  milliseconds wall_error() const { return wall_error_; }

  void at(milliseconds when, Event event) {
    events_.emplace(std::pair{std::max(when, now_), made_++}, std::move(event));
  }
  void after(milliseconds by, Event event) { at(now_ + by, std::move(event)); }

  // Runs the next event that is due by then.  False if there is none: it is then.
  bool run_next(milliseconds until) {
    auto next = events_.begin();
    if (next == events_.end() || next->first.first > until) {
      advance(until);
      return false;
    }
    advance(next->first.first);
    auto event = std::move(next->second);
    events_.erase(next);
    ++run_;
    event();
    return true;
  }

  // Time passes and nothing happens: what was due comes late.
  void freeze(milliseconds by) { advance(now_ + by); }

  // Somebody sets the machine's clock.
  void jump_wall(milliseconds by) {
    time_.jump_wall(by);
    wall_error_ += by;
  }

  std::int64_t events_run() const { return run_; }

 private:
  void advance(milliseconds to) {
    if (to <= now_) return;
    time_.advance(to - now_);
    now_ = to;
  }

  FakeTime time_;
  milliseconds now_{0};
  milliseconds wall_error_{0};
  std::map<std::pair<milliseconds, std::uint64_t>, Event> events_;
  std::uint64_t made_ = 0;
  std::int64_t run_ = 0;
};

}  // namespace topupd::sim
