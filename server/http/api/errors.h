// Every refusal a client can see: one table from code to HTTP status and texts.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "http/message.h"
#include "topup/result.h"

namespace topupd::http {

// The library's codes, and those that only a server has.
enum class ErrorCode {
  invalid_parameter,
  invalid_api_key,
  invalid_credentials,
  otp_required,
  insufficient_balance,
  forbidden,
  account_suspended,
  ip_not_allowed,
  not_found,
  method_not_allowed,
  request_timeout,
  duplicate_order,
  username_taken,
  email_taken,
  not_cancellable,
  conflict,
  ref_id_conflict,
  in_progress,
  payload_too_large,
  request_too_large,
  unsupported_media_type,
  idempotency_conflict,
  price_below_cost,
  service_unavailable,
  amount_out_of_range,
  invalid_target,
  rate_limited,
  internal,
  unavailable,
  outcome_unknown,
};

struct ErrorRow {
  ErrorCode code;
  int status;
  std::string_view word;     // "code" on the wire
  std::string_view pesan;    // Indonesian
  std::string_view message;  // English
};

// In the order of the enumeration.
std::span<const ErrorRow> error_rows();
const ErrorRow& row_of(ErrorCode code);
ErrorCode error_code(topup::Code code);

// Why a request is refused.
struct Fault {
  ErrorCode code = ErrorCode::internal;
  std::string field = {};  // the parameter to blame; empty if none is
  std::string data = {};   // JSON of what stands in the way; empty if nothing does
  int retry_after = 0;     // seconds; 0 is the default: 5 for a 503, none elsewhere
  // Instead of the table's texts where those would say too little; never a byte of the client's.
  std::string pesan = {};
  std::string message = {};
};

Fault fault(const topup::Error& error);

// The answer under /api/payment/ says "status":"error", every other "status":false.
Response error_response(const Fault& fault, std::string_view request_id, std::string_view path);

// The same for what no handler saw: see Refusal.
Response refuse(const Refusal& refusal);

}  // namespace topupd::http
