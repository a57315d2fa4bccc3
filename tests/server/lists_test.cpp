// Histories and the statement: order, pages, filters, CSV.

#include <string>

#include "catch.h"
#include "server/eventually.h"
#include "server/running_shop.h"

using namespace topupd::test;

namespace {

void place_orders(SmallClient& client, int count) {
  for (int i = 0; i < count; ++i) {
    const auto target = std::to_string(100'000 + 10 * i);
    REQUIRE(client.post("/api/order/create", R"({"layanan":"1","target":")" + target + R"("})")
                .outcome() == "200");
  }
  REQUIRE(eventually(
      [&] { return client.get("/api/order/history?status=Pending").size("/data") == 0; }));
}

// The ids of a list, page after page of that size; each page but the last is full.
std::vector<std::string> paged(SmallClient& client, const std::string& path,
                               const std::string& id_name, int limit) {
  std::vector<std::string> ids;
  std::string cursor;
  do {
    const auto page = client.get(path + "?limit=" + std::to_string(limit) + cursor);
    REQUIRE(page.outcome() == "200");
    const int size = page.size("/data");
    for (int i = 0; i < size; ++i)
      ids.push_back(page.text("/data/" + std::to_string(i) + "/" + id_name));
    const bool has_more = !page.at("/next_cursor").empty();
    CHECK((size == limit || !has_more));
    cursor = has_more ? "&cursor=" + page.text("/next_cursor") : "";
  } while (!cursor.empty());
  return ids;
}

}  // namespace

TEST_CASE("a list comes newest first, page by page, each thing once", "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  place_orders(client, 7);
  for (const int limit : {1, 3, 7, 200}) {
    INFO(limit);
    const auto ids = paged(client, "/api/order/history", "id", limit);
    CHECK(ids == std::vector<std::string>{"7", "6", "5", "4", "3", "2", "1"});
  }
  std::vector<std::string> codes;
  for (int i = 0; i < 3; ++i)
    codes.insert(codes.begin(),
                 client.post("/api/payment/deposit", R"({"amount":10000})").text("/data/orderId"));
  auto listed = paged(client, "/api/payment/history", "orderId", 2);
  listed.resize(3);  // after them the deposit that the demo came with
  CHECK(listed == codes);
  for (const std::string limit : {"0", "201", "x", "-1", "1.5"}) {
    INFO(limit);
    CHECK(client.get("/api/order/history?limit=" + limit).outcome() ==
          "400 invalid_parameter limit");
  }
  CHECK(client.get("/api/order/history?cursor=x").outcome() == "400 invalid_parameter cursor");
}

TEST_CASE("a list shows 50 unless it is asked for more", "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  place_orders(client, 51);
  const auto page = client.get("/api/order/history");
  CHECK(page.size("/data") == 50);
  CHECK(page.text("/data/0/id") == "51");
  CHECK_FALSE(page.text("/next_cursor").empty());
  const auto all = client.get("/api/order/history?limit=200");
  CHECK(all.size("/data") == 51);
  CHECK(all.at("/next_cursor").empty());
}

TEST_CASE("the order history is filtered by status, service, target and days", "[server]") {
  struct Row {
    std::string query;
    int count;
  };
  const Row rows[] = {
      {"", 3},
      {"?status=Success", 2},
      {"?status=Error", 1},
      {"?status=Gagal", 0},
      {"?layanan=1", 2},
      {"?layanan=11", 1},
      {"?target=123450", 1},
      {"?from=2000-01-01", 3},
      {"?from=2099-01-01", 0},
      {"?to=2000-01-01", 0},
      {"?to=2099-01-01", 3},
      {"?from=2000-01-01T00:00:00%2B07:00&to=2099-01-01T00:00:00Z", 3},
      {"?status=Success&layanan=11", 1},
  };
  RunningShop shop;
  auto client = shop.demo();
  for (const std::string body :
       {R"({"layanan":"1","target":"123450"})", R"({"layanan":"1","target":"123452"})",
        R"({"layanan":"11","target":"123459"})"})
    final_order(client, client.post("/api/order/create", body).text("/data/id"));
  for (const auto& [query, count] : rows) {
    INFO(query);
    CHECK(client.get("/api/order/history" + query).size("/data") == count);
  }
  CHECK(client.get("/api/order/history?status=Nothing").outcome() ==
        "400 invalid_parameter status");
  CHECK(client.get("/api/order/history?from=yesterday").outcome() == "400 invalid_parameter from");
  CHECK(shop.reseller("toko_a").get("/api/order/history").at("/data") == "[]");
}

TEST_CASE("the statement's amounts sum to the balance, whatever happened", "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  for (const std::string target : {"123450", "123452", "123455", "123458"}) {
    const auto placed =
        client.post("/api/order/create", R"({"layanan":"1","target":")" + target + R"("})");
    final_order(client, placed.text("/data/id"));
  }
  shop.fund(client, 25'000);
  const auto statement = client.get("/api/user/statement?limit=200");
  const int size = statement.size("/data");
  CHECK(size == 8);  // two deposits, four orders, two of them given back
  std::int64_t sum = 0;
  for (int i = size - 1; i >= 0; --i) {
    const auto line = "/data/" + std::to_string(i);
    sum += statement.number(line + "/amount");
    CHECK(statement.number(line + "/balance_after") == sum);
    CHECK(matches(statement.text(line + "/time"), kTimeForm));
    CHECK(statement.names(line) == "amount balance_after description kind ref time");
  }
  CHECK(sum == balance_of(client));
  CHECK(sum == kDemoBalance - 20'000 + 25'000);
}

TEST_CASE("the statement comes as CSV to those who ask for it", "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  const auto csv = client.get("/api/user/statement", {{"Accept", "text/csv"}});
  CHECK(csv.status == 200);
  CHECK(csv.header("content-type") == "text/csv; charset=utf-8");
  CHECK(csv.body.starts_with("time,kind,description,amount,balance_after,ref\r\n"));
  CHECK(csv.body.find(",1000000,1000000,") != std::string::npos);
}
