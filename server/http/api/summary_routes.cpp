#include <map>
#include <string>

#include "http/api/lists.h"
#include "http/api/routes.h"
#include "http/api/shapes.h"
#include "wib.h"

namespace topupd::http {

namespace {

constexpr Parameter kDays{.name = "days",
                          .type = ParameterType::count,
                          .min = 1,
                          .max = 31,
                          .summary = "How many, today in WIB included; 30 by default",
                          .example = "30"};

// More orders than this are not added up: the answer says so.
constexpr int kOrdersMost = 5'000;

struct Day {
  std::int64_t orders = 0;
  std::int64_t success = 0;
  std::int64_t pending = 0;
  topup::Money spent;   // on orders from the balance
  topup::Money sales;   // what customers paid for dropship orders
  topup::Money profit;  // of these
};

void add(Day& day, const topup::Order& order) {
  ++day.orders;
  const auto status = topup::status_of(order.state);
  if (status == topup::OrderStatus::pending) ++day.pending;
  if (status != topup::OrderStatus::success) return;
  ++day.success;
  if (order.mode == topup::OrderMode::balance) {
    day.spent = day.spent + order.price;
    return;
  }
  day.sales = day.sales + order.selling;
  day.profit = day.profit + order.reseller_profit();
}

std::string day_of(topup::Timestamp at) { return to_wib(at).substr(0, 10); }

struct Summary {
  std::map<std::string, Day> days;  // every day that was asked for
  bool complete = true;
};

Summary summary_of(Call& call, std::int64_t days) {
  Summary summary;
  for (std::int64_t i = 0; i < days; ++i)
    summary.days[day_of(call.now - std::chrono::hours{24 * i})];
  const auto& first = summary.days.begin()->first;
  OrderFilter filter;
  filter.user = call.user.id;
  PageRequest page{0, kPageMost};
  for (int read = 0; read < kOrdersMost; read += kPageMost) {
    const auto orders = call.app.lists.orders(filter, page);
    for (const auto& order : orders.records) {
      const auto day = day_of(order.created_at);
      if (day < first) return summary;
      if (const auto found = summary.days.find(day); found != summary.days.end())
        add(found->second, order);
    }
    if (orders.next == 0) return summary;
    page.after = orders.next;
  }
  summary.complete = false;
  return summary;
}

Answer show_summary(Call& call) {
  Reader in{call.params};
  const auto days = in.count(kDays).value_or(30);
  if (in.fault()) return *in.fault();
  const auto summary = summary_of(call, days);
  JsonList list;
  for (const auto& [date, day] : summary.days)
    list.add(JsonObject{}
                 .text("date", date)
                 .number("orders", day.orders)
                 .number("success", day.success)
                 .number("pending", day.pending)
                 .money("spent", day.spent)
                 .money("sales", day.sales)
                 .money("profit", day.profit));
  return ok(JsonObject{}.flag("complete", summary.complete).raw("days", list.str()));
}

}  // namespace

std::vector<Endpoint> summary_endpoints() {
  return {{.path = "/api/user/summary",
           .summary = "Orders, sales and profit a day in WIB, oldest first; profit is of dropship "
                      "orders, a day is that of the order",
           .parameters = {kDays},
           .refusals = {ErrorCode::invalid_parameter},
           .example = R"({"status":true,"data":{"complete":true,"days":[{"date":"2026-01-02",)"
                      R"("orders":3,"success":2,"pending":1,"spent":10000,"sales":12000,)"
                      R"("profit":2000}]}})",
           .handler = show_summary}};
}

}  // namespace topupd::http
