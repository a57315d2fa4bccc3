#include "http/pages/pages.h"

#include "http/pages/dashboard.h"

namespace topupd::http {

std::vector<Route> page_routes(App& app, const PageSources& sources) {
  auto routes = public_routes(app, sources.sandbox);
  const auto add = [&](const std::vector<Route>& more) {
    routes.insert(routes.end(), more.begin(), more.end());
  };
  add(dashboard_routes());
  add(operator_routes(app, sources));
  if (sources.sandbox != nullptr) add(sandbox_routes(app, *sources.sandbox));
  return routes;
}

}  // namespace topupd::http
