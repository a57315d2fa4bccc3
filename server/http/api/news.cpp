#include "http/api/news.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

namespace topupd::http {

namespace {

constexpr std::chrono::milliseconds kLookEvery{300};
constexpr int kLooksBetweenChecks = 4;

bool concerns(const Touched& touched, const Subscriber& subscriber) {
  return subscriber.role == topup::Role::admin ||
         std::ranges::binary_search(touched.users, subscriber.user);
}

}  // namespace

News::News(Sources sources) : sources_{std::move(sources)} {}

News::~News() { stop(); }

void News::start() {
  thread_ = std::thread{[this] {
    std::unique_lock lock{stop_mutex_};
    for (int looks = 1; !stopping_; ++looks) {
      lock.unlock();
      try {
        look();
        if (looks % kLooksBetweenChecks == 0) check();
      } catch (const std::exception&) {
        // A store that can't be read now is looked at again.
      }
      lock.lock();
      stopped_.wait_for(lock, kLookEvery, [&] { return stopping_; });
    }
  }};
}

void News::stop() {
  {
    const std::lock_guard lock{stop_mutex_};
    stopping_ = true;
  }
  stopped_.notify_all();
  if (thread_.joinable()) thread_.join();
  const std::lock_guard lock{mutex_};
  for (const auto& subscriber : subscribers_)
    subscriber.stream->close();
  subscribers_.clear();
}

void News::make_room(topup::UserId user) {
  const auto is_his = [&](const Subscriber& subscriber) { return subscriber.user == user; };
  if (static_cast<std::size_t>(std::ranges::count_if(subscribers_, is_his)) < kPerUserMax) return;
  const auto oldest = std::ranges::find_if(subscribers_, is_his);
  oldest->stream->close();
  subscribers_.erase(oldest);
}

void News::add(Subscriber subscriber) {
  const auto commits = sources_.commits();
  const auto step = sources_.last_step();
  const auto id = std::to_string(step);
  const bool missed = !subscriber.last_seen.empty() && subscriber.last_seen != id;
  subscriber.stream->publish({.data = "{}", .name = "open", .id = id});
  if (missed) subscriber.stream->publish({.data = "{}", .name = "changed", .id = id});
  const std::lock_guard lock{mutex_};
  std::erase_if(subscribers_, [](const Subscriber& one) { return one.stream->is_closed(); });
  if (subscribers_.empty()) {
    seen_commits_ = commits;
    seen_step_ = step;
  }
  make_room(subscriber.user);
  subscribers_.push_back(std::move(subscriber));
}

void News::look() {
  const std::lock_guard lock{mutex_};
  if (subscribers_.empty()) return;
  // Asked for before what they brought is read, so that none is passed over.
  const auto commits = sources_.commits();
  if (commits == seen_commits_) return;
  const auto touched = sources_.touched_since(seen_step_);
  const bool is_all = touched.last == sources_.last_step();
  if (is_all) seen_commits_ = commits;
  if (touched.last == seen_step_) return;
  seen_step_ = touched.last;
  const auto id = std::to_string(seen_step_);
  std::erase_if(subscribers_, [&](const Subscriber& subscriber) {
    if (!concerns(touched, subscriber)) return subscriber.stream->is_closed();
    return !subscriber.stream->publish({.data = "{}", .name = "changed", .id = id});
  });
}

void News::check() {
  const std::lock_guard lock{mutex_};
  std::erase_if(subscribers_, [&](const Subscriber& subscriber) {
    if (sources_.may_listen(subscriber)) return subscriber.stream->is_closed();
    subscriber.stream->close();
    return true;
  });
}

std::size_t News::size() const {
  const std::lock_guard lock{mutex_};
  return subscribers_.size();
}

}  // namespace topupd::http
