#include "http/api/errors.h"

#include <set>
#include <string>

#include "catch.h"

using namespace topupd::http;

TEST_CASE("every code has one word, a status of its class and two texts") {
  std::set<std::string_view> words;
  for (const auto& row : error_rows()) {
    CHECK(words.insert(row.word).second);
    CHECK(row.status >= 400);
    CHECK(row.status < 600);
    CHECK(!row.pesan.empty());
    CHECK(!row.message.empty());
  }
}

TEST_CASE("every refusal of the library has its row") {
  using topup::Code;
  for (int i = 0; i <= static_cast<int>(Code::invalid_target); ++i) {
    const auto code = static_cast<Code>(i);
    CHECK(row_of(error_code(code)).word == topup::name(code));
  }
}

TEST_CASE("codes have the statuses of the contract") {
  struct Row {
    ErrorCode code;
    int status;
  };
  const Row rows[] = {
      {ErrorCode::invalid_parameter, 400},
      {ErrorCode::invalid_api_key, 401},
      {ErrorCode::invalid_credentials, 401},
      {ErrorCode::otp_required, 401},
      {ErrorCode::insufficient_balance, 402},
      {ErrorCode::forbidden, 403},
      {ErrorCode::account_suspended, 403},
      {ErrorCode::ip_not_allowed, 403},
      {ErrorCode::not_found, 404},
      {ErrorCode::method_not_allowed, 405},
      {ErrorCode::payload_too_large, 413},
      {ErrorCode::request_too_large, 414},
      {ErrorCode::unsupported_media_type, 415},
      {ErrorCode::duplicate_order, 409},
      {ErrorCode::username_taken, 409},
      {ErrorCode::email_taken, 409},
      {ErrorCode::not_cancellable, 409},
      {ErrorCode::in_progress, 409},
      {ErrorCode::ref_id_conflict, 409},
      {ErrorCode::idempotency_conflict, 422},
      {ErrorCode::price_below_cost, 422},
      {ErrorCode::service_unavailable, 422},
      {ErrorCode::amount_out_of_range, 422},
      {ErrorCode::invalid_target, 422},
      {ErrorCode::rate_limited, 429},
      {ErrorCode::unavailable, 503},
      {ErrorCode::outcome_unknown, 503},
      {ErrorCode::conflict, 409},
  };
  for (const auto& row : rows)
    CHECK(row_of(row.code).status == row.status);
}

TEST_CASE("an answer names code, texts, field, data and request") {
  const auto response = error_response({ErrorCode::invalid_parameter, "amount", R"({"id":"5"})"},
                                       "r-1", "/api/order/create");
  CHECK(response.status == 400);
  CHECK(response.content_type == "application/json; charset=utf-8");
  const std::string expected =
      R"-({"status":false,"code":"invalid_parameter",)-"
      R"-("pesan":"Parameter kosong, salah format, atau di luar batas. (amount)",)-"
      R"-("message":"A parameter is missing, malformed or out of range. (amount)",)-"
      R"-("field":"amount","data":{"id":"5"},"request_id":"r-1"})-";
  CHECK(response.body == expected);
  CHECK(response.headers.empty());
}

TEST_CASE("payment routes say error instead of false") {
  const Fault fault{ErrorCode::not_found};
  CHECK(error_response(fault, "r", "/api/payment/deposit")
            .body.starts_with(R"({"status":"error","code":"not_found")"));
  CHECK(error_response(fault, "r", "/api/payments").body.starts_with(R"({"status":false,)"));
}

TEST_CASE("what may be tried again says when") {
  const auto unavailable = error_response({ErrorCode::unavailable}, "r", "/");
  CHECK(unavailable.headers == Pairs{{"Retry-After", "5"}});
  const Fault limited{.code = ErrorCode::rate_limited, .retry_after = 17};
  CHECK(error_response(limited, "r", "/").headers == Pairs{{"Retry-After", "17"}});
}

TEST_CASE("refusals outside handlers keep their status and have the same form") {
  struct Row {
    int status;
    std::string code;
  };
  const Row rows[] = {
      {400, "invalid_parameter"},      {404, "not_found"},         {405, "method_not_allowed"},
      {408, "request_timeout"},        {413, "payload_too_large"}, {414, "request_too_large"},
      {415, "unsupported_media_type"}, {417, "invalid_parameter"}, {429, "rate_limited"},
      {431, "request_too_large"},      {500, "internal"},          {503, "unavailable"}};
  for (const auto& row : rows) {
    const auto response = refuse({.status = row.status, .request_id = "r\"1", .path = "/api/x"});
    CHECK(response.status == row.status);
    CHECK(response.body.starts_with(R"({"status":false,"code":")" + row.code + '"'));
    CHECK(response.body.ends_with(R"("request_id":"r\"1"})"));
  }
}

TEST_CASE("who wrote a request that can't be read is told why, not of parameters") {
  const auto response = refuse({.status = 400, .reason = "The Host is malformed."});
  CHECK(response.body.find(R"("message":"The Host is malformed.")") != std::string::npos);
  CHECK(response.body.find("Parameter") == std::string::npos);
}
