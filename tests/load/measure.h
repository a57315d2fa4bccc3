// Times of an honest client's requests.

#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "server/real_server.h"

namespace topupd::test {

using Microseconds = std::int64_t;

template <class Value>
Value at_share(std::vector<Value> values, double share) {
  std::sort(values.begin(), values.end());
  return values.at(static_cast<std::size_t>(share * static_cast<double>(values.size() - 1)));
}

inline Microseconds time_of(const std::function<void()>& ask) {
  const auto begin = std::chrono::steady_clock::now();
  ask();
  const auto time = std::chrono::steady_clock::now() - begin;
  return std::chrono::duration_cast<std::chrono::microseconds>(time).count();
}

inline Microseconds p99(int requests, const std::function<void()>& ask) {
  std::vector<Microseconds> times;
  for (int i = 0; i < requests; ++i)
    times.push_back(time_of(ask));
  return at_share(times, 0.99);
}

// GET /api/user/me over a kept connection.
inline std::string who_am_i(const RealServer& server) {
  return "GET /api/user/me HTTP/1.1\r\nHost: x\r\nX-API-Key: " + server.demo_key() + "\r\n\r\n";
}

}  // namespace topupd::test
