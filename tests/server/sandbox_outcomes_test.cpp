// The sandbox's table: what becomes of an order by the last character of its number.

#include <map>
#include <string>

#include "catch.h"
#include "server/running_shop.h"
#include "store/inspect_file.h"

using namespace topupd::test;

namespace {

struct Row {
  char last;
  std::string status;
  int attempts;  // calls to suppliers, each with a reference of its own
};

const std::vector<Row> kRows{
    {'0', "Success", 1}, {'1', "Success", 1}, {'2', "Error", 1},   {'3', "Error", 1},
    {'4', "Success", 1}, {'5', "Error", 1},   {'6', "Success", 1}, {'7', "Success", 1},
    {'8', "Success", 2}, {'9', "Success", 1}, {'x', "Success", 1},
};

// By the order's id.
std::map<std::string, int> attempts_in(const std::filesystem::path& file) {
  std::map<std::string, int> counts;
  topupd::inspect_file(file, [&](const topup::Archive& archive) {
    archive.each(topup::Archive::Each<topup::Attempt>{
        [&](const topup::Attempt& attempt) { ++counts[std::to_string(attempt.order.value)]; }});
  });
  return counts;
}

struct Sale {
  Row row;
  std::string id;
};

// Sells one of each row before waiting for the first, so that the time-outs run side by side.
template <class Body>
std::vector<Sale> sell_all(SmallClient& client, Body body_for) {
  std::vector<Sale> sales;
  for (const auto& row : kRows) {
    const auto placed = client.post("/api/order/create", body_for(row.last));
    INFO(row.last << " " << placed.body);
    REQUIRE(placed.outcome() == "200");
    sales.push_back({row, placed.text("/data/id")});
  }
  return sales;
}

// What the successful ones cost.
std::int64_t await_and_check(SmallClient& client, const std::vector<Sale>& sales) {
  std::int64_t spent = 0;
  for (const auto& [row, id] : sales) {
    const auto order = final_order(client, id);
    INFO(row.last << " " << order.body);
    CHECK(order.text("/data/status") == row.status);
    const bool is_success = row.status == "Success";
    CHECK(order.text("/data/sn").empty() != is_success);
    CHECK((order.text("/data/catatan") == "SN: " + order.text("/data/sn")) == is_success);
    if (is_success) spent += std::stoll(order.text("/data/harga"));
  }
  return spent;
}

void check_attempts(const RunningShop& shop, const std::vector<Sale>& sales) {
  const auto counts = attempts_in(shop.file());
  for (const auto& [row, id] : sales) {
    INFO(row.last);
    CHECK(counts.at(id) == row.attempts);
  }
}

}  // namespace

TEST_CASE("every number of the sandbox's table ends as the table says", "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  // A service whose target may be any printable characters.
  const auto sales = sell_all(client, [](char last) {
    return std::string{R"({"layanan":"17","target":"Player#)"} + last + R"("})";
  });
  const auto spent = await_and_check(client, sales);
  CHECK(balance_of(client) == kDemoBalance - spent);
  CHECK(shop.complaints() == "");
  check_attempts(shop, sales);
}

TEST_CASE("where a service has butuh_nometer, the nometer decides and not the target", "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  const auto sales = sell_all(client, [](char last) {
    const char digit = last == 'x' ? '9' : last;
    const char lead = last == 'x' ? '2' : '1';
    return std::string{R"({"layanan":"48","target":"081234567802","nometer":")"} + lead +
           "234567890" + digit + R"("})";
  });
  const auto spent = await_and_check(client, sales);
  CHECK(balance_of(client) == kDemoBalance - spent);
  CHECK(shop.complaints() == "");
  check_attempts(shop, sales);
}

TEST_CASE("a dropship order ends as the table says too, and its money goes where it should",
          "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  const auto sales = sell_all(client, [](char last) {
    return std::string{R"({"layanan":"17","target":"Player#)"} + last +
           R"(","selling_price":60000})";
  });
  for (const auto& sale : sales) {
    const auto order = client.get("/api/order/status?id=" + sale.id);
    CHECK(shop.settle(order.text("/data/invoice")).outcome() == "200");
  }
  std::int64_t profit = 0;
  std::int64_t refunds = 0;
  for (const auto& [row, id] : sales) {
    const auto order = final_order(client, id);
    INFO(row.last << " " << order.body);
    CHECK(order.text("/data/status") == row.status);
    CHECK(order.text("/data/payment_status") == "settlement");
    if (row.status == "Success")
      profit += order.number("/data/reseller_profit");
    else
      refunds += order.number("/data/selling_price");
  }
  CHECK(profit_of(client) == profit);
  CHECK(balance_of(client) == refunds);
  CHECK(shop.complaints() == "");
  check_attempts(shop, sales);
}
