#include "http/router.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace topupd::http {

namespace {

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> segments;
  std::size_t from = 1;
  while (true) {
    const auto slash = path.find('/', from);
    segments.push_back(path.substr(from, slash - from));
    if (slash == std::string_view::npos) return segments;
    from = slash + 1;
  }
}

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

// A mismatch leaves `parameters` unspecified.
bool matches(const std::vector<std::string>& pattern, const std::vector<std::string_view>& segments,
             Pairs& parameters) {
  parameters.clear();
  if (pattern.size() != segments.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (is_parameter(pattern[i])) {
      if (segments[i].empty()) return false;
      parameters.emplace_back(pattern[i].substr(1, pattern[i].size() - 2), segments[i]);
    } else if (pattern[i] != segments[i]) {
      return false;
    }
  }
  return true;
}

const Route* with_method(const std::vector<const Route*>& routes, std::string_view method) {
  const auto found = std::find_if(routes.begin(), routes.end(),
                                  [&](const Route* route) { return route->method == method; });
  return found == routes.end() ? nullptr : *found;
}

std::string allowed(const std::vector<const Route*>& routes) {
  std::string list;
  for (const Route* route : routes) {
    list += route->method + ", ";
    if (route->method == "GET" && with_method(routes, "HEAD") == nullptr) list += "HEAD, ";
  }
  return list + "OPTIONS";
}

void check(const Route& route) {
  if (route.method.empty() || route.path.empty() || route.path.front() != '/' || !route.handler) {
    throw std::logic_error("a route needs a method, a path and a handler: " + route.path);
  }
}

}  // namespace

Router::Router(std::vector<Route> routes, Refuse refuse)
    : routes_{std::move(routes)}, refuse_{std::move(refuse)} {
  for (const Route& route : routes_) {
    check(route);
    add(route);
  }
}

void Router::add(const Route& route) {
  std::vector<const Route*>* same_path = nullptr;
  if (route.path.find('{') == std::string::npos) {
    same_path = &exact_[route.path];
  } else {
    const auto views = split(route.path);
    const std::vector<std::string> segments(views.begin(), views.end());
    const auto known = std::find_if(patterns_.begin(), patterns_.end(),
                                    [&](const Pattern& p) { return p.segments == segments; });
    same_path = known != patterns_.end() ? &known->routes
                                         : &patterns_.emplace_back(Pattern{segments, {}}).routes;
  }
  if (with_method(*same_path, route.method) != nullptr) {
    throw std::logic_error("a route comes twice: " + route.method + " " + route.path);
  }
  same_path->push_back(&route);
}

const std::vector<const Route*>* Router::find(std::string_view path, Pairs& parameters) const {
  const auto exact = exact_.find(std::string(path));
  if (exact != exact_.end()) return &exact->second;
  if (patterns_.empty() || path.empty() || path.front() != '/') return nullptr;
  const auto segments = split(path);
  for (const Pattern& pattern : patterns_) {
    if (matches(pattern.segments, segments, parameters)) return &pattern.routes;
  }
  return nullptr;
}

Router::Match Router::match(std::string_view method, std::string_view path) const {
  Match result;
  const auto* routes = find(path, result.parameters);
  if (routes == nullptr) return {};
  result.route = with_method(*routes, method);
  if (result.route == nullptr && method == "HEAD") result.route = with_method(*routes, "GET");
  if (result.route == nullptr) result.allow = allowed(*routes);
  return result;
}

Router::Answer Router::answer(Request& request) const {
  Match found = match(request.method, request.path);
  if (found.route != nullptr) {
    request.path_parameters = std::move(found.parameters);
    return {found.route->handler(request), found.route->path};
  }
  if (!found.allow.empty() && request.method == "OPTIONS") {
    return {Response{.status = 204, .headers = {{"Allow", std::move(found.allow)}}}};
  }
  const int status = found.allow.empty() ? 404 : 405;
  Response response = refuse_({.status = status, .request_id = request.id, .path = request.path});
  response.status = status;
  if (status == 405) response.headers.emplace_back("Allow", std::move(found.allow));
  return {std::move(response)};
}

}  // namespace topupd::http
