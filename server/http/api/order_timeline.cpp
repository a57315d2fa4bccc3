#include "http/api/order_timeline.h"

#include "http/api/finding.h"
#include "http/api/lists.h"
#include "http/api/shapes.h"
#include "topup/payment.h"
#include "wib.h"

namespace topupd::http {

namespace {

// Empty for what is between us and our suppliers.
std::optional<JsonObject> step_json(const topup::Order& order,
                                    const std::optional<topup::Charge>& charge,
                                    const topup::Step& step) {
  JsonObject json;
  json.text("time", to_wib(step.at)).text("subject", topup::name(step.subject));
  if (step.subject == topup::Subject::order) {
    const auto state = topup::order_state_from(step.to);
    if (!state) return std::nullopt;
    auto then = order;
    then.state = *state;
    return json.text("status", topup::name(topup::status_of(*state)))
        .text("state", step.to)
        .text("catatan", note_of(then, charge));
  }
  if (step.subject == topup::Subject::charge) {
    const auto state = topup::charge_state_from(step.to);
    if (!state) return std::nullopt;
    return json.text("status", topup::payment_status(*state))
        .text("state", step.to)
        .text("catatan", "");
  }
  return std::nullopt;
}

Answer show_timeline(Call& call) {
  Reader in{call.params};
  const auto name = read_order_name(in);
  if (in.fault()) return *in.fault();
  const auto order = call.app.store.read(
      [&](const topup::View& view) { return find_order(view, call.user.id, name); });
  if (!order) return Fault{ErrorCode::not_found};
  const auto charge =
      call.app.store.read([&](const topup::View& view) { return view.charge_of(order->id); });
  ListAnswer list;
  for (const auto& step : call.app.lists.history(order->id))
    if (const auto json = step_json(*order, charge, step)) list.data.add(*json);
  return ok(list);
}

}  // namespace

Endpoint order_timeline_endpoint() {
  return {.path = "/api/order/timeline",
          .summary = "What happened to one order, oldest first, by id, ref_id or invoice",
          .parameters = {kOrderId, kRefId, kInvoice},
          .refusals = {ErrorCode::invalid_parameter, ErrorCode::not_found},
          .example = R"({"status":true,"data":[{"time":"2026-01-02T10:04:05+07:00",)"
                     R"("subject":"order","status":"Pending","state":"queued",)"
                     R"("catatan":"Pesanan sedang diproses."}]})",
          .handler = show_timeline};
}

}  // namespace topupd::http
