#include <string>

#include "api/test_shop.h"
#include "catch.h"
#include "http/api/in_flight.h"
#include "store/errors.h"

namespace {

constexpr const char* kOrder = R"({"layanan":"1","target":"123456789","nometer":"opsional"})";
constexpr const char* kDropship =
    R"({"layanan":"1","target":"123456789","selling_price":12000,"customer_name":"Budi",)"
    R"("customer_phone":"08123"})";

topupd::http::Pairs with_key(const std::string& key) { return {{"idempotency-key", key}}; }

}  // namespace

TEST_CASE("mode A answers as documented and takes the price from the balance") {
  TestShop shop;
  shop.fund(shop.toko_a, 50'000);
  const auto reply = shop.tell("/api/order/create", kOrder);
  CHECK(reply.outcome() == "200");
  CHECK(reply.names("") == "data status");
  CHECK(reply.names("/data") == "id invoice pesan");
  CHECK(reply.at("/data/id") == R"("1")");
  CHECK(reply.text("/data/invoice").starts_with("INV-"));
  CHECK(reply.text("/data/invoice").size() == 18);
  CHECK(reply.text("/data/pesan") == "Pesanan berhasil dibuat dan sedang diproses.");
  CHECK(shop.ask("/api/user/me").at("/data/balance") == "40000");
  CHECK(shop.woken == 1);
}

TEST_CASE("mode B answers as documented, with addresses that are built on the public one") {
  TestShop shop;
  const auto reply = shop.tell("/api/order/create", kDropship);
  CHECK(reply.outcome() == "200");
  CHECK(reply.names("/data") ==
        "id invoice mode payment reseller_cost reseller_profit selling_price");
  const auto invoice = reply.text("/data/invoice");
  CHECK(reply.text("/data/mode") == "dropship");
  CHECK(reply.at("/data/selling_price") == "12000");
  CHECK(reply.at("/data/reseller_cost") == "11200");
  CHECK(reply.at("/data/reseller_profit") == "800");
  CHECK(reply.names("/data/payment") == "amount expired_at invoice_url qr_url status_url");
  CHECK(reply.at("/data/payment/amount") == "12000");
  CHECK(reply.text("/data/payment/qr_url") == "https://shop.example/qr/" + invoice + ".png");
  CHECK(reply.text("/data/payment/invoice_url") == "https://shop.example/i/" + invoice);
  CHECK(reply.text("/data/payment/status_url") == "https://shop.example/i/" + invoice + "/status");
  CHECK(reply.text("/data/payment/expired_at") == "2026-01-02T10:19:05+07:00");
  CHECK(shop.gateway.created == std::vector{invoice});
  CHECK(shop.woken == 0);
}

TEST_CASE("an order may come as a form or in the query, numbers as text") {
  TestShop shop;
  shop.fund(shop.toko_a, 50'000);
  CHECK(shop.tell("/api/order/create", "layanan=1&target=11111",
                  {{"content-type", "application/x-www-form-urlencoded"}})
            .outcome() == "200");
  CHECK(shop.send({.method = "POST",
                   .path = "/api/order/create",
                   .query = {{"apikey", shop.key}, {"layanan", "1"}, {"target", "22222"}}})
            .outcome() == "200");
  CHECK(shop.tell("/api/order/create", R"({"layanan":1,"target":33333})").outcome() == "200");
  CHECK(
      shop.tell("/api/order/create", R"({"layanan":"1","target":"44444","selling_price":"12000"})")
          .at("/data/selling_price") == "12000");
}

TEST_CASE("the query does not turn a body's order into one that a customer pays") {
  using Pairs = topupd::http::Pairs;
  struct Row {
    Pairs query;
    std::string body;
    std::string outcome;
    std::string mode;
  };
  const std::string order = R"({"layanan":"1","target":"123456789"})";
  const Row rows[] = {
      {{{"selling_price", "12000"}}, order, "400 invalid_parameter selling_price", ""},
      {{{"selling_price", ""}}, order, "400 invalid_parameter selling_price", ""},
      {{{"selling_price", "1"}}, kDropship, "200", "\"dropship\""},
      {{{"ref_id", "R-1"}, {"layanan", "2"}}, order, "200", ""},
      {{{"layanan", "1"}, {"target", "11111"}, {"selling_price", "12000"}},
       "",
       "200",
       "\"dropship\""},
      {{{"layanan", "1"}, {"target", "11111"}, {"selling_price", "12000"}},
       "{}",
       "200",
       "\"dropship\""},
      {{{"layanan", "1"}, {"target", "11111"}, {"selling_price", "12000"}},
       R"({"x":1})",
       "200",
       "\"dropship\""},
  };
  for (const auto& row : rows) {
    TestShop shop;
    shop.fund(shop.toko_a, 50'000);
    auto query = row.query;
    query.emplace_back("apikey", shop.key);
    const auto reply = shop.send({.method = "POST",
                                  .path = "/api/order/create",
                                  .query = std::move(query),
                                  .headers = {{"content-type", "application/json"}},
                                  .body = row.body});
    INFO(reply.body);
    CHECK(reply.outcome() == row.outcome);
    CHECK(reply.at("/data/mode") == row.mode);
    if (row.mode.empty()) continue;
    CHECK(reply.at("/data/selling_price") == "12000");
  }
}

TEST_CASE("an order is refused with the first thing that stands in its way") {
  struct Row {
    std::string body;
    std::string outcome;
  };
  const Row rows[] = {
      {R"({"target":"12345"})", "400 invalid_parameter layanan"},
      {R"({"layanan":"abc","target":"12345"})", "400 invalid_parameter layanan"},
      {R"({"layanan":"1"})", "400 invalid_parameter target"},
      {R"({"layanan":"1","target":"12345","ref_id":{}})", "400 invalid_parameter ref_id"},
      {R"({"layanan":"1","target":"12345","selling_price":""})",
       "400 invalid_parameter selling_price"},
      {R"({"layanan":"1","target":"12345","selling_price":null})",
       "400 invalid_parameter selling_price"},
      {R"({"layanan":"1","target":"12345","selling_price":0})",
       "400 invalid_parameter selling_price"},
      {R"({"layanan":"1","target":"12345","selling_price":-1})",
       "400 invalid_parameter selling_price"},
      {R"({"layanan":"1","target":"12345","selling_price":12000.5})",
       "400 invalid_parameter selling_price"},
      {R"({"layanan":"1","target":"12345","selling_price":12000,"customer_phone":"call me"})",
       "400 invalid_parameter customer_phone"},
      {R"({"layanan":"1","target":"12345","selling_price":12000,"customer_name":"\u202e"})",
       "400 invalid_parameter customer_name"},
      {R"({"layanan":"99","target":"12345"})", "404 not_found layanan"},
      {R"({"layanan":"1","target":"abc"})", "422 invalid_target target"},
      {R"({"layanan":"2","target":"12345"})", "400 invalid_parameter nometer"},
      {R"({"layanan":"1","target":"12345","selling_price":11199})",
       "422 price_below_cost selling_price"},
      {R"({"layanan":"1","target":"12345","selling_price":10000001})",
       "422 amount_out_of_range selling_price"},
      {R"({"layanan":"1","target":"12345"})", "402 insufficient_balance"},
      {R"({"layanan":"1","target":"12345","selling_price":11200})", "200"},
      {R"({"layanan":"2","target":"12345","nometer":"12345678901","selling_price":30000})", "200"},
  };
  TestShop shop;
  for (const auto& row : rows) {
    INFO(row.body);
    CHECK(shop.tell("/api/order/create", row.body).outcome() == row.outcome);
  }
}

TEST_CASE("a second order for the same target names the one that is open") {
  TestShop shop;
  shop.fund(shop.toko_a, 50'000);
  const auto first = shop.tell("/api/order/create", kOrder);
  const auto second = shop.tell("/api/order/create", kOrder);
  CHECK(second.outcome() == "409 duplicate_order");
  CHECK(second.names("/data") == "id invoice");
  CHECK(second.at("/data/id") == first.at("/data/id"));
  CHECK(shop.ask("/api/user/me").at("/data/balance") == "40000");
}

TEST_CASE("a second dropship order shows how the open one can be paid") {
  TestShop shop;
  const auto first = shop.tell("/api/order/create", kDropship);
  const auto second = shop.tell("/api/order/create", kDropship);
  CHECK(second.outcome() == "409 duplicate_order");
  CHECK(second.at("/data/payment") == first.at("/data/payment"));
  shop.pay(first.text("/data/invoice"), 12'000);
  CHECK(shop.tell("/api/order/create", kDropship).names("/data") == "id invoice");
}

TEST_CASE("the same key answers with the same order, bare or quoted") {
  TestShop shop;
  shop.fund(shop.toko_a, 50'000);
  const auto first = shop.tell("/api/order/create", kOrder, with_key("k-1"));
  CHECK(first.header("Idempotent-Replayed").empty());
  shop.answer(first.text("/data/id"), succeeded("ABC123"));
  const auto again = shop.tell("/api/order/create", kOrder, with_key("\"k-1\""));
  CHECK(again.outcome() == "200");
  CHECK(again.header("Idempotent-Replayed") == "true");
  CHECK(again.at("/data/id") == first.at("/data/id"));
  CHECK(again.text("/data/status") == "Success");
  CHECK(shop.tell("/api/order/create", R"({"layanan":"1","target":"99999"})", with_key("k-1"))
            .outcome() == "422 idempotency_conflict");
  CHECK(shop.ask("/api/user/me").at("/data/balance") == "40000");
  CHECK(shop.woken == 1);
}

TEST_CASE("an Idempotency-Key is 1 to 255 visible ASCII characters") {
  TestShop shop;
  for (const auto& key : {std::string{}, std::string{"\"\""}, std::string{"a b"},
                          std::string(256, 'k'), std::string{"k\xC3\xA9"}}) {
    CHECK(shop.tell("/api/order/create", kDropship, with_key(key)).outcome() ==
          "400 invalid_parameter Idempotency-Key");
  }
  CHECK(shop.tell("/api/order/create", kDropship, with_key(std::string(255, 'k'))).outcome() ==
        "200");
}

TEST_CASE("the same ref_id answers with its order, or says whose it is") {
  TestShop shop;
  const auto first =
      shop.tell("/api/order/create",
                R"({"layanan":"1","target":"12345","selling_price":12000,"ref_id":"R1"})");
  const auto again =
      shop.tell("/api/order/create",
                R"({"layanan":"1","target":"12345","selling_price":12000,"ref_id":"R1"})");
  CHECK(again.header("Idempotent-Replayed") == "true");
  CHECK(again.at("/data/payment") == first.at("/data/payment"));
  CHECK(again.text("/data/payment_status") == "pending");
  const auto other =
      shop.tell("/api/order/create",
                R"({"layanan":"1","target":"54321","selling_price":12000,"ref_id":"R1"})");
  CHECK(other.outcome() == "409 ref_id_conflict ref_id");
  CHECK(other.at("/data/id") == first.at("/data/id"));
  CHECK(other.text("/data/ref_id") == "R1");
  CHECK(shop.gateway.created.size() == 1);
}

TEST_CASE("a gateway that is down leaves no order, no key and no ref_id behind") {
  TestShop shop;
  shop.gateway.is_down = true;
  const std::string body =
      R"({"layanan":"1","target":"12345","selling_price":12000,"ref_id":"R1"})";
  const auto refused = shop.tell("/api/order/create", body, with_key("k"));
  CHECK(refused.outcome() == "503 unavailable");
  CHECK(refused.header("Retry-After") == "5");
  shop.gateway.is_down = false;
  const auto made = shop.tell("/api/order/create", body, with_key("k"));
  CHECK(made.outcome() == "200");
  CHECK(made.header("Idempotent-Replayed").empty());
  CHECK(made.text("/data/invoice") == shop.gateway.created.back());
}

TEST_CASE("a charge whose creation was interrupted is created again with its code") {
  TestShop shop;
  shop.gateway.before_create = [] { throw std::runtime_error{"the power went"}; };
  CHECK(shop.tell("/api/order/create", kDropship, with_key("k")).outcome() == "500 internal");
  shop.gateway.before_create = [] {};
  const auto again = shop.tell("/api/order/create", kDropship, with_key("k"));
  CHECK(again.outcome() == "200");
  CHECK(again.header("Idempotent-Replayed") == "true");
  CHECK(shop.gateway.created == std::vector{again.text("/data/invoice")});
}

TEST_CASE("a disk that fills up after a charge is on record does not say that nothing happened") {
  struct Row {
    std::string path;
    std::string body;
    bool gateway_is_down;
  };
  const auto row = GENERATE(values<Row>({
      {"/api/order/create", kDropship, false},
      {"/api/order/create", kDropship, true},
      {"/api/payment/deposit", R"({"amount":50000})", false},
      {"/api/payment/deposit", R"({"amount":50000})", true},
  }));
  CAPTURE(row.path, row.gateway_is_down);
  TestShop shop;
  shop.gateway.is_down = row.gateway_is_down;
  shop.gateway.before_create = [&] {
    shop.store.before_write = [] { throw topupd::StoreFull{"the disk is full"}; };
  };
  const auto unknown = shop.tell(row.path, row.body, with_key("k"));
  CHECK(unknown.outcome() == "503 outcome_unknown");
  shop.gateway.before_create = [] {};
  shop.store.before_write = [] {};
  shop.gateway.is_down = false;
  const auto again = shop.tell(row.path, row.body, with_key("k"));
  CHECK(again.outcome() == "200");
  CHECK(again.header("Idempotent-Replayed") == "true");
}

TEST_CASE("the same key while the first request runs is told to wait") {
  TestShop shop;
  std::string by_key, by_ref, by_other;
  shop.gateway.before_create = [&] {
    shop.gateway.before_create = [] {};
    const std::string body =
        R"({"layanan":"1","target":"12345","selling_price":12000,"ref_id":"R1"})";
    by_key = shop.tell("/api/order/create", body, with_key("k")).outcome();
    by_ref = shop.tell("/api/order/create", body, with_key("other")).outcome();
    by_other = shop.tell("/api/order/create",
                         R"({"layanan":"1","target":"99999","selling_price":12000})", with_key("o"))
                   .outcome();
  };
  const auto first = shop.tell(
      "/api/order/create",
      R"({"layanan":"1","target":"12345","selling_price":12000,"ref_id":"R1"})", with_key("k"));
  CHECK(first.outcome() == "200");
  CHECK(by_key == "409 in_progress");
  CHECK(by_ref == "409 in_progress");
  CHECK(by_other == "200");
}

TEST_CASE("without a gateway only the balance buys") {
  TestShop shop;
  shop.fund(shop.toko_a, 20'000);
  shop.app.gateway = {};
  CHECK(shop.tell("/api/order/create", kDropship).outcome() == "503 unavailable");
  CHECK(shop.tell("/api/order/create", kOrder).outcome() == "200");
}

TEST_CASE("a lease holds all of its keys or none") {
  topupd::http::InFlight in_flight;
  {
    const auto first = in_flight.enter({"a", "b"});
    REQUIRE(first);
    CHECK(!in_flight.enter({"c", "b"}));
    CHECK(in_flight.enter({"c"}));
    CHECK(in_flight.enter({}));
  }
  CHECK(in_flight.enter({"a", "b"}));
}
