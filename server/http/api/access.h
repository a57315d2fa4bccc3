// What was answered: a line of the log and the counters for every request.

#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "http/engine.h"
#include "http/router.h"
#include "log.h"
#include "metrics.h"

namespace topupd::http {

// Names a request by its route's pattern, never by its path or query, which may hold a key.
// Thread-safe.
class AccessLog {
 public:
  // log and metrics must outlive it.
  AccessLog(Log& log, Metrics& metrics, const std::vector<Route>& routes);

  void note(const Exchange& exchange);

 private:
  struct RouteMetrics {
    std::array<Counter*, 5> answers{};  // by the first digit of the status, 1 to 5
    Histogram* seconds = nullptr;
  };

  void add(Metrics& metrics, const std::string& route);

  Log& log_;
  std::map<std::string, RouteMetrics, std::less<>> by_route_;  // constant after construction
};

}  // namespace topupd::http
