#include "http/pages/pages.h"

#include "http/pages/dashboard.h"
#include "http/pages/frame.h"
#include "http/pages/manual.h"

namespace topupd::http {

std::vector<Route> page_routes(App& app, const PageSources& sources) {
  auto routes = public_routes(app, sources.sandbox);
  const auto add = [&](const std::vector<Route>& more) {
    routes.insert(routes.end(), more.begin(), more.end());
  };
  add(asset_routes());
  add(dashboard_routes());
  add(manual_routes(app, sources.sandbox != nullptr ? TryIt::in_the_sandbox : TryIt::no));
  add(operator_routes(app, sources));
  if (sources.sandbox != nullptr) add(sandbox_routes(app, *sources.sandbox));
  return routes;
}

}  // namespace topupd::http
