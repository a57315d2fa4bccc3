#include <string>

#include "api/test_shop.h"
#include "catch.h"

namespace {

constexpr const char* kOrder = R"({"layanan":"1","target":"123456789"})";
constexpr const char* kDropship =
    R"({"layanan":"1","target":"123456789","selling_price":12000,"ref_id":"R-1"})";

}  // namespace

TEST_CASE("the status of an order has the document's fields and the contract's") {
  TestShop shop;
  shop.fund(shop.toko_a, 50'000);
  const auto id = shop.tell("/api/order/create", kOrder).text("/data/id");
  const auto pending = shop.ask("/api/order/status?id=" + id);
  CHECK(pending.text("/data/status") == "Pending");
  CHECK(pending.names("/data") ==
        "catatan created_at harga id invoice kategori layanan nama_layanan nometer ref_id sn "
        "status target updated_at");
  CHECK(pending.at("/data/harga") == R"("10000")");
  CHECK(pending.at("/data/layanan") == R"("1")");
  CHECK(pending.at("/data/target") == R"("123456789")");
  CHECK(pending.at("/data/sn") == R"("")");
  CHECK(is_time(pending.text("/data/created_at")));

  shop.answer(id, succeeded("ABC123"));
  const auto done = shop.ask("/api/order/status?id=" + id);
  CHECK(done.at("/data/id") == "\"" + id + "\"");
  CHECK(done.text("/data/status") == "Success");
  CHECK(done.text("/data/catatan") == "SN: ABC123");
  CHECK(done.text("/data/sn") == "ABC123");
}

TEST_CASE("a failed order gives the price back and says so") {
  TestShop shop;
  shop.fund(shop.toko_a, 50'000);
  const auto id = shop.tell("/api/order/create", kOrder).text("/data/id");
  shop.answer(id, failed());
  CHECK(shop.ask("/api/order/status?id=" + id).text("/data/status") == "Error");
  CHECK(shop.ask("/api/user/me").at("/data/balance") == "50000");
}

TEST_CASE("a success without a serial number still says something") {
  TestShop shop;
  shop.fund(shop.toko_a, 50'000);
  const auto id = shop.tell("/api/order/create", kOrder).text("/data/id");
  shop.answer(id, succeeded());
  CHECK(shop.ask("/api/order/status?id=" + id).text("/data/catatan") == "Pesanan berhasil.");
}

TEST_CASE("a dropship order shows its payment and its profit") {
  TestShop shop;
  const auto made = shop.tell("/api/order/create", kDropship);
  const auto status = [&] { return shop.ask("/api/order/status?ref_id=R-1"); };
  CHECK(status().text("/data/mode") == "dropship");
  CHECK(status().text("/data/payment_status") == "pending");
  CHECK(status().at("/data/selling_price") == "12000");
  CHECK(status().at("/data/reseller_cost") == "11200");
  CHECK(status().at("/data/reseller_profit") == "800");
  shop.pay(made.text("/data/invoice"), 12'000);
  CHECK(status().text("/data/payment_status") == "settlement");
  CHECK(status().text("/data/status") == "Pending");
  shop.answer(made.text("/data/id"), succeeded("S"));
  CHECK(status().text("/data/status") == "Success");
  CHECK(shop.ask("/api/user/me").at("/data/profit_balance") == "800");
}

TEST_CASE("an order that was paid too late says where the money went") {
  TestShop shop;
  const auto cancelled = shop.tell("/api/order/create", kDropship);
  shop.tell("/api/order/cancel", R"({"id":1})");
  const auto status = [&] { return shop.ask("/api/order/status?id=1"); };
  CHECK(status().text("/data/catatan") == "Pesanan dibatalkan tanpa biaya.");
  CHECK(status().at("/data/paid_at").empty());
  shop.pay(cancelled.text("/data/invoice"), 12'000);
  CHECK(status().text("/data/catatan") ==
        "Pesanan dibatalkan, lalu customer tetap membayar: Rp 12.000 masuk ke saldo Anda untuk "
        "dikembalikan ke customer.");
  CHECK(status().text("/data/status") == "Gagal");
  CHECK(status().text("/data/payment_status") == "expired");
  CHECK(status().text("/data/paid_at") == "2026-01-02T10:04:05+07:00");
  CHECK(shop.ask("/api/user/me").at("/data/balance") == "12000");

  const auto expired = shop.tell("/api/order/create", R"({"layanan":1,"target":"9876543",)"
                                                      R"("selling_price":13000})");
  shop.time.advance(std::chrono::hours{1});
  shop.pay(expired.text("/data/invoice"), 13'000);
  CHECK(shop.ask("/api/order/status?id=2").text("/data/catatan") ==
        "Tidak dibayar dalam batas waktu, lalu customer tetap membayar: Rp 13.000 masuk ke saldo "
        "Anda untuk dikembalikan ke customer.");
}

TEST_CASE("money that came late and waits for an admin is not said to be anybody's yet") {
  TestShop shop;
  shop.app.policy.late_payment = topup::MoneyBack::wait_for_admin;
  const auto made = shop.tell("/api/order/create", kDropship);
  shop.tell("/api/order/cancel", R"({"id":1})");
  shop.pay(made.text("/data/invoice"), 12'000);
  const auto status = shop.ask("/api/order/status?id=1");
  CHECK(status.text("/data/catatan") == "Pesanan dibatalkan tanpa biaya.");
  CHECK(status.at("/data/paid_at").empty());
}

TEST_CASE("an order is found by any of its names, and only by its owner") {
  TestShop shop;
  const auto made = shop.tell("/api/order/create", kDropship);
  const auto other = shop.register_user("toko_b");
  const auto invoice = made.text("/data/invoice");
  struct Row {
    std::string query;
    std::string own;
    std::string others;
  };
  const Row rows[] = {
      {"?id=1", "200", "404 not_found"},
      {"?ref_id=R-1", "200", "404 not_found"},
      {"?invoice=" + invoice, "200", "404 not_found"},
      {"?id=2", "404 not_found", "404 not_found"},
      {"?id=9223372036854775807", "404 not_found", "404 not_found"},
      {"?ref_id=R-2", "404 not_found", "404 not_found"},
      {"", "400 invalid_parameter id", "400 invalid_parameter id"},
      {"?id=", "400 invalid_parameter id", "400 invalid_parameter id"},
      {"?id=x", "400 invalid_parameter id", "400 invalid_parameter id"},
      {"?id=-1", "400 invalid_parameter id", "400 invalid_parameter id"},
      {"?id=9223372036854775808", "400 invalid_parameter id", "400 invalid_parameter id"},
  };
  for (const auto& row : rows) {
    INFO(row.query);
    CHECK(shop.ask("/api/order/status" + row.query).outcome() == row.own);
    CHECK(shop.get("/api/order/status" + row.query, {{"x-api-key", other}}).outcome() ==
          row.others);
  }
  CHECK(shop.tell("/api/order/status", R"({"id":1})").outcome() == "200");
}

TEST_CASE("an unpaid order can be cancelled, once") {
  TestShop shop;
  const auto made = shop.tell("/api/order/create", kDropship);
  const auto cancelled = shop.tell("/api/order/cancel", R"({"id":"1"})");
  CHECK(cancelled.outcome() == "200");
  CHECK(cancelled.text("/data/status") == "Gagal");
  CHECK(cancelled.text("/data/payment_status") == "expired");
  CHECK(shop.gateway.cancelled == std::vector{made.text("/data/invoice")});
  CHECK(shop.tell("/api/order/cancel", R"({"ref_id":"R-1"})").outcome() == "409 not_cancellable");
}

TEST_CASE("paid, balance and others' orders can't be cancelled") {
  TestShop shop;
  shop.fund(shop.toko_a, 50'000);
  const auto paid = shop.tell("/api/order/create", kDropship);
  shop.pay(paid.text("/data/invoice"), 12'000);
  shop.tell("/api/order/create", R"({"layanan":"1","target":"55555"})");
  const auto other = shop.register_user("toko_b");
  CHECK(shop.tell("/api/order/cancel", R"({"id":1})").outcome() == "409 not_cancellable");
  CHECK(shop.tell("/api/order/cancel", R"({"id":2})").outcome() == "409 not_cancellable");
  CHECK(shop.tell("/api/order/cancel", R"({"id":3})").outcome() == "404 not_found");
  CHECK(shop.tell("/api/order/cancel", "{}").outcome() == "400 invalid_parameter id");
  CHECK(shop.post("/api/order/cancel", R"({"id":1})", {{"x-api-key", other}}).outcome() ==
        "404 not_found");
}

TEST_CASE("the history is newest first, in pages, and filtered") {
  TestShop shop;
  shop.fund(shop.toko_a, 100'000);
  for (const auto* target : {"11111", "22222", "33333"})
    shop.tell("/api/order/create", R"({"layanan":"1","target":")" + std::string{target} + "\"}");
  shop.answer("1", succeeded());
  shop.time.advance(std::chrono::hours{24});
  shop.tell("/api/order/create", R"({"layanan":2,"target":"44444","nometer":"12345678901"})");

  const auto first = shop.ask("/api/order/history?limit=3");
  CHECK(first.text("/data/0/id") == "4");
  CHECK(first.text("/data/2/id") == "2");
  CHECK(first.at("/data/3").empty());
  const auto rest = shop.ask("/api/order/history?limit=3&cursor=" + first.text("/next_cursor"));
  CHECK(rest.text("/data/0/id") == "1");
  CHECK(rest.at("/next_cursor").empty());

  struct Row {
    std::string query;
    std::string ids;
  };
  const Row rows[] = {{"?status=Success", "1"},    {"?status=Pending", "4 3 2"},
                      {"?status=Error", ""},       {"?layanan=2", "4"},
                      {"?target=33333", "3"},      {"?from=2026-01-03", "4"},
                      {"?to=2026-01-02", "3 2 1"}, {"?from=2026-01-02&to=2026-01-03", "4 3 2 1"},
                      {"?from=2026-01-04", ""}};
  for (const auto& row : rows) {
    INFO(row.query);
    const auto page = shop.ask("/api/order/history" + row.query);
    std::string ids;
    for (int i = 0; !page.at("/data/" + std::to_string(i)).empty(); ++i)
      ids += (ids.empty() ? "" : " ") + page.text("/data/" + std::to_string(i) + "/id");
    CHECK(ids == row.ids);
  }
  for (const auto* query : {"?status=pending", "?status=x", "?limit=0", "?limit=201", "?from=x",
                            "?to=2026-13-01", "?cursor=-1", "?layanan=x"})
    CHECK(shop.ask("/api/order/history" + std::string{query}).status == 400);
  const auto other = shop.register_user("toko_b");
  CHECK(shop.get("/api/order/history", {{"x-api-key", other}}).at("/data") == "[]");
}
