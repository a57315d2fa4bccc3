#include "http/api/admin.h"
#include "http/api/admin_routes.h"
#include "http/api/admin_shapes.h"
#include "topup/treasury_commands.h"
#include "topup/user_commands.h"

namespace topupd::http {

namespace {

constexpr Parameter kState{.name = "status",
                           .summary = "proposed by default",
                           .choices = "proposed|approved|rejected",
                           .example = "proposed"};
constexpr Parameter kAmount{.name = "amount",
                            .type = ParameterType::money,
                            .presence = Presence::required,
                            .min = -kMoneyMax,
                            .max = kMoneyMax,
                            .summary = "What is added to the balance, or taken from it; not 0",
                            .example = "-2500"};
constexpr Parameter kReason{.name = "reason",
                            .presence = Presence::required,
                            .min = 1,
                            .max = 200,
                            .summary = "Why; at most 200 bytes",
                            .example = "Paid twice",
                            .is_private = true};

constexpr std::string_view kExample =
    R"({"status":true,"data":{"id":"3","user_id":"toko_a","amount":-2500,)"
    R"("reason":"Paid twice","status":"proposed","proposed_by":"boss","decided_by":"",)"
    R"("created_at":"2026-01-02T10:04:05+07:00","updated_at":"2026-01-02T10:04:05+07:00"}})";

Answer list_by_state(Call& call) {
  Reader in{call.params};
  const auto state =
      topup::adjustment_state_from(in.text(kState)).value_or(topup::AdjustmentState::proposed);
  const auto page = read_page(in);
  if (in.fault()) return *in.fault();
  return show_page(call, call.app.lists.adjustments(state, page), adjustment_json);
}

Answer propose(Call& call) {
  Reader in{call.params};
  const auto name = in.text(kUserName);
  topup::ProposeAdjustment command;
  command.amount = in.money(kAmount).value_or(topup::Money{});
  command.reason = in.text(kReason);
  if (in.fault()) return *in.fault();
  auto key = idempotency_key(call.request);
  if (auto* fault = std::get_if<Fault>(&key)) return std::move(*fault);
  command.idempotency_key = std::get<std::string>(std::move(key));
  command.admin = call.user.id;
  const auto proposed =
      call.app.store.transact([&](topup::Tx& tx) -> topup::Result<topup::ProposedAdjustment> {
        const auto user = user_named(tx, name);
        if (!user) return user.error();
        auto whole = command;
        whole.user = user->id;
        auto made = topup::propose_adjustment(tx, whole, call.now);
        if (made && !made->replayed)
          record_deed(tx, call, call.user.id, subject_of(made->adjustment));
        return made;
      });
  if (!proposed) return fault(proposed.error());
  if (!proposed->replayed) log_action(call, subject_of(proposed->adjustment));
  return marked(ok(call.app.store.read([&](const topup::View& view) {
                  return adjustment_json(view, proposed->adjustment);
                })),
                proposed->replayed);
}

Answer approve(Call& call) {
  Reader in{call.params};
  const auto id = read_id<topup::AdjustmentId>(in, kId);
  if (in.fault()) return *in.fault();
  return act(
      call,
      [&](topup::Tx& tx) { return topup::approve_adjustment(tx, call.user.id, id, call.now); },
      adjustment_json);
}

Answer reject(Call& call) {
  Reader in{call.params};
  const auto id = read_id<topup::AdjustmentId>(in, kId);
  if (in.fault()) return *in.fault();
  return act(
      call, [&](topup::Tx& tx) { return topup::reject_adjustment(tx, call.user.id, id, call.now); },
      adjustment_json);
}

}  // namespace

std::vector<Endpoint> admin_adjustment_endpoints() {
  static const auto kAdjustments = list_example(kExample);
  return {
      {.path = "/api/admin/adjustments",
       .access = Access::admin,
       .summary = "The adjustments of one state, newest first",
       .parameters = {kState, kLimit, kCursor},
       .refusals = {ErrorCode::invalid_parameter},
       .example = kAdjustments,
       .handler = list_by_state},
      admin_change(
          {.path = "/api/admin/adjustment/propose",
           .repeat = Repeat::by_idempotency_key,
           .summary = "Propose to correct a balance; nothing moves until another admin approves",
           .parameters = {kUserName, kAmount, kReason},
           .refusals = {ErrorCode::not_found, ErrorCode::amount_out_of_range,
                        ErrorCode::idempotency_conflict},
           .example = kExample,
           .handler = propose}),
      admin_change({.path = "/api/admin/adjustment/approve",
                    .summary = "Move the money, by another admin than the one who proposed it",
                    .parameters = {kId},
                    .refusals = {ErrorCode::not_found, ErrorCode::conflict,
                                 ErrorCode::insufficient_balance, ErrorCode::amount_out_of_range},
                    .example = kExample,
                    .handler = approve}),
      admin_change({.path = "/api/admin/adjustment/reject",
                    .summary = "Drop the proposal; any admin may",
                    .parameters = {kId},
                    .refusals = {ErrorCode::not_found, ErrorCode::conflict},
                    .example = kExample,
                    .handler = reject}),
  };
}

}  // namespace topupd::http
