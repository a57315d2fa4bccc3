// An order is found by its reseller's id, however many there are and however long ago it was.

#include "store/ref_ids.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "catch.h"
#include "core/dice.h"
#include "store/fixtures.h"
#include "store/open.h"
#include "store/records.h"
#include "store/sqlite_archive.h"
#include "store/sqlite_tx.h"

using namespace topupd;
using topup::OrderId;
using topup::UserId;
using topup::testing::Dice;

namespace {

constexpr RefIdParts kSmall{{0, 64, 16, 4}, 2};

struct Opened {
  File file;
  sqlite::Connection db{open_for_writing(file.path(), current_schema(), file.backups())};
};

using Name = std::pair<std::int64_t, std::string>;

Name some_name(Dice& dice) {
  return {dice.between(1, 3), "ref-" + std::to_string(dice.between(1, 400))};
}

bool finds(const RefIds& ids, const Name& name, std::int64_t order) {
  const auto found = ids.find(UserId{name.first}, name.second);
  return std::count(found.begin(), found.end(), OrderId{order}) == 1;
}

std::int64_t held(sqlite::Connection& db, int heat) {
  return db.integer("SELECT count(*) FROM ref_ids WHERE heat = " + std::to_string(heat));
}

}  // namespace

TEST_CASE("whatever is added, removed and undone, each is found and nothing else", "[store]") {
  const auto seed = GENERATE(range(1, 9));
  const bool remembers = seed % 2 == 0;
  CAPTURE(seed, remembers);
  Dice dice{static_cast<std::uint64_t>(seed)};
  Opened opened;
  RefIds ids{opened.db, kSmall};
  if (remembers) ids.remember();
  std::map<Name, std::int64_t> known;
  std::int64_t next = 0;
  for (int transaction = 0; transaction < 300; ++transaction) {
    opened.db.run("BEGIN IMMEDIATE");
    const auto before = known;
    for (auto acts = dice.between(1, 8); acts > 0; --acts) {
      const auto name = some_name(dice);
      const auto at = known.find(name);
      if (at == known.end()) {
        REQUIRE(ids.find(UserId{name.first}, name.second).empty());
        REQUIRE(ids.is_absent(UserId{name.first}, name.second));
        ids.add(UserId{name.first}, name.second, OrderId{++next});
        REQUIRE_FALSE(ids.is_absent(UserId{name.first}, name.second));
        known.emplace(name, next);
      } else if (dice.one_in(4)) {
        ids.remove(UserId{name.first}, name.second, OrderId{at->second});
        known.erase(at);
      } else {
        REQUIRE(finds(ids, name, at->second));
      }
    }
    const bool is_undone = dice.one_in(10);
    opened.db.run(is_undone ? "ROLLBACK" : "COMMIT");
    if (is_undone) {
      ids.forget();
      known = before;
    }
  }
  for (const auto& [name, order] : known)
    CHECK(finds(ids, name, order));
  CHECK(opened.db.integer("SELECT count(*) FROM ref_ids") ==
        static_cast<std::int64_t>(known.size()));
}

TEST_CASE("a part that is full is cooled, and the coldest takes what is left over", "[store]") {
  Opened opened;
  RefIds ids{opened.db, kSmall};
  for (std::int64_t order = 1; order <= 1'000; ++order)
    ids.add(UserId{1}, "ref-" + std::to_string(order), OrderId{order});
  for (int heat = 1; heat <= 3; ++heat) {
    CAPTURE(heat);
    CHECK(held(opened.db, heat) <= kSmall.held_most.at(static_cast<std::size_t>(heat)) + 2);
    CHECK(held(opened.db, heat) > 0);
  }
  CHECK(held(opened.db, 0) > 900);
  for (std::int64_t order = 1; order <= 1'000; ++order)
    REQUIRE(finds(ids, {1, "ref-" + std::to_string(order)}, order));
}

TEST_CASE("who comes later counts what is there, and is not misled if somebody else took it",
          "[store]") {
  Opened opened;
  {
    RefIds ids{opened.db, kSmall};
    for (std::int64_t order = 1; order <= 50; ++order)
      ids.add(UserId{1}, "ref-" + std::to_string(order), OrderId{order});
  }
  RefIds ids{opened.db, kSmall};
  ids.add(UserId{1}, "ref-51", OrderId{51});
  opened.db.run("DELETE FROM ref_ids");
  for (std::int64_t order = 52; order <= 100; ++order)
    ids.add(UserId{1}, "ref-" + std::to_string(order), OrderId{order});
  CHECK(opened.db.integer("SELECT count(*) FROM ref_ids") == 49);
}

TEST_CASE("who remembers which there are reads nothing for a new one", "[store]") {
  Opened opened;
  RefIds{opened.db}.add(UserId{1}, "of before", OrderId{1});
  RefIds ids{opened.db};
  ids.remember();
  ids.add(UserId{1}, "of now", OrderId{2});
  const auto queries = opened.db.queries_begun();
  CHECK(ids.find(UserId{1}, "new").empty());
  CHECK(ids.is_absent(UserId{1}, "new"));
  CHECK(opened.db.queries_begun() == queries);
  CHECK(finds(ids, {1, "of before"}, 1));
  CHECK(finds(ids, {1, "of now"}, 2));
}

TEST_CASE("a ref_id that another program wrote is found all the same", "[store]") {
  File file;
  SqliteStore store{file.path()};
  write(store, [](topup::Tx& tx) {
    sample::insert_basics(tx);
    tx.insert(sample::order(1));
  });
  auto finds_theirs = [&] {
    bool is_found = false;
    write(store,
          [&](topup::Tx& tx) { is_found = tx.order_by_ref_id(UserId{1}, "theirs").has_value(); });
    return is_found;
  };
  CHECK_FALSE(finds_theirs());
  {
    auto db = open_for_writing(file.path(), current_schema(), file.backups());
    SqliteTx tx{db};
    db.run("BEGIN IMMEDIATE");
    auto order = sample::order(2);
    order.ref_id = "theirs";
    order.target = "another target";
    tx.insert(order);
    db.run("COMMIT");
  }
  CHECK(finds_theirs());
}

TEST_CASE("an order changes fewer pages than one for its ref_id", "[store]") {
  Dice dice{11};
  Opened opened;
  RefIds ids{opened.db};
  auto add = [&](std::int64_t first, std::int64_t count) {
    opened.db.run("BEGIN IMMEDIATE");
    for (auto order = first; order < first + count; ++order)
      ids.add(UserId{1}, std::to_string(dice.between(0, 1'000'000'000'000)), OrderId{order});
    opened.db.run("COMMIT");
  };
  add(1, 40'000);
  opened.db.checkpoint(sqlite::Checkpoint::truncate);
  constexpr int kCommits = 60;
  constexpr int kOrders = 32;
  add(40'001, 1);  // the log begins anew
  const auto before = opened.db.log_pages();
  for (int commit = 0; commit < kCommits; ++commit)
    add(40'002 + std::int64_t{kOrders} * commit, kOrders);
  // An index over them changes 1.0 to 1.3 of its pages for each.
  CHECK((opened.db.log_pages() - before) * 2 < kCommits * kOrders);
}

TEST_CASE("two that have the same number are told apart by their orders", "[store]") {
  Opened opened;
  SqliteTx tx{opened.db};
  opened.db.run("BEGIN IMMEDIATE");
  sample::insert_basics(tx);
  tx.insert(sample::order(1));
  auto other = sample::order(2);
  other.ref_id = "another";
  other.target = "another target";
  tx.insert(other);
  opened.db.run(
      "INSERT INTO ref_ids SELECT heat, number, 2 FROM ref_ids WHERE order_id = 1;"
      "INSERT INTO ref_ids SELECT heat, number, 1 FROM ref_ids WHERE order_id = 2 AND number NOT "
      "IN "
      "(SELECT number FROM ref_ids WHERE order_id = 1)");
  CHECK(tx.order_by_ref_id(UserId{1}, "ref1").value().id == OrderId{1});
  CHECK(tx.order_by_ref_id(UserId{1}, "another").value().id == OrderId{2});
  CHECK_FALSE(tx.order_by_ref_id(UserId{1}, "nobody's"));
  opened.db.run("ROLLBACK");
}

TEST_CASE("a table that does not lead to the orders is found out", "[store]") {
  struct Row {
    std::string damage;
    bool is_found;
  };
  const auto row = GENERATE(values<Row>({
      {"SELECT 1", false},
      {"UPDATE ref_ids SET heat = 1", false},
      {"DELETE FROM ref_ids WHERE order_id = 2", true},
      {"INSERT INTO ref_ids VALUES (0, 5, 1)", true},
      {"UPDATE ref_ids SET number = number + 1 WHERE order_id = 2", true},
      {"UPDATE ref_ids SET order_id = 3 - order_id", true},
      {"UPDATE orders SET ref_id = 'other' WHERE id = 1", true},
      {"UPDATE orders SET ref_id = NULL WHERE id = 1", true},
  }));
  CAPTURE(row.damage);
  Opened opened;
  SqliteTx tx{opened.db};
  opened.db.run("BEGIN IMMEDIATE");
  sample::insert_basics(tx);
  for (int id = 1; id <= 2; ++id)
    tx.insert(sample::order(id));
  opened.db.run(row.damage);
  Formats formats;
  CHECK(SqliteArchive{opened.db, formats}.faults().empty() != row.is_found);
  opened.db.run("ROLLBACK");
}
