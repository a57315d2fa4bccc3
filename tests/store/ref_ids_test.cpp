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
#include "store/reader_pool.h"
#include "store/records.h"
#include "store/sqlite_archive.h"
#include "store/sqlite_tx.h"

using namespace topupd;
using topup::OrderId;
using topup::UserId;
using topup::testing::Dice;

namespace {

constexpr RefIdParts kSmall{8, 16, 2, 40};

struct Opened {
  File file;
  sqlite::Connection db{open_for_writing(file.path(), current_schema(), file.backups())};
};

using Name = std::pair<std::int64_t, std::string>;

// Orders of a few users, each the newest of its user's when it comes.
class Orders {
 public:
  explicit Orders(bool remembers, const RefIdParts& parts = kSmall) : tx_{opened_.db, {}, parts} {
    begin();
    sample::insert_basics(tx_);
    end("COMMIT");
    if (remembers) tx_.remember();
  }

  void begin() { opened_.db.run("BEGIN IMMEDIATE"); }
  void end(const std::string& how) {
    opened_.db.run(how);
    if (how == "ROLLBACK") tx_.forget();
  }

  // ref_id: "" is none.
  std::int64_t add(const Name& name) {
    auto order = sample::order(static_cast<int>(++last_));
    order.user = UserId{name.first};
    order.ref_id = name.second;
    sample::insert_newest(tx_, order);
    return last_;
  }
  void take_away(std::int64_t id) {
    auto order = tx_.order(OrderId{id}).value();
    order.ref_id.clear();
    tx_.update(order);
  }
  std::int64_t last() const { return last_; }
  void forget_last(std::int64_t last) { last_ = last; }

  static std::int64_t found(const topup::View& view, const Name& name) {
    const auto order = view.order_by_ref_id(UserId{name.first}, name.second);
    return order ? order->id.value : 0;
  }
  std::int64_t found_by_writer(const Name& name) const { return found(tx_, name); }
  std::int64_t found_by_reader(const Name& name) {
    reader_.view.forget();
    return found(reader_.view, name);
  }

  std::int64_t held(int heat) {
    return opened_.db.integer("SELECT count(*) FROM ref_ids WHERE heat = " + std::to_string(heat));
  }
  std::int64_t mark() { return opened_.db.integer("SELECT order_id FROM ref_ids_mark"); }
  std::string fault() { return fault_of_ref_ids(opened_.db); }

 private:
  Opened opened_;
  SqliteTx tx_;
  Snapshot reader_{opened_.file.path().string()};
  std::int64_t last_ = 0;
};

std::string ref(std::int64_t number) { return "ref-" + std::to_string(number); }

}  // namespace

TEST_CASE("whatever is added, removed and undone, each is found and nothing else", "[store]") {
  const auto seed = GENERATE(range(1, 9));
  const bool remembers = seed % 2 == 0;
  CAPTURE(seed, remembers);
  Dice dice{static_cast<std::uint64_t>(seed)};
  Orders orders{remembers};
  std::map<Name, std::int64_t> known;
  for (int transaction = 0; transaction < 200; ++transaction) {
    orders.begin();
    const auto before = known;
    const auto last = orders.last();
    for (auto acts = dice.between(1, 8); acts > 0; --acts) {
      const Name name{dice.between(1, 2), dice.one_in(5) ? "" : ref(dice.between(1, 400))};
      const auto at = known.find(name);
      if (name.second.empty()) {
        orders.add(name);
      } else if (at == known.end()) {
        REQUIRE(orders.found_by_writer(name) == 0);
        known.emplace(name, orders.add(name));
      } else if (dice.one_in(4)) {
        orders.take_away(at->second);
        known.erase(at);
      } else {
        REQUIRE(orders.found_by_writer(name) == at->second);
      }
    }
    const bool is_undone = dice.one_in(10);
    orders.end(is_undone ? "ROLLBACK" : "COMMIT");
    if (is_undone) {
      orders.forget_last(last);
      known = before;
    }
    if (dice.one_in(10)) REQUIRE(orders.fault().empty());
    for (auto looks = dice.between(0, 3); looks > 0; --looks) {
      const Name name{dice.between(1, 2), ref(dice.between(1, 400))};
      const auto at = known.find(name);
      REQUIRE(orders.found_by_reader(name) == (at == known.end() ? 0 : at->second));
    }
  }
  for (const auto& [name, order] : known) {
    CHECK(orders.found_by_writer(name) == order);
    CHECK(orders.found_by_reader(name) == order);
  }
}

TEST_CASE("the newest are in memory, a full part is cooled, and the cold one takes the rest",
          "[store]") {
  Orders orders{true};
  orders.begin();
  for (std::int64_t order = 1; order <= 1'000; ++order)
    orders.add({1, ref(order)});
  orders.end("COMMIT");
  const auto in_file = orders.held(1) + orders.held(0);
  CHECK(in_file >= 1'000 - kSmall.newest_most - kSmall.moved_at_once);
  CHECK(in_file < 1'000);
  CHECK(orders.held(1) > 0);
  CHECK(orders.held(1) <= kSmall.warm_most + kSmall.moved_at_once);
  CHECK(orders.mark() >= 1'000 - 3 * (kSmall.newest_most + kSmall.moved_at_once));
  for (std::int64_t order = 1; order <= 1'000; ++order) {
    REQUIRE(orders.found_by_writer({1, ref(order)}) == order);
    REQUIRE(orders.found_by_reader({1, ref(order)}) == order);
  }
  CHECK(orders.fault().empty());
}

TEST_CASE("the table is never far behind, however few orders have a ref_id", "[store]") {
  Orders orders{true};
  orders.begin();
  for (std::int64_t order = 1; order <= 400; ++order)
    orders.add({1, order % 100 == 1 ? ref(order) : ""});
  orders.end("COMMIT");
  CHECK(orders.mark() > 400 - kSmall.behind_most);
  CHECK(orders.held(1) + orders.held(0) == 4);
  CHECK(orders.found_by_reader({1, ref(301)}) == 301);
  CHECK(orders.fault().empty());
}

TEST_CASE("who comes later finds those that were only in memory", "[store]") {
  File file;
  SqliteStore::Options options;
  options.ref_ids = kSmall;
  constexpr int kOrders = 45;
  for (int order = 1; order <= kOrders; ++order)
    write(file.open(options), [&](topup::Tx& tx) {
      if (order == 1) sample::insert_basics(tx);
      for (int earlier = 1; earlier < order; ++earlier)
        REQUIRE(tx.order_by_ref_id(UserId{1}, sample::order(earlier).ref_id)->id ==
                OrderId{earlier});
      sample::insert_newest(tx, sample::order(order));
    });
  file.close();
  auto db = open_for_reading(file.path().string());
  CHECK(db.integer("SELECT count(*) FROM ref_ids") < kOrders);
  CHECK(db.integer("SELECT count(DISTINCT order_id) FROM ref_ids") ==
        db.integer("SELECT count(*) FROM ref_ids"));
  CHECK(fault_of_ref_ids(db).empty());
}

TEST_CASE("who cools is not misled if somebody else took what was there", "[store]") {
  Opened opened;
  SqliteTx tx{opened.db, {}, kSmall};
  opened.db.run("BEGIN IMMEDIATE");
  sample::insert_basics(tx);
  tx.remember();
  for (int order = 1; order <= 50; ++order)
    sample::insert_newest(tx, sample::order(order));
  opened.db.run("DELETE FROM ref_ids");
  for (int order = 51; order <= 100; ++order)
    sample::insert_newest(tx, sample::order(order));
  const auto held = opened.db.integer("SELECT count(*) FROM ref_ids");
  CHECK(held >= 50 - kSmall.newest_most);
  CHECK(held <= 50 + kSmall.newest_most + kSmall.moved_at_once);
  opened.db.run("ROLLBACK");
}

TEST_CASE("who remembers which there are reads nothing for a new one, and writes nothing",
          "[store]") {
  Opened opened;
  RefIds{opened.db}.add(UserId{1}, "of before", OrderId{1});
  RefIds ids{opened.db};
  ids.remember();
  const auto queries = opened.db.queries_begun();
  ids.add(UserId{1}, "of now", OrderId{2});
  CHECK(ids.find(UserId{1}, "new").empty());
  CHECK(ids.is_absent(UserId{1}, "new"));
  CHECK(opened.db.queries_begun() == queries);
  CHECK(ids.find(UserId{1}, "of before") == std::vector{OrderId{1}});
  CHECK_FALSE(ids.is_absent(UserId{1}, "of before"));
  CHECK(ids.find(UserId{1}, "of now") == std::vector{OrderId{2}});
}

TEST_CASE("what is undone is forgotten without reading the newest anew", "[store]") {
  Opened opened;
  RefIds ids{opened.db};
  ids.remember();
  opened.db.run("BEGIN IMMEDIATE");
  ids.add(UserId{1}, "kept", OrderId{1});
  opened.db.run("INSERT INTO tiers VALUES ('gold', 1); COMMIT; BEGIN IMMEDIATE");
  ids.add(UserId{1}, "undone", OrderId{2});
  opened.db.run("ROLLBACK");
  const auto queries = opened.db.queries_begun();
  ids.forget();
  ids.add(UserId{1}, "of now", OrderId{2});
  CHECK(opened.db.queries_begun() == queries);
  CHECK(ids.find(UserId{1}, "kept") == std::vector{OrderId{1}});
  CHECK(ids.find(UserId{1}, "undone").empty());
  CHECK(ids.find(UserId{1}, "of now") == std::vector{OrderId{2}});
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
  ids.remember();
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
  CHECK((opened.db.log_pages() - before) * 3 < kCommits * kOrders);
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
      {"UPDATE ref_ids SET heat = 0", false},
      {"UPDATE ref_ids_mark SET order_id = 2", false},
      {"DELETE FROM ref_ids WHERE order_id = 2", false},  // as if it were in memory
      {"DELETE FROM ref_ids WHERE order_id = 2; UPDATE ref_ids_mark SET order_id = 1", false},
      {"DELETE FROM ref_ids WHERE order_id = 2; UPDATE ref_ids_mark SET order_id = 2", true},
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
