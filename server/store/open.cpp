#include "store/open.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

#include "store/draft.h"
#include "store/errors.h"

namespace topupd {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kLocksWait{5'000};

// Holds for every connection.
void harden(sqlite::Connection& db) {
  db.wait_for_locks(kLocksWait);
  db.run(
      "PRAGMA trusted_schema = OFF;"
      "PRAGMA cell_size_check = ON;"
      "PRAGMA mmap_size = 0;"
      "PRAGMA temp_store = MEMORY;");
}

void prepare_for_writing(sqlite::Connection& db) {
  if (db.text("PRAGMA journal_mode = WAL") != "wal")
    throw StoreUnusable{"the file system cannot keep a write-ahead log"};
  db.run(
      "PRAGMA synchronous = FULL;"
      "PRAGMA foreign_keys = ON;"
      "PRAGMA secure_delete = ON;"              // what is overwritten is in no free space
      "PRAGMA cache_size = -8192;"              // KiB: more gains nothing
      "PRAGMA journal_size_limit = 67108864");  // bytes
}

std::string quoted(const std::string& text) {
  std::string result{"'"};
  for (char c : text)
    result += c == '\'' ? std::string{"''"} : std::string{c};
  return result + "'";
}

// Runs in one transaction, all or nothing.
template <class Body>
void in_transaction(sqlite::Connection& db, Body body) {
  db.run("BEGIN IMMEDIATE");
  try {
    body();
    db.run("COMMIT");
  } catch (...) {
    if (db.in_transaction()) db.run("ROLLBACK");
    throw;
  }
}

// A sync that failed leaves pages of the log in memory that the disk does not hold, and the kernel
// calls them clean.  Forgotten, they are read from the disk, and the log ends where that does; what
// is still to be written stays.  Nobody was told yes for it.  Only the kernel knows whether it did
// so: no test shows it, and nothing else depends on it.
void forget_cached_log(const fs::path& file) {
  std::error_code none;
  const auto log = fs::weakly_canonical(file, none).string() + "-wal";
  const int descriptor = ::open(log.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
  ::close(descriptor);
}

void create(sqlite::Connection& db, const Schema& schema) {
  in_transaction(db, [&] { db.run(schema.sql); });
}

void migrate_once(sqlite::Connection& db, const Migration& step) {
  in_transaction(db, [&] {
    db.run(step.sql);
    if (step.then != nullptr) step.then(db);
    db.run("PRAGMA user_version = " + std::to_string(step.version));
    auto check = db.prepare("PRAGMA foreign_key_check");
    auto dangling = check.query();
    if (dangling.next())
      throw std::logic_error{"it leaves a reference in " + dangling.text(0) + " dangling"};
  });
}

fs::path name_of_copy(const fs::path& backups, std::int64_t version) {
  auto base = "before-migration-from-" + std::to_string(version);
  auto candidate = backups / (base + ".db");
  for (int n = 2; fs::exists(candidate); ++n)
    candidate = backups / (base + "-" + std::to_string(n) + ".db");
  return candidate;
}

// way_back: what a message ends with.
void migrate(sqlite::Connection& db, const Schema& schema, const std::string& way_back) {
  auto from = db.integer("PRAGMA user_version");
  db.run("PRAGMA foreign_keys = OFF");
  for (const auto& step : schema.migrations) {
    if (step.version <= from) continue;
    try {
      migrate_once(db, step);
    } catch (const std::exception& failure) {
      throw StoreUnusable{"the migration of the database to version " +
                          std::to_string(step.version) +
                          " failed and was undone: " + failure.what() + way_back};
    }
  }
  db.run("PRAGMA foreign_keys = ON");
}

void migrate_with_copy(sqlite::Connection& db, const Schema& schema, const fs::path& backups,
                       const Announce& announce) {
  fs::create_directories(backups);
  const auto from = db.integer("PRAGMA user_version");
  auto copy = name_of_copy(backups, from);
  if (announce) announce({from, schema.version, copy});
  copy_database(db, copy);
  migrate(db, schema, "; a copy from before is " + copy.string());
}

bool leads_on(const Schema& schema, std::int64_t from) {
  return std::any_of(schema.migrations.begin(), schema.migrations.end(),
                     [&](const Migration& step) { return step.version == from + 1; });
}

// Copies of a shop that was here.
bool has_backups(const fs::path& backups) {
  std::error_code missing;
  const fs::directory_iterator files{backups, missing};
  return !missing && std::any_of(begin(files), end(files), [](const fs::directory_entry& file) {
    return file.path().extension() == ".db";
  });
}

// Ends a message: SQLite calls a full disk an error of input and output in some places.
std::string if_full(const fs::path& file) {
  constexpr std::uintmax_t kLittle = 1'000'000;  // bytes
  std::error_code unknown;
  const auto space = fs::space(file.parent_path(), unknown);
  return !unknown && space.available < kLittle ? ". The disk is full" : "";
}

enum class Found { nothing, older, current };

// called: what messages name it.
Found look_at(sqlite::Connection& db, const std::string& called, const Schema& schema) {
  if (db.integer("SELECT count(*) FROM sqlite_schema") == 0 &&
      db.integer("PRAGMA user_version") == 0)
    return Found::nothing;
  if (db.integer("PRAGMA application_id") != kApplicationId)
    throw StoreUnusable{called + " is a database of another program"};
  auto found = db.integer("PRAGMA user_version");
  auto has = called + " has schema version " + std::to_string(found);
  if (found > schema.version)
    throw StoreUnusable{has + ", this program knows versions up to " +
                        std::to_string(schema.version) + ": it was written by a newer one"};
  if (found == schema.version) return Found::current;
  if (!leads_on(schema, found)) throw StoreUnusable{has + ", which this program can't bring on"};
  return Found::older;
}

}  // namespace

void refuse_beside_backups(const fs::path& file, const fs::path& backups) {
  if (has_backups(backups))
    throw StoreUnusable{file.string() + " is missing or empty, but " + backups.string() +
                        " holds backups of a shop: topupd restore brings one back. For a new shop "
                        "move them away"};
}

Schema current_schema() { return {schema_sql(), kSchemaVersion, migrations()}; }

sqlite::Connection open_for_writing(const fs::path& file, const Schema& schema,
                                    const fs::path& backups, const Announce& announce) {
  try {
    if (!fs::exists(file)) refuse_beside_backups(file, backups);
    forget_cached_log(file);
    sqlite::Connection db{file.string(), sqlite::Access::read_write};
    harden(db);
    auto found = look_at(db, file.string(), schema);
    if (found == Found::nothing) refuse_beside_backups(file, backups);
    prepare_for_writing(db);
    if (found == Found::nothing) create(db, schema);
    if (found == Found::older) migrate_with_copy(db, schema, backups, announce);
    return db;
  } catch (const StoreUnusable&) {
    throw;
  } catch (const std::exception& failure) {
    throw StoreUnusable{file.string() + " can't be opened: " + failure.what() + if_full(file)};
  }
}

void bring_forward(const fs::path& file, const Schema& schema, const std::string& called) {
  sqlite::Connection db{file.string(), sqlite::Access::read_write};
  harden(db);
  switch (look_at(db, called, schema)) {
    case Found::nothing: throw StoreUnusable{called + " is empty"};
    case Found::older: return migrate(db, schema, "");
    case Found::current: return;
  }
}

sqlite::Connection open_for_copying(const std::string& file) {
  try {
    sqlite::Connection db{file, sqlite::Access::read_write};
    harden(db);
    db.run("PRAGMA synchronous = FULL");
    db.integer("SELECT count(*) FROM sqlite_schema");  // opens the log
    return db;
  } catch (const std::exception& failure) {
    throw StoreUnusable{file + " can't be opened: " + failure.what()};
  }
}

sqlite::Connection open_for_reading(const std::string& file) {
  sqlite::Connection db{file, sqlite::Access::read_only};
  harden(db);
  db.run(
      "PRAGMA query_only = ON;"
      "PRAGMA cache_size = -4096");  // KiB
  return db;
}

void copy_database(sqlite::Connection& from, const fs::path& to) {
  if (is_taken(to)) throw StoreUnusable{to.string() + " exists already"};
  Draft draft{to};
  from.run("VACUUM INTO " + quoted(draft.path().string()));
  {
    sqlite::Connection copy{draft.path().string(), sqlite::Access::read_only};
    auto verdict = copy.text("PRAGMA integrity_check");
    if (verdict != "ok") throw StoreUnusable{"the copy " + to.string() + " is damaged: " + verdict};
  }
  draft.become_new();
}

}  // namespace topupd
