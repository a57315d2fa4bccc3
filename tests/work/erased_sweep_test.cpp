#include "work/erased_sweep.h"

#include "catch.h"
#include "work/small_shop.h"

using namespace topupd;
using namespace topupd::tests;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::hours kRetention{24 * 30};

struct SweptShop : SmallShop {
  ErasedSweep sweep{workshop, kRetention};

  SweptShop() : SmallShop{0_idr} {}

  // Writes an order of the reseller that failed now.
  topup::OrderId failed_order(const std::string& target) {
    auto made = store.transact([&](topup::Tx& tx) -> topup::Result<topup::OrderId> {
      auto wallet = tx.wallet(kReseller);
      topup::Order order;
      order.id = topup::next_id<topup::OrderId>(tx);
      order.invoice = "INV-" + target;
      order.user = kReseller;
      order.previous = wallet.last_order;
      order.service = kService;
      order.target = target;
      order.state = topup::OrderState::failed;
      order.created_at = order.updated_at = clock.now();
      tx.insert(order);
      wallet.last_order = order.id;
      tx.put(wallet);
      return order.id;
    });
    return made.value();
  }

  void erase() {
    auto erased = store.transact([&](topup::Tx& tx) {
      return topup::erase_user(tx, kReseller, {topup::Actor::console, 0}, clock.now());
    });
    REQUIRE(erased);
  }

  std::string target(topup::OrderId id) {
    return store.read([&](const topup::View& view) { return view.order(id)->target; });
  }
};

}  // namespace

TEST_CASE("records of an erased user are overwritten when the retention is over", "[work]") {
  SweptShop shop;
  auto first = shop.failed_order("111111");
  shop.time.advance(240h);
  auto second = shop.failed_order("222222");
  shop.erase();
  shop.sweep.look();
  CHECK(shop.target(first) == "111111");

  shop.time.advance(kRetention - 240h + 1ms);
  shop.sweep.look();
  CHECK(shop.target(first) == "");
  CHECK(shop.target(second) == "222222");

  shop.time.advance(240h - 1ms);
  shop.sweep.look();
  CHECK(shop.target(second) == "222222");  // ended exactly that long ago
  shop.time.advance(ErasedSweep::kEvery);
  shop.sweep.look();
  CHECK(shop.target(second) == "");
}

TEST_CASE("nobody else's records are overwritten, however old", "[work]") {
  SweptShop shop;
  auto old = shop.failed_order("111111");
  shop.time.advance(10 * kRetention);
  shop.sweep.look();
  CHECK(shop.target(old) == "111111");
}

TEST_CASE("between two sweeps a day passes, and a sweep takes a look for each page", "[work]") {
  SweptShop shop;
  constexpr int kOrders = topup::kErasedAtOnce + 1;
  for (int i = 0; i < kOrders; ++i)
    shop.failed_order(std::to_string(100'000 + i));
  shop.erase();
  shop.sweep.look();
  shop.sweep.look();  // all too young
  shop.time.advance(kRetention + 1h);
  const topup::OrderId first{1};
  const topup::OrderId last{kOrders};
  shop.sweep.look();
  CHECK(shop.target(last) == "");
  CHECK(shop.target(first) != "");
  shop.sweep.look();
  CHECK(shop.target(first) == "");
}

TEST_CASE("while the clock may be wrong nothing is overwritten", "[work]") {
  SweptShop shop;
  auto order = shop.failed_order("111111");
  shop.erase();
  shop.time.jump_wall(2 * kRetention);
  shop.sweep.look();
  CHECK(shop.target(order) == "111111");
}
