#include "rate_limiter.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <list>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace topupd {

namespace {

// The moments of the requests in the window, oldest first.
class Ring {
 public:
  std::size_t size() const { return size_; }
  MonotonicTime operator[](std::size_t i) const { return slots_[(first_ + i) & mask()]; }
  MonotonicTime newest() const { return (*this)[size_ - 1]; }

  void push(MonotonicTime at) {
    if (size_ == slots_.size()) grow();
    slots_[(first_ + size_) & mask()] = at;
    ++size_;
  }

  void drop_until(MonotonicTime end) {
    while (size_ > 0 && (*this)[0] <= end) {
      first_ = (first_ + 1) & mask();
      --size_;
    }
  }

 private:
  std::size_t mask() const { return slots_.size() - 1; }

  void grow() {
    std::vector<MonotonicTime> slots(std::max<std::size_t>(4, slots_.size() * 2));
    for (std::size_t i = 0; i < size_; ++i)
      slots[i] = (*this)[i];
    slots_ = std::move(slots);
    first_ = 0;
  }

  std::vector<MonotonicTime> slots_;  // a power of two, or none
  std::size_t first_ = 0;
  std::size_t size_ = 0;
};

int seconds_until(MonotonicTime at, MonotonicTime now) {
  return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(at - now).count());
}

}  // namespace

class RateLimiter::Shard {
 public:
  void configure(std::chrono::milliseconds window, std::size_t keys_max) {
    window_ = window;
    keys_max_ = keys_max;
  }

  LimitDecision admit(std::string_view key, std::size_t quota, MonotonicTime now) {
    std::lock_guard lock{mutex_};
    now = latest_ = std::max(latest_, now);
    forget_idle();

    const auto found = index_.find(key);
    if (found == index_.end()) {
      if (entries_.size() >= keys_max_) forget_oldest();
      entries_.push_back({std::string{key}, {}});
      const auto added = std::prev(entries_.end());
      index_.emplace(added->key, added);
      return allow(added->times, quota);
    }

    Ring& times = found->second->times;
    times.drop_until(now - window_);
    if (times.size() >= quota) return refuse(times, quota);
    entries_.splice(entries_.end(), entries_, found->second);
    return allow(times, quota);
  }

  std::size_t keys() const {
    std::lock_guard lock{mutex_};
    return entries_.size();
  }

 private:
  struct Entry {
    std::string key;
    Ring times;  // never empty between calls
  };
  using Entries = std::list<Entry>;

  LimitDecision allow(Ring& times, std::size_t quota) {
    times.push(latest_);
    return {true, static_cast<int>(quota - times.size()),
            seconds_until(times[0] + window_, latest_), 0};
  }

  // Where the quota was lowered more than one request has to leave the window first.
  LimitDecision refuse(const Ring& times, std::size_t quota) const {
    const int wait = seconds_until(times[times.size() - quota] + window_, latest_);
    return {false, 0, wait, wait};
  }

  // The front was allowed something longest ago, so idle keys are all in front.
  void forget_idle() {
    while (!entries_.empty() && entries_.front().times.newest() <= latest_ - window_)
      forget_oldest();
  }

  void forget_oldest() {
    index_.erase(entries_.front().key);
    entries_.pop_front();
  }

  std::chrono::milliseconds window_{};
  std::size_t keys_max_ = 0;

  mutable std::mutex mutex_;  // guards what follows
  MonotonicTime latest_ = MonotonicTime::min();
  Entries entries_;  // by the moment of the last request that was allowed
  std::unordered_map<std::string_view, Entries::iterator> index_;  // views of Entry::key
};

RateLimiter::RateLimiter() : RateLimiter{Options{}} {}

RateLimiter::RateLimiter(Options options) : shards_{std::make_unique<Shard[]>(kShards)} {
  assert(options.window.count() > 0);
  for (std::size_t i = 0; i < kShards; ++i)
    shards_[i].configure(options.window, std::max<std::size_t>(1, options.keys_max / kShards));
}

RateLimiter::~RateLimiter() = default;

LimitDecision RateLimiter::admit(std::string_view key, int quota, MonotonicTime now) {
  if (quota <= 0) return {true, 0, 0, 0};
  const auto shard = std::hash<std::string_view>{}(key) & (kShards - 1);
  return shards_[shard].admit(key, static_cast<std::size_t>(std::min(quota, kQuotaMax)), now);
}

std::size_t RateLimiter::keys() const {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < kShards; ++i)
    sum += shards_[i].keys();
  return sum;
}

std::string address_bucket(std::string_view address) {
  const std::string text{address.substr(0, address.find('%'))};  // without the zone of fe80::1%eth0
  in6_addr six{};
  if (inet_pton(AF_INET6, text.c_str(), &six) != 1) return std::string{address};

  char written[INET6_ADDRSTRLEN];
  if (IN6_IS_ADDR_V4MAPPED(&six)) {
    inet_ntop(AF_INET, six.s6_addr + 12, written, sizeof written);
    return written;
  }
  std::memset(six.s6_addr + 8, 0, 8);
  inet_ntop(AF_INET6, &six, written, sizeof written);
  return std::string{written} + "/64";
}

}  // namespace topupd
