#include "topup/attempt_reference.h"

#include <algorithm>

namespace topup {

std::string reference_of(std::string_view invoice, const Attempt& attempt) {
  return std::string{invoice} + "-" + std::to_string(attempt.number);
}

std::string reference_of(const View& view, const Attempt& attempt) {
  return reference_of(view.order(attempt.order).value().invoice, attempt);
}

std::optional<Attempt> attempt_by_reference(const View& view, std::string_view reference) {
  auto order = view.order_by_invoice(reference.substr(0, reference.rfind('-')));
  if (!order) return std::nullopt;
  auto attempts = view.attempts(order->id);
  auto found = std::find_if(attempts.begin(), attempts.end(), [&](const Attempt& attempt) {
    return reference_of(order->invoice, attempt) == reference;
  });
  return found == attempts.end() ? std::nullopt : std::optional{*found};
}

}  // namespace topup
