// The routes that need no key: what customers open, what watches over the server, and the
// sandbox's buttons.

#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "app.h"
#include "clock.h"
#include "gateways/sandbox_gateway.h"
#include "http/router.h"
#include "metrics.h"

namespace topupd::http {

inline constexpr std::string_view kDatabaseOk = "ok";

// Asked at every /readyz, by many threads at once.
struct Readiness {
  std::function<std::string_view()> database;  // kDatabaseOk, or what is wrong; may throw
  std::function<std::optional<ClockJump>()> clock_jump;
};

// A number that somebody else counts, read at every /metrics, by many threads at once.
struct Reading {
  MetricName name;
  std::function<double()> value;
};

struct PageSources {
  Metrics& metrics;
  Readiness readiness;
  std::vector<Reading> readings = {};
  SandboxGateway* sandbox = nullptr;  // null: the sandbox is off
};

// /, /i/{code}, /i/{code}/status, /qr/{file} and their style sheet.
std::vector<Route> public_routes(App& app, SandboxGateway* sandbox);

// /healthz, /readyz and /metrics.
std::vector<Route> operator_routes(App& app, const PageSources& sources);

// What a customer of the sandbox does: /sandbox/gateway/{code}/settle and /expire.
std::vector<Route> sandbox_routes(App& app, SandboxGateway& gateway);

// Whether this client may press the sandbox's buttons.
bool may_use_sandbox(const App& app, const Request& request);

// All of them.  app, metrics and the gateway must outlive the routes.
std::vector<Route> page_routes(App& app, const PageSources& sources);

}  // namespace topupd::http
