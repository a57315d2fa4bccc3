// The route table: which handler answers which method and path.
//
// Exact paths are found by one hash look-up, paths with {name} segments by comparing segments
// afterwards; there is no regular expression.  Constant after construction, so any number of
// threads may ask it at once.

#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "http/message.h"

namespace topupd::http {

struct Route {
  std::string method;  // "GET", "POST", …; HEAD follows GET, OPTIONS answers itself
  std::string path;    // "/api/payment/status/{orderId}"; {name} stands for one segment, not empty
  Handler handler;
};

class Router {
 public:
  struct Match {
    const Route* route = nullptr;  // null: no route has this method and path
    Pairs parameters = {};         // the {name} segments, in the order of the path
    std::string allow = {};  // without a route: the methods that the path has; empty: no such path
  };
  struct Answer {
    Response response;
    std::string_view route = {};  // the pattern that matched, for logs and metrics; empty if none
  };

  // Throws std::logic_error for a path that is malformed or a method and path that come twice.
  Router(std::vector<Route> routes, Refuse refuse);
  Router(const Router&) = delete;  // matches point into the table
  Router& operator=(const Router&) = delete;

  Match match(std::string_view method, std::string_view path) const;

  // Runs the handler; without one 404, 405 with Allow, or 204 with Allow for OPTIONS.
  // Sets request.path_parameters.  What the handler throws passes through, and `route` is then
  // lost: ask match() for it.
  Answer answer(Request& request) const;

  const std::vector<Route>& routes() const { return routes_; }

 private:
  struct Pattern {
    std::vector<std::string> segments;  // a parameter keeps its braces
    std::vector<const Route*> routes;
  };

  void add(const Route& route);
  const std::vector<const Route*>* find(std::string_view path, Pairs& parameters) const;

  std::vector<Route> routes_;
  Refuse refuse_;
  std::unordered_map<std::string, std::vector<const Route*>> exact_;
  std::vector<Pattern> patterns_;
};

}  // namespace topupd::http
