// What a route of the API is: one description, from which the router, the checks before a handler
// and the OpenAPI document are made.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app.h"
#include "http/api/errors.h"
#include "http/api/params.h"
#include "http/message.h"
#include "http/router.h"
#include "topup/user.h"

namespace topupd::http {

struct Endpoint;

// A request on its way through a handler.
struct Call {
  App& app;
  const Endpoint& endpoint;
  const Request& request;
  const Params& params;
  topup::Timestamp now;
  // Who asks.  Without an id on routes that are open to everybody.
  const topup::User& user;
  std::string_view session = {};  // the dashboard's token, if that is how he asks
};

struct Pending;
using Answer = std::variant<Response, Fault, Pending>;

// As Later (message.h), whose answer may be a fault, and may throw.  Call is gone by then.
struct Pending {
  std::function<void(std::function<void()> ready)> begin;
  std::function<Answer()> finish;
};

enum class Effect { reads, changes };

enum class Access {
  open,
  reseller,  // by API key or session
  admin,     // by session alone
  anyone,    // either of them
};

// Requests of which kind are counted together, and how many a minute may bring.
enum class LimitClass { none, caller, login, registration };

enum class Repeat { plain, by_idempotency_key };

struct Endpoint {
  std::string_view path;
  Effect effect = Effect::reads;
  Access access = Access::reseller;
  LimitClass limit = LimitClass::caller;
  Repeat repeat = Repeat::plain;
  std::string_view summary;
  std::vector<Parameter> parameters = {};
  std::vector<ErrorCode> refusals = {};  // beside those that any route may answer with
  std::string_view example = {};         // a whole answer, as JSON
  std::string_view media = "application/json";
  Answer (*handler)(Call& call) = nullptr;
};

// Who may ask what, in what number, and what becomes of faults and exceptions; then the handler.
Response answer(App& app, const Endpoint& endpoint, const Request& request);

// GET and POST for what reads, POST alone for what changes state, GET too if the settings allow it.
// app and endpoints must outlive the routes.
std::vector<Route> routes_of(App& app, const std::vector<Endpoint>& endpoints);

// Of POST requests that move money: "" if the header was not sent; invalid_parameter if it is not
// 1 to 255 visible ASCII characters after one pair of quotes was taken off.
std::variant<std::string, Fault> idempotency_key(const Request& request);

}  // namespace topupd::http
