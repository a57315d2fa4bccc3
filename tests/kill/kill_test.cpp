// The real server, killed and stopped in the middle of its work again and again: whatever was
// answered is there, and what was under way ends in one delivery or in none that is charged.
//
//   TOPUP_KILLS=100 kill_tests     as often with SIGKILL, and as often with SIGTERM

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "catch.h"
#include "core/dice.h"
#include "server/real_server.h"
#include "store/sqlite.h"

using namespace topupd::test;

namespace {

constexpr int kClients = 3;
constexpr int kDepositEvery = 7;
const std::vector<std::string> kShop{"--demo", "--sandbox.delay_ms", "20"};

int kills() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it
  const char* text = std::getenv("TOPUP_KILLS");
  return text == nullptr ? 3 : std::stoi(text);
}

// The last digit of the number decides what the supplier does with it.
Answer place(SmallClient& client, int number) {
  return client.post("/api/order/create",
                     R"({"layanan":"1","target":")" + std::to_string(100'000 + number) + R"("})",
                     {{"Idempotency-Key", "order-" + std::to_string(number)}});
}

void deposit(SmallClient& client, int number) {
  auto code = client
                  .post("/api/payment/deposit", R"({"amount":100000})",
                        {{"Idempotency-Key", "deposit-" + std::to_string(number)}})
                  .text("/data/orderId");
  client.post("/sandbox/gateway/" + code + "/settle", "{}");
}

// Resellers who remember what they were told.
class Crowd {
 public:
  explicit Crowd(std::string key) : key_{std::move(key)} {}

  // Asks until the server is gone; done() grows with each answer.
  void press(int port);
  int done() const { return done_; }

  // Every number ever asked for, with the order's id where it was told.
  const std::map<int, std::optional<std::string>>& told() const { return told_; }
  const std::string& key() const { return key_; }

 private:
  void order(SmallClient& client, int number);

  std::string key_;
  std::atomic<int> next_ = 1;
  std::atomic<int> done_ = 0;
  std::mutex mutex_;
  std::map<int, std::optional<std::string>> told_;
};

void Crowd::order(SmallClient& client, int number) {
  {
    std::lock_guard lock{mutex_};
    told_[number];
  }
  auto answer = place(client, number);
  if (answer.status == 0) throw std::runtime_error{"the server is gone"};
  std::lock_guard lock{mutex_};
  if (answer.status == 200) told_[number] = answer.text("/data/id");
  ++done_;
}

void Crowd::press(int port) {
  auto client_of_one = [&] {
    try {
      SmallClient client{port, key_};
      while (true) {
        int number = next_++;
        if (number % kDepositEvery == 0) deposit(client, number);
        order(client, number);
      }
    } catch (const std::exception&) {
      return;  // whoever asks has lost the server
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < kClients; ++i)
    threads.emplace_back(client_of_one);
  for (auto& thread : threads)
    thread.join();
}

void end_in_the_middle(RealServer& server, Crowd& crowd, int goal, int signal) {
  auto wanted = crowd.done() + goal;
  std::thread pressing{[&] { crowd.press(server.port()); }};
  CHECK(eventually([&] { return crowd.done() >= wanted; }));
  server.process().signal(signal);
  CHECK(server.process().wait() == (signal == SIGKILL ? 128 + SIGKILL : 0));
  pressing.join();
}

// How many orders there are for which that holds, of what the supplier delivered.
std::int64_t orders_with(const std::string& data, const std::string& condition) {
  topupd::sqlite::Connection db{data + "/topup.db", topupd::sqlite::Access::read_only};
  db.run("ATTACH '" + data + "/sandbox.db' AS outside");
  return db.integer(
      "WITH delivered AS (SELECT o.id, o.state, (SELECT count(*) FROM attempts a "
      "JOIN outside.purchases p ON p.reference = o.invoice || '-' || a.number "
      "WHERE a.order_id = o.id "
      "AND (substr(p.target, -1) IN ('0', '1', '4', '6', '7', '9') "
      "OR (substr(p.target, -1) = '8' AND p.provider = 'sandbox2'))) AS times FROM orders o) "
      "SELECT count(*) FROM delivered WHERE " +
      condition);
}

std::int64_t unbooked_payments(const std::string& data) {
  topupd::sqlite::Connection db{data + "/topup.db", topupd::sqlite::Access::read_only};
  db.run("ATTACH '" + data + "/sandbox.db' AS outside");
  return db.integer(
      "SELECT count(*) FROM outside.payments p WHERE "
      "(SELECT count(*) FROM receipts r WHERE r.payment_id = p.payment_id) <> 1");
}

// Asks again for everything, under the same keys: what was told is still so.
void ask_again(SmallClient& client, const Crowd& crowd) {
  for (const auto& [number, id] : crowd.told()) {
    CAPTURE(number);
    auto answer = place(client, number);
    if (id)
      CHECK(answer.text("/data/id") == *id);
    else
      CHECK((answer.status == 200 || answer.status == 402));
  }
}

}  // namespace

TEST_CASE("a server that is killed and stopped under load loses and doubles nothing", "[kill]") {
  TempDir dir;
  const auto data = (dir.path() / "data").string();
  topup::testing::Dice dice{11};
  std::optional<Crowd> crowd;
  for (int round = 0; round < 2 * kills(); ++round) {
    CAPTURE(round);
    RealServer server{data, kShop};
    if (!crowd) crowd.emplace(server.demo_key());
    end_in_the_middle(server, *crowd, static_cast<int>(dice.between(1, 25)),
                      round % 2 == 0 ? SIGKILL : SIGTERM);
  }
  {
    RealServer server{data, kShop};
    SmallClient client{server.port(), crowd->key()};
    ask_again(client, *crowd);
    CHECK(eventually(
        [&] { return client.get("/api/order/history?status=Pending").size("/data") == 0; }));
    CHECK(eventually([&] { return unbooked_payments(data) == 0; }));
    CHECK(server.stop() == 0);
  }
  const auto verified = run(call_of({"verify", "--json", "--data", data}));
  INFO(verified.out << verified.err);
  CHECK(verified.exit_code == 0);
  CHECK(orders_with(data, "times > 1") == 0);
  CHECK(orders_with(data, "(state = 'succeeded') <> (times = 1)") == 0);
  CHECK(orders_with(data, "state NOT IN ('succeeded', 'failed')") == 0);
  std::cout << kills() << " kills and as many stops: " << crowd->told().size()
            << " orders asked for, " << orders_with(data, "times = 1") << " delivered\n";
}
