#include <string>

#include "http/api/admin.h"
#include "http/api/admin_routes.h"
#include "http/api/csv.h"
#include "http/api/text.h"

namespace topupd::http {

namespace {

constexpr std::chrono::hours kUsual{24 * 30};

constexpr Parameter kBy{.name = "by",
                        .summary = "What a line is about, day by default",
                        .choices = "day|month|service|provider|reseller",
                        .example = "day"};
constexpr Parameter kFrom{.name = "from",
                          .type = ParameterType::from,
                          .summary = "A day in WIB or RFC 3339; 30 days ago by default",
                          .example = "2026-01-01"};
constexpr Parameter kTo{.name = "to",
                        .type = ParameterType::to,
                        .summary = "The same, included; now by default",
                        .example = "2026-01-31"};

ReportBy by_of(const std::string& word) {
  if (word == "month") return ReportBy::month;
  if (word == "service") return ReportBy::service;
  if (word == "provider") return ReportBy::provider;
  if (word == "reseller") return ReportBy::reseller;
  return ReportBy::day;
}

JsonObject row_json(const ReportRow& row) {
  return JsonObject{}
      .text("key", row.key)
      .number("orders", row.orders)
      .number("success", row.success)
      .number("failed", row.failed)
      .number("turnover", row.turnover)
      .number("cost", row.cost)
      .number("profit", row.turnover - row.cost);
}

Response as_csv(const std::vector<ReportRow>& rows, const std::string& by) {
  Response response{.content_type = "text/csv; charset=utf-8"};
  response.body = csv_line({by, "orders", "success", "failed", "turnover", "cost", "profit"});
  for (const auto& row : rows)
    response.body += csv_line({row.key, std::to_string(row.orders), std::to_string(row.success),
                               std::to_string(row.failed), std::to_string(row.turnover),
                               std::to_string(row.cost), std::to_string(row.turnover - row.cost)});
  response.headers.emplace_back("Content-Disposition",
                                "attachment; filename=\"laporan-" + by + ".csv\"");
  return response;
}

Fault too_many_orders() {
  Fault fault{ErrorCode::invalid_parameter, "from"};
  const auto most = std::to_string(kReportOrdersMax);
  fault.pesan = "Lebih dari " + most + " pesanan di rentang ini: pilih yang lebih pendek.";
  fault.message = "More than " + most + " orders in this time: choose a shorter one.";
  return fault;
}

Answer show_report(Call& call) {
  Reader in{call.params};
  auto by = in.text(kBy);
  ReportRequest request{by_of(by), call.now - kUsual, call.now + std::chrono::milliseconds{1}};
  if (const auto from = in.moment(kFrom)) request.from = *from;
  if (const auto to = in.moment(kTo)) request.until = *to;
  if (in.fault()) return *in.fault();
  if (by.empty()) by = "day";
  const auto rows = call.app.lists.report(request);
  if (!rows) return too_many_orders();
  if (to_lower_ascii(call.request.header("accept")).starts_with("text/csv"))
    return as_csv(*rows, by);
  JsonList list;
  for (const auto& row : *rows)
    list.add(row_json(row));
  return ok(ListAnswer{list, ""});
}

}  // namespace

std::vector<Endpoint> admin_report_endpoints() {
  return {
      {.path = "/api/admin/report",
       .access = Access::admin,
       .summary = "What was sold and what it brought, by the day it was ordered; CSV with Accept: "
                  "text/csv. By provider a line counts attempts",
       .parameters = {kBy, kFrom, kTo},
       .refusals = {ErrorCode::invalid_parameter},
       .example = R"({"status":true,"data":[{"key":"2026-01-02","orders":3,"success":2,"failed":1,)"
                  R"("turnover":24000,"cost":20000,"profit":4000}]})",
       .handler = show_report},
  };
}

}  // namespace topupd::http
