#include <string>

#include "api/test_shop.h"
#include "catch.h"

namespace {

// A shop whose toko_a has earned 20800: one dropship order sold for 32000.
struct EarningShop : TestShop {
  EarningShop() {
    const auto made =
        tell("/api/order/create", R"({"layanan":1,"target":12345,"selling_price":32000})");
    pay(made.text("/data/invoice"), 32'000);
    answer(made.text("/data/id"), succeeded());
  }
};

std::string withdrawal_of(const std::string& amount) {
  return R"({"amount":)" + amount +
         R"(,"bank":"BCA","account_number":1234567890,"account_name":"Budi"})";
}

}  // namespace

TEST_CASE("profit that is withdrawn leaves at once and waits for an admin") {
  EarningShop shop;
  CHECK(shop.ask("/api/user/me").at("/data/profit_balance") == "20800");
  const auto reply = shop.tell("/api/profit/withdraw", withdrawal_of("15000"));
  CHECK(reply.outcome() == "200");
  CHECK(reply.names("/data") ==
        "account_name account_number amount bank created_at fee id note status updated_at");
  CHECK(reply.at("/data/amount") == "15000");
  CHECK(reply.text("/data/status") == "requested");
  CHECK(reply.text("/data/account_number") == "1234567890");
  CHECK(shop.ask("/api/user/me").at("/data/profit_balance") == "5800");
  CHECK(shop.ask("/api/user/statement?account=profit").at("/data/0/amount") == "-15000");
  CHECK(shop.ask("/api/profit/withdrawals").at("/data/0") == reply.at("/data"));
}

TEST_CASE("withdrawals are refused below the minimum and above the profit") {
  struct Row {
    std::string body;
    std::string outcome;
  };
  const Row rows[] = {
      {withdrawal_of("9999"), "422 amount_out_of_range amount"},
      {withdrawal_of("20801"), "402 insufficient_balance"},
      {withdrawal_of("-1"), "400 invalid_parameter amount"},
      {R"({"amount":10000})", "400 invalid_parameter bank"},
      {R"({"amount":10000,"bank":"BCA"})", "400 invalid_parameter account_number"},
      {R"({"amount":10000,"bank":"BCA","account_number":"1"})",
       "400 invalid_parameter account_name"},
      {R"({"amount":10000,"bank":"B\u0007","account_number":"1","account_name":"B"})",
       "400 invalid_parameter bank"},
      {withdrawal_of("20800"), "200"},
      {withdrawal_of("10000"), "402 insufficient_balance"},
  };
  EarningShop shop;
  for (const auto& row : rows) {
    INFO(row.body);
    CHECK(shop.tell("/api/profit/withdraw", row.body).outcome() == row.outcome);
  }
}

TEST_CASE("profit moves to the balance at once") {
  EarningShop shop;
  const auto reply = shop.tell("/api/profit/transfer", R"({"amount":800})");
  CHECK(reply.outcome() == "200");
  CHECK(reply.at("/data/amount") == "800");
  CHECK(reply.at("/data/balance") == "800");
  CHECK(reply.at("/data/profit_balance") == "20000");
  CHECK(shop.tell("/api/profit/transfer", R"({"amount":20001})").outcome() ==
        "402 insufficient_balance");
  CHECK(shop.tell("/api/profit/transfer", R"({"amount":0})").outcome() ==
        "422 amount_out_of_range amount");
  CHECK(shop.tell("/api/profit/transfer", "").outcome() == "400 invalid_parameter amount");
}

TEST_CASE("what moves profit is repeated safely with its key") {
  EarningShop shop;
  const topupd::http::Pairs key{{"idempotency-key", "p-1"}};
  shop.tell("/api/profit/transfer", R"({"amount":800})", key);
  const auto again = shop.tell("/api/profit/transfer", R"({"amount":800})", key);
  CHECK(again.header("Idempotent-Replayed") == "true");
  CHECK(again.at("/data/balance") == "800");
  const auto first = shop.tell("/api/profit/withdraw", withdrawal_of("10000"), key);
  CHECK(first.header("Idempotent-Replayed").empty());
  const auto replay = shop.tell("/api/profit/withdraw", withdrawal_of("10000"), key);
  CHECK(replay.header("Idempotent-Replayed") == "true");
  CHECK(replay.body == first.body);
  CHECK(shop.tell("/api/profit/withdraw", withdrawal_of("10001"), key).outcome() ==
        "422 idempotency_conflict");
}
