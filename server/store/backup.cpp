#include "store/backup.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <sstream>

#include "store/draft.h"
#include "store/errors.h"
#include "store/inspect_file.h"
#include "store/open.h"
#include "store/reader_pool.h"
#include "store/sqlite.h"

namespace topupd {
namespace {

namespace fs = std::filesystem;

bool is_on_one_disk(const fs::path& a, const fs::path& b) {
  struct stat one {};
  struct stat other {};
  return stat(a.c_str(), &one) == 0 && stat(b.c_str(), &other) == 0 && one.st_dev == other.st_dev;
}

// Of a copy beside a running server, whose commits wait while the disk takes more: 16 MiB.
constexpr std::int64_t kPagesUnsynced = 4'096;

// Ends a copy before it takes the space that the shop needs to go on.
class SpaceGuard {
 public:
  SpaceGuard(const fs::path& database, const fs::path& to, std::int64_t space_left)
      : folder_{folder_of(to)}, left_{is_on_one_disk(database, folder_) ? space_left : 0} {}

  void need(std::int64_t bytes) const {
    if (static_cast<std::int64_t>(fs::space(folder_).available) < bytes + left_)
      throw StoreFull{"there is no space for it in " + folder_.string()};
  }

 private:
  const fs::path folder_;
  const std::int64_t left_;
};

// All of one file as of one moment into a new one, which needs no log beside it.
void copy_pages(const fs::path& from, const fs::path& to, const Progress& progress) {
  auto source = open_for_reading(from.string());
  source.run("BEGIN");
  source.integer("SELECT count(*) FROM sqlite_schema");  // here the moment is
  sqlite::Connection copy{to.string(), sqlite::Access::read_write};
  copy.run("PRAGMA synchronous = OFF");  // it is made durable as a whole
  source.copy_into(copy, progress);
  if (copy.text("PRAGMA journal_mode = DELETE") != "delete")
    throw StoreUnusable{to.string() + " keeps a log"};
}

// Of the copy, by its own rows: the last ones carry the seals.
topup::JournalHead head_of(const fs::path& file) {
  Snapshot snapshot{file.string()};
  topup::JournalHead head;
  read_once(snapshot, [&](Snapshot& moment) { head = moment.view.journal_head(); });
  return head;
}

void note_head(const fs::path& file, topup::Timestamp now) {
  auto head = text(topup::noted(head_of(file)));
  sqlite::Connection copy{file.string(), sqlite::Access::read_write};
  copy.run("PRAGMA synchronous = OFF");
  auto statement = copy.prepare("INSERT OR REPLACE INTO backups VALUES (?,?)");
  auto query = statement.query();
  query.bind(1, std::int64_t{now.time_since_epoch().count()});
  query.bind(2, std::string_view{head});
  query.next();
}

void check_pages(const fs::path& file, const std::function<bool()>& stopped) {
  sqlite::Connection copy{file.string(), sqlite::Access::read_only};
  if (stopped) copy.stop_when(stopped);
  auto verdict = copy.text("PRAGMA integrity_check(1)");
  if (verdict != "ok") throw StoreUnusable{file.string() + " is damaged: " + verdict};
}

topup::Report checked(const fs::path& file, const topup::SealCheck& seals,
                      const std::function<bool()>& stopped) {
  check_pages(file, stopped);
  topup::Report report;
  inspect_file(
      file, [&](const topup::Archive& archive) { report = topup::check(archive, seals); }, stopped);
  return report;
}

// Everything that goes wrong is a sentence.
template <class Body>
auto said(const std::string& what, Body body) {
  try {
    return body();
  } catch (const StoreUnusable&) {
    throw;
  } catch (const StoreError& failure) {
    throw StoreUnusable{what + ": " + failure.what()};
  } catch (const fs::filesystem_error& failure) {
    throw StoreUnusable{what + ": " + failure.what()};
  }
}

void refuse_taken(const fs::path& to) {
  if (is_taken(to)) throw StoreUnusable{to.string() + " exists already"};
  for (const auto* end : kBesideDatabase)
    if (is_taken(with(to, end))) throw StoreUnusable{with(to, end).string() + " exists already"};
}

std::int64_t bytes_of(const fs::path& database) {
  std::error_code missing;
  auto log = fs::file_size(with(database, "-wal"), missing);
  return static_cast<std::int64_t>(fs::file_size(database) + (missing ? 0 : log));
}

void write_key(const fs::path& file, const std::string& text) {
  Draft draft{file};
  draft.write(text);
  draft.replace();
}

std::string content_of(const fs::path& file) {
  std::ifstream stream{file, std::ios::binary};
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

// Brings what stands in the log beside a database into the database.  One that is too damaged for
// it keeps its log; so does an empty one, whose log SQLite would throw away.
void take_log_up(const fs::path& database) {
  if (fs::is_empty(database)) return;
  try {
    sqlite::Connection db{database.string(), sqlite::Access::read_write};
    db.text("PRAGMA journal_mode = DELETE");
  } catch (const std::exception&) {
    return;
  }
}

// The database gets a second name.
void keep_as(const fs::path& database, const fs::path& kept) {
  take_log_up(database);
  if (link(database.c_str(), kept.c_str()) != 0) fail_for(kept, "could not be written", errno);
}

// A log must never stand beside a database that it is not of: SQLite would take it up.
void move_log(const fs::path& database, const fs::path& kept) {
  for (const auto* end : kBesideDatabase)
    if (is_taken(with(database, end))) fs::rename(with(database, end), with(kept, end));
  make_names_durable(folder_of(kept));
}

// No database is in its place meanwhile, since it would be with a key that is not its own.
void change_key(const fs::path& database, const fs::path& kept, const RestoreOptions& options) {
  auto before = content_of(options.key_file);
  bool changes = !options.key.empty() && before != options.key;
  if (!before.empty() && (changes || is_taken(kept))) write_key(key_file_of(kept), before);
  if (!changes) return;
  fs::remove(database);
  make_names_durable(folder_of(database));
  write_key(options.key_file, options.key);
}

}  // namespace

fs::path key_file_of(const fs::path& backup) { return with(backup, ".key"); }

std::string key_text_of(const fs::path& backup) { return content_of(key_file_of(backup)); }

Backup back_up(const fs::path& database, const fs::path& to, const BackupOptions& options) {
  refuse_taken(to);
  return said(database.string() + " could not be copied", [&] {
    SpaceGuard space{database, to, options.space_left};
    space.need(bytes_of(database));
    Draft draft{to};
    copy_pages(database, draft.path(), [&](std::int64_t done, std::int64_t all) {
      space.need(0);
      if (options.stopped && options.stopped()) throw StoreError{"it was stopped"};
      if (done % kPagesUnsynced == 0) draft.sync();
      if (options.progress) options.progress(done, all);
    });
    note_head(draft.path(), options.now);
    Backup made{checked(draft.path(), {options.hash, {}}, options.stopped),
                static_cast<std::int64_t>(fs::file_size(draft.path()))};
    if (!options.key.empty()) write_key(key_file_of(to), options.key);
    draft.become_new();
    return made;
  });
}

Restored restore(const fs::path& backup, const fs::path& database, const RestoreOptions& options) {
  bool is_there = is_taken(database);
  if (is_there && !options.replaces) throw StoreUnusable{database.string() + " exists already"};
  return said(backup.string() + " could not be restored", [&] {
    Draft draft{database};
    copy_pages(backup, draft.path(), options.progress);
    bring_forward(draft.path(), options.schema ? *options.schema : current_schema(),
                  backup.string());
    Restored restored{checked(draft.path(), options.seals, {}), {}, {}};
    if (!restored.report.ok()) return restored;
    if (options.new_hash) {
      restored.forgotten = take_new_keys(draft.path(), options.new_hash, options.now);
      restored.report = checked(draft.path(), {options.new_hash, {}}, {});
    }
    auto kept = folder_of(database) / options.kept_name;
    if (is_there) {
      keep_as(database, kept);
      restored.kept = kept;
    }
    move_log(database, kept);
    change_key(database, kept, options);
    draft.replace();
    return restored;
  });
}

}  // namespace topupd
