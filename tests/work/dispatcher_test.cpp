#include "work/dispatcher.h"

#include <condition_variable>
#include <mutex>
#include <set>

#include "work/small_shop.h"

using namespace topupd;
using namespace topupd::tests;
using namespace std::chrono_literals;

namespace {

constexpr LineOptions kQuick{4, 10ms, 5s};

// Answers no purchase until it is let go.
class HangingProvider final : public Provider {
 public:
  std::string_view name() const override { return "hanging"; }
  topup::CapabilitySheet sheet() const override { return {}; }
  Answer purchase(const Purchase& purchase) override {
    std::unique_lock lock{mutex_};
    begun_.insert(purchase.reference);
    changed_.notify_all();
    changed_.wait(lock, [&] { return is_let_go_; });
    Answer answer;
    answer.kind = Answer::Kind::success;
    return answer;
  }
  Answer status(const Purchase&) override { return {}; }
  void on_callback(CallbackSink) override {}

  void wait_for(std::size_t calls) {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return begun_.size() >= calls; });
  }
  void let_go() {
    std::lock_guard lock{mutex_};
    is_let_go_ = true;
    changed_.notify_all();
  }
  std::size_t begun() {
    std::lock_guard lock{mutex_};
    return begun_.size();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<std::string> begun_;
  bool is_let_go_ = false;
};

std::string target(int number) { return "1234567" + std::to_string(100 + number); }

}  // namespace

TEST_CASE("every order that is placed is bought once and finished", "[work]") {
  constexpr int kOrders = 10;
  SmallShop shop;
  Dispatcher dispatcher{shop.workshop, kQuick};
  dispatcher.start();
  for (int i = 0; i < kOrders; ++i) {
    shop.place(target(i));
    dispatcher.wake();
  }
  shop.provider.wait_for(kOrders);
  dispatcher.stop();
  CHECK(shop.provider.bought.size() == kOrders);
  for (int i = 1; i <= kOrders; ++i)
    CHECK(shop.order(topup::OrderId{i}).state == topup::OrderState::succeeded);
  CHECK(shop.balance() == 5'000_idr);
  CHECK(shop.violations() == "");
}

TEST_CASE("what was not begun when it stops is done after a restart", "[work]") {
  SmallShop shop;
  auto id = shop.place("123456789").order.id;
  { Dispatcher never_started{shop.workshop, {}}; }
  CHECK(shop.order(id).state == topup::OrderState::queued);
  Dispatcher dispatcher{shop.workshop, kQuick};
  dispatcher.start();
  shop.provider.wait_for(1);
  dispatcher.stop();
  CHECK(shop.order(id).state == topup::OrderState::succeeded);
}

TEST_CASE("a failure at one supplier is bought from the next at once", "[work]") {
  SmallShop shop;
  ScriptedProvider second;
  auto added = shop.store.transact([&](topup::Tx& tx) {
    REQUIRE(topup::ensure_provider(tx, "second"));
    return topup::put_offer(tx, {{}, SmallShop::kService, {2}, "X70", 9'500_idr, 2});
  });
  REQUIRE(added);
  shop.workshop.providers[{2}] = &second;
  shop.provider.failover = Answer::FailOver::safe;
  shop.provider.will_answer({Answer::Kind::failure});
  auto id = shop.place("123456789").order.id;
  // It looks only once by itself.
  Dispatcher dispatcher{shop.workshop, {4, 1h, 1h}};
  dispatcher.start();
  second.wait_for(1);
  dispatcher.stop();
  CHECK(shop.order(id).state == topup::OrderState::succeeded);
  CHECK(shop.violations() == "");
}

TEST_CASE("a supplier that hangs holds up its own orders only", "[work]") {
  SmallShop shop;
  HangingProvider hanging;
  auto added = shop.store.transact([&](topup::Tx& tx) -> topup::Result<topup::Offer> {
    REQUIRE(topup::ensure_provider(tx, "hanging"));
    auto service = topup::put_service(tx, {{}, "Games", "Free Fire", "140 Diamond"});
    REQUIRE(service);
    return topup::put_offer(tx, {{}, service->id, {2}, "FF140", 1'000_idr});
  });
  REQUIRE(added);
  shop.workshop.providers[{2}] = &hanging;
  Dispatcher dispatcher{shop.workshop, kQuick};
  dispatcher.start();
  for (int i = 0; i < 6; ++i)
    shop.place(target(i), std::nullopt, added->service);
  dispatcher.wake();
  hanging.wait_for(4);
  auto other = shop.place("123456789").order.id;
  dispatcher.wake();
  shop.provider.wait_for(1);
  // No more than the four that may be under way were begun, at the supplier and in the books.
  CHECK(hanging.begun() == 4);
  CHECK(shop.order({5}).state == topup::OrderState::queued);
  hanging.let_go();
  hanging.wait_for(6);
  dispatcher.stop();
  CHECK(shop.order(other).state == topup::OrderState::succeeded);
  for (int i = 1; i <= 6; ++i)
    CHECK(shop.order({i}).state == topup::OrderState::succeeded);
  CHECK(shop.violations() == "");
}
