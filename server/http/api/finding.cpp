#include "http/api/finding.h"

namespace topupd::http {

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
