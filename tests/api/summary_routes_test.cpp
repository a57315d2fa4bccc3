#include <string>

#include "api/test_shop.h"
#include "catch.h"

TEST_CASE("the shop tells everybody its limits and fees") {
  TestShop shop;
  const auto reply = shop.get("/api/shop");
  CHECK(reply.outcome() == "200");
  CHECK(reply.at("/data/sandbox") == "false");
  CHECK(reply.at("/data/qris") == "true");
  CHECK(reply.at("/data/deposit_min") == "10000");
  CHECK(reply.at("/data/deposit_max") == "10000000");
  CHECK(reply.at("/data/withdraw_min") == "10000");
}

TEST_CASE("the summary adds up each day in WIB, empty days too") {
  TestShop shop;
  shop.fund(shop.toko_a, 100'000);
  const auto order = [&](const std::string& rest) {
    const auto made = shop.tell("/api/order/create", R"({"layanan":1,)" + rest + "}");
    REQUIRE(made.outcome() == "200");
    return made.text("/data/id");
  };
  shop.answer(order(R"("target":"11111")"), succeeded("SN1"));
  shop.answer(order(R"("target":"22222")"), failed());
  shop.time.advance(std::chrono::hours{24});
  order(R"("target":"33333")");
  const auto dropship =
      shop.tell("/api/order/create", R"({"layanan":1,"target":"44444","selling_price":12000})");
  shop.pay(dropship.text("/data/invoice"), 12'000);
  shop.answer(
      shop.ask("/api/order/status?invoice=" + dropship.text("/data/invoice")).text("/data/id"),
      succeeded("SN2"));

  const auto summary = shop.ask("/api/user/summary?days=3");
  CHECK(summary.at("/data/complete") == "true");
  struct Row {
    std::string date, orders, success, pending, spent, sales, profit;
  };
  const Row rows[] = {{"2026-01-01", "0", "0", "0", "0", "0", "0"},
                      {"2026-01-02", "2", "1", "0", "10000", "0", "0"},
                      {"2026-01-03", "2", "1", "1", "0", "12000", "800"}};
  for (int i = 0; i < 3; ++i) {
    const auto day = "/data/days/" + std::to_string(i);
    const auto& row = rows[i];
    CHECK(summary.text(day + "/date") == row.date);
    CHECK(summary.at(day + "/orders") == row.orders);
    CHECK(summary.at(day + "/success") == row.success);
    CHECK(summary.at(day + "/pending") == row.pending);
    CHECK(summary.at(day + "/spent") == row.spent);
    CHECK(summary.at(day + "/sales") == row.sales);
    CHECK(summary.at(day + "/profit") == row.profit);
  }
  CHECK(summary.at("/data/days/3").empty());
  CHECK(shop.ask("/api/user/summary?days=32").outcome() == "400 invalid_parameter days");
}

TEST_CASE("an order's timeline shows its own steps and its payment's, oldest first") {
  TestShop shop;
  const auto dropship =
      shop.tell("/api/order/create", R"({"layanan":1,"target":"44444","selling_price":12000})");
  const auto invoice = dropship.text("/data/invoice");
  shop.pay(invoice, 12'000);
  shop.answer(shop.ask("/api/order/status?invoice=" + invoice).text("/data/id"), succeeded("SN2"));
  const auto timeline = shop.ask("/api/order/timeline?invoice=" + invoice);
  std::string steps;
  for (int i = 0; !timeline.at("/data/" + std::to_string(i)).empty(); ++i) {
    const auto step = "/data/" + std::to_string(i);
    CHECK(is_time(timeline.text(step + "/time")));
    steps += timeline.text(step + "/subject") + ":" + timeline.text(step + "/state") + " ";
  }
  CHECK(steps ==
        "order:unpaid charge:pending charge:settled order:queued order:sent "
        "order:succeeded ");
  CHECK(timeline.text("/data/5/catatan") == "SN: SN2");
  const auto other = shop.register_user("toko_b");
  CHECK(shop.get("/api/order/timeline?invoice=" + invoice, {{"x-api-key", other}}).outcome() ==
        "404 not_found");
}
