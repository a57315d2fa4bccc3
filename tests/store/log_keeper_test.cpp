// The log is copied beside the writer, begins anew, and loses nothing.

#include "store/log_keeper.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <string>

#include "catch.h"
#include "core/dice.h"
#include "process/temp_dir.h"
#include "store/errors.h"
#include "store/fixtures.h"
#include "store/full_disk.h"
#include "store/open.h"

using namespace topupd;
using sqlite::Access;
using sqlite::Connection;
using topup::testing::Dice;

namespace {

constexpr std::chrono::milliseconds kPatience{5'000};
constexpr LogLimits kSmall{4, 8, 32, 4, 256};

Connection opened(const std::filesystem::path& file) {
  Connection db{file.string(), Access::read_write};
  db.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  db.run("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
  return db;
}

// A commit of some pages at random places.
void change(Connection& db, Dice& dice) {
  db.run("BEGIN IMMEDIATE");
  for (auto count = dice.between(1, 6); count > 0; --count)
    db.run("INSERT OR REPLACE INTO notes VALUES (" + std::to_string(dice.between(1, 300)) +
           ", hex(randomblob(1000)))");
  db.run("COMMIT");
}

std::string contents(Connection& db) {
  return db.text(
      "SELECT count(*) || ' ' || ifnull(sum(id * unicode(substr(text, 7, 1))), 0) FROM notes");
}

}  // namespace

TEST_CASE("what is to be done about a log follows from how it stands", "[store]") {
  struct Row {
    std::string what;
    LogState log;
    LogWork work;
  };
  constexpr LogLimits kLimits{10, 100, 1'000, 50, 2'000};
  const auto row = GENERATE(values<Row>({
      {"it is empty", {0, 0, 0, false, false, true}, LogWork::nothing},
      {"all of it was copied", {999, 999, 0, false, false, true}, LogWork::nothing},
      {"all of a long one was copied", {5'000, 500, 0, false, false, false}, LogWork::nothing},
      {"it has hardly grown", {9, 9, 9, false, false, true}, LogWork::nothing},
      {"it has grown, and nobody waits", {10, 10, 10, false, false, true}, LogWork::copy_aside},
      {"it has grown a little, and somebody waits",
       {99, 99, 99, false, false, false},
       LogWork::nothing},
      {"it has grown, and somebody waits",
       {100, 100, 100, false, false, false},
       LogWork::copy_aside},
      {"it is being copied", {999, 900, 999, true, false, false}, LogWork::nothing},
      {"it is long and being copied", {1'999, 900, 40, true, false, false}, LogWork::nothing},
      {"it is long, and much is left", {1'000, 51, 51, false, false, false}, LogWork::copy_aside},
      {"it is long, and little is left", {1'000, 1, 50, false, false, false}, LogWork::copy_here},
      {"it is long, and a reader stops every copy",
       {1'500, 99, 600, false, true, false},
       LogWork::nothing},
      {"it has grown, and a reader stopped the last copy",
       {1'500, 100, 600, false, true, false},
       LogWork::copy_aside},
      {"it is too long", {2'000, 1, 900, false, false, false}, LogWork::copy_here},
      {"it is too long and being copied", {2'000, 1, 900, true, false, false}, LogWork::copy_here},
      {"it is too long, and a reader stops every copy",
       {2'000, 99, 900, false, true, false},
       LogWork::nothing},
      {"it is too long, has grown a little, and a reader stops every copy",
       {2'100, 524, 900, false, true, true},
       LogWork::nothing},
      {"it is too long, has grown by a quarter, and a reader stopped the last copy",
       {2'100, 525, 900, false, true, false},
       LogWork::copy_here},
      {"it is too long, and a reader stopped the last copy long ago",
       {2'100, 0, 900, false, true, true, true},
       LogWork::copy_here},
      {"it is too long, and so is what is left",
       {9'000, 1, 3'999, false, false, false},
       LogWork::copy_here},
      {"it is too long, and much more is left",
       {9'000, 1, 4'000, false, false, false},
       LogWork::copy_aside},
      {"it is too long, much is left, and it is being copied",
       {9'000, 2'249, 4'000, true, false, false},
       LogWork::nothing},
      {"it is too long, much is left, it is being copied and grows",
       {9'000, 2'250, 4'000, true, false, false},
       LogWork::copy_here},
      {"it is too long, much is left, and a reader stopped the last copy long ago",
       {9'000, 0, 4'000, false, true, true, true},
       LogWork::copy_aside},
  }));
  CAPTURE(row.what);
  CHECK(work_on(row.log, kLimits) == row.work);
}

TEST_CASE("a writer that never rests has a short log, and nothing is lost", "[store]") {
  const auto seed = GENERATE(range(1, 6));
  CAPTURE(seed);
  Dice dice{static_cast<std::uint64_t>(seed)};
  TempDir dir;
  const auto file = dir.path() / "notes.db";
  auto db = opened(file);
  int longest = 0;
  std::string written;
  {
    LogKeeper log{db, open_for_copying(file.string()), kSmall};
    for (int i = 0; i < 600; ++i) {
      change(db, dice);
      longest = std::max(longest, db.log_pages());
      log.rest(dice.one_in(3), kPatience);
    }
    CHECK_FALSE(log.is_broken());
    written = contents(db);
  }
  // Without an end it would have some thousands of pages.
  CHECK(longest >= kSmall.long_from);
  // A copy that meets a commit stops before it, as for a reader: a quarter more then.
  CHECK(longest < kSmall.too_long_from * 5 / 4 + 64);
  CHECK(db.checkpoint(sqlite::Checkpoint::truncate).is_whole());
  Connection again{file.string(), Access::read_only};
  CHECK(contents(again) == written);
  CHECK(again.text("PRAGMA integrity_check") == "ok");
}

TEST_CASE("a reader that stays holds the log up and nobody else", "[store]") {
  Dice dice{7};
  TempDir dir;
  const auto file = dir.path() / "notes.db";
  auto db = opened(file);
  LogKeeper log{db, open_for_copying(file.string()), kSmall};
  auto work = [&](int changes) {
    for (int i = 0; i < changes; ++i) {
      change(db, dice);
      log.rest(false, kPatience);
    }
  };
  work(10);
  auto reader = open_for_reading(file.string());
  reader.run("BEGIN");
  const auto seen_by_reader = contents(reader);
  work(60);
  CHECK(db.log_pages() > kSmall.too_long_from);
  CHECK(contents(reader) == seen_by_reader);
  reader.run("COMMIT");
  work(30);
  log.settle();
  CHECK(db.log_pages() < kSmall.too_long_from);
  CHECK(contents(reader) == contents(db));
}

TEST_CASE("a log that cannot be copied for want of space is copied later", "[store]") {
  Dice dice{7};
  TempDir dir;
  const auto file = dir.path() / "notes.db";
  std::string written;
  {
    constexpr sqlite3_int64 kRoom = 64'000;
    FullDisk full{"notes.db", kRoom};
    auto db = opened(file);
    LogKeeper log{db, open_for_copying(file.string()), kSmall};
    for (int i = 0; i < 20; ++i) {
      change(db, dice);
      log.rest(true, kPatience);
      log.settle();
    }
    CHECK_FALSE(log.is_broken());
    CHECK(std::filesystem::file_size(file) <= kRoom);
    CHECK(db.log_pages() > kSmall.long_from);
    written = contents(db);
  }
  auto db = opened(file);
  CHECK(contents(db) == written);
  CHECK(db.checkpoint(sqlite::Checkpoint::truncate).is_whole());
}

TEST_CASE("a log of which a part was copied and may not be on the disk is kept", "[store]") {
  Dice dice{7};
  TempDir dir;
  const auto file = dir.path() / "notes.db";
  constexpr sqlite3_int64 kRoom = 100'000'000;
  const FullDisk disk{"notes.db", kRoom};
  auto db = opened(file);
  LogKeeper log{db, open_for_copying(file.string()), kSmall};
  for (int i = 0; i < 5; ++i)
    change(db, dice);
  // So that the copy does not reach the end, where SQLite itself would sync.
  auto reader = open_for_reading(file.string());
  reader.run("BEGIN");
  contents(reader);
  for (int i = 0; i < 5; ++i)
    change(db, dice);
  FullDisk::fail_syncs();
  log.rest(true, kPatience);
  log.settle();
  CHECK(log.is_broken());
  reader.run("COMMIT");
  // Nothing is copied any more, however long it grows.
  const auto writes = FullDisk::writes();
  for (int i = 0; i < 60; ++i) {
    change(db, dice);
    log.rest(true, kPatience);
    log.settle();
  }
  CHECK(db.log_pages() > kSmall.too_long_from);
  CHECK(FullDisk::writes() == writes);
}

TEST_CASE("a store whose log may not be on the disk takes no writes and leaves the log as it is",
          "[store]") {
  TempDir dir;
  const auto file = dir.path() / "topup.db";
  constexpr sqlite3_int64 kRoom = 100'000'000;
  const FullDisk disk{"topup.db", kRoom};
  {
    SqliteStore::Options options;
    options.log = kSmall;
    std::atomic<int> times_shut = 0;
    options.on_shut = [&](const std::string& /*why*/) { ++times_shut; };
    SqliteStore store{file, options};
    write(store, [](topup::Tx& tx) { tx.put(topup::Tier{"gold", 1}); });
    store.settle();
    FullDisk::fail_syncs();
    for (int i = 0; i < 20 && store.accepts_writes(); ++i) {
      try {
        write(store, [&](topup::Tx& tx) { tx.put(topup::Tier{"t" + std::to_string(i), 1}); });
      } catch (const StoreShut&) {
      }
      store.settle();
    }
    CHECK_FALSE(store.accepts_writes());
    CHECK(times_shut == 1);
    CHECK_FALSE(store.empty_log());
    FullDisk::heal_syncs();
  }
  CHECK(std::filesystem::file_size(file.string() + "-wal") > 0);
}
