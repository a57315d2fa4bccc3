// What people were asked to pay, and what became of each payment.

#include "http/api/admin.h"
#include "http/api/admin_routes.h"
#include "http/api/admin_shapes.h"

namespace topupd::http {

namespace {

constexpr Parameter kState{.name = "status",
                           .summary = "Only deposits in this state",
                           .choices = "pending|settled|expired|cancelled",
                           .example = "settled"};
constexpr Parameter kCode{.name = "code",
                          .type = ParameterType::code,
                          .presence = Presence::required,
                          .min = 1,
                          .max = 64,
                          .summary = "DEP-… of a deposit, or INV-… of a dropship order",
                          .example = "DEP-AAAAAAAAAAAAAB"};

constexpr std::string_view kDeposit =
    R"({"id":"3","code":"DEP-AAAAAAAAAAAAAB","gateway":"sandbox","gateway_reference":"G-1",)"
    R"("state":"settled","total":50000,"expires_at":"2026-01-02T10:19:05+07:00",)"
    R"("settled_at":"2026-01-02T10:05:05+07:00","user_id":"toko_a","purpose":"deposit",)"
    R"("nominal":50000,"fee":0,"created_at":"2026-01-02T10:04:05+07:00")";

Answer list_deposits(Call& call) {
  Reader in{call.params};
  const auto name = in.text(optional(kUserName));
  DepositFilter filter{{}, topup::charge_state_from(in.text(kState))};
  const auto page = read_page(in);
  if (in.fault()) return *in.fault();
  if (!name.empty()) {
    const auto user =
        call.app.store.read([&](const topup::View& view) { return user_named(view, name); });
    if (!user) return fault(user.error());
    filter.user = user->id;
  }
  return show_page(call, call.app.lists.deposits(filter, page), full_charge_json);
}

Answer show_charge(Call& call) {
  Reader in{call.params};
  const auto code = in.text(kCode);
  if (in.fault()) return *in.fault();
  auto& lists = call.app.lists;
  const auto charge =
      call.app.store.read([&](const topup::View& view) { return view.charge_by_code(code); });
  if (!charge) return Fault{ErrorCode::not_found, std::string{kCode.name}};
  const auto receipts = lists.receipts_of(charge->id);
  const auto postings = lists.postings_at(places_of(receipts));
  JsonList steps;
  for (const auto& step : lists.history(charge->id))
    steps.add(step_json(step));
  return ok(JsonObject{}
                .object("charge", call.app.store.read([&](const topup::View& view) {
                  return full_charge_json(view, *charge);
                }))
                .raw("receipts", shown(call, receipts, receipt_json).str())
                .raw("steps", steps.str())
                .raw("postings", shown(call, postings, posting_json).str()));
}

}  // namespace

std::vector<Endpoint> admin_deposit_endpoints() {
  static const auto kList = R"({"status":true,"data":[)" + std::string{kDeposit} + "}]}";
  static const auto kTrace =
      R"({"status":true,"data":{"charge":)" + std::string{kDeposit} +
      R"(},"receipts":[{"id":"3","user_id":"toko_a","gateway":"sandbox","payment_id":"P-1",)"
      R"("code":"DEP-AAAAAAAAAAAAAB","status":"credited","amount":50000,"fee":350,)"
      R"("paid_at":"2026-01-02T10:05:05+07:00","created_at":"2026-01-02T10:05:05+07:00"}],)"
      R"("steps":[{"time":"2026-01-02T10:04:05.000+07:00","subject":"charge","id":"3",)"
      R"("event":"create","from":"","to":"pending","cause":"reseller:2"}],"postings":[]}})";
  return {
      {.path = "/api/admin/deposits",
       .access = Access::admin,
       .summary = "Everybody's deposits, newest first",
       .parameters = {optional(kUserName), kState, kLimit, kCursor},
       .refusals = {ErrorCode::invalid_parameter, ErrorCode::not_found},
       .example = kList,
       .handler = list_deposits},
      {.path = "/api/admin/charge",
       .access = Access::admin,
       .summary =
           "One deposit, or what one customer was asked to pay: what the gateway said of it, "
           "every step and every posting",
       .parameters = {kCode},
       .refusals = {ErrorCode::invalid_parameter, ErrorCode::not_found},
       .example = kTrace,
       .handler = show_charge},
  };
}

}  // namespace topupd::http
