#include "catch.h"
#include "core/shop.h"

using namespace topup;
using namespace topup::testing;

TEST_CASE("what a gateway can't offer leaves its keys free") {
  Shop shop;
  auto command = shop.dropship_order(shop.ani, "08123", 200);
  command.idempotency_key = "k1";
  command.ref_id = "mine";
  auto first = shop.place(command).value();
  shop.run([&](Tx& tx) { return withdraw_offer(tx, first.charge.value().id, shop.now); }).value();
  CHECK(shop.order(first.order.id).state == OrderState::cancelled);
  command.invoice = "INV-new";
  auto second = shop.place(command).value();
  CHECK_FALSE(second.replayed);
  CHECK(second.order.id != first.order.id);

  auto deposit = shop.deposit(shop.ani, 100);
  deposit.idempotency_key = "k1";
  auto opened = shop.open(deposit).value();
  shop.run([&](Tx& tx) { return withdraw_offer(tx, opened.charge.id, shop.now); }).value();
  deposit.code = "DEP-new";
  CHECK_FALSE(shop.open(deposit).value().replayed);
}

TEST_CASE("what one call has offered another that failed does not withdraw") {
  Shop shop;
  auto command = shop.dropship_order(shop.ani, "08123", 200);
  command.idempotency_key = "k1";
  auto placed = shop.place(command).value();
  auto id = placed.charge.value().id;
  shop.run([&](Tx& tx) { return offer_payment(tx, {id, "qr", "g-1"}); }).value();
  CHECK(outcome(shop.run([&](Tx& tx) { return withdraw_offer(tx, id, shop.now); })) == "conflict");
  CHECK(shop.charge(id).state == ChargeState::pending);
  CHECK(shop.place(command).value().order.id == placed.order.id);
}
