// Opening files of every age.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include "catch.h"
#include "store/backup.h"
#include "store/errors.h"
#include "store/fixtures.h"
#include "store/open.h"
#include "store/records.h"
#include "store/ref_ids.h"

using namespace sample;
using namespace topupd;

namespace {

constexpr int kNext = kSchemaVersion + 1;
constexpr int kLast = kSchemaVersion + 2;

const std::vector<Migration> kToys{
    {kNext, "ALTER TABLE tiers ADD COLUMN colour TEXT; UPDATE tiers SET colour = 'red'"},
    {kLast, "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT"},
};

Schema schema_of(const std::vector<Migration>& steps) {
  return {schema_sql(), steps.empty() ? kSchemaVersion : steps.back().version, steps};
}

void open_with(const File& file, const std::vector<Migration>& steps) {
  open_for_writing(file.path(), schema_of(steps), file.backups());
}

std::string message_of(const File& file, const std::vector<Migration>& steps) {
  try {
    open_with(file, steps);
  } catch (const StoreUnusable& refusal) {
    return refusal.what();
  }
  return "opened";
}

std::int64_t version_of(const std::filesystem::path& file) {
  return open_for_reading(file.string()).integer("PRAGMA user_version");
}

std::filesystem::path copy_from(const File& file, int version) {
  return file.backups() / ("before-migration-from-" + std::to_string(version) + ".db");
}

// A file of the present version with a tier in it.
void make_old(File& file) {
  write(file.open(), [](Tx& tx) {
    insert_basics(tx);
    tx.put(Tier{"gold", 1});
  });
  file.close();
}

// A file with a tier as a program left it whose version was that.
void make_of(File& file, int version) {
  write(file.open(), [](Tx& tx) { tx.put(Tier{"gold", 1}); });
  file.close();
  sqlite::Connection{file.path().string(), sqlite::Access::read_write}.run(
      "DROP TABLE backups; PRAGMA user_version = " + std::to_string(version));
}

constexpr const char* kBackToVersion4 =
    "INSERT OR REPLACE INTO wallets SELECT * FROM wallets_now; DROP VIEW wallets_now; "
    "DROP TABLE wallet_changes; PRAGMA user_version = 4";
constexpr const char* kBackToVersion3 =
    "DROP INDEX orders_open; CREATE UNIQUE INDEX orders_open_once "
    "ON orders (user_id, service_id, target, nometer) "
    "WHERE state = 'unpaid' OR state = 'queued' OR state = 'sent' OR state = 'unknown' "
    "OR state = 'review'; PRAGMA user_version = 3";
constexpr const char* kBackToVersion2 =
    "DROP INDEX orders_open_once; CREATE UNIQUE INDEX orders_open_once "
    "ON orders (user_id, service_id, target, nometer) "
    "WHERE state IN ('unpaid', 'queued', 'sent', 'unknown', 'review'); "
    "DROP INDEX entries_once_in_slot; "
    "CREATE UNIQUE INDEX entries_once_in_slot ON entries (slot, ref); "
    "DROP INDEX steps_of_subject; CREATE INDEX steps_of_subject ON steps (subject, subject_id); "
    "DROP TABLE ref_ids_mark; UPDATE ref_ids SET heat = order_id % 4; "
    "PRAGMA user_version = 2";
constexpr const char* kBackToVersion1 =
    "DROP TABLE ref_ids; CREATE UNIQUE INDEX orders_by_ref_id ON orders (user_id, ref_id) "
    "WHERE ref_id IS NOT NULL; PRAGMA user_version = 1";

// What the schema consists of, without its comments.
std::string tables_of(sqlite::Connection& db) {
  const auto sql =
      db.text("SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema ORDER BY name)");
  return std::regex_replace(sql, std::regex{" *--[^\n]*"}, "");
}

void make_empty(const std::filesystem::path& file) { const std::ofstream made{file}; }

std::string refusal_of_restore(const File& file, const std::filesystem::path& database) {
  try {
    restore(file.path(), database, {});
  } catch (const StoreUnusable& refusal) {
    return refusal.what();
  }
  return "restored";
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a new file has the schema's version", "[store]") {
  File file;
  file.open();
  CHECK(version_of(file.path()) == kSchemaVersion);
  auto db = open_for_reading(file.path().string());
  CHECK(db.integer("PRAGMA application_id") == kApplicationId);
  CHECK(db.text("PRAGMA integrity_check") == "ok");
  CHECK_FALSE(std::filesystem::exists(file.backups()));
}

TEST_CASE("an older file is brought forward after a copy of it was made", "[store]") {
  File file;
  make_old(file);
  open_with(file, kToys);
  CHECK(version_of(file.path()) == kLast);
  auto db = open_for_reading(file.path().string());
  CHECK(db.text("SELECT colour FROM tiers") == "red");
  CHECK(db.integer("SELECT count(*) FROM notes") == 0);
  auto copy = copy_from(file, kSchemaVersion);
  CHECK(version_of(copy) == kSchemaVersion);
  CHECK(open_for_reading(copy.string()).text("SELECT name FROM tiers") == "gold");
}

TEST_CASE("migrations that are done are not run again", "[store]") {
  File file;
  make_old(file);
  open_with(file, {kToys[0]});
  CHECK(version_of(file.path()) == kNext);
  open_with(file, kToys);
  CHECK(version_of(file.path()) == kLast);
  open_with(file, kToys);
  CHECK(std::filesystem::exists(copy_from(file, kNext)));
}

TEST_CASE("a migration that fails is undone, and the message names the copy", "[store]") {
  File file;
  make_old(file);
  auto steps = kToys;
  steps[1].sql = "CREATE TABLE notes (id INTEGER PRIMARY KEY) STRICT; DROP TABLE nowhere";
  auto message = message_of(file, steps);
  CHECK(contains(message, "version " + std::to_string(kLast)));
  CHECK(contains(message, copy_from(file, kSchemaVersion).string()));
  CHECK(version_of(file.path()) == kNext);
  auto db = open_for_reading(file.path().string());
  CHECK(db.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'notes'") == 0);
  open_with(file, kToys);
  CHECK(version_of(file.path()) == kLast);
}

TEST_CASE("a migration that leaves a reference dangling is undone", "[store]") {
  File file;
  make_old(file);
  auto message = message_of(file, {{kNext, "DELETE FROM services"}});
  CHECK(contains(message, "dangling"));
  CHECK(version_of(file.path()) == kSchemaVersion);
  CHECK(seen(file.open(), [](const View& v) { return v.service(ServiceId{1}).has_value(); }));
}

TEST_CASE("a process that dies in a migration leaves the version before it", "[store]") {
  File file;
  make_old(file);
  // More than the child's files may grow by: it is killed while it writes.
  const std::vector<Migration> large{
      {kNext,
       "CREATE TABLE ballast (x TEXT) STRICT; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
       "SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO ballast SELECT hex(zeroblob(2000)) FROM "
       "n"}};
  auto child = fork();
  if (child == 0) {
    const rlimit limit{1'000'000, 1'000'000};
    setrlimit(RLIMIT_FSIZE, &limit);
    std::signal(SIGXFSZ, SIG_DFL);
    try {
      open_with(file, large);
    } catch (...) {
      _exit(1);
    }
    _exit(0);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(WIFSIGNALED(status));
  CHECK(seen(file.open(), [](const View& v) { return v.tier("gold").has_value(); }));
  CHECK(version_of(file.path()) == kSchemaVersion);
  file.close();
  open_with(file, large);
  CHECK(version_of(file.path()) == kNext);
}

TEST_CASE("a newer file is refused and not touched", "[store]") {
  File file;
  make_old(file);
  open_with(file, kToys);
  CHECK(contains(message_of(file, {}), "written by a newer"));
  CHECK(version_of(file.path()) == kLast);
}

TEST_CASE("an older file that no migration leads on from is refused and not touched", "[store]") {
  File file;
  make_of(file, 0);
  CHECK(contains(message_of(file, {}), "can't bring on"));
  CHECK(version_of(file.path()) == 0);
  CHECK_FALSE(std::filesystem::exists(file.backups()));
}

TEST_CASE("a backup that an older program made is brought forward when it is restored", "[store]") {
  File file;
  make_of(file, kSchemaVersion - 1);
  const std::vector<Migration> steps{
      {kSchemaVersion,
       "CREATE TABLE backups (made_at INTEGER PRIMARY KEY, head TEXT NOT NULL) STRICT"}};
  const Schema schema{schema_sql(), kSchemaVersion, steps};
  RestoreOptions options;
  options.schema = &schema;
  auto database = file.path().parent_path() / "restored.db";
  CHECK(restore(file.path(), database, options).report.ok());
  CHECK(version_of(database) == kSchemaVersion);
  CHECK(open_for_reading(database.string()).text("SELECT name FROM tiers") == "gold");
  CHECK(version_of(file.path()) == kSchemaVersion - 1);
}

TEST_CASE("a backup of a version that this program can't read is named and not restored",
          "[store]") {
  for (const auto& [version, why] : {std::pair{9, "written by a newer"}, {0, "can't bring on"}}) {
    File file;
    make_of(file, version);
    auto database = file.path().parent_path() / "restored.db";
    auto refusal = refusal_of_restore(file, database);
    INFO(refusal);
    CHECK(contains(refusal, why));
    CHECK(refusal.starts_with(file.path().string() + " has schema version"));
    CHECK_FALSE(std::filesystem::exists(database));
    CHECK_FALSE(std::filesystem::exists(database.string() + ".part"));
  }
}

TEST_CASE("a file of an earlier version finds its orders, and is as a new one, once brought on",
          "[store]") {
  const auto version = GENERATE(1, 2, 3, 4);
  CAPTURE(version);
  File file;
  write(file.open(), [](Tx& tx) {
    insert_basics(tx);
    for (int id = 1; id <= 9; ++id)
      insert_newest(tx, order(id));
  });
  file.close();
  std::string wanted;
  {
    sqlite::Connection db{file.path().string(), sqlite::Access::read_write};
    wanted = tables_of(db);
    fill_ref_ids(db);
    db.run(kBackToVersion4);
    if (version < 4) db.run(kBackToVersion3);
    if (version < 3) db.run(kBackToVersion2);
    if (version == 1) db.run(kBackToVersion1);
  }
  auto& store = file.open();
  CHECK(version_of(file.path()) == kSchemaVersion);
  CHECK(version_of(copy_from(file, version)) == version);
  auto reader = open_for_reading(file.path().string());
  CHECK(tables_of(reader) == wanted);
  for (int id = 1; id <= 9; ++id)
    CHECK(seen(store, [&](const View& view) {
      return view.order_by_ref_id(UserId{1}, order(id).ref_id).value().id == OrderId{id};
    }));
  CHECK(reader.integer("SELECT count(*) FROM ref_ids WHERE heat < 2") == 9);
  CHECK(seen(store, [](const View& view) { return view.wallet(UserId{1}); }).last_order ==
        OrderId{9});
  store.inspect([](const topup::Archive& archive) { CHECK(archive.faults().empty()); });
}

TEST_CASE("a lost file beside backups of the shop is not taken for a new shop", "[store]") {
  const auto is_there = GENERATE(false, true);
  CAPTURE(is_there);
  File file;
  std::filesystem::create_directory(file.backups());
  make_empty(file.backups() / "topup-20261130.db");
  if (is_there) make_empty(file.path());
  auto refusal = message_of(file, {});
  CHECK(contains(refusal, "topupd restore"));
  CHECK(contains(refusal, file.backups().string()));
  CHECK(std::filesystem::exists(file.path()) == is_there);
  std::filesystem::remove(file.backups() / "topup-20261130.db");
  CHECK(message_of(file, {}) == "opened");
}

TEST_CASE("another program's file is refused and not touched", "[store]") {
  File file;
  {
    sqlite::Connection other{file.path().string(), sqlite::Access::read_write};
    other.run("CREATE TABLE theirs (x); PRAGMA application_id = 7");
  }
  CHECK(contains(message_of(file, {}), "another program"));
  auto db = open_for_reading(file.path().string());
  CHECK(db.text("PRAGMA journal_mode") == "delete");
}

TEST_CASE("a file that is no database is refused", "[store]") {
  File file;
  FILE* out = std::fopen(file.path().c_str(), "w");
  REQUIRE(out != nullptr);
  for (int i = 0; i < 1'000; ++i)
    std::fputs("not a database ", out);
  std::fclose(out);
  CHECK(contains(message_of(file, {}), "can't be opened"));
}
