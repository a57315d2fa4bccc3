#include "rate_limiter.h"

#include <atomic>
#include <deque>
#include <iostream>
#include <map>
#include <random>
#include <thread>
#include <vector>

#include "catch.h"

using namespace topupd;
using namespace std::chrono_literals;

namespace {

constexpr MonotonicTime kStart{1'000h};

std::string shown(const LimitDecision& d) {
  return std::string{d.allowed ? "yes" : "no"} + " left " + std::to_string(d.remaining) +
         " reset " + std::to_string(d.reset_seconds) + " retry " + std::to_string(d.retry_after);
}

// The same rule in the most obvious way.
class NaiveLimiter {
 public:
  explicit NaiveLimiter(std::chrono::milliseconds window) : window_{window} {}

  LimitDecision admit(const std::string& key, int quota, MonotonicTime now) {
    auto& times = times_[key];
    while (!times.empty() && times.front() + window_ <= now)
      times.pop_front();
    const int used = static_cast<int>(times.size());
    if (used < quota) {
      times.push_back(now);
      return {true, quota - used - 1, seconds(times.front() + window_ - now), 0};
    }
    const int wait = seconds(times[static_cast<std::size_t>(used - quota)] + window_ - now);
    return {false, 0, wait, wait};
  }

 private:
  static int seconds(MonotonicTime::duration d) {
    return static_cast<int>((d.count() + 999'999'999) / 1'000'000'000);
  }

  std::chrono::milliseconds window_;
  std::map<std::string, std::deque<MonotonicTime>> times_;
};

}  // namespace

TEST_CASE("the 61st request within 60 seconds is refused and not counted", "[rate_limiter]") {
  RateLimiter limiter;
  for (int i = 0; i < 60; ++i)
    REQUIRE(limiter.admit("k", 60, kStart + i * 100ms).allowed);

  struct Row {
    std::chrono::milliseconds at;
    std::string decision;
  };
  for (const auto& [at, decision] : {
           Row{5'900ms, "no left 0 reset 55 retry 55"},
           Row{6'000ms, "no left 0 reset 54 retry 54"},
           Row{59'001ms, "no left 0 reset 1 retry 1"},
           Row{59'999ms, "no left 0 reset 1 retry 1"},
           Row{60'000ms, "yes left 0 reset 1 retry 0"},
           Row{60'099ms, "no left 0 reset 1 retry 1"},
           Row{60'100ms, "yes left 0 reset 1 retry 0"},
           Row{65'900ms, "yes left 57 reset 55 retry 0"},
       }) {
    CAPTURE(at.count());
    CHECK(shown(limiter.admit("k", 60, kStart + at)) == decision);
  }
}

TEST_CASE("one key's flood costs another nothing", "[rate_limiter]") {
  RateLimiter limiter;
  for (int i = 0; i < 100; ++i)
    limiter.admit("a", 3, kStart);
  CHECK(shown(limiter.admit("b", 3, kStart)) == "yes left 2 reset 60 retry 0");
}

TEST_CASE("a quota that is lowered counts what was allowed before", "[rate_limiter]") {
  RateLimiter limiter;
  for (int i = 0; i < 5; ++i)
    limiter.admit("k", 5, kStart + i * 1s);
  CHECK(shown(limiter.admit("k", 2, kStart + 10s)) == "no left 0 reset 53 retry 53");
  CHECK_FALSE(limiter.admit("k", 2, kStart + 62'999ms).allowed);
  CHECK(limiter.admit("k", 2, kStart + 63s).allowed);
}

TEST_CASE("a quota of none is no limit", "[rate_limiter]") {
  RateLimiter limiter;
  for (int i = 0; i < 1'000; ++i)
    CHECK(limiter.admit("k", 0, kStart).allowed);
  CHECK(limiter.keys() == 0);
}

TEST_CASE("idle keys are forgotten", "[rate_limiter]") {
  RateLimiter limiter;
  for (int i = 0; i < 1'000; ++i)
    limiter.admit("k" + std::to_string(i), 1, kStart);
  CHECK(limiter.keys() == 1'000);
  // Each lock forgets its own idle keys when it is taken next.
  for (int i = 0; i < 200; ++i)
    limiter.admit("n" + std::to_string(i), 1, kStart + 60s);
  CHECK(limiter.keys() == 200);
}

TEST_CASE("there are never more keys than allowed", "[rate_limiter]") {
  RateLimiter limiter{{60s, 64}};
  for (int i = 0; i < 10'000; ++i)
    CHECK(limiter.admit("k" + std::to_string(i), 1, kStart).allowed);
  CHECK(limiter.keys() <= 64);
  // The newest is still known.
  CHECK_FALSE(limiter.admit("k9999", 1, kStart).allowed);
}

TEST_CASE("the limiter decides as the obvious one does", "[rate_limiter]") {
  const auto seed = std::random_device{}();
  std::cout << "rate_limiter seed " << seed << "\n";
  CAPTURE(seed);
  std::mt19937 random{seed};
  auto below = [&](int n) { return std::uniform_int_distribution<int>{0, n - 1}(random); };

  for (int round = 0; round < 50; ++round) {
    RateLimiter limiter{{10ms, 65'536}};
    NaiveLimiter naive{10ms};
    auto now = kStart;
    for (int step = 0; step < 200; ++step) {
      now += std::chrono::milliseconds{below(4)};
      const std::string key(1, static_cast<char>('a' + below(3)));
      const int quota = 1 + below(6);
      REQUIRE(shown(limiter.admit(key, quota, now)) == shown(naive.admit(key, quota, now)));
    }
  }
}

TEST_CASE("threads together get the quota and no more", "[rate_limiter]") {
  RateLimiter limiter;
  std::atomic<int> allowed{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i)
        if (limiter.admit("k", 60, kStart).allowed) ++allowed;
    });
  for (auto& thread : threads)
    thread.join();
  CHECK(allowed == 60);
}

TEST_CASE("addresses are counted by what one customer is given", "[rate_limiter]") {
  struct Row {
    std::string address;
    std::string bucket;
  };
  for (const auto& [address, bucket] : {
           Row{"192.0.2.1", "192.0.2.1"},
           Row{"::ffff:192.0.2.1", "192.0.2.1"},
           Row{"2001:db8::1", "2001:db8::/64"},
           Row{"2001:DB8:0:0:ffff:ffff:ffff:ffff", "2001:db8::/64"},
           Row{"2001:db8:0:1::1", "2001:db8:0:1::/64"},
           Row{"::1", "::/64"},
           Row{"fe80::1%eth0", "fe80::/64"},
           Row{"", ""},
           Row{"unix", "unix"},
       }) {
    CAPTURE(address);
    CHECK(address_bucket(address) == bucket);
  }
}

TEST_CASE("the cost of a decision", "[rate_limiter][.][bench]") {
  RateLimiter limiter;
  constexpr int kCalls = 2'000'000;
  std::vector<std::string> keys;
  for (int i = 0; i < 1'000; ++i)
    keys.push_back("user:" + std::to_string(i));
  auto now = kStart;
  const auto begin = std::chrono::steady_clock::now();
  int allowed = 0;
  for (int i = 0; i < kCalls; ++i) {
    now += 10us;
    allowed += limiter.admit(keys[static_cast<std::size_t>(i) % 1'000], 60, now).allowed ? 1 : 0;
  }
  const auto spent = std::chrono::steady_clock::now() - begin;
  std::cout << "admit: " << spent / 1ns / kCalls << " ns a call, " << allowed << " allowed\n";
}
