#include "work/dispatcher.h"

#include "work/small_shop.h"

using namespace topupd;
using namespace topupd::tests;

TEST_CASE("every order that is placed is bought once and finished", "[work]") {
  constexpr std::size_t kOrders = 10;
  SmallShop shop;
  Dispatcher dispatcher{shop.workshop, {4, std::chrono::milliseconds{10}, {}}};
  dispatcher.start();
  for (std::size_t i = 0; i < kOrders; ++i) {
    shop.place("12345678" + std::to_string(i));
    dispatcher.wake();
  }
  shop.provider.wait_for(kOrders);
  dispatcher.stop();
  CHECK(shop.provider.bought.size() == kOrders);
  for (std::size_t i = 1; i <= kOrders; ++i)
    CHECK(shop.order(topup::OrderId{static_cast<std::int64_t>(i)}).state ==
          topup::OrderState::succeeded);
  CHECK(shop.balance() == 5'000_idr);
  CHECK(shop.violations() == "");
}

TEST_CASE("what was not begun when it stops is done after a restart", "[work]") {
  SmallShop shop;
  auto id = shop.place("123456789").order.id;
  { Dispatcher never_started{shop.workshop, {}}; }
  CHECK(shop.order(id).state == topup::OrderState::queued);
  Dispatcher dispatcher{shop.workshop, {1, std::chrono::milliseconds{10}, {}}};
  dispatcher.start();
  shop.provider.wait_for(1);
  dispatcher.stop();
  CHECK(shop.order(id).state == topup::OrderState::succeeded);
}
