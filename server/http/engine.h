// Runs a complete request through the router and makes the bytes of the answer.
//
// The edge has parsed the request; of the HTTP library only the names of the statuses are used: its
// own parser would percent-decode header values, and answer what it refuses in its own words.
//
// Safe for use by any number of threads at once.

#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "http/message.h"
#include "http/router.h"

namespace topupd::http {

// What happens to the connection after an answer.
enum class Afterwards { keep, close };

// One answer given, for logs and metrics.  The path is without its query, which may hold a key.
struct Exchange {
  std::string_view request_id;
  std::string_view method;  // empty, like path, if the request line could not be read
  std::string_view path;
  std::string_view route;  // the pattern of the route; empty if none matched
  std::string_view client;
  int status = 0;
  std::size_t bytes = 0;                  // of head and body
  std::chrono::microseconds duration{0};  // from the handler's call on
  std::string_view problem;  // what a handler threw, for the log alone; empty if nothing
};

// A request whose handler has promised an answer.
struct Promised {
  std::shared_ptr<const Later> answer;
  std::string_view route;
  std::chrono::steady_clock::time_point since;
};

class Engine {
 public:
  // Called on the thread that made the answer, several at a time; must not throw.
  using Observer = std::function<void(const Exchange&)>;

  struct Options {
    Refuse refuse = refuse_in_plain_text;
    Observer observe = [](const Exchange&) {};
    std::chrono::seconds keep_alive{60};  // told to clients whose connection is kept
  };
  // Asked when the handler has run.
  using Decide = std::function<Afterwards()>;
  struct Reply {
    std::string bytes;  // head and body
    int status = 0;
    Afterwards afterwards = Afterwards::close;  // as the answer says
    std::shared_ptr<EventStream> stream = {};   // takes the connection over; null: nothing does
    std::shared_ptr<Promised> promised = {};    // all else is empty: finish() makes the reply
  };

  Engine(std::vector<Route> routes, Options options);

  // Runs the handler.  Whatever it throws becomes a 500 that does not show it.
  // The connection of a reply with a stream is closed after it, whatever `decide` says.
  Reply answer(Request& request, const Decide& decide) const;
  // The reply to a request that was promised one, once its answer is ready.
  Reply finish(Request& request, const Promised& promised, const Decide& decide) const;

  // An answer to a request that no handler may see: `request` holds what was read of it.
  // Always closes.
  Reply refuse(const Request& request, int status, std::string_view reason) const;

  const Router& router() const { return router_; }

 private:
  struct Call;

  Response made_by_handler(Call& call, Request& request) const;
  Response finished(Call& call, const Later& later) const;
  Reply replied(Call& call) const;
  Response refused(const Request& request, int status, std::string_view reason) const;
  Reply written(Call& call) const;
  std::string bytes_of(const Call& call) const;

  Options options_;
  Router router_;
};

}  // namespace topupd::http
