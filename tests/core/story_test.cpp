#include "core/story.h"
#include "catch.h"

using namespace topup;
using namespace topup::testing;

TEST_CASE("each event moves exactly what its row in the chart of accounts says") {
  Story story;
  auto before = story.shop.check();
  for (const auto& event : everything_once()) {
    INFO(event.name);
    story.shop.tick();
    event.happen(story);
    auto after = story.shop.check();
    CHECK(changes(before, after) == event.moves);
    CHECK(violations(after) == "");
    before = after;
  }
}

TEST_CASE("a payment taken back from a poor reseller becomes his debt") {
  Story story;
  live_through(story);
  auto& shop = story.shop;
  auto balance = shop.wallet(shop.budi).balance().units();
  shop.fund(shop.budi, 5'000);
  auto adjusted = shop.run([&](Tx& tx) {
    return propose_adjustment(tx, {shop.boss, shop.budi, idr(-4'900 - balance), "spent", ""},
                              shop.now);
  });
  shop.run([&](Tx& tx) {
        return approve_adjustment(tx, shop.clerk, adjusted.value().adjustment.id, shop.now);
      })
      .value();
  auto before = shop.check();
  auto receipts = shop.store.read([](const View& view) { return view.last_id(Table::receipts); });
  shop.run([&](Tx& tx) {
        return take_back_payment(tx, shop.boss, ReceiptId{receipts}, TakenFrom::bank, shop.now);
      })
      .value();
  auto after = shop.check();
  CHECK(changes(before, after) == "user_balance -100, user_receivable +4900, bank -5000");
  CHECK(violations(after) == "");
}
