// What somebody who knows the code of a charge or of an order may see of it.
//
// A reseller's cost and profit have no place in it, so no page can show them.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "topup/money.h"
#include "topup/store.h"
#include "topup/time.h"

namespace topupd::http {

enum class InvoiceState {
  preparing,   // to be paid, but the gateway has not given its QR code yet
  payable,     // to be paid now
  closing,     // the time is over; the gateway is asked before it ends
  processing,  // paid, or an order from the balance: the supplier is at work
  succeeded,
  failed,
  expired,
  cancelled,
  paid_late,  // after either of them: the money is the reseller's, who owes it to the customer
};

struct Invoice {
  // What is or was to be paid.
  struct Payment {
    std::string_view status;    // "pending", "settlement" or "expired"
    topup::Money nominal = {};  // of a deposit what the balance gets
    topup::Money total = {};    // what is paid, to the rupiah
    std::string qr_text = {};
    topup::Timestamp expires_at{};
    std::optional<topup::Timestamp> settled_at = {};
  };

  std::string code;  // "INV-…" or "DEP-…"
  InvoiceState state = InvoiceState::preparing;
  std::string merchant;  // the reseller's name

  // Of an order; all empty for a deposit.
  std::optional<topup::OrderStatus> order_status = {};
  std::string category = {};
  std::string item = {};
  std::string target = {};
  std::string nometer = {};
  std::string customer = {};  // as the reseller wrote it
  std::string sn = {};        // only of an order that the customer paid for

  std::optional<Payment> payment = {};  // none: paid from the reseller's balance
};

// Empty if nothing has that code.
std::optional<Invoice> find_invoice(const topup::View& view, std::string_view code,
                                    topup::Timestamp now);

// The payment of a code while a QR code of it may be shown; empty otherwise.
std::optional<Invoice::Payment> payable(const topup::View& view, std::string_view code,
                                        topup::Timestamp now);

// Nothing will change any more but by a correction.
bool is_over(InvoiceState state);

}  // namespace topupd::http
