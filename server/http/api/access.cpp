#include "http/api/access.h"

#include <algorithm>
#include <chrono>

namespace topupd::http {

namespace {

constexpr std::string_view kNoRoute = "none";

}  // namespace

AccessLog::AccessLog(Log& log, Metrics& metrics, const std::vector<Route>& routes) : log_{log} {
  for (const auto& route : routes)
    add(metrics, route.path);
  add(metrics, std::string{kNoRoute});
}

void AccessLog::add(Metrics& metrics, const std::string& route) {
  auto [place, is_new] = by_route_.try_emplace(route);
  if (!is_new) return;
  for (std::size_t i = 0; i < place->second.answers.size(); ++i) {
    const auto status = std::to_string(i + 1) + "xx";
    place->second.answers.at(i) =
        &metrics.counter({"topupd_http_requests_total", "Requests answered."},
                         {{"route", route}, {"status", status}});
  }
  place->second.seconds =
      &metrics.histogram({"topupd_http_request_seconds", "How long an answer took to make."},
                         kSecondsBounds, {{"route", route}});
}

void AccessLog::note(const Exchange& exchange) {
  auto found = by_route_.find(exchange.route.empty() ? kNoRoute : exchange.route);
  if (found == by_route_.end()) found = by_route_.find(kNoRoute);
  const auto& metrics = found->second;
  metrics.answers.at(static_cast<std::size_t>(std::clamp(exchange.status / 100, 1, 5) - 1))->add();
  metrics.seconds->observe(std::chrono::duration<double>(exchange.duration).count());

  const LogFields fields{{"request_id", exchange.request_id},
                         {"method", exchange.method},
                         {"route", std::string_view{found->first}},
                         {"status", exchange.status},
                         {"bytes", exchange.bytes},
                         {"us", exchange.duration.count()},
                         {"client", exchange.client}};
  log_.write(exchange.status >= 500 ? LogLevel::warn : LogLevel::info, "request", fields);
  if (!exchange.problem.empty())
    log_.error("a handler failed",
               {{"request_id", exchange.request_id}, {"error", exchange.problem}});
}

}  // namespace topupd::http
