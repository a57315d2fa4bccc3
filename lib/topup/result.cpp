#include "topup/result.h"

namespace topup {

std::string_view name(Code code) {
  switch (code) {
    case Code::invalid_parameter: return "invalid_parameter";
    case Code::insufficient_balance: return "insufficient_balance";
    case Code::forbidden: return "forbidden";
    case Code::account_suspended: return "account_suspended";
    case Code::not_found: return "not_found";
    case Code::duplicate_order: return "duplicate_order";
    case Code::username_taken: return "username_taken";
    case Code::email_taken: return "email_taken";
    case Code::not_cancellable: return "not_cancellable";
    case Code::conflict: return "conflict";
    case Code::idempotency_conflict: return "idempotency_conflict";
    case Code::ref_id_conflict: return "ref_id_conflict";
    case Code::price_below_cost: return "price_below_cost";
    case Code::service_unavailable: return "service_unavailable";
    case Code::amount_out_of_range: return "amount_out_of_range";
    case Code::invalid_target: return "invalid_target";
  }
  __builtin_unreachable();
}

}  // namespace topup
