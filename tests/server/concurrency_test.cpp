// Many clients at the same moment, each with a connection of its own: everything happens once.

#include <atomic>
#include <set>
#include <string>
#include <thread>

#include "catch.h"
#include "server/eventually.h"
#include "server/running_shop.h"

using namespace topupd::test;

namespace {

// Calls ask(i) for each i below count at the same moment, each in a thread of its own; answers in
// the order of i.  An exception becomes an answer with the status 0.
template <class Ask>
std::vector<Answer> all_at_once(int count, Ask ask) {
  std::vector<Answer> answers(static_cast<std::size_t>(count));
  std::atomic<int> ready{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      ++ready;
      while (ready < count)
        std::this_thread::yield();
      auto& answer = answers[static_cast<std::size_t>(i)];
      try {
        answer = ask(i);
      } catch (const std::exception& problem) {
        answer.body = problem.what();
      }
    });
  }
  for (auto& thread : threads)
    thread.join();
  return answers;
}

int count_of(const std::vector<Answer>& answers, const std::string& outcome) {
  int count = 0;
  for (const auto& answer : answers)
    count += answer.outcome() == outcome ? 1 : 0;
  return count;
}

std::set<std::string> values_at(const std::vector<Answer>& answers, const std::string& pointer) {
  std::set<std::string> values;
  for (const auto& answer : answers)
    values.insert(answer.at(pointer));
  return values;
}

// A reseller with that much profit, earned by one sale.
SmallClient earner(const RunningShop& shop, int profit) {
  auto client = shop.reseller("toko_a");
  const auto placed =
      client.post("/api/order/create", R"({"layanan":"1","target":"123456789","selling_price":)" +
                                           std::to_string(10'000 + profit) + "}");
  shop.settle(placed.text("/data/invoice"));
  final_order(client, placed.text("/data/id"));
  return client;
}

}  // namespace

TEST_CASE("a hundred clients spend one balance: as many orders as there is money for", "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  const int price = 21'200;  // of service 48, so that 47 fit into the balance
  const auto answers = all_at_once(100, [&](int i) {
    auto one = shop.demo();
    return one.post("/api/order/create", R"({"layanan":"48","target":"12345","nometer":")" +
                                             std::to_string(1'000'000'000 + 10 * i) + R"("})");
  });
  CHECK(count_of(answers, "200") == kDemoBalance / price);
  CHECK(count_of(answers, "402 insufficient_balance") == 100 - kDemoBalance / price);
  CHECK(balance_of(client) == kDemoBalance % price);
  CHECK(eventually(
      [&] { return client.get("/api/order/history?status=Pending").size("/data") == 0; }));
  CHECK(balance_of(client) == kDemoBalance % price);
  CHECK(shop.complaints() == "");
}

TEST_CASE("a hundred clients send one order: one is taken, the others are told which", "[server]") {
  auto config = quick_config();
  config.sandbox.delay_ms = std::chrono::minutes{10};  // it stays Pending
  RunningShop shop{config};
  const auto answers = all_at_once(100, [&](int) {
    return shop.demo().post("/api/order/create", R"({"layanan":"1","target":"123456781"})");
  });
  CHECK(count_of(answers, "200") == 1);
  CHECK(count_of(answers, "409 duplicate_order") == 99);
  CHECK(values_at(answers, "/data/id").size() == 1);
  auto client = shop.demo();
  CHECK(balance_of(client) == kDemoBalance - 10'000);
  CHECK(shop.complaints() == "");
}

TEST_CASE("a hundred clients replay one Idempotency-Key: one order, and every answer names it",
          "[server]") {
  RunningShop shop;
  const auto answers = all_at_once(100, [&](int) {
    return shop.demo().post("/api/order/create", R"({"layanan":"1","target":"123456789"})",
                            {{"Idempotency-Key", "one"}});
  });
  CHECK(count_of(answers, "200") == 100);
  CHECK(values_at(answers, "/data/id").size() == 1);
  CHECK(values_at(answers, "/data/invoice").size() == 1);
  int replays = 0;
  for (const auto& answer : answers)
    replays += answer.header("idempotent-replayed") == "true" ? 1 : 0;
  CHECK(replays == 99);
  auto client = shop.demo();
  CHECK(client.get("/api/order/history").size("/data") == 1);
  CHECK(balance_of(client) == kDemoBalance - 10'000);
  CHECK(shop.complaints() == "");
}

TEST_CASE("a hundred clients repeat one dropship order: one charge, and the same one for all",
          "[server]") {
  RunningShop shop;
  auto toko = shop.reseller("toko_a");
  const auto answers = all_at_once(100, [&](int) {
    SmallClient one{shop.port(), toko.key()};
    Answer answer;
    eventually([&] {
      answer = one.post("/api/order/create",
                        R"({"layanan":"1","target":"123456789","selling_price":12000})",
                        {{"Idempotency-Key", "one"}});
      return answer.outcome() != "409 in_progress";
    });
    return answer;
  });
  CHECK(count_of(answers, "200") == 100);
  CHECK(values_at(answers, "/data/payment/qr_url").size() == 1);
  CHECK(toko.get("/api/order/history").size("/data") == 1);
  CHECK(shop.complaints() == "");
}

TEST_CASE("eight settle one payment: it is credited once", "[server]") {
  RunningShop shop;
  auto toko = shop.reseller("toko_a");
  const auto code = toko.post("/api/payment/deposit", R"({"amount":50000})").text("/data/orderId");
  const auto answers = all_at_once(8, [&](int) { return shop.settle(code); });
  CHECK(count_of(answers, "200") == 8);
  CHECK(values_at(answers, "/data/payment_id").size() == 1);
  CHECK(eventually([&] { return balance_of(toko) == 50'000; }));
  // Notices come in the order of their payments: another one comes after all of these.
  shop.fund(toko, 10'000);
  CHECK(balance_of(toko) == 60'000);
  CHECK(shop.complaints() == "");
}

TEST_CASE("ten withdraw one profit: one gets it", "[server]") {
  RunningShop shop;
  auto toko = earner(shop, 20'000);
  const auto answers = all_at_once(10, [&](int) {
    SmallClient one{shop.port(), toko.key()};
    return one.post(
        "/api/profit/withdraw",
        R"({"amount":20000,"bank":"BCA","account_number":"1234567890","account_name":"Budi"})");
  });
  CHECK(count_of(answers, "200") == 1);
  CHECK(count_of(answers, "402 insufficient_balance") == 9);
  CHECK(profit_of(toko) == 0);
  CHECK(toko.get("/api/profit/withdrawals").size("/data") == 1);
  CHECK(shop.complaints() == "");
}
