#include <string>

#include "api/admin_shop.h"
#include "catch.h"

namespace {

constexpr const char* kCredit = "/api/admin/receipt/credit";
constexpr const char* kReturn = "/api/admin/receipt/return";
constexpr const char* kTakeBack = "/api/admin/receipt/take-back";

// A deposit of 50000 of which another amount was paid.
struct WaitingShop : AdminShop {
  WaitingShop() {
    act("/api/admin/treasury/capital", R"({"amount":1000000})");
    const auto deposit = tell("/api/payment/deposit", R"({"amount":50000})");
    pay(deposit.text("/data/orderId"), 49'000);
  }
};

std::string taken_from(const std::string& source) {
  return R"({"id":1,"source":")" + source + "\"}";
}

}  // namespace

TEST_CASE("a payment that waits is listed, and is an incident until it is decided") {
  WaitingShop shop;
  const auto waiting = shop.see("/api/admin/receipts");
  CHECK(waiting.outcome() == "200");
  CHECK(waiting.at("/data/0/amount") == "49000");
  CHECK(waiting.text("/data/0/user_id") == "toko_a");
  CHECK(waiting.text("/data/0/status") == "waiting");
  CHECK(waiting.text("/data/0/gateway") == "fake");
  const auto incidents = shop.see("/api/admin/incidents");
  CHECK(incidents.text("/data/0/kind") == "payment_waiting");
  CHECK(incidents.text("/data/0/receipt") == "1");
  CHECK(shop.act(kCredit, id_body("1")).text("/data/status") == "credited");
  CHECK(shop.balance_of_toko_a() == "49000");
  CHECK(shop.see("/api/admin/receipts").at("/data") == "[]");
  CHECK(shop.see("/api/admin/receipts?status=credited").text("/data/0/id") == "1");
  CHECK(shop.see("/api/admin/incidents").at("/data") == "[]");
  CHECK(shop.act(kCredit, id_body("1")).outcome() == "409 conflict");
  CHECK(shop.act(kReturn, id_body("1")).outcome() == "409 conflict");
  CHECK(shop.wrong_in_books().empty());
}

TEST_CASE("an order in review is an incident that names the order") {
  AdminShop shop;
  const auto id = shop.order_with("11111", topup::OutcomeKind::gave_up);
  const auto incidents = shop.see("/api/admin/incidents");
  CHECK(incidents.text("/data/0/kind") == "order_in_review");
  CHECK(incidents.text("/data/0/order") == id);
  CHECK(incidents.text("/data/0/receipt").empty());
}

TEST_CASE("money that nobody asked for goes to whom the admin names") {
  AdminShop shop;
  shop.pay("UNKNOWN-1", 7'000);
  CHECK(shop.act(kCredit, id_body("1")).outcome() == "404 not_found");
  CHECK(shop.act(kCredit, R"({"id":1,"user_id":"nobody"})").outcome() == "404 not_found user_id");
  CHECK(shop.act(kCredit, R"({"id":1,"user_id":"toko_a"})").text("/data/user_id") == "toko_a");
  CHECK(shop.balance_of_toko_a() == "7000");
  CHECK(shop.wrong_in_books().empty());
}

TEST_CASE("what waits can be sent back to the payer instead") {
  WaitingShop shop;
  CHECK(shop.act(kReturn, id_body("1")).text("/data/status") == "returned");
  CHECK(shop.balance_of_toko_a() == "0");
  CHECK(shop.act(kReturn, id_body("1")).outcome() == "409 conflict");
  CHECK(shop.act(kCredit, id_body("1")).outcome() == "409 conflict");
  CHECK(shop.wrong_in_books().empty());
}

TEST_CASE("a payment that the gateway takes back is paid by the reseller") {
  for (const auto* source : {"clearing", "bank"}) {
    AdminShop shop;
    shop.act("/api/admin/treasury/capital", R"({"amount":1000000})");
    shop.fund(shop.toko_a, 50'000);
    CHECK(shop.act(kTakeBack, taken_from(source)).text("/data/status") == "taken_back");
    CHECK(shop.balance_of_toko_a() == "0");
    CHECK(shop.see("/api/admin/incidents").text("/data/0/kind") == "payment_taken_back");
    CHECK(shop.act(kTakeBack, taken_from(source)).outcome() == "409 conflict");
    CHECK(shop.wrong_in_books().empty());
  }
}

TEST_CASE("a payment that was paid out is taken back from the bank") {
  AdminShop shop;
  shop.fund(shop.toko_a, 50'000);
  CHECK(shop.act("/api/admin/treasury/payout", R"({"gateway":"fake","amount":50000})").outcome() ==
        "200");
  CHECK(shop.act(kTakeBack, taken_from("clearing")).outcome() == "402 insufficient_balance source");
  CHECK(shop.balance_of_toko_a() == "50000");
  CHECK(shop.act(kTakeBack, taken_from("bank")).text("/data/status") == "taken_back");
  CHECK(shop.balance_of_toko_a() == "0");
  CHECK(shop.wrong_in_books().empty());
}

TEST_CASE("a decision on a payment is refused by its field") {
  struct Row {
    std::string path;
    std::string body;
    std::string outcome;
  };
  const Row rows[] = {
      {kCredit, "{}", "400 invalid_parameter id"},
      {kCredit, R"({"id":9})", "404 not_found"},
      {kReturn, "{}", "400 invalid_parameter id"},
      {kReturn, R"({"id":9})", "404 not_found"},
      {kTakeBack, R"({"source":"bank"})", "400 invalid_parameter id"},
      {kTakeBack, R"({"id":1})", "400 invalid_parameter source"},
      {kTakeBack, R"({"id":1,"source":"pocket"})", "400 invalid_parameter source"},
      {kTakeBack, R"({"id":9,"source":"bank"})", "404 not_found"},
      {kTakeBack, R"({"id":1,"source":"bank"})", "409 conflict"},
  };
  WaitingShop shop;
  for (const auto& row : rows) {
    INFO(row.path << row.body);
    CHECK(shop.act(row.path, row.body).outcome() == row.outcome);
  }
  CHECK(shop.see("/api/admin/receipts?status=lost").outcome() == "400 invalid_parameter status");
  CHECK(shop.wrong_in_books().empty());
}
