#include "http/api/admin.h"
#include "http/api/admin_routes.h"
#include "http/api/admin_shapes.h"
#include "http/api/finding.h"
#include "topup/attempt_commands.h"

namespace topupd::http {

namespace {

constexpr Parameter kOutcome{.name = "outcome",
                             .presence = Presence::required,
                             .summary = "What really happened at the supplier",
                             .choices = "success|failed",
                             .example = "success"};
constexpr Parameter kSn{.name = "sn",
                        .type = ParameterType::code,
                        .max = 200,
                        .summary = "The supplier's proof of a success",
                        .example = "ABC123",
                        .is_private = true};
constexpr Parameter kSource{.name = "source",
                            .presence = Presence::required,
                            .summary = "Taken from his balance, or noted as what he owes",
                            .choices = "balance|receivable",
                            .example = "balance"};
constexpr Parameter kAttempt{
    .name = "attempt",
    .type = ParameterType::count,
    .presence = Presence::required,
    .min = 1,
    .max = INT64_MAX,
    .summary = "The attempt that delivered late: its id in /api/admin/order",
    .example = "60"};
constexpr Parameter kRefundTo{.name = "to",
                              .presence = Presence::required,
                              .summary = "The reseller's balance, or the payer by bank",
                              .choices = "balance|payer",
                              .example = "balance"};

constexpr std::string_view kOrderExample =
    R"({"status":true,"data":{"id":"55","status":"Success","catatan":"SN: ABC123",)"
    R"("invoice":"INV-AAAAAAAAAAAAAB","ref_id":"","layanan":"1","nama_layanan":"70 Diamond",)"
    R"("kategori":"Free Fire","target":"123456789","nometer":"","harga":"10000","sn":"ABC123",)"
    R"("created_at":"2026-01-02T10:04:05+07:00",)"
    R"("updated_at":"2026-01-02T10:04:06+07:00","user_id":"toko_a","state":"succeeded","fee":0,)"
    R"("max_cost":10000,"price_trace":"cost 9500, no rule"}})";
constexpr std::string_view kTraceExample =
    R"({"status":true,"data":{"order":{"id":"55","status":"Success","user_id":"toko_a",)"
    R"("state":"succeeded"},"attempts":[{"id":"60","number":1,"reference":"INV-57EA2ANACSU3GU-1",)"
    R"("provider":"sandbox-1","sku":"FF70","state":"succeeded","cost":9500,"final_cost":9500,)"
    R"("sn":"ABC123","provider_reference":"R-1","code":"00",)"
    R"("sent_at":"2026-01-02T10:04:05+07:00","due_at":"",)"
    R"("created_at":"2026-01-02T10:04:05+07:00"}],)"
    R"("steps":[{"time":"2026-01-02T10:04:05.120+07:00","subject":"order","id":"55",)"
    R"("event":"create","from":"","to":"queued","cause":"reseller:7"}],)"
    R"("charge":{"id":"9","code":"INV-AAAAAAAAAAAAAB","gateway":"sandbox",)"
    R"("gateway_reference":"G-1","state":"settled","total":12000,)"
    R"("expires_at":"2026-01-02T10:19:05+07:00","settled_at":"2026-01-02T10:05:00+07:00",)"
    R"("waiting":[]},"postings":[]}})";

Answer list_all_orders(Call& call) {
  Reader in{call.params};
  const auto name = in.text(optional(kUserName));
  auto filter = read_order_filter(in);
  const auto page = read_page(in);
  if (in.fault()) return *in.fault();
  if (!name.empty()) {
    const auto user =
        call.app.store.read([&](const topup::View& view) { return user_named(view, name); });
    if (!user) return fault(user.error());
    filter.user = user->id;
  }
  return show_page(call, call.app.lists.orders(filter, page), admin_order_json);
}

// What is shown of an order beside itself.
struct Trace {
  std::vector<topup::Step> steps;
  std::vector<topup::Receipt> waiting;  // its customer paid, and an admin has yet to decide on it
  std::vector<topup::StoredPosting> postings;
};

Trace trace_of(App& app, const topup::Order& order) {
  const auto [charge, attempts] = app.store.read([&](const topup::View& view) {
    return std::pair{view.charge_of(order.id), view.attempts(order.id)};
  });
  const auto receipts = charge ? app.lists.receipts_of(charge->id) : std::vector<topup::Receipt>{};
  auto places = places_of(order.id, attempts);
  for (const auto& place : places_of(receipts))
    places.push_back(place);
  Trace trace{app.lists.history(order.id), {}, app.lists.postings_at(places)};
  for (const auto& receipt : receipts)
    if (receipt.state == topup::ReceiptState::waiting) trace.waiting.push_back(receipt);
  return trace;
}

JsonObject trace_json(const topup::View& view, const topup::Order& order, const Trace& trace) {
  JsonList receipts;
  for (const auto& receipt : trace.waiting)
    receipts.add(receipt_json(view, receipt));
  JsonList attempts;
  for (const auto& attempt : view.attempts(order.id))
    attempts.add(attempt_json(view, attempt));
  JsonList history;
  for (const auto& step : trace.steps)
    history.add(step_json(step));
  JsonList postings;
  for (const auto& posting : trace.postings)
    postings.add(posting_json(view, posting));
  JsonObject json;
  json.object("order", admin_order_json(view, order))
      .raw("attempts", attempts.str())
      .raw("steps", history.str())
      .raw("postings", postings.str());
  if (const auto charge = view.charge_of(order.id))
    json.object("charge", charge_json(view, *charge).raw("waiting", receipts.str()));
  return json;
}

Answer show_trace(Call& call) {
  Reader in{call.params};
  const auto id = in.count(optional(kId));
  const auto invoice = in.text(kInvoice);
  if (!id && invoice.empty()) in.blame(kId);
  if (in.fault()) return *in.fault();
  const auto order = call.app.store.read([&](const topup::View& view) {
    return id ? view.order(topup::OrderId{*id}) : view.order_by_invoice(invoice);
  });
  if (!order) return Fault{ErrorCode::not_found};
  const auto trace = trace_of(call.app, *order);
  return ok(call.app.store.read(
      [&](const topup::View& view) { return trace_json(view, *order, trace); }));
}

Answer resolve(Call& call) {
  Reader in{call.params};
  topup::ResolveOrder command;
  command.order = read_id<topup::OrderId>(in, kId);
  command.admin = call.user.id;
  command.outcome.kind =
      in.text(kOutcome) == "success" ? topup::OutcomeKind::succeeded : topup::OutcomeKind::failed;
  command.outcome.sn = in.text(kSn);
  if (in.fault()) return *in.fault();
  return act(
      call,
      [&](topup::Tx& tx) { return topup::resolve_order(tx, call.app.policy, command, call.now); },
      admin_order_json);
}

Answer reverse(Call& call) {
  Reader in{call.params};
  const auto order = read_id<topup::OrderId>(in, kId);
  if (in.fault()) return *in.fault();
  return act(
      call,
      [&](topup::Tx& tx) {
        return topup::reverse_success(tx, call.app.policy, call.user.id, order, call.now);
      },
      admin_order_json);
}

Answer reverse_late(Call& call) {
  Reader in{call.params};
  const auto attempt = read_id<topup::AttemptId>(in, kAttempt);
  if (in.fault()) return *in.fault();
  return act(
      call, [&](topup::Tx& tx) { return topup::reverse_late(tx, call.user.id, attempt, call.now); },
      admin_order_json);
}

Answer recover(Call& call) {
  Reader in{call.params};
  const auto order = read_id<topup::OrderId>(in, kId);
  const auto source =
      in.text(kSource) == "balance" ? topup::RecoverFrom::balance : topup::RecoverFrom::receivable;
  if (in.fault()) return *in.fault();
  return act(
      call,
      [&](topup::Tx& tx) { return topup::recover_late(tx, call.user.id, order, source, call.now); },
      admin_order_json);
}

Answer refund(Call& call) {
  Reader in{call.params};
  const auto order = read_id<topup::OrderId>(in, kId);
  const auto to =
      in.text(kRefundTo) == "balance" ? topup::RefundTo::balance : topup::RefundTo::payer;
  if (in.fault()) return *in.fault();
  return act(
      call,
      [&](topup::Tx& tx) { return topup::refund_customer(tx, call.user.id, order, to, call.now); },
      admin_order_json);
}

}  // namespace

std::vector<Endpoint> admin_order_endpoints() {
  static const auto kOrders = list_example(kOrderExample);
  return {
      {.path = "/api/admin/orders",
       .access = Access::admin,
       .summary =
           "Everybody's orders, newest first; a filter that few pass may give a short page, or an "
           "empty one, with a next_cursor: go on while there is one",
       .parameters = order_filter_parameters({optional(kUserName)}),
       .refusals = {ErrorCode::invalid_parameter, ErrorCode::not_found},
       .example = kOrders,
       .handler = list_all_orders},
      {.path = "/api/admin/order",
       .access = Access::admin,
       .summary = "One order with its attempts, its payment and every step, by id or invoice",
       .parameters = {optional(kId), kInvoice},
       .refusals = {ErrorCode::invalid_parameter, ErrorCode::not_found},
       .example = kTraceExample,
       .handler = show_trace},
      admin_change({.path = "/api/admin/order/resolve",
                    .summary = "Decide an order that is not over",
                    .parameters = {kId, kOutcome, kSn},
                    .refusals = {ErrorCode::not_found, ErrorCode::conflict},
                    .example = kOrderExample,
                    .handler = resolve}),
      admin_change(
          {.path = "/api/admin/order/reverse",
           .summary = "A supplier took a delivery back and returned its cost: give the money back",
           .parameters = {kId},
           .refusals = {ErrorCode::not_found, ErrorCode::conflict},
           .example = kOrderExample,
           .handler = reverse}),
      admin_change({.path = "/api/admin/order/reverse-late",
                    .summary = "A supplier took back what it had delivered late: no loss any more",
                    .parameters = {kAttempt},
                    .refusals = {ErrorCode::not_found, ErrorCode::conflict},
                    .example = kOrderExample,
                    .handler = reverse_late}),
      admin_change(
          {.path = "/api/admin/order/recover",
           .summary = "Let a reseller pay, with his consent, for what came after his refund",
           .parameters = {kId, kSource},
           .refusals = {ErrorCode::not_found, ErrorCode::conflict, ErrorCode::insufficient_balance},
           .example = kOrderExample,
           .handler = recover}),
      admin_change(
          {.path = "/api/admin/order/refund",
           .summary = "Decide on the customer's money of a failed or reversed dropship order",
           .parameters = {kId, kRefundTo},
           .refusals = {ErrorCode::not_found, ErrorCode::conflict},
           .example = kOrderExample,
           .handler = refund}),
  };
}

}  // namespace topupd::http
