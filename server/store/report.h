// What was sold, and what it brought, in sums.  Safe to call from many threads.
//
// Read some thousand orders at a time, each part of one moment: whoever commits or keeps the log
// short waits for none of it.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/sqlite_store.h"
#include "topup/time.h"

namespace topupd {

enum class ReportBy { day, month, service, provider, reseller };

struct ReportRequest {
  ReportBy by = ReportBy::day;
  topup::Timestamp from{};   // of orders made then or later,
  topup::Timestamp until{};  // and before then
};

// By provider a row counts attempts, and what is in it of orders is of those that it delivered.
struct ReportRow {
  std::string key;          // "2026-01-02", "2026-01", a service, a provider's or reseller's name
  std::int64_t orders = 0;  // all that were made
  std::int64_t success = 0;
  std::int64_t failed = 0;    // Error; neither unpaid nor cancelled ones
  std::int64_t turnover = 0;  // rupiah: what resellers paid for those that succeeded
  std::int64_t cost = 0;      // what these cost at the suppliers
};

constexpr std::int64_t kReportOrdersMax = 2'000'000;  // some seconds of one core

// By day and month in order, else the largest turnover first.  Empty if more orders than that were
// made in this time.
std::optional<std::vector<ReportRow>> report(const SqliteStore& store, const ReportRequest& request,
                                             std::int64_t orders_max = kReportOrdersMax);

}  // namespace topupd
