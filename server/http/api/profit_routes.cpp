#include <utility>

#include "http/api/common_parameters.h"
#include "http/api/routes.h"
#include "http/api/shapes.h"
#include "topup/withdrawal_commands.h"
#include "wib.h"

namespace topupd::http {

namespace {

constexpr Parameter kAmount{.name = "amount",
                            .type = ParameterType::money,
                            .presence = Presence::required,
                            .max = kMoneyMax,
                            .summary = "Leaves the profit balance at once",
                            .example = "25000"};
constexpr Parameter kBank{.name = "bank",
                          .presence = Presence::required,
                          .min = 1,
                          .max = 50,
                          .summary = "A bank or an e-wallet",
                          .example = "BCA"};
constexpr Parameter kAccountNumber{.name = "account_number",
                                   .type = ParameterType::code,
                                   .presence = Presence::required,
                                   .min = 1,
                                   .max = 50,
                                   .summary = "The number of the account or of the phone",
                                   .example = "1234567890"};
constexpr Parameter kAccountName{.name = "account_name",
                                 .presence = Presence::required,
                                 .min = 1,
                                 .max = 100,
                                 .summary = "Whose account it is",
                                 .example = "Budi"};

Answer withdraw(Call& call) {
  Reader in{call.params};
  topup::RequestWithdrawal command;
  command.amount = in.money(kAmount).value_or(topup::Money{});
  command.bank = in.text(kBank);
  command.account_number = in.text(kAccountNumber);
  command.account_name = in.text(kAccountName);
  if (in.fault()) return *in.fault();
  auto key = idempotency_key(call.request);
  if (auto* fault = std::get_if<Fault>(&key)) return std::move(*fault);
  command.user = call.user.id;
  command.idempotency_key = std::get<std::string>(std::move(key));
  const auto requested = call.app.store.transact([&](topup::Tx& tx) {
    return topup::request_withdrawal(tx, call.app.policy, command, call.now);
  });
  if (!requested) return fault(requested.error());
  return marked(ok(withdrawal_json(requested->withdrawal)), requested->replayed);
}

Answer list_withdrawals(Call& call) {
  Reader in{call.params};
  const auto page = read_page(in);
  if (in.fault()) return *in.fault();
  const auto withdrawals = call.app.lists.withdrawals(call.user.id, page);
  ListAnswer list;
  list.next_cursor = cursor_text(withdrawals.next);
  for (const auto& withdrawal : withdrawals.records)
    list.data.add(withdrawal_json(withdrawal));
  return ok(list);
}

Answer transfer(Call& call) {
  Reader in{call.params};
  topup::TransferProfit command;
  command.amount = in.money(kAmount).value_or(topup::Money{});
  if (in.fault()) return *in.fault();
  auto key = idempotency_key(call.request);
  if (auto* fault = std::get_if<Fault>(&key)) return std::move(*fault);
  command.user = call.user.id;
  command.idempotency_key = std::get<std::string>(std::move(key));
  auto& store = call.app.store;
  const auto moved =
      store.transact([&](topup::Tx& tx) { return topup::transfer_profit(tx, command, call.now); });
  if (!moved) return fault(moved.error());
  const auto wallet =
      store.read([&](const topup::View& view) { return view.wallet(call.user.id); });
  return marked(ok(JsonObject{}
                       .text("id", std::to_string(moved->transfer.id.value))
                       .money("amount", moved->transfer.amount)
                       .money("balance", wallet.balance())
                       .money("profit_balance", wallet.profit())
                       .text("created_at", to_wib(moved->transfer.created_at))),
                moved->replayed);
}

constexpr std::string_view kWithdrawalExample =
    R"({"status":true,"data":{"id":"3","amount":25000,"fee":0,"status":"requested",)"
    R"("bank":"BCA","account_number":"1234567890","account_name":"Budi","note":"",)"
    R"("created_at":"2026-01-02T10:04:05+07:00","updated_at":"2026-01-02T10:04:05+07:00"}})";

}  // namespace

std::vector<Endpoint> profit_endpoints() {
  const std::vector<ErrorCode> refusals{
      ErrorCode::invalid_parameter,   ErrorCode::idempotency_conflict,
      ErrorCode::amount_out_of_range, ErrorCode::insufficient_balance,
      ErrorCode::unavailable,         ErrorCode::outcome_unknown};
  return {
      {.path = "/api/profit/withdraw",
       .effect = Effect::changes,
       .repeat = Repeat::by_idempotency_key,
       .summary = "Ask for profit to be transferred to a bank or an e-wallet",
       .parameters = {kAmount, kBank, kAccountNumber, kAccountName},
       .refusals = refusals,
       .example = kWithdrawalExample,
       .handler = withdraw},
      {.path = "/api/profit/withdrawals",
       .summary = "The withdrawals, newest first",
       .parameters = {kLimit, kCursor},
       .refusals = {ErrorCode::invalid_parameter},
       .example = R"({"status":true,"data":[]})",
       .handler = list_withdrawals},
      {.path = "/api/profit/transfer",
       .effect = Effect::changes,
       .repeat = Repeat::by_idempotency_key,
       .summary = "Move profit to the balance, at once and for good",
       .parameters = {kAmount},
       .refusals = refusals,
       .example = R"({"status":true,"data":{"id":"2","amount":800,"balance":50800,)"
                  R"("profit_balance":0,"created_at":"2026-01-02T10:04:05+07:00"}})",
       .handler = transfer},
  };
}

}  // namespace topupd::http
