#include <exception>
#include <string>

#include "http/api/params.h"
#include "http/api/shapes.h"
#include "http/pages/frame.h"
#include "http/pages/pages.h"
#include "wib.h"

namespace topupd::http {

namespace {

constexpr Parameter kAmount{.name = "amount",
                            .type = ParameterType::money,
                            .min = 1,
                            .max = 9'999'999'999'999,  // what a QRIS code can say
                            .summary = "What is paid, if it is not what was asked",
                            .example = "12000"};
constexpr Parameter kSecond{.name = "second",
                            .type = ParameterType::flag,
                            .summary = "A second payment of the same charge",
                            .example = "true"};

using Done = std::variant<JsonObject, Fault>;
using Act = Done (*)(SandboxGateway& gateway, const std::string& code, const Params& params);

bool is_browser(const Request& request) {
  return request.header("accept").find("text/html") != std::string_view::npos;
}

SandboxGateway::Payment payment_of(Reader& in) {
  return in.flag(kSecond).value_or(false) ? SandboxGateway::Payment::second
                                          : SandboxGateway::Payment::first;
}

Done settle(SandboxGateway& gateway, const std::string& code, const Params& params) {
  Reader in{params};
  SandboxGateway::Settlement settlement{.code = code};
  if (const auto amount = in.money(kAmount)) settlement.amount = amount->units();
  settlement.payment = payment_of(in);
  if (in.fault()) return *in.fault();
  const auto notice = gateway.settle(settlement);
  if (!notice) return Fault{ErrorCode::not_found};
  return JsonObject{}
      .text("code", notice->code)
      .text("payment_id", notice->payment_id)
      .number("amount", notice->amount)
      .number("fee", notice->fee)
      .text("paid_at", to_wib(notice->paid_at))
      .text("payment_status", "settlement");
}

Done expire(SandboxGateway& gateway, const std::string& code, const Params& /*params*/) {
  const auto state = gateway.expire(code);
  if (state == ChargeStatus::not_found) return Fault{ErrorCode::not_found};
  return JsonObject{}
      .text("code", code)
      .text("payment_status", state == ChargeStatus::settled ? "settlement" : "expired");
}

// The sandbox keeps what it is told or throws; nobody knows then, and asking again is safe.
Done done(App& app, SandboxGateway& gateway, Act act, const Request& request) {
  if (!may_use_sandbox(app, request)) return Fault{ErrorCode::forbidden};
  const auto params = Params::of(request);
  if (const auto* fault = std::get_if<Fault>(&params)) return *fault;
  try {
    return act(gateway, request.path_parameters.front().second, std::get<Params>(params));
  } catch (const std::exception& error) {
    app.log.error("the sandbox's gateway failed",
                  {{"request_id", request.id}, {"error", std::string_view{error.what()}}});
    return Fault{ErrorCode::outcome_unknown};
  }
}

Response answer(App& app, SandboxGateway& gateway, Act act, const Request& request) {
  const auto outcome = done(app, gateway, act, request);
  const auto* fault = std::get_if<Fault>(&outcome);
  Response response;
  if (fault != nullptr) {
    response = error_response(*fault, request.id, request.path);
  } else if (is_browser(request)) {
    const auto& code = request.path_parameters.front().second;
    response = {.status = 303, .content_type = "text/plain; charset=utf-8"};
    const auto* in_english = language_of(request) == Language::english ? "&lang=en" : "";
    response.headers.emplace_back("Location", "/i/" + code + "?paid=1" + in_english);
  } else {
    response = ok(std::get<JsonObject>(outcome));
  }
  response.headers.emplace_back("Cache-Control", "no-store");
  add_safety_headers(response);
  return response;
}

}  // namespace

bool may_use_sandbox(const App& app, const Request& request) {
  return request.from_loopback || app.config.sandbox.is_public;
}

std::vector<Route> sandbox_routes(App& app, SandboxGateway& gateway) {
  const auto route = [&](const char* path, Act act) {
    return Route{"POST", path, [&app, &gateway, act](const Request& request) {
                   return answer(app, gateway, act, request);
                 }};
  };
  return {route("/sandbox/gateway/{code}/settle", settle),
          route("/sandbox/gateway/{code}/expire", expire)};
}

}  // namespace topupd::http
