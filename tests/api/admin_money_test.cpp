// Withdrawals, adjustments by two persons, and the operator's own money.

#include <string>

#include "api/admin_shop.h"
#include "catch.h"

namespace {

const topupd::http::Pairs kKey{{"idempotency-key", "a-1"}};

// toko_a has earned 20800 and asked for 15000 of it.
struct WithdrawingShop : AdminShop {
  WithdrawingShop() {
    act("/api/admin/treasury/capital", R"({"amount":1000000})");
    const auto made =
        tell("/api/order/create", R"({"layanan":1,"target":12345,"selling_price":32000})");
    pay(made.text("/data/invoice"), 32'000);
    answer(made.text("/data/id"), succeeded());
    const auto asked =
        tell("/api/profit/withdraw", R"({"amount":15000,"bank":"BCA","account_number":"1",)"
                                     R"("account_name":"Budi"})");
    REQUIRE(asked.text("/data/id") == "1");
  }
  std::string profit() { return ask("/api/user/me").at("/data/profit_balance"); }
};

std::string proposal(const std::string& amount) {
  return R"({"user_id":"toko_a","amount":)" + amount + R"(,"reason":"Paid twice"})";
}

}  // namespace

TEST_CASE("a withdrawal is marked paid once, with what the bank took") {
  WithdrawingShop shop;
  const auto waiting = shop.see("/api/admin/withdrawals");
  CHECK(waiting.text("/data/0/user_id") == "toko_a");
  CHECK(waiting.text("/data/0/status") == "requested");
  const auto paid =
      shop.act("/api/admin/withdrawal/paid", R"({"id":1,"bank_fee":2500,"note":"BCA 20260102"})");
  CHECK(paid.outcome() == "200");
  CHECK(paid.text("/data/status") == "paid");
  CHECK(paid.text("/data/note") == "BCA 20260102");
  CHECK(shop.profit() == "5800");
  CHECK(shop.see("/api/admin/withdrawals").at("/data") == "[]");
  CHECK(shop.see("/api/admin/withdrawals?status=paid").at("/data/0") == paid.at("/data"));
  CHECK(shop.ask("/api/profit/withdrawals").text("/data/0/status") == "paid");
  CHECK(shop.act("/api/admin/withdrawal/paid", id_body("1")).outcome() == "409 conflict");
  CHECK(shop.act("/api/admin/withdrawal/reject", id_body("1")).outcome() == "409 conflict");
  CHECK(shop.wrong_in_books().empty());
}

TEST_CASE("a withdrawal that is rejected goes back to the profit") {
  WithdrawingShop shop;
  const auto rejected =
      shop.act("/api/admin/withdrawal/reject", R"({"id":"1","note":"No such account"})");
  CHECK(rejected.text("/data/status") == "rejected");
  CHECK(shop.profit() == "20800");
  CHECK(shop.see("/api/admin/withdrawals?status=rejected").at("/data/0/amount") == "15000");
  CHECK(shop.act("/api/admin/withdrawal/paid", id_body("1")).outcome() == "409 conflict");
  CHECK(shop.wrong_in_books().empty());
}

TEST_CASE("a decision on a withdrawal is refused by its field") {
  struct Row {
    std::string path;
    std::string body;
    std::string outcome;
  };
  const std::string long_note(101, 'n');
  const Row rows[] = {
      {"paid", "{}", "400 invalid_parameter id"},
      {"paid", R"({"id":0})", "400 invalid_parameter id"},
      {"paid", R"({"id":99})", "404 not_found"},
      {"paid", R"({"id":1,"bank_fee":-1})", "400 invalid_parameter bank_fee"},
      {"paid", R"({"id":1,"bank_fee":15001})", "400 invalid_parameter bank_fee"},
      {"paid", R"({"id":1,"note":")" + long_note + "\"}", "400 invalid_parameter note"},
      {"reject", "{}", "400 invalid_parameter id"},
      {"reject", R"({"id":99})", "404 not_found"},
      {"reject", R"({"id":1,"note":")" + long_note + "\"}", "400 invalid_parameter note"},
  };
  WithdrawingShop shop;
  for (const auto& row : rows) {
    INFO(row.path << row.body);
    CHECK(shop.act("/api/admin/withdrawal/" + row.path, row.body).outcome() == row.outcome);
  }
  CHECK(shop.see("/api/admin/withdrawals?status=lost").outcome() == "400 invalid_parameter status");
  CHECK(shop.profit() == "5800");
}

TEST_CASE("an adjustment moves money when a second admin approves it") {
  AdminShop shop;
  const auto proposed = shop.act("/api/admin/adjustment/propose", proposal("5000"));
  CHECK(proposed.at("/data/amount") == "5000");
  CHECK(proposed.text("/data/status") == "proposed");
  CHECK(proposed.text("/data/proposed_by") == "boss");
  CHECK(shop.balance_of_toko_a() == "0");
  CHECK(shop.see("/api/admin/adjustments").at("/data/0") == proposed.at("/data"));
  CHECK(shop.act("/api/admin/adjustment/approve", id_body("1")).outcome() == "403 forbidden");
  CHECK(shop.balance_of_toko_a() == "0");
  const auto approved = shop.act_as(shop.chief, "/api/admin/adjustment/approve", id_body("1"));
  CHECK(approved.text("/data/decided_by") == "chief");
  CHECK(shop.balance_of_toko_a() == "5000");
  CHECK(shop.act_as(shop.chief, "/api/admin/adjustment/approve", id_body("1")).outcome() ==
        "409 conflict");
  CHECK(shop.act("/api/admin/adjustment/reject", id_body("1")).outcome() == "409 conflict");
  CHECK(shop.see("/api/admin/adjustments?status=approved").at("/data/0") == approved.at("/data"));
  CHECK(shop.wrong_in_books().empty());
}

TEST_CASE("an adjustment may take money, as far as there is any") {
  AdminShop shop;
  shop.fund(shop.toko_a, 5'000);
  shop.act("/api/admin/adjustment/propose", proposal("-5000"));
  shop.act("/api/admin/adjustment/propose", proposal("\"-1\""));
  CHECK(shop.act_as(shop.chief, "/api/admin/adjustment/approve", id_body("1")).outcome() == "200");
  CHECK(shop.balance_of_toko_a() == "0");
  CHECK(shop.act_as(shop.chief, "/api/admin/adjustment/approve", id_body("2")).outcome() ==
        "402 insufficient_balance");
  CHECK(shop.act("/api/admin/adjustment/reject", id_body("2")).text("/data/status") == "rejected");
  CHECK(shop.act("/api/admin/adjustment/approve", id_body("9")).outcome() == "404 not_found");
  CHECK(shop.act("/api/admin/adjustment/reject", id_body("9")).outcome() == "404 not_found");
  CHECK(shop.act("/api/admin/adjustment/reject", "").outcome() == "400 invalid_parameter id");
  CHECK(shop.wrong_in_books().empty());
}

TEST_CASE("a proposal is refused by its field, and made once for a key") {
  struct Row {
    std::string body;
    std::string outcome;
  };
  const Row rows[] = {
      {R"({"amount":1,"reason":"r"})", "400 invalid_parameter user_id"},
      {R"({"user_id":"x","amount":1,"reason":"r"})", "404 not_found user_id"},
      {R"({"user_id":"toko_a","reason":"r"})", "400 invalid_parameter amount"},
      {R"({"user_id":"toko_a","amount":1})", "400 invalid_parameter reason"},
      {proposal("0"), "422 amount_out_of_range amount"},
      {proposal("1000000001"), "422 amount_out_of_range amount"},
      {proposal("-1000000001"), "422 amount_out_of_range amount"},
      {proposal("-1.5"), "400 invalid_parameter amount"},
      {proposal("\"--1\""), "400 invalid_parameter amount"},
      {proposal("\"-\""), "400 invalid_parameter amount"},
      {proposal("-99999999999999999999"), "400 invalid_parameter amount"},
  };
  AdminShop shop;
  for (const auto& row : rows) {
    INFO(row.body);
    CHECK(shop.act("/api/admin/adjustment/propose", row.body).outcome() == row.outcome);
  }
  const auto first = shop.act("/api/admin/adjustment/propose", proposal("5000"), kKey);
  const auto again = shop.act("/api/admin/adjustment/propose", proposal("5000"), kKey);
  CHECK(again.header("Idempotent-Replayed") == "true");
  CHECK(again.body == first.body);
  CHECK(shop.act("/api/admin/adjustment/propose", proposal("5001"), kKey).outcome() ==
        "422 idempotency_conflict");
  CHECK(shop.see("/api/admin/adjustments").at("/data/1").empty());
  CHECK(shop.see("/api/admin/adjustments?status=x").outcome() == "400 invalid_parameter status");
}

TEST_CASE("capital, prefunds and pay-outs are booked once for a key") {
  AdminShop shop;
  shop.fund(shop.toko_a, 50'000);
  struct Row {
    std::string path;
    std::string body;
    std::string other;  // refused with the same key
    std::string names;
  };
  const Row rows[] = {
      {"capital", R"({"amount":1000000})", R"({"amount":1000001})",
       "amount created_at gateway id kind"},
      {"payout", R"({"gateway":"fake","amount":40000})", R"({"gateway":"fake","amount":1})",
       "amount created_at gateway id kind"},
      {"prefund/send", R"({"provider":"north","amount":300000,"bank_fee":6500})",
       R"({"provider":"north","amount":300000})", "amount bank_fee created_at id provider status"},
  };
  for (const auto& row : rows) {
    const auto path = "/api/admin/treasury/" + row.path;
    INFO(path);
    const auto first = shop.act(path, row.body, kKey);
    CHECK(first.outcome() == "200");
    CHECK(first.names("/data") == row.names);
    CHECK(first.header("Idempotent-Replayed").empty());
    const auto again = shop.act(path, row.body, kKey);
    CHECK(again.header("Idempotent-Replayed") == "true");
    CHECK(again.body == first.body);
    CHECK(shop.act(path, row.other, kKey).outcome() == "422 idempotency_conflict");
    CHECK(shop.act_as(shop.chief, path, row.other, kKey).outcome() == "200");
    CHECK(shop.wrong_in_books().empty());
  }
}

TEST_CASE("what a reseller owes is recorded as paid, once for a key") {
  AdminShop shop;
  shop.queued_order("11111");
  shop.register_user("toko_b");
  shop.act("/api/admin/receipt/take-back", R"({"id":1,"source":"clearing"})");
  const auto owed = [&] {
    return shop.see("/api/admin/user?user_id=toko_a").at("/data/receivable");
  };
  CHECK(owed() == "10000");
  const std::string path = "/api/admin/treasury/repayment";
  const std::string body = R"({"user_id":"toko_a","amount":4000,"source":"bank"})";
  const auto first = shop.act(path, body, kKey);
  CHECK(first.outcome() == "200");
  CHECK(first.names("/data") == "amount created_at gateway id kind receivable user_id");
  CHECK(first.text("/data/kind") == "debt_by_bank");
  CHECK(first.at("/data/receivable") == "6000");
  const auto again = shop.act(path, body, kKey);
  CHECK(again.header("Idempotent-Replayed") == "true");
  CHECK(again.body == first.body);
  for (const auto* other : {R"({"user_id":"toko_b","amount":4000,"source":"bank"})",
                            R"({"user_id":"toko_a","amount":4001,"source":"bank"})",
                            R"({"user_id":"toko_a","amount":4000,"source":"balance"})"})
    CHECK(shop.act(path, other, kKey).outcome() == "422 idempotency_conflict");
  CHECK(owed() == "6000");

  const std::string rest = R"({"user_id":"toko_a","amount":6000,"source":"balance"})";
  CHECK(shop.act(path, rest).outcome() == "402 insufficient_balance amount");
  shop.fund(shop.toko_a, 6'000);
  CHECK(shop.act(path, rest).at("/data/receivable") == "0");
  CHECK(owed() == "0");
  const auto line = shop.ask("/api/user/statement");
  CHECK(line.text("/data/0/kind") == "debt_repaid");
  CHECK(line.text("/data/0/description") == "Pelunasan utang 2");
  CHECK(line.at("/data/0/amount") == "-6000");
  CHECK(line.at("/data/0/balance_after") == "0");
  CHECK(shop.wrong_in_books().empty());
}

TEST_CASE("a prefund arrives once, however often it is confirmed") {
  AdminShop shop;
  shop.act("/api/admin/treasury/capital", R"({"amount":1000000})");
  shop.act("/api/admin/treasury/prefund/send", R"({"provider":"north","amount":300000})");
  for (int i = 0; i < 2; ++i) {
    const auto confirmed = shop.act("/api/admin/treasury/prefund/confirm", id_body("1"));
    CHECK(confirmed.text("/data/status") == "confirmed");
    CHECK(shop.wrong_in_books().empty());
  }
  CHECK(shop.act("/api/admin/treasury/prefund/confirm", id_body("2")).outcome() == "404 not_found");
  CHECK(shop.act("/api/admin/treasury/prefund/confirm", "").outcome() ==
        "400 invalid_parameter id");
}

TEST_CASE("what can't move the operator's money is refused by its field") {
  struct Row {
    std::string path;
    std::string body;
    std::string outcome;
  };
  const Row rows[] = {
      {"capital", "{}", "400 invalid_parameter amount"},
      {"capital", R"({"amount":0})", "422 amount_out_of_range amount"},
      {"capital", R"({"amount":-1})", "400 invalid_parameter amount"},
      {"capital", R"({"amount":1000000000001})", "422 amount_out_of_range amount"},
      {"repayment", R"({"amount":1,"source":"bank"})", "400 invalid_parameter user_id"},
      {"repayment", R"({"user_id":"toko_a","source":"bank"})", "400 invalid_parameter amount"},
      {"repayment", R"({"user_id":"toko_a","amount":1})", "400 invalid_parameter source"},
      {"repayment", R"({"user_id":"toko_a","amount":1,"source":"x"})",
       "400 invalid_parameter source"},
      {"repayment", R"({"user_id":"x","amount":1,"source":"bank"})", "404 not_found user_id"},
      {"repayment", R"({"user_id":"toko_a","amount":1,"source":"bank"})",
       "422 amount_out_of_range amount"},
      {"payout", R"({"amount":1})", "400 invalid_parameter gateway"},
      {"payout", R"({"gateway":"none","amount":1})", "404 not_found"},
      {"payout", R"({"gateway":"fake","amount":0})", "422 amount_out_of_range amount"},
      {"payout", R"({"gateway":"fake","amount":1})", "402 insufficient_balance amount"},
      {"prefund/send", R"({"amount":1})", "400 invalid_parameter provider"},
      {"prefund/send", R"({"provider":"south","amount":1})", "404 not_found"},
      {"prefund/send", R"({"provider":"north","amount":0})", "422 amount_out_of_range amount"},
      {"prefund/send", R"({"provider":"north","amount":1,"bank_fee":2})",
       "422 amount_out_of_range bank_fee"},
  };
  AdminShop shop;
  for (const auto& row : rows) {
    INFO(row.path << row.body);
    CHECK(shop.act("/api/admin/treasury/" + row.path, row.body).outcome() == row.outcome);
  }
  CHECK(shop.act("/api/admin/treasury/capital", R"({"amount":1})", {{"idempotency-key", "a b"}})
            .outcome() == "400 invalid_parameter Idempotency-Key");
  CHECK(shop.wrong_in_books().empty());
}
