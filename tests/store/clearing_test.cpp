// What every Store knows of the money that gateways hold.

#include "catch.h"
#include "store/fixtures.h"
#include "store/records.h"

using namespace sample;

TEMPLATE_TEST_CASE("what a gateway has not paid out is the sum of its lines alone", "[store]",
                   Memory, Sqlite) {
  constexpr auto kClearing = AccountKind::gateway_clearing;
  TestType fixture;
  write(fixture.store, [](Tx& tx) {
    insert_basics(tx);
    CHECK(tx.clearing(GatewayId{1}) == 0);
    tx.append(entry(1));
    const Posting lines[] = {
        {{kClearing, 1}, {AccountKind::dropship_escrow, 0}, 70_idr},
        {{kClearing, 2}, {AccountKind::dropship_escrow, 0}, 5_idr},
        {{AccountKind::bank, 0}, {kClearing, 1}, 30_idr},
        {{AccountKind::bank, 1}, {AccountKind::owner_capital, 1}, 900_idr},
        {{kClearing, 1}, {AccountKind::dropship_escrow, 0}, 1_idr},
    };
    int id = 0;
    for (const auto& line : lines) {
      auto stored = posting(++id);
      stored.posting = line;
      stored.debit = stored.credit = Mark{};
      tx.append(stored);
    }
    // Those written in the same transaction count.
    CHECK(tx.clearing(GatewayId{1}) == 41);
  });
  CHECK(seen(fixture.store, [](const View& v) { return v.clearing(GatewayId{1}); }) == 41);
  CHECK(seen(fixture.store, [](const View& v) { return v.clearing(GatewayId{2}); }) == 5);
  CHECK(seen(fixture.store, [](const View& v) { return v.clearing(GatewayId{3}); }) == 0);
}

TEMPLATE_TEST_CASE("a gateway may hold more than one amount of money can be", "[store]", Memory,
                   Sqlite) {
  TestType fixture;
  const auto most = Money::from_units(Money::kMaxUnits).value();
  write(fixture.store, [&](Tx& tx) {
    insert_basics(tx);
    tx.append(entry(1));
    for (int id : {1, 2, 3}) {
      auto stored = posting(id);
      stored.posting = {
          {AccountKind::gateway_clearing, 1}, {AccountKind::dropship_escrow, 0}, most};
      stored.debit = stored.credit = Mark{};
      tx.append(stored);
    }
  });
  CHECK(seen(fixture.store, [](const View& v) { return v.clearing(GatewayId{1}); }) ==
        3 * Money::kMaxUnits);
}
