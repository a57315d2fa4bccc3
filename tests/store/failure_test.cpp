// What happens when the machine fails: nothing is lost, and nobody is told a lie.

#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "catch.h"
#include "store/errors.h"
#include "store/fixtures.h"
#include "store/open.h"
#include "store/records.h"

using namespace sample;
using namespace topupd;

namespace {

// No file of this process can grow beyond that size, as if its disk refused to write.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(std::uintmax_t bytes) {
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limited = before_;
    limited.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limited);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

void add_tier(Store& store, const std::string& name) {
  write(store, [&](Tx& tx) { tx.put(Tier{name, 1}); });
}
bool has_tier(Store& store, const std::string& name) {
  return seen(store, [&](const View& view) { return view.tier(name).has_value(); });
}

// Fails to commit: the log can't hold a page, wherever it goes on.
void break_commit(SqliteStore& store) {
  FileSizeLimit limit{4'096};
  CHECK_THROWS_AS(add_tier(store, "doubtful"), StoreUnknown);
}

}  // namespace

TEST_CASE("what was answered is there after the file is opened again", "[store]") {
  File file;
  write(file.open(), [](Tx& tx) {
    insert_basics(tx);
    tx.insert(order(1));
    tx.append(entry(1));
    tx.append(posting(1));
  });
  auto& store = file.open();
  CHECK(seen(store, [](const View& v) { return *v.order(OrderId{1}); }) == order(1));
  write(store, [](Tx& tx) {
    CHECK(tx.last_id(Table::orders) == 1);
    CHECK(tx.journal_head() == JournalHead{EntryId{1}, PostingId{1}, at(101)});
  });
}

TEST_CASE("a full disk refuses, loses nothing, and is over when there is space", "[store]") {
  File file;
  SqliteStore::Options small;
  small.pages_at_most = 100;
  auto& store = file.open(small);
  int accepted = 0;
  const std::string filler(3'000, 'x');
  auto fill = [&] {
    write(store, [&](Tx& tx) { tx.put(Tier{std::to_string(accepted) + filler, 1}); });
  };
  REQUIRE_THROWS_AS(
      [&] {
        for (; accepted < 1'000; ++accepted)
          fill();
      }(),
      StoreFull);
  CHECK(accepted > 0);
  CHECK(store.accepts_writes());
  for (int i = 0; i <= accepted; ++i)
    CHECK(has_tier(store, std::to_string(i) + filler) == (i < accepted));
  CHECK_THROWS_AS(fill(), StoreFull);
  CHECK(store.is_full());
  write(store, [](Tx&) {});
  CHECK(store.is_full());
  write(store, [&](Tx& tx) { tx.put(Tier{"0" + filler, 2}); });
  CHECK_FALSE(store.is_full());

  auto& larger = file.open();
  add_tier(larger, "more");
  CHECK(has_tier(larger, "more"));
  CHECK(has_tier(larger, "0" + filler));
}

TEST_CASE("who only reads has his answer though those who write beside him find no space",
          "[store]") {
  using Outcome = Store::Outcome<topup::Result<int>>;
  File file;
  SqliteStore::Options small;
  small.pages_at_most = 100;
  auto& store = file.open(small);
  const auto submit = [&](auto body) {
    auto promise = std::make_shared<std::promise<Outcome>>();
    store.transact_later(std::move(body),
                         [promise](Outcome outcome) { promise->set_value(std::move(outcome)); });
    return promise->get_future();
  };
  const auto reads = [](Tx& tx) -> topup::Result<int> { return tx.tier("x") ? 1 : 0; };
  const auto fills = [](Tx& tx) -> topup::Result<int> {
    for (int i = 0; i < 1'000; ++i)
      tx.put(Tier{std::to_string(i) + std::string(3'000, 'x'), 1});
    return 0;
  };
  // The others wait together until this one is done.
  std::promise<void> all_are_there;
  auto first = submit([together = all_are_there.get_future().share()](Tx&) -> topup::Result<int> {
    together.wait();
    return 0;
  });
  auto before = submit(reads);
  auto writer = submit(fills);
  auto after = submit(reads);
  all_are_there.set_value();
  CHECK(*first.get().take() == 0);
  CHECK(*before.get().take() == 0);
  CHECK(*after.get().take() == 0);
  auto refused = writer.get();
  store.settle();
  CHECK_THROWS_AS(refused.take(), StoreFull);
  CHECK(store.is_full());
}

TEST_CASE("of those who find the file locked by another program only the first waits long",
          "[store]") {
  File file;
  SqliteStore::Options options;
  options.lock_wait = std::chrono::milliseconds{1'000};
  auto& store = file.open(options);
  const auto refused_after = [&] {
    const auto since = std::chrono::steady_clock::now();
    CHECK_THROWS_AS(add_tier(store, "locked out"), StoreBusy);
    return std::chrono::steady_clock::now() - since;
  };
  sqlite::Connection other{file.path().string(), sqlite::Access::read_write};
  other.run("BEGIN IMMEDIATE");
  CHECK(refused_after() >= options.lock_wait / 2);
  std::chrono::nanoseconds later{0};
  for (int i = 0; i < 5; ++i)
    later += refused_after();
  CHECK(later < options.lock_wait);
  CHECK(store.accepts_writes());
  CHECK(store.is_locked_out());

  other.run("ROLLBACK");
  add_tier(store, "let in");
  CHECK_FALSE(store.is_locked_out());
  CHECK(has_tier(store, "let in"));
  CHECK_FALSE(has_tier(store, "locked out"));
  other.run("BEGIN IMMEDIATE");
  CHECK(refused_after() >= options.lock_wait / 2);
}

TEST_CASE("after a failed commit nothing is written, and what was durable is read", "[store]") {
  std::vector<std::string> reasons;
  File file;
  SqliteStore::Options options;
  options.on_shut = [&](const std::string& why) { reasons.push_back(why); };
  auto& store = file.open(options);
  add_tier(store, "before");
  break_commit(store);
  CHECK_FALSE(store.accepts_writes());
  CHECK_THROWS_AS(add_tier(store, "after"), StoreShut);
  REQUIRE(reasons.size() == 1);
  CHECK(reasons.front().starts_with("the commit failed: "));
  CHECK(has_tier(store, "before"));
  CHECK_FALSE(has_tier(store, "after"));

  auto& again = file.open();
  CHECK(has_tier(again, "before"));
  CHECK_FALSE(has_tier(again, "after"));
  add_tier(again, "later");
}

TEST_CASE("a connection for reading can't write", "[store]") {
  File file;
  file.open();
  auto db = open_for_reading(file.path().string());
  CHECK_THROWS_AS(db.run("INSERT INTO tiers VALUES ('a', 1)"), StoreError);
  CHECK_THROWS_AS(db.run("PRAGMA user_version = 7"), StoreError);
}

TEST_CASE("a change that somebody else made is seen by the next transaction", "[store]") {
  File file;
  auto& store = file.open();
  write(store, [](Tx& tx) {
    insert_basics(tx);
    CHECK(tx.service(ServiceId{1})->layanan == "70 Diamond");
  });
  open_for_writing(file.path(), current_schema(), file.backups())
      .run("UPDATE services SET layanan = '140 Diamond'");
  write(store, [](Tx& tx) { CHECK(tx.service(ServiceId{1})->layanan == "140 Diamond"); });
}

TEST_CASE("the write-ahead log stays short under load", "[store]") {
  Sqlite fixture;
  const std::string filler(100'000, 'x');
  for (int i = 0; i < 500; ++i)
    write(fixture.store, [&](Tx& tx) {
      auto u = user(i + 1);
      u.phone = filler;
      tx.insert(u);
    });
  CHECK(fixture.store.counters().log_bytes < 20L * 1024 * 1024);
}

TEST_CASE("a reader that stays holds nobody up, and when it goes the log begins anew", "[store]") {
  File file;
  auto& store = file.open();
  auto fill = [&](int megabytes) {
    for (int i = 0; i < megabytes; ++i)
      write(store, [&](Tx& tx) { tx.put(Tier{std::string(1'000'000, 'x'), i}); });
    return store.counters().log_bytes;
  };
  fill(1);
  auto reader = open_for_reading(file.path().string());
  reader.run("BEGIN");
  CHECK(reader.integer("SELECT max(api_per_minute) FROM tiers") == 0);
  CHECK(fill(80) > 75'000'000);
  CHECK(reader.integer("SELECT max(api_per_minute) FROM tiers") == 0);
  reader.run("COMMIT");
  // The store looks at the log after every 4 MiB, or sooner where nobody waits to write.
  auto log_bytes = fill(1);
  for (int more = 0; more < 10 && log_bytes > 5'000'000; ++more)
    log_bytes = fill(1);
  CHECK(log_bytes < 5'000'000);
}

TEST_CASE("a copy is whole and can be opened as a store", "[store]") {
  File file;
  auto& store = file.open();
  add_tier(store, "kept");
  auto copy = file.path().parent_path() / "it's a copy.db";
  sqlite::Connection db{file.path().string(), sqlite::Access::read_write};
  copy_database(db, copy);
  add_tier(store, "after the copy");
  SqliteStore opened{copy};
  CHECK(has_tier(opened, "kept"));
  CHECK_FALSE(has_tier(opened, "after the copy"));
  CHECK_THROWS_AS(copy_database(db, copy), StoreUnusable);
}
