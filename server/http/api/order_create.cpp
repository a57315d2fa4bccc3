#include "http/api/order_create.h"

#include <utility>

#include "http/api/charging.h"
#include "http/api/finding.h"
#include "http/api/order_parameters.h"
#include "http/api/pending.h"
#include "http/api/shapes.h"
#include "topup/order_commands.h"

namespace topupd::http {

namespace {

constexpr Parameter kSellingPrice{
    .name = "selling_price",
    .type = ParameterType::money,
    .presence = Presence::selects,
    .max = kMoneyMax,
    .summary = "What your customer pays by QRIS; its presence makes this a dropship order",
    .example = "12000"};
constexpr Parameter kCustomerName{
    .name = "customer_name", .max = 100, .summary = "Dropship only", .example = "Budi"};
constexpr Parameter kCustomerPhone{.name = "customer_phone",
                                   .type = ParameterType::code,
                                   .max = 20,
                                   .summary = "Dropship only: 0-9 + - and blanks",
                                   .pattern = "^[0-9+ -]{0,20}$",
                                   .example = "08123"};

constexpr std::string_view kCreated = "Pesanan berhasil dibuat dan sedang diproses.";

topup::PlaceOrder read_command(Reader& in) {
  topup::PlaceOrder command;
  command.service = topup::ServiceId{in.count(kLayanan).value_or(0)};
  command.target = in.text(kTarget);
  command.nometer = in.text(kNometer);
  command.ref_id = in.text(kRefId);
  if (in.has(kSellingPrice)) {
    command.selling_price = in.money(kSellingPrice);
    // An empty price must not turn into an order that the reseller's own balance pays.
    if (!command.selling_price) in.blame(kSellingPrice);
    command.customer_name = in.text(kCustomerName);
    command.customer_phone = in.text(kCustomerPhone);
  }
  return command;
}

// What a reseller needs to go on with the order that is there already.
std::string open_order_json(const topup::View& view, topup::OrderId id,
                            const std::string& public_url) {
  const auto order = view.order(id);
  if (!order) return "";
  JsonObject json;
  json.text("id", std::to_string(order->id.value)).text("invoice", order->invoice);
  const auto charge = view.charge_of(id);
  if (charge && !topup::is_over(charge->state))
    json.object("payment", payment_json(*charge, public_url));
  return json.str();
}

Fault fault_of(App& app, const topup::Error& error) {
  auto result = fault(error);
  const topup::OrderId id{error.subject};
  if (error.code == topup::Code::duplicate_order) {
    result.data = app.store.read(
        [&](const topup::View& view) { return open_order_json(view, id, app.public_url); });
  } else if (error.code == topup::Code::ref_id_conflict) {
    result.data = app.store.read([&](const topup::View& view) {
      const auto order = view.order(id);
      return order ? full_order_json(view, *order).str() : std::string{};
    });
  }
  return result;
}

JsonObject balance_json(const topup::Order& order) {
  return JsonObject{}
      .text("id", std::to_string(order.id.value))
      .text("invoice", order.invoice)
      .text("pesan", kCreated);
}

JsonObject dropship_json(const topup::Order& order, const topup::Charge& charge,
                         const std::string& public_url) {
  return JsonObject{}
      .text("id", std::to_string(order.id.value))
      .text("invoice", order.invoice)
      .text("mode", "dropship")
      .money("selling_price", order.selling)
      .money("reseller_cost", order.reseller_cost())
      .money("reseller_profit", order.reseller_profit())
      .object("payment", payment_json(charge, public_url));
}

// A replay also says how things stand by now.
Response answer_of(const topup::PlacedOrder& placed, JsonObject json) {
  if (placed.replayed) {
    json.text("status", topup::name(topup::status_of(placed.order.state)));
    if (placed.charge) json.text("payment_status", topup::payment_status(placed.charge->state));
  }
  auto response = ok(json);
  if (placed.replayed) response.headers.emplace_back("Idempotent-Replayed", "true");
  return response;
}

// The reseller's balance pays, so that nothing but the commit is waited for.
Answer place_from_balance(Call& call, topup::PlaceOrder command) {
  auto& app = call.app;
  auto body = [&app, command = std::move(command), now = call.now](topup::Tx& tx) {
    return topup::place_order(tx, app.policy, command, now);
  };
  return transact_then(app.store, std::move(body),
                       [&app](const topup::Result<topup::PlacedOrder>& placed) -> Answer {
                         if (!placed) return fault_of(app, placed.error());
                         if (!placed->replayed) app.wake();
                         return answer_of(*placed, balance_json(placed->order));
                       });
}

// A customer pays, by way of the gateway.
Answer place_dropship(Call& call, const topup::PlaceOrder& command) {
  auto& app = call.app;
  const auto placed = app.store.transact(
      [&](topup::Tx& tx) { return topup::place_order(tx, app.policy, command, call.now); });
  if (!placed) return fault_of(app, placed.error());
  const auto offered = with_offer(app, *placed->charge, call.now);
  if (const auto* fault = std::get_if<Fault>(&offered)) return *fault;
  return answer_of(*placed,
                   dropship_json(placed->order, std::get<topup::Charge>(offered), app.public_url));
}

Answer create_order(Call& call) {
  Reader in{call.params};
  auto command = read_command(in);
  if (in.fault()) return *in.fault();
  auto key = idempotency_key(call.request);
  if (auto* fault = std::get_if<Fault>(&key)) return std::move(*fault);
  command.user = call.user.id;
  command.idempotency_key = std::get<std::string>(std::move(key));
  command.invoice = "INV-" + call.app.codes.next(call.now);
  if (!command.selling_price) return place_from_balance(call, std::move(command));

  command.gateway = call.app.gateway;
  if (!command.gateway) return Fault{ErrorCode::unavailable};
  std::vector<std::string> keys;
  if (!command.idempotency_key.empty()) keys.push_back("key:" + command.idempotency_key);
  if (!command.ref_id.empty()) keys.push_back("ref:" + command.ref_id);
  const auto held = hold(call.app, call.user.id, " order ", keys);
  if (const auto* fault = std::get_if<Fault>(&held)) return *fault;
  return place_dropship(call, command);
}

}  // namespace

Endpoint order_create_endpoint() {
  return {
      .path = "/api/order/create",
      .effect = Effect::changes,
      .repeat = Repeat::by_idempotency_key,
      .summary = "Order from the balance, or as a dropship order that the customer pays",
      .parameters = {kLayanan, kTarget, kNometer, kRefId, kSellingPrice, kCustomerName,
                     kCustomerPhone},
      .refusals = {ErrorCode::invalid_parameter, ErrorCode::idempotency_conflict,
                   ErrorCode::in_progress, ErrorCode::ref_id_conflict, ErrorCode::not_found,
                   ErrorCode::service_unavailable, ErrorCode::invalid_target,
                   ErrorCode::amount_out_of_range, ErrorCode::price_below_cost,
                   ErrorCode::duplicate_order, ErrorCode::insufficient_balance,
                   ErrorCode::unavailable, ErrorCode::outcome_unknown},
      .example = R"({"status":true,"data":{"id":"55","invoice":"INV-AAAAAAAAAAAAAB",)"
                 R"("mode":"dropship","selling_price":12000,"reseller_cost":11200,)"
                 R"("reseller_profit":800,"payment":{"qr_url":"https://…","amount":12000,)"
                 R"("expired_at":"2026-01-02T10:19:05+07:00","status_url":"https://…",)"
                 R"("invoice_url":"https://…"}}})",
      .handler = create_order,
  };
}

}  // namespace topupd::http
