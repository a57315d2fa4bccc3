#include "http/api/endpoint.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <utility>

#include "http/api/auth.h"
#include "http/api/limit.h"
#include "http/api/text.h"
#include "http/tag.h"
#include "store/errors.h"

namespace topupd::http {

namespace {

Limit limit_of_address(const App& app, LimitClass limit, const Request& request) {
  const auto address = address_bucket(request.client);
  switch (limit) {
    case LimitClass::login: return {"login:" + address, app.config.limits.login_per_minute};
    case LimitClass::registration:
      return {"register:" + address, app.config.limits.register_per_minute};
    case LimitClass::none:
    case LimitClass::caller: break;
  }
  return {};
}

// Pages ask again and again, and mostly nothing is new.
Answer tagged(Answer answer, const Request& request) {
  auto* response = std::get_if<Response>(&answer);
  if (response == nullptr || response->status != 200 || response->stream) return answer;
  const auto is_tag = [](const auto& header) { return header.first == "ETag"; };
  if (std::ranges::any_of(response->headers, is_tag)) return answer;
  return answer_with_tag(std::move(*response), request);
}

Answer handled(App& app, const Endpoint& endpoint, const Request& request, Pairs& headers) {
  Caller caller;
  auto limit = limit_of_address(app, endpoint.limit, request);
  if (endpoint.access != Access::open) {
    auto found = authenticate(app, endpoint, request);
    if (auto* fault = std::get_if<Fault>(&found)) return std::move(*fault);
    caller = std::get<Caller>(std::move(found));
    limit = {caller.limit_key, caller.limit};
  }
  if (auto fault = counted(app, limit, headers)) return *std::move(fault);
  auto params = Params::of(request);
  if (auto* fault = std::get_if<Fault>(&params)) return std::move(*fault);
  if (endpoint.effect == Effect::changes)
    if (auto fault = std::get<Params>(params).mixed(endpoint.parameters)) return *std::move(fault);
  Call call{app,          endpoint,      request, std::get<Params>(params), app.clock.now(),
            *caller.user, caller.session};
  auto answer = endpoint.handler(call);
  const bool is_page = !caller.session.empty() && request.method == "GET";
  return is_page ? tagged(std::move(answer), request) : answer;
}

// A store that fails says whether it happened; a read that fails did not happen for sure.
Fault thrown(const std::exception& error, Effect effect) {
  const bool is_of_store = dynamic_cast<const StoreError*>(&error) != nullptr;
  if (!is_of_store) return {ErrorCode::internal};
  const bool is_unknown = dynamic_cast<const StoreUnknown*>(&error) != nullptr;
  return {is_unknown && effect == Effect::changes ? ErrorCode::outcome_unknown
                                                  : ErrorCode::unavailable};
}

// What is thrown is of the machine or the program; a client learns nothing of it.
template <class Make>
Answer guarded(App& app, const Endpoint& endpoint, const Request& request, Make make) {
  try {
    return make();
  } catch (const std::exception& error) {
    app.log.error("a request failed", {{"request_id", request.id},
                                       {"route", endpoint.path},
                                       {"error", std::string_view{error.what()}}});
    return thrown(error, endpoint.effect);
  }
}

// headers: those that every answer to this request has.
Response response_of(App& app, const Endpoint& endpoint, const Request& request, Answer answer,
                     Pairs headers) {
  if (auto* pending = std::get_if<Pending>(&answer)) {
    auto finish = [&app, &endpoint, &request, finish = std::move(pending->finish),
                   headers = std::move(headers)] {
      return response_of(app, endpoint, request, guarded(app, endpoint, request, finish), headers);
    };
    Later later{std::move(pending->begin), std::move(finish)};
    return Response{.later = std::make_shared<const Later>(std::move(later))};
  }
  auto* fault = std::get_if<Fault>(&answer);
  auto response = fault == nullptr ? std::get<Response>(std::move(answer))
                                   : error_response(*fault, request.id, request.path);
  // Keys, balances and states must not come back from anybody's memory.
  const bool says_itself =
      std::any_of(response.headers.begin(), response.headers.end(),
                  [](const auto& header) { return header.first == "Cache-Control"; });
  if (!says_itself) headers.emplace_back("Cache-Control", "no-store");
  response.headers.insert(response.headers.end(), headers.begin(), headers.end());
  return response;
}

}  // namespace

Response answer(App& app, const Endpoint& endpoint, const Request& request) {
  // HEAD follows GET, but nothing changes unseen.
  if (endpoint.effect == Effect::changes && request.method == "HEAD") {
    auto response = refuse({.status = 405, .request_id = request.id, .path = request.path});
    response.headers.emplace_back("Allow", "POST, OPTIONS");
    return response;
  }
  Pairs headers;
  auto answer =
      guarded(app, endpoint, request, [&] { return handled(app, endpoint, request, headers); });
  return response_of(app, endpoint, request, std::move(answer), std::move(headers));
}

std::vector<Route> routes_of(App& app, const std::vector<Endpoint>& endpoints) {
  std::vector<Route> routes;
  const auto has_other = [&](const Endpoint& endpoint) {
    return std::any_of(endpoints.begin(), endpoints.end(), [&](const Endpoint& other) {
      return other.path == endpoint.path && other.effect != endpoint.effect;
    });
  };
  for (const auto& endpoint : endpoints) {
    const auto handler = [&app, &endpoint](const Request& request) {
      return answer(app, endpoint, request);
    };
    const bool reads = endpoint.effect == Effect::reads;
    const std::string path{endpoint.path};
    if (reads || (app.config.api.allow_get && !has_other(endpoint)))
      routes.push_back({"GET", path, handler});
    if (!reads || !has_other(endpoint)) routes.push_back({"POST", path, handler});
  }
  return routes;
}

std::variant<std::string, Fault> idempotency_key(const Request& request) {
  const auto has_header = std::any_of(request.headers.begin(), request.headers.end(),
                                      [](const auto& h) { return h.first == "idempotency-key"; });
  if (!has_header) return std::string{};
  auto key = request.header("idempotency-key");
  if (key.size() >= 2 && key.front() == '"' && key.back() == '"')
    key = key.substr(1, key.size() - 2);
  const bool is_key =
      !key.empty() && key.size() <= 255 && is_printable_ascii(key) && key.find(' ') == key.npos;
  if (is_key) return std::string{key};
  return Fault{ErrorCode::invalid_parameter, "Idempotency-Key"};
}

}  // namespace topupd::http
