#include <string>

#include "api/admin_shop.h"
#include "catch.h"

namespace {

using topup::OutcomeKind;

std::string resolution(const std::string& id, const std::string& outcome) {
  return R"({"id":)" + id + R"(,"outcome":")" + outcome + R"(","sn":"SN-9"})";
}

// A dropship order of 32000 whose supplier failed; the customer's money waits for an admin.
std::string waiting_dropship(AdminShop& shop) {
  shop.app.policy.failed_dropship = topup::MoneyBack::wait_for_admin;
  const auto made =
      shop.tell("/api/order/create", R"({"layanan":1,"target":54321,"selling_price":32000})");
  shop.pay(made.text("/data/invoice"), 32'000);
  shop.answer(made.text("/data/id"), failed());
  return made.text("/data/id");
}

// An order whose supplier failed and delivered after all.
std::string late_order(AdminShop& shop, const std::string& target) {
  auto id = shop.order_with(target, OutcomeKind::failed);
  const auto late = shop.store.transact([&](topup::Tx& tx) {
    const auto attempt = tx.attempts(topup::OrderId{std::stoll(id)}).back();
    return topup::record_outcome(tx, shop.app.policy, {},
                                 {attempt.id, succeeded("LATE"), {topup::Actor::provider, 1}},
                                 shop.clock.now());
  });
  REQUIRE(late.has_value());
  return id;
}

}  // namespace

TEST_CASE("everybody's orders are listed, or those that a filter lets pass") {
  AdminShop shop;
  const auto first = shop.order_with("11111", OutcomeKind::succeeded);
  shop.queued_order("22222");
  const auto all = shop.see("/api/admin/orders");
  CHECK(all.outcome() == "200");
  CHECK(all.text("/data/0/target") == "22222");
  CHECK(all.text("/data/1/id") == first);
  CHECK(all.text("/data/1/user_id") == "toko_a");
  CHECK(all.text("/data/1/state") == "succeeded");
  CHECK(all.at("/data/1/max_cost") == "10000");

  struct Row {
    std::string query;
    std::string first;  // target of the first
  };
  const Row rows[] = {{"user_id=toko_a", "22222"}, {"status=Success", "11111"},
                      {"target=11111", "11111"},   {"cursor=2", "11111"},
                      {"limit=1", "22222"},        {"layanan=1&to=2026-01-02", "22222"}};
  for (const auto& row : rows) {
    INFO(row.query);
    CHECK(shop.see("/api/admin/orders?" + row.query).text("/data/0/target") == row.first);
  }
  CHECK(shop.see("/api/admin/orders?limit=1").text("/next_cursor") == "2");
  CHECK(shop.see("/api/admin/orders?user_id=boss").at("/data") == "[]");
  CHECK(shop.see("/api/admin/orders?user_id=x").outcome() == "404 not_found user_id");
  CHECK(shop.see("/api/admin/orders?status=Done").outcome() == "400 invalid_parameter status");
}

TEST_CASE("an order is traced through its attempts and steps") {
  AdminShop shop;
  const auto id = shop.order_with("11111", OutcomeKind::unknown);
  const auto trace = shop.see("/api/admin/order?id=" + id);
  CHECK(trace.outcome() == "200");
  CHECK(trace.text("/data/order/state") == "unknown");
  CHECK(trace.names("/data") == "attempts order postings steps");
  CHECK(trace.text("/data/attempts/0/provider") == "north");
  CHECK(trace.text("/data/attempts/0/reference") == trace.text("/data/order/invoice") + "-1");
  CHECK(trace.text("/data/steps/0/event") == "create");
  CHECK(trace.text("/data/steps/0/cause") == "reseller:1");
  const auto dropship =
      shop.tell("/api/order/create", R"({"layanan":1,"target":54321,"selling_price":32000})");
  const auto by_invoice = shop.see("/api/admin/order?invoice=" + dropship.text("/data/invoice"));
  CHECK(by_invoice.at("/data/charge/total") == "32000");
  CHECK(by_invoice.text("/data/charge/state") == "pending");
  CHECK(shop.see("/api/admin/order?id=99").outcome() == "404 not_found");
  CHECK(shop.see("/api/admin/order?invoice=INV-X").outcome() == "404 not_found");
  CHECK(shop.see("/api/admin/order").outcome() == "400 invalid_parameter id");
}

TEST_CASE("the trace of an order says where money went that came too late") {
  AdminShop shop;
  const auto made =
      shop.tell("/api/order/create", R"({"layanan":1,"target":54321,"selling_price":32000})");
  const auto trace = [&] {
    return shop.see("/api/admin/order?invoice=" + made.text("/data/invoice"));
  };
  shop.tell("/api/order/cancel", R"({"id":1})");
  CHECK(trace().at("/data/charge/note").empty());
  shop.pay(made.text("/data/invoice"), 32'000);
  CHECK(trace().text("/data/charge/note") ==
        "Paid after the order had ended: 32000 went to the balance of toko_a, who owes it to the "
        "customer; the order never started.");
  CHECK(trace().text("/data/charge/settled_at") == "2026-01-02T10:04:05+07:00");
}

TEST_CASE("the trace of an order shows money that waits for an admin") {
  AdminShop shop;
  shop.app.policy.late_payment = topup::MoneyBack::wait_for_admin;
  const auto made =
      shop.tell("/api/order/create", R"({"layanan":1,"target":54321,"selling_price":32000})");
  const auto trace = [&] {
    return shop.see("/api/admin/order?invoice=" + made.text("/data/invoice"));
  };
  CHECK(trace().at("/data/charge/waiting") == "[]");
  shop.tell("/api/order/cancel", R"({"id":1})");
  shop.pay(made.text("/data/invoice"), 32'000);
  CHECK(trace().at("/data/charge/waiting/0/amount") == "32000");
  CHECK(trace().text("/data/charge/waiting/0/id") == "1");
}

TEST_CASE("an admin decides what asking did not settle, once") {
  struct Row {
    OutcomeKind before;
    std::string decided;
    std::string status;
    std::string balance;
  };
  const Row rows[] = {
      {OutcomeKind::unknown, "success", "Success", "0"},
      {OutcomeKind::unknown, "failed", "Error", "10000"},
      {OutcomeKind::pending, "success", "Success", "0"},
      {OutcomeKind::gave_up, "failed", "Error", "10000"},
  };
  for (const auto& row : rows) {
    AdminShop shop;
    const auto id = shop.order_with("11111", row.before);
    const auto reply = shop.act("/api/admin/order/resolve", resolution(id, row.decided));
    CHECK(reply.text("/data/status") == row.status);
    CHECK(shop.balance_of_toko_a() == row.balance);
    CHECK(shop.act("/api/admin/order/resolve", resolution(id, row.decided)).outcome() ==
          "409 conflict");
    CHECK(shop.wrong_in_books().empty());
  }
}

TEST_CASE("what was never sent can be decided as failed alone") {
  AdminShop shop;
  const auto id = shop.queued_order("11111");
  CHECK(shop.act("/api/admin/order/resolve", resolution(id, "success")).outcome() ==
        "409 conflict");
  CHECK(shop.act("/api/admin/order/resolve", resolution(id, "failed")).outcome() == "200");
  CHECK(shop.act("/api/admin/order/resolve", resolution("99", "failed")).outcome() ==
        "404 not_found");
  CHECK(shop.act("/api/admin/order/resolve", resolution(id, "maybe")).outcome() ==
        "400 invalid_parameter outcome");
  CHECK(shop.act("/api/admin/order/resolve", R"({"outcome":"failed"})").outcome() ==
        "400 invalid_parameter id");
  CHECK(shop.wrong_in_books().empty());
}

TEST_CASE("a delivery that was taken back gives the money back") {
  AdminShop shop;
  const auto id = shop.order_with("11111", OutcomeKind::succeeded);
  CHECK(shop.act("/api/admin/order/reverse", id_body(id)).text("/data/state") == "reversed");
  CHECK(shop.balance_of_toko_a() == "10000");
  CHECK(shop.act("/api/admin/order/reverse", id_body(id)).outcome() == "409 conflict");
  CHECK(shop.act("/api/admin/order/reverse", id_body("99")).outcome() == "404 not_found");
  CHECK(shop.act("/api/admin/order/reverse", "").outcome() == "400 invalid_parameter id");
  CHECK(shop.wrong_in_books().empty());
}

TEST_CASE("a late delivery that was taken back is no loss any more") {
  AdminShop shop;
  const auto id = late_order(shop, "11111");
  const auto attempt = shop.see("/api/admin/order?id=" + id).text("/data/attempts/0/id");
  const auto reverse = [&](const std::string& which) {
    return shop.act("/api/admin/order/reverse-late", R"({"attempt":)" + which + "}");
  };
  CHECK(reverse(attempt).text("/data/state") == "failed");
  CHECK(shop.balance_of_toko_a() == "10000");
  CHECK(reverse(attempt).outcome() == "409 conflict");
  CHECK(reverse("99").outcome() == "404 not_found");
  CHECK(shop.act("/api/admin/order/reverse-late", "").outcome() == "400 invalid_parameter attempt");
  CHECK(shop.wrong_in_books().empty());
}

TEST_CASE("what came after the refund is paid from the balance or noted as owed") {
  AdminShop shop;
  const auto recover = [&](const std::string& id, const std::string& source) {
    return shop.act("/api/admin/order/recover",
                    R"({"id":)" + id + R"(,"source":")" + source + "\"}");
  };
  const auto id = late_order(shop, "11111");
  CHECK(recover(id, "pocket").outcome() == "400 invalid_parameter source");
  CHECK(recover(id, "balance").text("/data/state") == "recovered");
  CHECK(shop.balance_of_toko_a() == "0");
  CHECK(recover(id, "balance").outcome() == "409 conflict");
  CHECK(recover("99", "balance").outcome() == "404 not_found");
  CHECK(shop.wrong_in_books().empty());

  const auto second = late_order(shop, "22222");
  shop.queued_order("33333");
  CHECK(shop.tell("/api/order/create", R"({"layanan":1,"target":"44444"})").outcome() == "200");
  CHECK(shop.balance_of_toko_a() == "0");
  CHECK(recover(second, "balance").outcome() == "402 insufficient_balance");
  CHECK(recover(second, "receivable").outcome() == "200");
  CHECK(shop.see("/api/admin/user?user_id=toko_a").at("/data/receivable") == "10000");
  CHECK(shop.wrong_in_books().empty());
}

TEST_CASE("a customer's money that waits goes where the admin says, once") {
  struct Row {
    std::string to;
    std::string balance;
  };
  for (const auto& row : {Row{"balance", "32000"}, Row{"payer", "0"}}) {
    AdminShop shop;
    const auto id = waiting_dropship(shop);
    const auto refund = [&](const std::string& order) {
      return shop.act("/api/admin/order/refund",
                      R"({"id":)" + order + R"(,"to":")" + row.to + "\"}");
    };
    CHECK(shop.balance_of_toko_a() == "0");
    CHECK(refund(id).outcome() == "200");
    CHECK(shop.balance_of_toko_a() == row.balance);
    CHECK(refund(id).outcome() == "409 conflict");
    CHECK(refund("99").outcome() == "404 not_found");
    CHECK(shop.act("/api/admin/order/refund", id_body(id)).outcome() == "400 invalid_parameter to");
    CHECK(shop.wrong_in_books().empty());
  }
}
