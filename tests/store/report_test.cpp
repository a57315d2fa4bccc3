// Sums for the operator: of the right orders, at the right cost.

#include "store/report.h"

#include <string>

#include "catch.h"
#include "store/fixtures.h"
#include "store/records.h"

using namespace sample;
using namespace topupd;

namespace {

Timestamp hour(int count) { return Timestamp{std::chrono::hours{count}}; }

void insert_order(Tx& tx, int id, OrderState state, Timestamp at) {
  auto made = order(id);
  made.state = state;
  made.created_at = at;
  tx.insert(made);
}

void insert_attempt(Tx& tx, int id, int order, AttemptState state) {
  auto made = attempt(id);
  made.order = OrderId{order};
  made.number = id;
  made.state = state;
  made.cost = 9'000_idr;
  made.final_cost = id == 1 ? 8'000_idr : 0_idr;
  tx.insert(made);
}

// Two orders of one day, two of the next.  The second was paid for after it had come late.
void insert_sales(Tx& tx) {
  insert_basics(tx);
  insert_order(tx, 1, OrderState::succeeded, hour(24));
  insert_order(tx, 2, OrderState::recovered, hour(24));
  insert_order(tx, 3, OrderState::failed, hour(48));
  insert_order(tx, 4, OrderState::queued, hour(48));
  insert_attempt(tx, 1, 1, AttemptState::succeeded);
  insert_attempt(tx, 2, 2, AttemptState::late);
  insert_attempt(tx, 3, 3, AttemptState::failed);
}

// "key orders success failed turnover cost; …"
std::string told(const std::optional<std::vector<ReportRow>>& rows) {
  if (!rows) return "too many";
  std::string text;
  for (const auto& row : *rows) {
    text += row.key;
    for (const auto number : {row.orders, row.success, row.failed, row.turnover, row.cost})
      text.append(" ").append(std::to_string(number));
    text += "; ";
  }
  return text;
}

ReportRequest all_of(ReportBy by) { return {by, Timestamp{}, hour(1'000)}; }

}  // namespace

TEST_CASE("orders are summed by the day and the month that it was in WIB", "[store]") {
  Sqlite fixture;
  write(fixture.store, insert_sales);
  CHECK(told(report(fixture.store, all_of(ReportBy::day))) ==
        "1970-01-02 2 2 0 20200 17000; 1970-01-03 2 0 1 0 0; ");
  CHECK(told(report(fixture.store, all_of(ReportBy::month))) == "1970-01 4 2 1 20200 17000; ");
}

TEST_CASE("a report holds the orders of its time and no other", "[store]") {
  Sqlite fixture;
  write(fixture.store, insert_sales);
  struct Row {
    int from;
    int until;
    std::string text;
  };
  for (const auto& row :
       {Row{24, 48, "1970-01-02 2 2 0 20200 17000; "}, Row{25, 49, "1970-01-03 2 0 1 0 0; "},
        Row{0, 24, ""}, Row{49, 99, ""}, Row{48, 24, ""}}) {
    INFO(row.from);
    CHECK(told(report(fixture.store, {ReportBy::day, hour(row.from), hour(row.until)})) ==
          row.text);
  }
}

TEST_CASE("orders are summed by service, reseller and supplier", "[store]") {
  Sqlite fixture;
  write(fixture.store, insert_sales);
  CHECK(told(report(fixture.store, all_of(ReportBy::service))) ==
        "Free Fire · 70 Diamond 4 2 1 20200 17000; ");
  CHECK(told(report(fixture.store, all_of(ReportBy::reseller))) == "user1 4 2 1 20200 17000; ");
  CHECK(told(report(fixture.store, all_of(ReportBy::provider))) == "provider1 3 1 1 10100 8000; ");
}

TEST_CASE("the largest turnover is the first line of a report by people or things", "[store]") {
  Sqlite fixture;
  write(fixture.store, [](Tx& tx) {
    insert_sales(tx);
    for (const int id : {5, 6, 7}) {
      auto made = order(id);
      made.user = UserId{2};
      made.state = OrderState::succeeded;
      made.created_at = hour(48);
      tx.insert(made);
    }
  });
  CHECK(told(report(fixture.store, all_of(ReportBy::reseller))) ==
        "user2 3 3 0 30300 0; user1 4 2 1 20200 17000; ");
}

TEST_CASE("a report of more orders than may be read is none", "[store]") {
  Sqlite fixture;
  write(fixture.store, insert_sales);
  CHECK(told(report(fixture.store, all_of(ReportBy::month), 3)) == "too many");
  CHECK(told(report(fixture.store, all_of(ReportBy::month), 4)) == "1970-01 4 2 1 20200 17000; ");
}
