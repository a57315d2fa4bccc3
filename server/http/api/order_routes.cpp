#include <utility>

#include "http/api/common_parameters.h"
#include "http/api/finding.h"
#include "http/api/order_create.h"
#include "http/api/order_timeline.h"
#include "http/api/routes.h"
#include "http/api/shapes.h"
#include "topup/order_commands.h"

namespace topupd::http {

namespace {

constexpr std::string_view kOrderExample =
    R"({"status":true,"data":{"id":"55","status":"Success","catatan":"SN: ABC123",)"
    R"("invoice":"INV-AAAAAAAAAAAAAB","ref_id":"","layanan":"1","nama_layanan":"70 Diamond",)"
    R"("kategori":"Free Fire","target":"123456789","nometer":"","harga":"10000","sn":"ABC123",)"
    R"("created_at":"2026-01-02T10:04:05+07:00",)"
    R"("updated_at":"2026-01-02T10:04:06+07:00"}})";

Answer show_order(Call& call) {
  Reader in{call.params};
  const auto name = read_order_name(in);
  if (in.fault()) return *in.fault();
  return call.app.store.read([&](const topup::View& view) -> Answer {
    const auto order = find_order(view, call.user.id, name);
    if (!order) return Fault{ErrorCode::not_found};
    return ok(full_order_json(view, *order));
  });
}

Answer list_orders(Call& call) {
  Reader in{call.params};
  auto filter = read_order_filter(in);
  filter.user = call.user.id;
  const auto page = read_page(in);
  if (in.fault()) return *in.fault();

  const auto orders = call.app.lists.orders(filter, page);
  auto data = call.app.store.read([&](const topup::View& view) {
    JsonList list;
    for (const auto& order : orders.records)
      list.add(full_order_json(view, order));
    return list;
  });
  return ok(ListAnswer{std::move(data), cursor_text(orders.next)});
}

Answer cancel_order(Call& call) {
  Reader in{call.params};
  const auto name = read_order_name(in);
  if (in.fault()) return *in.fault();
  auto& app = call.app;
  const auto cancelled = app.store.transact([&](topup::Tx& tx) -> topup::Result<topup::Order> {
    const auto order = find_order(tx, call.user.id, name);
    if (!order) return topup::Error{topup::Code::not_found};
    return topup::cancel_order(tx, call.user.id, order->id, call.now);
  });
  if (!cancelled) return fault(cancelled.error());
  const auto charge =
      app.store.read([&](const topup::View& view) { return view.charge_of(cancelled->id); });
  // Money that comes all the same goes to the reseller, so a gateway that fails here costs nothing.
  if (charge && app.gateways.contains(charge->gateway))
    app.gateways.at(charge->gateway)->cancel(charge->code);
  return ok(
      app.store.read([&](const topup::View& view) { return full_order_json(view, *cancelled); }));
}

}  // namespace

std::vector<Endpoint> order_endpoints() {
  return {
      order_create_endpoint(),
      {.path = "/api/order/status",
       .summary = "One order, by id, ref_id or invoice",
       .parameters = {kOrderId, kRefId, kInvoice},
       .refusals = {ErrorCode::invalid_parameter, ErrorCode::not_found},
       .example = kOrderExample,
       .handler = show_order},
      order_timeline_endpoint(),
      {.path = "/api/order/history",
       .summary =
           "The orders as order/status shows them, newest first; a filter that few pass may "
           "give a short page, or an empty one, with a next_cursor: go on while there is one",
       .parameters = order_filter_parameters({}),
       .refusals = {ErrorCode::invalid_parameter},
       .example = R"({"status":true,"data":[],"next_cursor":"54"})",
       .handler = list_orders},
      {.path = "/api/order/cancel",
       .effect = Effect::changes,
       .summary = "Cancel an unpaid dropship order, by id, ref_id or invoice",
       .parameters = {kOrderId, kRefId, kInvoice},
       .refusals = {ErrorCode::invalid_parameter, ErrorCode::not_found, ErrorCode::not_cancellable},
       .example = kOrderExample,
       .handler = cancel_order},
  };
}

}  // namespace topupd::http
