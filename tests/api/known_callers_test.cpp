#include "http/api/known_callers.h"

#include "api/test_shop.h"
#include "catch.h"

TEST_CASE("a caller is read once for as long as no user changes") {
  TestShop shop;
  shop.version_stands_still = true;
  int reads = 0;
  shop.store.before_read = [&] { ++reads; };
  CHECK(shop.callers.by_key("nobody") == nullptr);
  CHECK(shop.callers.by_key("nobody") == nullptr);
  CHECK(reads == 2);  // made-up keys are not kept

  const auto known = shop.callers.by_key(shop.key);
  REQUIRE(known != nullptr);
  CHECK(known->user.username == "toko_a");
  CHECK(shop.callers.by_key(shop.key) == known);
  CHECK(reads == 3);

  ++shop.version;
  CHECK(shop.callers.by_key(shop.key) != known);
  CHECK(reads == 4);
}

TEST_CASE("an answer that was under way while a user changed is not kept") {
  TestShop shop;
  shop.version_stands_still = true;
  // Another request learns of the new version while this one reads.
  shop.store.before_read = [&] {
    shop.store.before_read = [] {};
    ++shop.version;
    shop.callers.by_key("nobody");
  };
  const auto old = shop.callers.by_key(shop.key);
  CHECK(shop.callers.by_key(shop.key) != old);
}
