// Orders that the reseller's customer pays, from the QR code to the withdrawn profit.

#include <string>

#include "catch.h"
#include "server/eventually.h"
#include "server/running_shop.h"

using namespace topupd::test;

namespace {

constexpr const char* kDropship =
    R"({"layanan":"1","target":"123456789","selling_price":12000,"customer_name":"Budi",)"
    R"("customer_phone":"08123"})";

std::string dropship(const std::string& target, int selling_price) {
  return R"({"layanan":"1","target":")" + target + R"(","selling_price":)" +
         std::to_string(selling_price) + "}";
}

Answer order_of(SmallClient& client, const std::string& invoice) {
  return client.get("/api/order/status?invoice=" + invoice);
}

// Sells for that much, lets the customer pay, and waits for the supplier.
void sell(const RunningShop& shop, SmallClient& client, int selling_price) {
  const auto placed = client.post("/api/order/create", dropship("123456789", selling_price));
  REQUIRE(placed.outcome() == "200");
  REQUIRE(shop.settle(placed.text("/data/invoice")).outcome() == "200");
  REQUIRE(final_order(client, placed.text("/data/id")).text("/data/status") == "Success");
}

std::string withdrawal(int amount) {
  return R"({"amount":)" + std::to_string(amount) +
         R"(,"bank":"BCA","account_number":"1234567890","account_name":"Budi"})";
}

}  // namespace

TEST_CASE("mode B answers as the document says, and the profit comes when it is paid", "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  const auto placed = client.post("/api/order/create", kDropship);
  CHECK(placed.outcome() == "200");
  CHECK(placed.names("/data") ==
        "id invoice mode payment reseller_cost reseller_profit selling_price");
  CHECK(matches(placed.at("/data/id"), "\"[0-9]+\""));
  CHECK(matches(placed.text("/data/invoice"), kInvoiceForm));
  CHECK(placed.text("/data/mode") == "dropship");
  CHECK(placed.at("/data/selling_price") == "12000");
  CHECK(placed.at("/data/reseller_cost") == "10000");
  CHECK(placed.at("/data/reseller_profit") == "2000");
  CHECK(placed.names("/data/payment") == "amount expired_at invoice_url qr_url status_url");
  CHECK(placed.at("/data/payment/amount") == "12000");
  CHECK(matches(placed.text("/data/payment/expired_at"), kTimeForm));

  const auto invoice = placed.text("/data/invoice");
  const auto waiting = order_of(client, invoice);
  CHECK(waiting.text("/data/status") == "Pending");
  CHECK(waiting.text("/data/mode") == "dropship");
  CHECK(waiting.text("/data/payment_status") == "pending");

  const auto paid = shop.settle(invoice);
  CHECK(paid.outcome() == "200");
  CHECK(paid.at("/data/amount") == "12000");
  const auto done = final_order(client, placed.text("/data/id"));
  CHECK(done.text("/data/status") == "Success");
  CHECK(done.text("/data/payment_status") == "settlement");
  CHECK(done.at("/data/selling_price") == "12000");
  CHECK(done.at("/data/reseller_cost") == "10000");
  CHECK(done.at("/data/reseller_profit") == "2000");
  CHECK(profit_of(client) == 2'000);
  CHECK(balance_of(client) == 0);
  CHECK(shop.complaints() == "");
}

TEST_CASE("a charge that nobody pays in time costs nothing", "[server]") {
  auto config = quick_config();
  config.orders.payment_expiry_seconds = std::chrono::seconds{1};
  RunningShop shop{config};
  auto client = shop.reseller("toko_a");
  const auto placed = client.post("/api/order/create", kDropship);
  const auto ended = final_order(client, placed.text("/data/id"));
  CHECK(ended.text("/data/status") == "Gagal");
  CHECK(ended.text("/data/payment_status") == "expired");
  CHECK(balance_of(client) == 0);
  CHECK(client.get("/api/user/statement").size("/data") == 0);
  CHECK(client.post("/api/order/create", kDropship).outcome() == "200");
  CHECK(shop.complaints() == "");
}

TEST_CASE("a charge that the gateway ends is Gagal, and money after it goes to the balance",
          "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  const auto placed = client.post("/api/order/create", kDropship);
  const auto invoice = placed.text("/data/invoice");
  const auto expired = shop.stranger().post("/sandbox/gateway/" + invoice + "/expire", "{}");
  CHECK(expired.outcome() == "200");
  CHECK(final_order(client, placed.text("/data/id")).text("/data/status") == "Gagal");
  CHECK(shop.settle(invoice).outcome() == "200");
  CHECK(eventually([&] { return balance_of(client) == 12'000; }));
  CHECK(order_of(client, invoice).text("/data/status") == "Gagal");
  CHECK(profit_of(client) == 0);
  CHECK(shop.complaints() == "");
}

TEST_CASE("a cancelled order never starts, and paid all the same, its money goes to the balance",
          "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  const auto placed = client.post("/api/order/create", kDropship);
  const auto invoice = placed.text("/data/invoice");
  const auto other =
      shop.reseller("toko_b").post("/api/order/cancel", R"({"invoice":")" + invoice + R"("})");
  CHECK(other.outcome() == "404 not_found");
  const auto cancelled = client.post("/api/order/cancel", R"({"invoice":")" + invoice + R"("})");
  CHECK(cancelled.outcome() == "200");
  CHECK(cancelled.text("/data/status") == "Gagal");
  CHECK(cancelled.text("/data/payment_status") == "expired");
  CHECK(client.post("/api/order/cancel", R"({"invoice":")" + invoice + R"("})").outcome() ==
        "409 not_cancellable");
  CHECK(shop.settle(invoice).outcome() == "200");
  CHECK(eventually([&] { return balance_of(client) == 12'000; }));
  CHECK(order_of(client, invoice).text("/data/status") == "Gagal");
  CHECK(profit_of(client) == 0);
  CHECK(shop.complaints() == "");
}

TEST_CASE("a paid order can't be cancelled, nor one that the balance pays", "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  sell(shop, client, 12'000);
  const auto latest = client.get("/api/order/history?limit=1").text("/data/0/id");
  CHECK(client.post("/api/order/cancel", R"({"id":")" + latest + R"("})").outcome() ==
        "409 not_cancellable");
  auto demo = shop.demo();
  const auto placed = demo.post("/api/order/create", R"({"layanan":"1","target":"123456781"})");
  CHECK(
      demo.post("/api/order/cancel", R"({"id":")" + placed.text("/data/id") + R"("})").outcome() ==
      "409 not_cancellable");
  CHECK(client.post("/api/order/cancel", "{}").outcome() == "400 invalid_parameter id");
}

TEST_CASE("a wrong amount waits for an admin, and so does a second payment", "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  const auto wrong = client.post("/api/order/create", dropship("11111", 12'000));
  const auto twice = client.post("/api/order/create", dropship("22220", 12'000));
  CHECK(shop.settle(wrong.text("/data/invoice"), R"({"amount":11999})").outcome() == "200");
  CHECK(shop.settle(twice.text("/data/invoice")).outcome() == "200");
  CHECK(final_order(client, twice.text("/data/id")).text("/data/status") == "Success");
  CHECK(shop.settle(twice.text("/data/invoice"), R"({"second":"true"})").outcome() == "200");
  // Notices come in the order of their payments, so that the others have come when this one has.
  shop.fund(client, 10'000);
  CHECK(order_of(client, wrong.text("/data/invoice")).text("/data/status") == "Pending");
  CHECK(balance_of(client) == 10'000);
  CHECK(profit_of(client) == 2'000);
  CHECK(shop.complaints() == "");
}

TEST_CASE("profit is withdrawn once, held until an admin pays it, and listed", "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  sell(shop, client, 40'000);
  CHECK(profit_of(client) == 30'000);
  CHECK(client.post("/api/profit/withdraw", withdrawal(9'999)).outcome() ==
        "422 amount_out_of_range amount");
  CHECK(client.post("/api/profit/withdraw", withdrawal(30'001)).outcome() ==
        "402 insufficient_balance");
  const Headers key{{"Idempotency-Key", "w-1"}};
  const auto asked = client.post("/api/profit/withdraw", withdrawal(20'000), key);
  CHECK(asked.outcome() == "200");
  CHECK(asked.at("/data/amount") == "20000");
  CHECK(asked.text("/data/status") == "requested");
  const auto again = client.post("/api/profit/withdraw", withdrawal(20'000), key);
  CHECK(again.header("idempotent-replayed") == "true");
  CHECK(again.at("/data/id") == asked.at("/data/id"));
  CHECK(profit_of(client) == 10'000);

  auto admin = shop.admin();
  const auto paid = admin.post("/api/admin/withdrawal/paid", R"({"id":")" + asked.text("/data/id") +
                                                                 R"(","note":"BCA 20260102"})");
  CHECK(paid.outcome() == "200");
  const auto listed = client.get("/api/profit/withdrawals");
  CHECK(listed.size("/data") == 1);
  CHECK(listed.text("/data/0/status") == "paid");
  CHECK(listed.text("/data/0/note") == "BCA 20260102");
  CHECK(profit_of(client) == 10'000);
  CHECK(shop.complaints() == "");
}

TEST_CASE("a rejected withdrawal gives the profit back", "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  sell(shop, client, 40'000);
  const auto asked = client.post("/api/profit/withdraw", withdrawal(30'000));
  CHECK(profit_of(client) == 0);
  auto admin = shop.admin();
  CHECK(admin
            .post("/api/admin/withdrawal/reject",
                  R"({"id":")" + asked.text("/data/id") + R"(","note":"wrong name"})")
            .outcome() == "200");
  CHECK(profit_of(client) == 30'000);
  CHECK(client.get("/api/profit/withdrawals").text("/data/0/status") == "rejected");
  CHECK(shop.complaints() == "");
}

TEST_CASE("profit moves to the balance at once", "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  sell(shop, client, 12'000);
  CHECK(client.post("/api/profit/transfer", R"({"amount":0})").status >= 400);
  CHECK(client.post("/api/profit/transfer", R"({"amount":2001})").outcome() ==
        "402 insufficient_balance");
  CHECK(client.post("/api/profit/transfer", R"({"amount":"1999"})").outcome() == "200");
  CHECK(profit_of(client) == 1);
  CHECK(balance_of(client) == 1'999);
  const auto statement = client.get("/api/user/statement?account=profit");
  CHECK(statement.at("/data/0/amount") == "-1999");
  CHECK(statement.at("/data/0/balance_after") == "1");
  CHECK(shop.complaints() == "");
}
