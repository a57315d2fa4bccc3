#include "http/api/admin.h"
#include "http/api/admin_routes.h"
#include "http/api/admin_shapes.h"
#include "topup/withdrawal_commands.h"

namespace topupd::http {

namespace {

constexpr Parameter kState{.name = "status",
                           .summary = "requested by default",
                           .choices = "requested|paid|rejected",
                           .example = "requested"};
constexpr Parameter kNote{.name = "note",
                          .max = 100,
                          .summary = "A transfer's reference or a reason; the reseller sees it",
                          .example = "BCA 20260102",
                          .is_private = true};

constexpr std::string_view kExample =
    R"({"status":true,"data":{"id":"3","amount":25000,"fee":0,"status":"paid",)"
    R"("bank":"BCA","account_number":"1234567890","account_name":"Budi",)"
    R"("note":"BCA 20260102","created_at":"2026-01-02T10:04:05+07:00",)"
    R"("updated_at":"2026-01-02T11:04:05+07:00","user_id":"toko_a"}})";

Answer list_by_state(Call& call) {
  Reader in{call.params};
  const auto state =
      topup::withdrawal_state_from(in.text(kState)).value_or(topup::WithdrawalState::requested);
  const auto page = read_page(in);
  if (in.fault()) return *in.fault();
  return show_page(call, call.app.lists.withdrawals(state, page), admin_withdrawal_json);
}

Answer mark_paid(Call& call) {
  Reader in{call.params};
  topup::PayWithdrawal command;
  command.withdrawal = read_id<topup::WithdrawalId>(in, kId);
  command.admin = call.user.id;
  command.bank_fee = in.money(kBankFee).value_or(topup::Money{});
  command.note = in.text(kNote);
  if (in.fault()) return *in.fault();
  return act(
      call, [&](topup::Tx& tx) { return topup::pay_withdrawal(tx, command, call.now); },
      admin_withdrawal_json);
}

Answer reject(Call& call) {
  Reader in{call.params};
  const auto id = read_id<topup::WithdrawalId>(in, kId);
  const auto note = in.text(kNote);
  if (in.fault()) return *in.fault();
  return act(
      call,
      [&](topup::Tx& tx) { return topup::reject_withdrawal(tx, call.user.id, id, note, call.now); },
      admin_withdrawal_json);
}

}  // namespace

std::vector<Endpoint> admin_withdrawal_endpoints() {
  static const auto kWithdrawals = list_example(kExample);
  return {
      {.path = "/api/admin/withdrawals",
       .access = Access::admin,
       .summary = "The withdrawals of one state, newest first",
       .parameters = {kState, kLimit, kCursor},
       .refusals = {ErrorCode::invalid_parameter},
       .example = kWithdrawals,
       .handler = list_by_state},
      admin_change({.path = "/api/admin/withdrawal/paid",
                    .summary = "The money was transferred",
                    .parameters = {kId, kBankFee, kNote},
                    .refusals = {ErrorCode::not_found, ErrorCode::conflict},
                    .example = kExample,
                    .handler = mark_paid}),
      admin_change({.path = "/api/admin/withdrawal/reject",
                    .summary = "It will not be: the amount goes back to the profit",
                    .parameters = {kId, kNote},
                    .refusals = {ErrorCode::not_found, ErrorCode::conflict},
                    .example = kExample,
                    .handler = reject}),
  };
}

}  // namespace topupd::http
