// The log's pages wait for each other, and nobody can tell by the file.

#include "store/gathered_log.h"

#include <sqlite3.h>

#include <filesystem>
#include <string>

#include "catch.h"
#include "core/dice.h"
#include "process/temp_dir.h"
#include "store/errors.h"
#include "store/full_disk.h"
#include "store/sqlite.h"

namespace {

using topup::testing::Dice;
using topupd::sqlite::Access;
using topupd::sqlite::Connection;

Connection opened(const std::filesystem::path& file, const std::string& synchronous) {
  Connection db{file.string(), Access::read_write};
  db.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = " + synchronous);
  db.run("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
  return db;
}

void add(Connection& db, std::int64_t count) {
  db.run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
         std::to_string(count) + ") INSERT INTO notes (text) SELECT hex(randomblob(1500)) FROM n");
}

constexpr const char* kContents =
    "SELECT count(*) || ' ' || ifnull(sum(id * length(text)), 0) || ' ' || "
    "ifnull(group_concat(substr(text, 1, 8)), '') FROM notes";

// What another program, with SQLite's own files, finds.
std::string contents_seen_plainly(const std::filesystem::path& file) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK);
  std::string answer;
  auto take = [](void* to, int, char** values, char**) {
    *static_cast<std::string*>(to) += values[0];
    return 0;
  };
  CHECK(sqlite3_exec(db, kContents, take, &answer, nullptr) == SQLITE_OK);
  std::string integrity;
  CHECK(sqlite3_exec(db, "PRAGMA integrity_check", take, &integrity, nullptr) == SQLITE_OK);
  CHECK(integrity == "ok");
  sqlite3_close(db);
  return answer;
}

// What is in the files now, as somebody finds it who comes after a power cut.
std::string contents_after_a_cut(const std::filesystem::path& file, const TempDir& dir) {
  auto copy = dir.path() / "cut.db";
  for (const char* end : {"", "-wal"})
    std::filesystem::copy_file(file.string() + end, copy.string() + end,
                               std::filesystem::copy_options::overwrite_existing);
  std::filesystem::remove(copy.string() + "-shm");
  return contents_seen_plainly(copy);
}

}  // namespace

TEST_CASE("a commit's pages reach the log in a few calls, not in two each", "[store]") {
  TempDir dir;
  FullDisk disk{"-wal", 10'000'000};
  auto db = opened(dir.path() / "a.db", "FULL");
  auto pages_before = db.log_pages();
  auto writes_before = FullDisk::writes();
  add(db, 100);
  auto pages = db.log_pages() - pages_before;
  CHECK(pages > 100);
  CHECK(FullDisk::writes() - writes_before < pages / 10);
}

TEST_CASE("whoever reads after a commit finds it, synced or not", "[store]") {
  auto synchronous = GENERATE("FULL", "NORMAL", "OFF");
  TempDir dir;
  auto file = dir.path() / "a.db";
  auto db = opened(file, synchronous);
  for (int count : {1, 2, 3, 40}) {
    add(db, count);
    CHECK(contents_seen_plainly(file) == db.text(kContents));
    CHECK(contents_after_a_cut(file, dir) == db.text(kContents));
  }
}

TEST_CASE("a commit that finds no space never reaches the file", "[store]") {
  TempDir dir;
  auto file = dir.path() / "a.db";
  std::string before;
  {
    FullDisk disk{"-wal", 60'000};
    auto db = opened(file, "FULL");
    add(db, 3);
    before = db.text(kContents);
    CHECK_THROWS_AS(add(db, 40), topupd::StoreFull);
    CHECK(db.text(kContents) == before);
    CHECK(contents_after_a_cut(file, dir) == before);
    add(db, 1);  // for which there is space
    before = db.text(kContents);
    CHECK(contents_after_a_cut(file, dir) == before);
  }
  CHECK(contents_seen_plainly(file) == before);
}

// A cache of ten pages: transactions write to the log, read from it and write over it before
// they commit.
TEST_CASE("the log reads the same at every commit, whatever came in between", "[store][random]") {
  auto seed = GENERATE(range(1, 25));
  CAPTURE(seed);
  Dice dice{static_cast<std::uint64_t>(seed)};
  TempDir dir;
  auto file = dir.path() / "a.db";
  auto db = opened(file, dice.one_in(2) ? "FULL" : "NORMAL");
  db.run("PRAGMA cache_size = 10; PRAGMA cache_spill = 5");
  auto committed = db.text(kContents);
  for (int transaction = 0; transaction < 12; ++transaction) {
    db.run("BEGIN");
    for (auto step = dice.between(1, 6); step > 0; --step) {
      add(db, dice.between(1, 30));
      auto some = std::to_string(dice.between(2, 9));
      if (dice.one_in(2)) db.run("UPDATE notes SET text = upper(text) || 'x' WHERE id % " + some);
      if (dice.one_in(3)) db.run("DELETE FROM notes WHERE id % " + some + " = 0");
      if (dice.one_in(4)) CHECK(contents_seen_plainly(file) == committed);
    }
    db.run(dice.one_in(3) ? "ROLLBACK" : "COMMIT");
    committed = db.text(kContents);
    CHECK(contents_seen_plainly(file) == committed);
    CHECK(contents_after_a_cut(file, dir) == committed);
    if (dice.one_in(4)) db.checkpoint(topupd::sqlite::Checkpoint::restart);
  }
}
