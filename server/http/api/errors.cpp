#include "http/api/errors.h"

#include <algorithm>
#include <array>

#include "http/api/json.h"

namespace topupd::http {

namespace {

constexpr int kRetryAfterSeconds = 5;  // of a 503 that knows nothing better

// clang-format off
constexpr auto kRows = std::to_array<ErrorRow>({
  {ErrorCode::invalid_parameter, 400, "invalid_parameter",
   "Parameter kosong, salah format, atau di luar batas.",
   "A parameter is missing, malformed or out of range."},
  {ErrorCode::invalid_api_key, 401, "invalid_api_key",
   "API key tidak ada, salah, atau sudah dicabut.",
   "The API key is missing, unknown or revoked."},
  {ErrorCode::invalid_credentials, 401, "invalid_credentials",
   "User ID atau password salah.",
   "The user id or the password is wrong."},
  {ErrorCode::otp_required, 401, "otp_required",
   "Kode OTP diperlukan atau salah.",
   "The one-time code is missing or wrong."},
  {ErrorCode::insufficient_balance, 402, "insufficient_balance",
   "Saldo tidak cukup.",
   "The balance does not cover it."},
  {ErrorCode::forbidden, 403, "forbidden",
   "Akses ditolak.",
   "This is not allowed."},
  {ErrorCode::account_suspended, 403, "account_suspended",
   "Akun sedang dinonaktifkan.",
   "The account is suspended."},
  {ErrorCode::ip_not_allowed, 403, "ip_not_allowed",
   "Alamat IP ini tidak diizinkan untuk akun ini.",
   "This address is not on the account's list."},
  {ErrorCode::not_found, 404, "not_found",
   "Data tidak ditemukan.",
   "There is no such thing."},
  {ErrorCode::method_not_allowed, 405, "method_not_allowed",
   "Metode HTTP tidak diizinkan untuk alamat ini.",
   "This address does not take that HTTP method."},
  {ErrorCode::request_timeout, 408, "request_timeout",
   "Permintaan tidak lengkap sampai batas waktu.",
   "The request was not complete in time."},
  {ErrorCode::duplicate_order, 409, "duplicate_order",
   "Masih ada pesanan dengan layanan dan target yang sama yang belum selesai.",
   "An order for the same service and target is still pending."},
  {ErrorCode::username_taken, 409, "username_taken",
   "Username sudah dipakai.",
   "The username is taken."},
  {ErrorCode::email_taken, 409, "email_taken",
   "Email sudah terdaftar.",
   "The e-mail address is registered already."},
  {ErrorCode::not_cancellable, 409, "not_cancellable",
   "Pesanan sudah dibayar atau sudah selesai, tidak bisa dibatalkan.",
   "The order is paid or final and can't be cancelled."},
  {ErrorCode::conflict, 409, "conflict",
   "Status data tidak memungkinkan tindakan ini.",
   "The thing is in a state that does not allow this."},
  {ErrorCode::ref_id_conflict, 409, "ref_id_conflict",
   "ref_id sudah dipakai untuk pesanan lain.",
   "The ref_id was used with other parameters."},
  {ErrorCode::in_progress, 409, "in_progress",
   "Permintaan pertama dengan kunci yang sama masih diproses.",
   "The first request with the same key is still running."},
  {ErrorCode::payload_too_large, 413, "payload_too_large",
   "Isi permintaan terlalu besar.",
   "The body is too large."},
  {ErrorCode::request_too_large, 414, "request_too_large",
   "Alamat atau header permintaan terlalu panjang.",
   "The address or the headers are too long."},
  {ErrorCode::unsupported_media_type, 415, "unsupported_media_type",
   "Content-Type tidak didukung; pakai application/json.",
   "The content type is not supported; use application/json."},
  {ErrorCode::idempotency_conflict, 422, "idempotency_conflict",
   "Idempotency-Key sudah dipakai dengan parameter lain.",
   "The Idempotency-Key was used with other parameters."},
  {ErrorCode::price_below_cost, 422, "price_below_cost",
   "selling_price lebih rendah dari price_reseller.",
   "selling_price is below price_reseller."},
  {ErrorCode::service_unavailable, 422, "service_unavailable",
   "Layanan sedang gangguan.",
   "The service can't be ordered now."},
  {ErrorCode::amount_out_of_range, 422, "amount_out_of_range",
   "Nominal di luar batas yang diizinkan.",
   "The amount is outside the operator's range."},
  {ErrorCode::invalid_target, 422, "invalid_target",
   "Format target salah untuk layanan ini.",
   "The target does not have the form that the service asks for."},
  {ErrorCode::rate_limited, 429, "rate_limited",
   "Terlalu banyak permintaan, coba lagi nanti.",
   "Too many requests; try again later."},
  {ErrorCode::internal, 500, "internal",
   "Terjadi kesalahan pada server.",
   "Something went wrong in the server."},
  {ErrorCode::unavailable, 503, "unavailable",
   "Layanan sedang tidak tersedia dan permintaan tidak diproses, coba lagi nanti.",
   "Not possible at the moment, and it did not happen; try again later."},
  {ErrorCode::outcome_unknown, 503, "outcome_unknown",
   "Hasil belum pasti; ulangi dengan Idempotency-Key yang sama atau cek ref_id.",
   "It may have happened; repeat with the same key or look up the ref_id."},
});
// clang-format on

constexpr bool in_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i)
    if (static_cast<std::size_t>(kRows[i].code) != i) return false;
  return true;
}
static_assert(in_order());

ErrorCode code_for(int status) {
  switch (status) {
    case 404: return ErrorCode::not_found;
    case 405: return ErrorCode::method_not_allowed;
    case 408: return ErrorCode::request_timeout;
    case 413: return ErrorCode::payload_too_large;
    case 414:
    case 431: return ErrorCode::request_too_large;
    case 415: return ErrorCode::unsupported_media_type;
    case 429: return ErrorCode::rate_limited;
    case 503: return ErrorCode::unavailable;
    default: return status < 500 ? ErrorCode::invalid_parameter : ErrorCode::internal;
  }
}

// What the table says of these is for those who write parameters, not requests.
bool is_of_http(ErrorCode code) {
  return code == ErrorCode::invalid_parameter || code == ErrorCode::unsupported_media_type;
}

}  // namespace

std::span<const ErrorRow> error_rows() { return kRows; }

const ErrorRow& row_of(ErrorCode code) { return kRows.at(static_cast<std::size_t>(code)); }

ErrorCode error_code(topup::Code code) {
  const auto word = topup::name(code);
  const auto row =
      std::find_if(kRows.begin(), kRows.end(), [&](const ErrorRow& r) { return r.word == word; });
  return row == kRows.end() ? ErrorCode::internal : row->code;
}

Fault fault(const topup::Error& error) { return {error_code(error.code), error.field}; }

Response error_response(const Fault& fault, std::string_view request_id, std::string_view path) {
  const auto& row = row_of(fault.code);
  JsonObject body;
  if (path.starts_with("/api/payment/")) {
    body.text("status", "error");
  } else {
    body.flag("status", false);
  }
  body.text("code", row.word);
  const auto blamed = fault.field.empty() ? "" : " (" + fault.field + ")";
  body.text("pesan", (fault.pesan.empty() ? std::string{row.pesan} : fault.pesan) + blamed);
  body.text("message", (fault.message.empty() ? std::string{row.message} : fault.message) + blamed);
  if (!fault.field.empty()) body.text("field", fault.field);
  if (!fault.data.empty()) body.raw("data", fault.data);
  body.text("request_id", request_id);

  Response response{.status = row.status, .body = body.str()};
  int retry_after = fault.retry_after;
  if (retry_after == 0 && row.status == 503) retry_after = kRetryAfterSeconds;
  if (retry_after > 0) response.headers.emplace_back("Retry-After", std::to_string(retry_after));
  return response;
}

Response refuse(const Refusal& refusal) {
  Fault fault{code_for(refusal.status)};
  if (is_of_http(fault.code) && !refusal.reason.empty()) {
    fault.pesan = "Permintaan HTTP ini tidak bisa diterima; alasannya ada di message.";
    fault.message = refusal.reason;
  }
  auto response = error_response(fault, refusal.request_id, refusal.path);
  response.status = refusal.status;
  if (refusal.status == 429) response.headers.emplace_back("Retry-After", "1");
  return response;
}

}  // namespace topupd::http
