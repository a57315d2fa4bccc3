#include <exception>
#include <string>

#include "crypto.h"
#include "http/api/errors.h"
#include "http/api/json.h"
#include "http/pages/frame.h"
#include "http/pages/pages.h"

namespace topupd::http {

namespace {

constexpr std::string_view kBearer = "Bearer ";

Response uncached(Response response) {
  response.headers.emplace_back("Cache-Control", "no-store");
  add_safety_headers(response);
  return response;
}

Response show_health(const Request& /*request*/) {
  return uncached({.content_type = "text/plain; charset=utf-8", .body = "ok\n"});
}

std::string_view database_state(const Readiness& readiness) {
  try {
    return readiness.database();
  } catch (const std::exception&) {
    return "can't be asked";
  }
}

std::string jump_json(const std::optional<ClockJump>& jump) {
  if (!jump) return "null";
  return JsonObject{}
      .number("by_ms", jump->by.count())
      .number("noticed_ms_ago", jump->since.count())
      .number("ahead_ms", jump->ahead.count())
      .str();
}

// A clock that jumped is shown and no reason to turn customers away: money that depends on the
// time waits by itself.
Response show_readiness(const Readiness& readiness) {
  const auto database = database_state(readiness);
  const bool is_ready = database == kDatabaseOk;
  return uncached({.status = is_ready ? 200 : 503,
                   .body = JsonObject{}
                               .flag("ready", is_ready)
                               .text("database", database)
                               .raw("clock_jump", jump_json(readiness.clock_jump()))
                               .str()});
}

bool may_read_metrics(const App& app, const Request& request) {
  if (request.from_loopback) return true;
  const auto& token = app.config.metrics.token;
  const auto header = request.header("authorization");
  return !token.empty() && header.starts_with(kBearer) &&
         constant_time_equal(header.substr(kBearer.size()), token);
}

}  // namespace

std::vector<Route> operator_routes(App& app, const PageSources& sources) {
  const auto readiness = sources.readiness;
  const auto readings = sources.readings;
  auto& metrics = sources.metrics;
  const auto show_metrics = [&app, &metrics, readings](const Request& request) {
    if (!may_read_metrics(app, request))
      return uncached(error_response({ErrorCode::forbidden}, request.id, request.path));
    for (const auto& reading : readings)
      metrics.gauge(reading.name).set(reading.value());
    return uncached(
        {.content_type = "text/plain; version=0.0.4; charset=utf-8", .body = metrics.text()});
  };
  return {
      {"GET", "/healthz", show_health},
      {"GET", "/readyz",
       [readiness](const Request& /*request*/) { return show_readiness(readiness); }},
      {"GET", "/metrics", show_metrics},
  };
}

}  // namespace topupd::http
