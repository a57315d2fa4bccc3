// Payments that a person must decide on, and what else needs a person's eye.

#include "http/api/admin.h"
#include "http/api/admin_routes.h"
#include "http/api/admin_shapes.h"
#include "topup/payment_commands.h"

namespace topupd::http {

namespace {

constexpr Parameter kState{.name = "status",
                           .summary = "waiting by default",
                           .choices = "waiting|applied|credited|returned|taken_back",
                           .example = "waiting"};
constexpr Parameter kSource{
    .name = "source",
    .presence = Presence::required,
    .summary =
        "clearing: the gateway had not paid it out yet; bank: it had, or keeps it back from "
        "its next pay-out, which is then recorded whole",
    .choices = "clearing|bank",
    .example = "clearing"};

constexpr std::string_view kExample =
    R"({"status":true,"data":{"id":"3","user_id":"toko_a","gateway":"sandbox",)"
    R"("payment_id":"P-1","code":"DEP-AAAAAAAAAAAAAB","status":"waiting","amount":49000,"fee":0,)"
    R"("paid_at":"2026-01-02T10:04:05+07:00","created_at":"2026-01-02T10:04:05+07:00"}})";

Answer list_by_state(Call& call) {
  Reader in{call.params};
  const auto state =
      topup::receipt_state_from(in.text(kState)).value_or(topup::ReceiptState::waiting);
  const auto page = read_page(in);
  if (in.fault()) return *in.fault();
  return show_page(call, call.app.lists.receipts(state, page), receipt_json);
}

Answer credit(Call& call) {
  Reader in{call.params};
  const auto id = read_id<topup::ReceiptId>(in, kId);
  const auto name = in.text(selecting(kUserName));
  if (in.fault()) return *in.fault();
  return act(
      call,
      [&](topup::Tx& tx) -> topup::Result<topup::Receipt> {
        if (name.empty()) return topup::credit_receipt(tx, call.user.id, id, {}, call.now);
        const auto user = user_named(tx, name);
        if (!user) return user.error();
        return topup::credit_receipt(tx, call.user.id, id, user->id, call.now);
      },
      receipt_json);
}

Answer give_back(Call& call) {
  Reader in{call.params};
  const auto id = read_id<topup::ReceiptId>(in, kId);
  if (in.fault()) return *in.fault();
  return act(
      call, [&](topup::Tx& tx) { return topup::return_receipt(tx, call.user.id, id, call.now); },
      receipt_json);
}

Answer take_back(Call& call) {
  Reader in{call.params};
  const auto id = read_id<topup::ReceiptId>(in, kId);
  const auto source =
      in.text(kSource) == "bank" ? topup::TakenFrom::bank : topup::TakenFrom::clearing;
  if (in.fault()) return *in.fault();
  return act(
      call,
      [&](topup::Tx& tx) {
        return topup::take_back_payment(tx, call.user.id, id, source, call.now);
      },
      receipt_json);
}

Answer list_incidents(Call& call) {
  Reader in{call.params};
  const auto page = read_page(in);
  if (in.fault()) return *in.fault();
  return show_page(call, call.app.lists.open_incidents(page), incident_json);
}

}  // namespace

std::vector<Endpoint> admin_receipt_endpoints() {
  static const auto kReceipts = list_example(kExample);
  return {
      {.path = "/api/admin/receipts",
       .access = Access::admin,
       .summary = "The payments of one state, newest first",
       .parameters = {kState, kLimit, kCursor},
       .refusals = {ErrorCode::invalid_parameter},
       .example = kReceipts,
       .handler = list_by_state},
      admin_change(
          {.path = "/api/admin/receipt/credit",
           .summary =
               "Give what waits to a reseller, by default to the one who asked for the payment",
           .parameters = {kId, selecting(kUserName)},
           .refusals = {ErrorCode::not_found, ErrorCode::conflict, ErrorCode::amount_out_of_range},
           .example = kExample,
           .handler = credit}),
      admin_change({.path = "/api/admin/receipt/return",
                    .summary = "What waits was sent back to the payer",
                    .parameters = {kId},
                    .refusals = {ErrorCode::not_found, ErrorCode::conflict},
                    .example = kExample,
                    .handler = give_back}),
      admin_change(
          {.path = "/api/admin/receipt/take-back",
           .summary =
               "The gateway took a payment back: the reseller pays as far as his balance goes",
           .parameters = {kId, kSource},
           .refusals = {ErrorCode::not_found, ErrorCode::conflict, ErrorCode::insufficient_balance},
           .example = kExample,
           .handler = take_back}),
      {.path = "/api/admin/incidents",
       .access = Access::admin,
       .summary = "What a person must look at, newest first; deciding the matter closes it",
       .parameters = {kLimit, kCursor},
       .refusals = {ErrorCode::invalid_parameter},
       .example = R"({"status":true,"data":[{"id":"3","kind":"order_in_review","receipt":"",)"
                  R"("attempt":"60","order":"55","opened_at":"2026-01-02T10:04:05+07:00"}]})",
       .handler = list_incidents},
  };
}

}  // namespace topupd::http
