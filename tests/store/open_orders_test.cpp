// A reseller has one open order for a thing, and whoever writes knows which.

#include "store/open_orders.h"

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "catch.h"
#include "core/dice.h"
#include "store/fixtures.h"
#include "store/open.h"
#include "store/reader_pool.h"
#include "store/records.h"
#include "store/sqlite_tx.h"

using namespace topupd;
using topup::Order;
using topup::OrderId;
using topup::OrderState;
using topup::ServiceId;
using topup::UserId;
using topup::testing::Dice;

namespace {

struct Opened {
  File file;
  sqlite::Connection db{open_for_writing(file.path(), current_schema(), file.backups())};
};

using Thing = std::tuple<std::int64_t, std::string, std::string>;  // user, target, nometer

Order order_for(const Thing& thing, std::int64_t id) {
  auto order = sample::order(static_cast<int>(id));
  std::tie(order.user.value, order.target, order.nometer) = thing;
  return order;
}

std::int64_t found(const topup::View& view, const Thing& thing) {
  const auto& [user, target, nometer] = thing;
  return view.open_order(UserId{user}, ServiceId{1}, target, nometer).value_or(OrderId{}).value;
}

void end(topup::Tx& tx, std::int64_t id) {
  auto order = tx.order(OrderId{id}).value();
  order.state = OrderState::succeeded;
  order.target = "what an update does not look at";
  tx.update(order);
}

// What a connection of its own finds in the file.
std::int64_t found_in(const File& file, const Thing& thing) {
  const Snapshot reader{file.path().string()};
  return found(reader.view, thing);
}

Thing any(Dice& dice) {
  // Two of them are as long together, and alike when put together.
  const auto digits = std::to_string(dice.between(1, 12));
  const auto split = static_cast<std::size_t>(dice.between(0, 1));
  return {dice.between(1, 2), "9" + digits.substr(0, split), digits.substr(split)};
}

}  // namespace

TEST_CASE("whatever is opened, ended and undone, what is open is found and nothing else",
          "[store]") {
  const auto seed = GENERATE(range(1, 9));
  const bool remembers = seed % 2 == 0;
  CAPTURE(seed, remembers);
  Dice dice{static_cast<std::uint64_t>(seed)};
  Opened opened;
  SqliteTx tx{opened.db};
  opened.db.run("BEGIN IMMEDIATE");
  sample::insert_basics(tx);
  opened.db.run("COMMIT");
  if (remembers) tx.remember();
  std::map<Thing, std::int64_t> known;
  std::int64_t last = 0;
  for (int transaction = 0; transaction < 100; ++transaction) {
    const auto before = std::pair{known, last};
    opened.db.run("BEGIN IMMEDIATE");
    for (auto acts = dice.between(1, 8); acts > 0; --acts) {
      const auto thing = any(dice);
      const auto at = known.find(thing);
      REQUIRE(found(tx, thing) == (at == known.end() ? 0 : at->second));
      if (at == known.end()) {
        sample::insert_newest(tx, order_for(thing, ++last));
        known.emplace(thing, last);
      } else if (dice.one_in(2)) {
        end(tx, at->second);
        known.erase(at);
      }
    }
    const bool is_undone = dice.one_in(5);
    opened.db.run(is_undone ? "ROLLBACK" : "COMMIT");
    if (!is_undone) continue;
    tx.forget();
    std::tie(known, last) = before;
  }
  REQUIRE_FALSE(known.empty());
  for (const auto& [thing, order] : known) {
    CHECK(found(tx, thing) == order);
    CHECK(found_in(opened.file, thing) == order);
  }
}

TEST_CASE("a second order for the same thing is refused while the first is open", "[store]") {
  const bool remembers = GENERATE(false, true);
  CAPTURE(remembers);
  const Thing thing{1, "0812", ""};
  Opened opened;
  SqliteTx tx{opened.db};
  sample::insert_basics(tx);
  if (remembers) tx.remember();
  sample::insert_newest(tx, order_for(thing, 1));
  for (const auto& other : {Thing{2, "0812", ""}, {1, "0813", ""}, {1, "0812", "3"}})
    CHECK(found(tx, other) == 0);
  opened.db.run("BEGIN IMMEDIATE");
  CHECK_THROWS_AS(sample::insert_newest(tx, order_for(thing, 2)), std::logic_error);
  opened.db.run("ROLLBACK");
  tx.forget();
  end(tx, 1);
  sample::insert_newest(tx, order_for(thing, 2));
  auto again = tx.order(OrderId{1}).value();
  again.state = OrderState::queued;
  CHECK_THROWS_AS(tx.update(again), std::logic_error);
}

TEST_CASE("an open order that is overwritten is open for what it is for now", "[store]") {
  Opened opened;
  SqliteTx tx{opened.db};
  sample::insert_basics(tx);
  tx.remember();
  const Thing before{1, "0812", "1"};
  const Thing after{1, "0813", "2"};
  sample::insert_newest(tx, order_for(before, 1));
  tx.overwrite(order_for(after, 1));
  CHECK(found(tx, before) == 0);
  CHECK(found(tx, after) == 1);
  end(tx, 1);
  tx.overwrite(order_for(before, 1));
  CHECK(found(tx, before) == 0);
  CHECK(found(tx, after) == 0);
}

TEST_CASE("what was open when the file was closed is open when somebody goes on", "[store]") {
  constexpr int kStates = static_cast<int>(OrderState::recovered) + 1;
  File file;
  write(file.open(), [](topup::Tx& tx) {
    sample::insert_basics(tx);
    for (int id = 1; id <= kStates; ++id) {
      auto order = sample::order(id);
      order.state = static_cast<OrderState>(id - 1);
      sample::insert_newest(tx, order);
    }
  });
  file.close();
  write(file.open(), [&](topup::Tx& tx) {
    for (int id = 1; id <= kStates; ++id) {
      const Thing thing{1, "target" + std::to_string(id), "123"};
      const bool is_open = !topup::is_over(static_cast<OrderState>(id - 1));
      CAPTURE(id, is_open);
      CHECK(found(tx, thing) == (is_open ? id : 0));
      CHECK(found_in(file, thing) == (is_open ? id : 0));
    }
  });
}

TEST_CASE("an order that another program opened or ended is known to be so", "[store]") {
  File file;
  SqliteStore store{file.path()};
  write(store, [](topup::Tx& tx) {
    sample::insert_basics(tx);
    sample::insert_newest(tx, sample::order(1));
  });
  {
    auto db = open_for_writing(file.path(), current_schema(), file.backups());
    SqliteTx tx{db};
    db.run("BEGIN IMMEDIATE");
    end(tx, 1);
    sample::insert_newest(tx, sample::order(2));
    db.run("COMMIT");
  }
  write(store, [](topup::Tx& tx) {
    CHECK(found(tx, {1, "target1", "123"}) == 0);
    CHECK(found(tx, {1, "target2", "123"}) == 2);
  });
}

TEST_CASE("what was read in a transaction that is undone is read anew", "[store]") {
  Opened opened;
  SqliteTx tx{opened.db};
  tx.remember();
  sample::insert_basics(tx);
  const Thing first{1, "0811", ""};
  const Thing second{1, "0812", ""};
  sample::insert_newest(tx, order_for(first, 1));
  tx.forget_file();
  opened.db.run("BEGIN IMMEDIATE");
  end(tx, 1);
  sample::insert_newest(tx, order_for(second, 2));
  opened.db.run("ROLLBACK");
  tx.forget();
  CHECK(found(tx, first) == 1);
  CHECK(found(tx, second) == 0);
  OpenOrders open{opened.db};
  open.remember();
  open.forget_file();
  opened.db.run("BEGIN IMMEDIATE; UPDATE orders SET state = 'failed'");
  const auto find = [&] { return open.find(UserId{1}, ServiceId{1}, "0811", ""); };
  CHECK(find().empty());
  opened.db.run("ROLLBACK");
  open.forget();
  CHECK(find() == std::vector{OrderId{1}});
}

TEST_CASE("an order that was read when it was new ends all the same", "[store]") {
  Opened opened;
  SqliteTx tx{opened.db};
  tx.remember();
  sample::insert_basics(tx);
  tx.forget_file();
  const Thing thing{1, "0811", ""};
  sample::insert_newest(tx, order_for(thing, 1));
  end(tx, 1);
  CHECK(found(tx, thing) == 0);
  sample::insert_newest(tx, order_for(thing, 2));
  CHECK(found(tx, thing) == 2);
}

TEST_CASE("who remembers what is open reads nothing to find it", "[store]") {
  Opened opened;
  OpenOrders open{opened.db};
  open.remember();
  const auto queries = opened.db.queries_begun();
  const auto order = sample::order(1);
  auto find = [&] { return open.find(order.user, order.service, order.target, order.nometer); };
  CHECK(find().empty());
  open.add(order);
  CHECK(find() == std::vector{OrderId{1}});
  open.remove(order);
  CHECK(find().empty());
  CHECK(opened.db.queries_begun() == queries);
}
