// A wallet stands as it was put last, wherever that is kept.

#include "store/wallets.h"

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
using topup::UserId;
using topup::testing::Dice;

namespace {

constexpr int kUsers = 9;
constexpr WalletParts kSmall{4, 3, 16};

topup::Wallet empty_wallet(std::int64_t user) {
  topup::Wallet wallet;
  wallet.user = {user};
  return wallet;
}

// His wallet after so many of his changes.
topup::Wallet wallet_of(std::int64_t user, std::int64_t changes) {
  auto wallet = empty_wallet(user);
  for (auto& book : wallet.books)
    book = {*topup::Money::from_units(++changes), changes, {changes}};
  wallet.last_order = {changes};
  return wallet;
}

// Wallets of a few users in a file of their own.
class Shop {
 public:
  explicit Shop(bool remembers, const WalletParts& parts = kSmall) : tx_{db_, {}, {}, parts} {
    begin();
    for (int id = 1; id <= kUsers; ++id)
      tx_.insert(sample::user(id));
    end("COMMIT");
    if (remembers) tx_.remember();
  }

  void begin() { db_.run("BEGIN IMMEDIATE"); }
  void end(const std::string& how) {
    db_.run(how);
    if (how == "ROLLBACK") tx_.forget();
  }
  void put(std::int64_t user, std::int64_t changes) { tx_.put(wallet_of(user, changes)); }
  void put_alone(std::int64_t user, std::int64_t changes) {
    begin();
    put(user, changes);
    end("COMMIT");
  }

  topup::Wallet found_by_writer(std::int64_t user) const { return tx_.wallet({user}); }
  topup::Wallet found_by_reader(std::int64_t user) {
    reader_.view.forget();
    return reader_.view.wallet({user});
  }
  std::map<std::int64_t, topup::Wallet> listed() {
    std::map<std::int64_t, topup::Wallet> all;
    Formats formats;
    SqliteArchive{db_, formats}.each(topup::Archive::Each<topup::Wallet>{
        [&](const topup::Wallet& wallet) { all.emplace(wallet.user.value, wallet); }});
    return all;
  }

  sqlite::Connection& db() { return db_; }
  std::int64_t count(const std::string& what) {
    return db_.integer("SELECT count(*) FROM " + what);
  }
  std::int64_t moved() { return count("wallets w JOIN wallets_now USING (user_id, last_order)"); }

 private:
  File file_;
  sqlite::Connection db_{open_for_writing(file_.path(), current_schema(), file_.backups())};
  SqliteTx tx_;
  Snapshot reader_{file_.path().string()};
};

}  // namespace

TEST_CASE("whatever is put and undone, each wallet stands as it was put last", "[store]") {
  const auto seed = GENERATE(range(1, 13));
  const bool remembers = seed % 3 != 0;
  CAPTURE(seed, remembers);
  Dice dice{static_cast<std::uint64_t>(seed)};
  Shop shop{remembers};
  std::map<std::int64_t, topup::Wallet> known;
  std::int64_t changes = 0;
  for (int transaction = 0; transaction < 200; ++transaction) {
    shop.begin();
    const auto before = known;
    for (auto acts = dice.between(1, 6); acts > 0; --acts) {
      const auto user = dice.one_in(3) ? dice.between(1, kUsers) : dice.between(1, 2);
      shop.put(user, ++changes);
      known[user] = wallet_of(user, changes);
      if (dice.one_in(2)) REQUIRE(shop.found_by_writer(user) == known[user]);
    }
    const bool is_undone = dice.one_in(6);
    shop.end(is_undone ? "ROLLBACK" : "COMMIT");
    if (is_undone) known = before;
    for (auto looks = dice.between(0, 2); looks > 0; --looks) {
      const auto user = dice.between(1, kUsers);
      const auto wanted = known.contains(user) ? known[user] : empty_wallet(user);
      REQUIRE(shop.found_by_reader(user) == wanted);
      REQUIRE(shop.found_by_writer(user) == wanted);
    }
    REQUIRE(shop.listed() == known);
  }
}

TEST_CASE("changes are appended, and neighbours moved together", "[store]") {
  Shop shop{true, {6, 3, 100}};
  for (int user = 1; user <= 6; ++user)
    shop.put_alone(user, 1);
  CHECK(shop.count("wallet_changes") == 0);  // his first row stands in its place
  for (int user = 1; user <= 5; ++user)
    shop.put_alone(user, 2);
  CHECK(shop.count("wallet_changes") == 5);
  CHECK(shop.moved() == 1);
  shop.put_alone(6, 2);
  CHECK(shop.moved() == 2);  // a third of them
  CHECK(shop.db().integer("SELECT min(user_id) FROM wallet_changes") == 3);
  for (int user = 1; user <= 6; ++user)
    shop.put_alone(user, 3);
  CHECK(shop.moved() == 2);
  CHECK(shop.db().text("SELECT group_concat(user_id) FROM wallets WHERE last_order = 8") == "3,4");
}

TEST_CASE("changes are never many, whoever comes in whatever order", "[store]") {
  enum class Order { ascending, descending, one_stays_away };
  const auto order = GENERATE(Order::ascending, Order::descending, Order::one_stays_away);
  CAPTURE(static_cast<int>(order));
  constexpr WalletParts kFew{4, 1'000, 12};
  Shop shop{true, kFew};
  for (int change = 1; change <= 2; ++change)
    for (int user = 1; user <= kUsers; ++user)
      shop.put_alone(user, change);
  for (int change = 3; change < 100; ++change) {
    const int turn = change % (order == Order::one_stays_away ? kUsers - 1 : kUsers);
    shop.put_alone(order == Order::descending ? kUsers - turn : 1 + turn, change);
    REQUIRE(shop.count("wallet_changes") <= kFew.most + kFew.moved_every);
  }
}

TEST_CASE("who changed longest ago is moved in time, also by servers that never run for long",
          "[store]") {
  File file;
  SqliteStore::Options options;
  options.wallets = {4, 2, 1'000};
  write(file.open(options), [](topup::Tx& tx) {
    for (int user = 1; user <= kUsers; ++user) {
      tx.insert(sample::user(user));
      for (int change = 1; change <= 2; ++change)
        tx.put(wallet_of(user, change));
    }
  });
  constexpr int kLast = 40;
  for (int change = 3; change <= kLast; ++change)
    write(file.open(options), [&](topup::Tx& tx) {
      for (int user = 1; user <= 4; ++user)
        tx.put(wallet_of(user, change));
    });
  file.close();
  auto db = open_for_reading(file.path().string());
  CHECK(db.integer("SELECT count(*) FROM wallet_changes") < std::int64_t{4} * kUsers);
  CHECK(db.integer("SELECT count(*) FROM wallets WHERE user_id > 4 AND balance_last = 3") ==
        kUsers - 4);
}

TEST_CASE("who has lost his row keeps what his change says", "[store]") {
  Shop shop{true, {1, 1, 100}};
  shop.put_alone(1, 1);
  shop.put_alone(2, 1);
  shop.put_alone(1, 2);
  shop.db().run("PRAGMA foreign_keys = off; DELETE FROM wallets WHERE user_id = 1");
  shop.put_alone(1, 3);
  shop.put_alone(2, 2);
  CHECK(shop.found_by_reader(1) == wallet_of(1, 3));
  CHECK(shop.listed().at(1) == wallet_of(1, 3));
}

TEST_CASE("a change's number is not given again once all were moved", "[store]") {
  Shop shop{true, {1, 1, 100}};
  shop.put_alone(1, 1);
  for (int change = 2; change <= 4; ++change) {
    shop.put_alone(1, change);
    CHECK(shop.found_by_reader(1) == wallet_of(1, change));
    CHECK(shop.count("wallet_changes") == 1);
    CHECK(shop.db().integer("SELECT max(id) FROM wallet_changes") == change - 1);
  }
}

TEST_CASE("who remembers a wallet appends its change and does nothing else", "[store]") {
  Shop shop{true};
  shop.put_alone(1, 1);
  shop.put_alone(1, 2);
  shop.begin();
  const auto queries = shop.db().queries_begun();
  CHECK(shop.found_by_writer(1) == wallet_of(1, 2));
  CHECK(shop.db().queries_begun() == queries);
  shop.put(1, 3);
  CHECK(shop.db().queries_begun() == queries + 1);
  shop.end("COMMIT");
}

TEST_CASE("changes outlive who made them, and are moved by who comes later", "[store]") {
  File file;
  SqliteStore::Options options;
  options.wallets = kSmall;
  for (int change = 1; change <= 50; ++change) {
    const auto user = 1 + change % 2;
    write(file.open(options), [&](topup::Tx& tx) {
      if (change == 1) sample::insert_basics(tx);
      tx.put(wallet_of(user, change));
      if (change > 2) CHECK(tx.wallet({3 - user}) == wallet_of(3 - user, change - 1));
    });
  }
  file.close();
  auto db = open_for_reading(file.path().string());
  CHECK(db.integer("SELECT count(*) FROM wallet_changes") <= kSmall.most + kSmall.moved_every);
}

TEST_CASE("a wallet that another program wrote is seen all the same", "[store]") {
  File file;
  SqliteStore::Options options;
  options.wallets = kSmall;
  SqliteStore ours{file.path(), options};
  SqliteStore theirs{file.path(), options};
  write(ours, [](topup::Tx& tx) { sample::insert_basics(tx); });
  for (int change = 1; change <= 40; ++change) {
    auto& store = change % 3 == 0 ? theirs : ours;
    write(store, [&](topup::Tx& tx) {
      if (change > 1) REQUIRE(tx.wallet({1}) == wallet_of(1, change - 1));
      tx.put(wallet_of(1, change));
    });
    for (auto* reader : {&ours, &theirs})
      REQUIRE(seen(*reader, [](const topup::View& view) { return view.wallet({1}); }) ==
              wallet_of(1, change));
  }
}

TEST_CASE("a row that no posting left so is found out, also below a newer change", "[store]") {
  struct Row {
    std::string damage;
    bool is_found;
  };
  const auto row = GENERATE(values<Row>({
      {"SELECT 1", false},
      {"UPDATE wallets SET balance = balance + 1", true},
      {"UPDATE wallets SET balance_version = 2", true},
      {"UPDATE wallets SET balance_last = 2", true},
      {"UPDATE wallets SET balance_last = 0", true},
      {"UPDATE wallets SET balance_last = 7", true},
      {"UPDATE wallets SET profit = 1", true},
      {"UPDATE wallets SET receivable_version = 1", true},
      {"UPDATE wallets SET user_id = 2", true},
      {"DELETE FROM wallets", true},
      {"UPDATE wallet_changes SET user_id = 2", true},
      {"UPDATE wallet_changes SET id = 4", false},
      {"UPDATE wallet_changes SET id = 5", true},
      {"UPDATE wallet_changes SET id = 9223372036854775807", true},
  }));
  CAPTURE(row.damage);
  File file;
  auto db = open_for_writing(file.path(), current_schema(), file.backups());
  SqliteTx tx{db};
  db.run("BEGIN IMMEDIATE");
  sample::insert_basics(tx);
  tx.append(sample::entry(1));
  for (int id = 1; id <= 2; ++id) {
    auto posting = sample::posting(id);
    posting.debit.version = id;
    tx.append(posting);
    auto wallet = empty_wallet(1);
    wallet[topup::AccountKind::user_balance] = {posting.debit.after, id, posting.id};
    tx.put(wallet);
  }
  CHECK(db.integer("SELECT count(*) FROM wallet_changes") == 1);
  db.run(row.damage);
  CHECK(fault_of_wallets(db).empty() != row.is_found);
  db.run("ROLLBACK");
}
