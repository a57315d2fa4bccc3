#include "http/pages/invoice.h"

#include "http/api/shapes.h"
#include "http/api/text.h"

namespace topupd::http {

namespace {

constexpr std::size_t kCodeBytesMax = 64;

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= kCodeBytesMax && is_printable_ascii(text);
}

Invoice::Payment payment_of(const topup::Charge& charge) {
  return {topup::payment_status(charge.state),
          charge.nominal,
          charge.total(),
          charge.qr_text,
          charge.expires_at,
          charge.settled_at};
}

InvoiceState waiting(const topup::Charge& charge, topup::Timestamp now) {
  if (now >= charge.expires_at) return InvoiceState::closing;
  return charge.qr_text.empty() ? InvoiceState::preparing : InvoiceState::payable;
}

InvoiceState state_of(const topup::Charge& charge, topup::Timestamp now) {
  switch (charge.state) {
    case topup::ChargeState::pending: return waiting(charge, now);
    case topup::ChargeState::settled: return InvoiceState::succeeded;
    case topup::ChargeState::expired: return InvoiceState::expired;
    case topup::ChargeState::cancelled: return InvoiceState::cancelled;
  }
  __builtin_unreachable();
}

InvoiceState state_of(const topup::Order& order, const std::optional<topup::Charge>& charge,
                      topup::Timestamp now) {
  using topup::OrderState;
  switch (order.state) {
    case OrderState::unpaid: return charge ? waiting(*charge, now) : InvoiceState::preparing;
    case OrderState::queued:
    case OrderState::sent:
    case OrderState::unknown:
    case OrderState::review: return InvoiceState::processing;
    case OrderState::succeeded:
    case OrderState::recovered: return InvoiceState::succeeded;
    case OrderState::failed:
    case OrderState::reversed:
    case OrderState::late: return InvoiceState::failed;
    case OrderState::expired:
      return charge && is_paid_late(*charge) ? InvoiceState::paid_late : InvoiceState::expired;
    case OrderState::cancelled:
      return charge && is_paid_late(*charge) ? InvoiceState::paid_late : InvoiceState::cancelled;
  }
  __builtin_unreachable();
}

std::string merchant_of(const topup::View& view, topup::UserId id) {
  const auto user = view.user(id);
  return user ? user->name : "";
}

Invoice of_order(const topup::View& view, const topup::Order& order, topup::Timestamp now) {
  const auto charge = view.charge_of(order.id);
  Invoice invoice;
  invoice.code = order.invoice;
  invoice.state = state_of(order, charge, now);
  invoice.merchant = merchant_of(view, order.user);
  invoice.order_status = topup::status_of(order.state);
  if (const auto service = view.service(order.service)) {
    invoice.category = service->kategori;
    invoice.item = service->layanan;
  }
  invoice.target = order.target;
  invoice.nometer = order.nometer;
  invoice.customer = order.customer_name;
  if (charge) {
    invoice.payment = payment_of(*charge);
    if (invoice.state == InvoiceState::succeeded) invoice.sn = order.sn;
  }
  return invoice;
}

}  // namespace

std::optional<Invoice> find_invoice(const topup::View& view, std::string_view code,
                                    topup::Timestamp now) {
  if (!is_code(code)) return std::nullopt;
  if (const auto order = view.order_by_invoice(code)) return of_order(view, *order, now);
  const auto charge = view.charge_by_code(code);
  if (!charge) return std::nullopt;
  Invoice invoice;
  invoice.code = charge->code;
  invoice.state = state_of(*charge, now);
  invoice.merchant = merchant_of(view, charge->user);
  invoice.payment = payment_of(*charge);
  return invoice;
}

std::optional<Invoice::Payment> payable(const topup::View& view, std::string_view code,
                                        topup::Timestamp now) {
  const auto invoice = find_invoice(view, code, now);
  if (!invoice || invoice->state != InvoiceState::payable) return std::nullopt;
  return invoice->payment;
}

bool is_over(InvoiceState state) {
  switch (state) {
    case InvoiceState::preparing:
    case InvoiceState::payable:
    case InvoiceState::closing:
    case InvoiceState::processing: return false;
    case InvoiceState::succeeded:
    case InvoiceState::failed:
    case InvoiceState::expired:
    case InvoiceState::cancelled:
    case InvoiceState::paid_late: return true;
  }
  __builtin_unreachable();
}

}  // namespace topupd::http
