#include "http/api/finding.h"

#include <utility>

#include "http/api/common_parameters.h"

namespace topupd::http {

namespace {

constexpr Parameter kStatus{.name = "status",
                            .summary = "Only orders of this status",
                            .choices = "Pending|Success|Error|Gagal",
                            .example = "Success"};
constexpr Parameter kService{.name = "layanan",
                             .type = ParameterType::count,
                             .min = 1,
                             .max = INT64_MAX,
                             .summary = "Only orders of this sid",
                             .example = "1"};
constexpr Parameter kTarget{.name = "target",
                            .type = ParameterType::code,
                            .summary = "Only orders for this target",
                            .example = "123456789"};
constexpr Parameter kFrom{.name = "from",
                          .type = ParameterType::from,
                          .summary = "A day in WIB or RFC 3339",
                          .example = "2026-01-02"};
constexpr Parameter kTo{.name = "to",
                        .type = ParameterType::to,
                        .summary = "The same, included",
                        .example = "2026-01-31"};

}  // namespace

OrderFilter read_order_filter(Reader& in) {
  OrderFilter filter;
  filter.status = topup::order_status_from(in.text(kStatus));
  filter.service = topup::ServiceId{in.count(kService).value_or(0)};
  filter.target = in.text(kTarget);
  filter.from = in.moment(kFrom);
  filter.until = in.moment(kTo);
  return filter;
}

std::vector<Parameter> order_filter_parameters(std::vector<Parameter> before) {
  auto parameters = std::move(before);
  parameters.insert(parameters.end(), {kStatus, kService, kTarget, kFrom, kTo, kLimit, kCursor});
  return parameters;
}

OrderName read_order_name(Reader& in) {
  OrderName name{in.count(kOrderId), in.text(kRefId), in.text(kInvoice)};
  if (!name.id && name.ref_id.empty() && name.invoice.empty()) in.blame(kOrderId);
  return name;
}

std::optional<topup::Order> find_order(const topup::View& view, topup::UserId user,
                                       const OrderName& name) {
  auto order = name.id               ? view.order(topup::OrderId{*name.id})
               : name.ref_id.empty() ? view.order_by_invoice(name.invoice)
                                     : view.order_by_ref_id(user, name.ref_id);
  if (order && order->user != user) return std::nullopt;
  return order;
}

JsonObject full_order_json(const topup::View& view, const topup::Order& order) {
  const auto charge =
      order.mode == topup::OrderMode::dropship ? view.charge_of(order.id) : std::nullopt;
  return order_json(order, view.service(order.service), charge);
}

}  // namespace topupd::http
