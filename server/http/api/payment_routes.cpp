#include <utility>

#include "http/api/charging.h"
#include "http/api/common_parameters.h"
#include "http/api/routes.h"
#include "http/api/shapes.h"
#include "topup/payment_commands.h"
#include "wib.h"

namespace topupd::http {

namespace {

constexpr Parameter kAmount{.name = "amount",
                            .type = ParameterType::money,
                            .presence = Presence::required,
                            .max = kMoneyMax,
                            .summary = "What the balance gets, within the operator's range",
                            .example = "50000"};
constexpr Parameter kFee{.name = "fee",
                         .type = ParameterType::money,
                         .max = kMoneyMax,
                         .summary = "On top of it, 0 to amount",
                         .example = "0"};
constexpr Parameter kDeposit{.name = "orderId",
                             .type = ParameterType::code,
                             .presence = Presence::required,
                             .min = 1,
                             .max = 64,
                             .summary = "As deposit answered it",
                             .example = "DEP-AAAAAAAAAAAAAB"};

Response answer_of(const topup::Charge& charge, const std::string& public_url) {
  return success(JsonObject{}
                     .text("orderId", charge.code)
                     .money("amountToPay", charge.total())
                     .text("qrCodeUrl", qr_url(charge, public_url))
                     .text("expiryTime", to_wib(charge.expires_at)));
}

Answer open_deposit(Call& call) {
  Reader in{call.params};
  topup::OpenDeposit command;
  command.amount = in.money(kAmount).value_or(topup::Money{});
  command.fee = in.money(kFee).value_or(topup::Money{});
  if (in.fault()) return *in.fault();
  auto key = idempotency_key(call.request);
  if (auto* fault = std::get_if<Fault>(&key)) return std::move(*fault);
  auto& app = call.app;
  command.user = call.user.id;
  command.idempotency_key = std::get<std::string>(std::move(key));
  command.code = "DEP-" + call.app.codes.next(call.now);
  command.gateway = app.gateway;
  if (!command.gateway) return Fault{ErrorCode::unavailable};

  std::vector<std::string> keys;
  if (!command.idempotency_key.empty()) keys.push_back(command.idempotency_key);
  const auto held = hold(app, call.user.id, " deposit ", keys);
  if (const auto* fault = std::get_if<Fault>(&held)) return *fault;
  const auto opened = app.store.transact(
      [&](topup::Tx& tx) { return topup::open_deposit(tx, app.policy, command, call.now); });
  if (!opened) return fault(opened.error());
  const auto offered = with_offer(app, opened->charge, call.now);
  if (const auto* fault = std::get_if<Fault>(&offered)) return *fault;
  auto response = answer_of(std::get<topup::Charge>(offered), app.public_url);
  if (opened->replayed) response.headers.emplace_back("Idempotent-Replayed", "true");
  return response;
}

Answer show_deposit(Call& call) {
  Reader in{call.params};
  const auto code = in.text(kDeposit);
  if (in.fault()) return *in.fault();
  const auto charge =
      call.app.store.read([&](const topup::View& view) { return view.charge_by_code(code); });
  const bool is_own =
      charge && charge->user == call.user.id && charge->purpose == topup::ChargePurpose::deposit;
  if (!is_own) return Fault{ErrorCode::not_found};
  return Response{.body = JsonObject{}
                              .text("orderId", charge->code)
                              .text("status", topup::payment_status(charge->state))
                              .money("amount", charge->nominal)
                              .str()};
}

Answer list_deposits(Call& call) {
  Reader in{call.params};
  const auto page = read_page(in);
  if (in.fault()) return *in.fault();
  const auto charges = call.app.lists.deposits(call.user.id, page);
  ListAnswer list;
  list.next_cursor = cursor_text(charges.next);
  for (const auto& charge : charges.records)
    list.data.add(deposit_json(charge));
  return success(list);
}

}  // namespace

std::vector<Endpoint> payment_endpoints() {
  return {
      {.path = "/api/payment/deposit",
       .effect = Effect::changes,
       .repeat = Repeat::by_idempotency_key,
       .summary = "Top up the balance by QRIS",
       .parameters = {kAmount, kFee},
       .refusals = {ErrorCode::invalid_parameter, ErrorCode::idempotency_conflict,
                    ErrorCode::in_progress, ErrorCode::amount_out_of_range, ErrorCode::unavailable,
                    ErrorCode::outcome_unknown},
       .example = R"({"status":"success","data":{"orderId":"DEP-AAAAAAAAAAAAAB",)"
                  R"("amountToPay":50000,"qrCodeUrl":"https://…",)"
                  R"("expiryTime":"2026-01-02T10:19:05+07:00"}})",
       .handler = open_deposit},
      {.path = "/api/payment/status/{orderId}",
       .summary = "One deposit",
       .parameters = {kDeposit},
       .refusals = {ErrorCode::not_found},
       .example = R"({"orderId":"DEP-AAAAAAAAAAAAAB","status":"settlement","amount":50000})",
       .handler = show_deposit},
      {.path = "/api/payment/history",
       .summary = "The deposits, newest first",
       .parameters = {kLimit, kCursor},
       .refusals = {ErrorCode::invalid_parameter},
       .example = R"({"status":"success","data":[{"orderId":"DEP-AAAAAAAAAAAAAB",)"
                  R"("amount":50000,"status":"settlement","amountToPay":50000,)"
                  R"("created_at":"2026-01-02T10:04:05+07:00",)"
                  R"("expiryTime":"2026-01-02T10:19:05+07:00"}]})",
       .handler = list_deposits},
  };
}

}  // namespace topupd::http
