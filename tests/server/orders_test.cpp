// Orders that the reseller's balance pays.

#include <string>

#include "catch.h"
#include "server/running_shop.h"

using namespace topupd::test;

namespace {

constexpr const char* kOrder = R"({"layanan":"1","target":"123456789","nometer":"opsional"})";
// Stays Pending as long as the sandbox waits.
constexpr const char* kSlowOrder = R"({"layanan":"1","target":"123456781"})";

topupd::Config slow_config() {
  auto config = quick_config();
  config.sandbox.delay_ms = std::chrono::minutes{10};
  return config;
}

}  // namespace

TEST_CASE("mode A answers as the document says and ends in Success", "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  const auto placed = client.post("/api/order/create", kOrder);
  CHECK(placed.outcome() == "200");
  CHECK(placed.header("content-type") == "application/json; charset=utf-8");
  CHECK(placed.names("") == "data status");
  CHECK(placed.at("/status") == "true");
  CHECK(placed.names("/data") == "id invoice pesan");
  CHECK(matches(placed.at("/data/id"), "\"[0-9]+\""));
  CHECK(matches(placed.text("/data/invoice"), kInvoiceForm));
  CHECK(placed.text("/data/pesan") == "Pesanan berhasil dibuat dan sedang diproses.");

  const auto id = placed.text("/data/id");
  const auto done = final_order(client, id);
  CHECK(done.text("/data/id") == id);
  CHECK(done.text("/data/status") == "Success");
  CHECK(done.text("/data/catatan") == "SN: " + done.text("/data/sn"));
  CHECK(done.text("/data/layanan") == "1");
  CHECK(done.text("/data/target") == "123456789");
  CHECK(done.text("/data/harga") == "10000");
  CHECK(done.text("/data/invoice") == placed.text("/data/invoice"));
  CHECK(matches(done.text("/data/created_at"), kTimeForm));
  CHECK(matches(done.text("/data/updated_at"), kTimeForm));
  CHECK(done.at("/data/payment_status").empty());
  CHECK(balance_of(client) == kDemoBalance - 10'000);
  CHECK(shop.complaints() == "");
}

TEST_CASE("an order is found by id, ref_id or invoice, by its own reseller alone", "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  auto other = shop.reseller("toko_a");
  const auto placed =
      client.post("/api/order/create", R"({"layanan":"1","target":"123456789","ref_id":"mine-1"})");
  const auto id = placed.text("/data/id");
  for (const auto& query :
       {"id=" + id, std::string{"ref_id=mine-1"}, "invoice=" + placed.text("/data/invoice")}) {
    INFO(query);
    CHECK(client.get("/api/order/status?" + query).text("/data/id") == id);
    CHECK(other.get("/api/order/status?" + query).outcome() == "404 not_found");
  }
  CHECK(client.post("/api/order/status", R"({"id":)" + id + "}").text("/data/ref_id") == "mine-1");
  CHECK(client.get("/api/order/status").outcome() == "400 invalid_parameter id");
  CHECK(client.get("/api/order/status?id=x").outcome() == "400 invalid_parameter id");
}

TEST_CASE("an order is refused with the code that the contract names", "[server]") {
  struct Row {
    std::string body;
    std::string outcome;
  };
  const Row rows[] = {
      {R"({"target":"12345"})", "400 invalid_parameter layanan"},
      {R"({"layanan":"1"})", "400 invalid_parameter target"},
      {R"({"layanan":"999","target":"12345"})", "404 not_found layanan"},
      {R"({"layanan":"1","target":"1234"})", "422 invalid_target target"},
      {R"({"layanan":"1","target":"abcde"})", "422 invalid_target target"},
      {R"({"layanan":"48","target":"12345"})", "400 invalid_parameter nometer"},
      {R"({"layanan":"1","target":"12345","selling_price":""})",
       "400 invalid_parameter selling_price"},
      {R"({"layanan":"1","target":"12345","selling_price":9999})",
       "422 price_below_cost selling_price"},
      {R"({"layanan":"1","target":"12345"})", "402 insufficient_balance"},
      {R"({"layanan":"1","target":"12345","selling_price":10000})", "200"},
  };
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  for (const auto& [body, outcome] : rows) {
    INFO(body);
    CHECK(client.post("/api/order/create", body).outcome() == outcome);
  }
  CHECK(shop.complaints() == "");
}

TEST_CASE("a second order for the same target names the one that is pending", "[server]") {
  RunningShop shop{slow_config()};
  auto client = shop.demo();
  const auto first = client.post("/api/order/create", kSlowOrder);
  const auto second = client.post("/api/order/create", kSlowOrder);
  CHECK(second.outcome() == "409 duplicate_order");
  CHECK(second.names("/data") == "id invoice");
  CHECK(second.at("/data/id") == first.at("/data/id"));
  CHECK(second.at("/data/invoice") == first.at("/data/invoice"));
  // Another target, and another reseller, are free.
  CHECK(client.post("/api/order/create", R"({"layanan":"1","target":"223456781"})").outcome() ==
        "200");
  CHECK(shop.reseller("toko_a").post("/api/order/create", kSlowOrder).outcome() ==
        "402 insufficient_balance");
  CHECK(shop.complaints() == "");
}

TEST_CASE("a second dropship order shows how the pending one is paid", "[server]") {
  constexpr const char* kDropship = R"({"layanan":"1","target":"12345","selling_price":12000})";
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  const auto first = client.post("/api/order/create", kDropship);
  const auto second = client.post("/api/order/create", kDropship);
  CHECK(second.outcome() == "409 duplicate_order");
  CHECK(second.at("/data/payment") == first.at("/data/payment"));
  CHECK_FALSE(second.at("/data/payment").empty());
}

TEST_CASE("an Idempotency-Key makes one order, and answers with how it stands by now", "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  const auto first = client.post("/api/order/create", kOrder, {{"Idempotency-Key", "k-1"}});
  CHECK(first.header("idempotent-replayed").empty());
  final_order(client, first.text("/data/id"));
  for (const std::string key : {"k-1", "\"k-1\""}) {
    const auto again = client.post("/api/order/create", kOrder, {{"Idempotency-Key", key}});
    CHECK(again.outcome() == "200");
    CHECK(again.header("idempotent-replayed") == "true");
    CHECK(again.at("/data/id") == first.at("/data/id"));
    CHECK(again.text("/data/status") == "Success");
  }
  CHECK(client
            .post("/api/order/create", R"({"layanan":"1","target":"99999"})",
                  {{"Idempotency-Key", "k-1"}})
            .outcome() == "422 idempotency_conflict");
  // The scope is account and route.
  CHECK(client.post("/api/payment/deposit", R"({"amount":50000})", {{"Idempotency-Key", "k-1"}})
            .header("idempotent-replayed")
            .empty());
  CHECK(balance_of(client) == kDemoBalance - 10'000);
  CHECK(shop.complaints() == "");
}

TEST_CASE("a refused request leaves no trace of its Idempotency-Key or ref_id", "[server]") {
  RunningShop shop;
  auto client = shop.reseller("toko_a");
  constexpr const char* kNamed = R"({"layanan":"1","target":"12345","ref_id":"r-1"})";
  const Headers key{{"Idempotency-Key", "k-1"}};
  CHECK(client.post("/api/order/create", kNamed, key).outcome() == "402 insufficient_balance");
  CHECK(client.get("/api/order/status?ref_id=r-1").outcome() == "404 not_found");
  shop.fund(client, 10'000);
  const auto placed = client.post("/api/order/create", kNamed, key);
  CHECK(placed.outcome() == "200");
  CHECK(placed.header("idempotent-replayed").empty());
  CHECK(shop.complaints() == "");
}

TEST_CASE("a ref_id names one order for ever", "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  constexpr const char* kNamed = R"({"layanan":"1","target":"12340","ref_id":"r-1"})";
  const auto first = client.post("/api/order/create", kNamed);
  final_order(client, first.text("/data/id"));
  const auto again = client.post("/api/order/create", kNamed);
  CHECK(again.header("idempotent-replayed") == "true");
  CHECK(again.at("/data/id") == first.at("/data/id"));
  const auto other =
      client.post("/api/order/create", R"({"layanan":"1","target":"54321","ref_id":"r-1"})");
  CHECK(other.outcome() == "409 ref_id_conflict ref_id");
  CHECK(other.at("/data/id") == first.at("/data/id"));
  CHECK(other.text("/data/status") == "Success");
  CHECK(balance_of(client) == kDemoBalance - 10'000);
}

TEST_CASE("an order that the supplier fails gives its price back, and the statement says so",
          "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  const auto placed = client.post("/api/order/create", R"({"layanan":"1","target":"123452"})");
  const auto failed = final_order(client, placed.text("/data/id"));
  CHECK(failed.text("/data/status") == "Error");
  CHECK(failed.text("/data/sn").empty());
  CHECK(balance_of(client) == kDemoBalance);
  const auto statement = client.get("/api/user/statement");
  CHECK(statement.at("/data/0/amount") == "10000");
  CHECK(statement.at("/data/0/balance_after") == std::to_string(kDemoBalance));
  CHECK(statement.at("/data/1/amount") == "-10000");
  CHECK(statement.text("/data/1/ref") == placed.text("/data/invoice"));
  CHECK(shop.complaints() == "");
}
