// An invoice as a page that a customer can pay from on a phone.

#pragma once

#include <string_view>

#include "http/message.h"
#include "http/pages/invoice.h"
#include "http/pages/wording.h"

namespace topupd::http {

enum class PayButton {
  none,
  sandbox,  // pays by itself, for trying things out
};

struct InvoiceView {
  const Invoice& invoice;
  PayButton button = PayButton::none;  // shown while the invoice is payable
  bool was_just_paid = false;          // the browser comes from the button
  Language language = Language::indonesian;
  std::string_view status_tag = {};  // of the status that it shows: the ETag of /i/{code}/status
};

Response invoice_page(const InvoiceView& view, topup::Timestamp now);

}  // namespace topupd::http
