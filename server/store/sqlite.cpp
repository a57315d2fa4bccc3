#include "store/sqlite.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <stdexcept>
#include <unordered_map>

#include "store/errors.h"
#include "store/gathered_log.h"

namespace topupd::sqlite {
namespace {

constexpr int kPrimaryCode = 0xff;  // extended codes carry more above it

[[noreturn]] void raise(const SQLite::Exception& failure) {
  std::string what{failure.what()};
  switch (failure.getErrorCode() & kPrimaryCode) {
    case SQLITE_FULL: throw StoreFull{"the database is full: " + what};
    case SQLITE_BUSY: throw StoreBusy{"the database is locked: " + what};
    case SQLITE_CONSTRAINT:
    case SQLITE_RANGE:
    case SQLITE_MISUSE: throw std::logic_error{what};
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: throw StoreBroken{"the database file: " + what};
    default: throw StoreError{"the database: " + what};
  }
}

// Calls into the library and lets only our own exceptions out.
template <class Call>
decltype(auto) guarded(Call call) {
  try {
    return call();
  } catch (const SQLite::Exception& failure) {
    raise(failure);
  }
}

// Counting what is allocated takes a lock that all connections share.  Has no effect once SQLite
// is in use, and nothing depends on it.
void leave_memory_uncounted() {
  static const int kOnce = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(kOnce);
}

const char* files() {
  leave_memory_uncounted();
  return gathering_files();
}

int open_flags(Access access) {
  // NOMUTEX: only one thread at a time uses a connection.
  int mode = access == Access::read_only ? SQLite::OPEN_READONLY
                                         : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
  return mode | SQLite::OPEN_NOMUTEX;
}

int mode_of(Checkpoint how) {
  switch (how) {
    case Checkpoint::passive: return SQLITE_CHECKPOINT_PASSIVE;
    case Checkpoint::restart: return SQLITE_CHECKPOINT_RESTART;
    case Checkpoint::truncate: return SQLITE_CHECKPOINT_TRUNCATE;
  }
  return SQLITE_CHECKPOINT_PASSIVE;
}

}  // namespace

// Statements are used through the library itself: SQLiteCpp copies every text that is bound and
// counts references to every column that is read, which costs a commit of many rows a fifth.
struct Query::Prepared {
  Prepared(SQLite::Database& db, const std::string& sql) {
    sqlite3_stmt* made = nullptr;
    auto bytes = static_cast<int>(sql.size()) + 1;
    check(db.getHandle(), sqlite3_prepare_v3(db.getHandle(), sql.c_str(), bytes,
                                             SQLITE_PREPARE_PERSISTENT, &made, nullptr));
    if (made == nullptr) throw std::logic_error{"not a statement: " + sql};
    statement.reset(made);
  }

  static void check(sqlite3* db, int code) {
    if (code != SQLITE_OK) raise(SQLite::Exception{db, code});
  }
  void check(int code) const {
    if (code != SQLITE_OK) check(sqlite3_db_handle(statement.get()), code);
  }

  struct Finalize {
    void operator()(sqlite3_stmt* done) const { sqlite3_finalize(done); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement;
  bool in_use = false;
};

Query::Query(Prepared& prepared) : prepared_{prepared} {
  if (prepared.in_use) throw std::logic_error{"the statement is in use"};
  prepared.in_use = true;
}

Query::~Query() {
  // Its code repeats what the last step said.
  sqlite3_reset(prepared_.statement.get());
  sqlite3_clear_bindings(prepared_.statement.get());
  prepared_.in_use = false;
}

void Query::bind(int parameter, std::int64_t value) {
  prepared_.check(sqlite3_bind_int64(prepared_.statement.get(), parameter, value));
}
void Query::bind(int parameter, std::string_view value) { bind_text(parameter, value, nullptr); }
void Query::bind(int parameter, std::string&& value) {
  // NOLINTNEXTLINE: SQLite's own constant casts a number to a pointer.
  bind_text(parameter, value, SQLITE_TRANSIENT);
}
void Query::bind_text(int parameter, std::string_view value, void (*owner)(void*)) {
  // A null pointer would be a null.
  const char* text = value.data() == nullptr ? "" : value.data();
  prepared_.check(sqlite3_bind_text64(prepared_.statement.get(), parameter, text, value.size(),
                                      owner, SQLITE_UTF8));
}
void Query::bind(int parameter, std::span<const unsigned char> bytes) {
  prepared_.check(sqlite3_bind_blob64(prepared_.statement.get(), parameter, bytes.data(),
                                      bytes.size(), nullptr));
}
void Query::bind_null(int parameter) {
  prepared_.check(sqlite3_bind_null(prepared_.statement.get(), parameter));
}

bool Query::next() {
  int code = sqlite3_step(prepared_.statement.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) prepared_.check(code);
  return false;
}

std::int64_t Query::integer(int column) const {
  return sqlite3_column_int64(prepared_.statement.get(), column);
}
std::string Query::text(int column) const {
  auto* statement = prepared_.statement.get();
  const auto* text = sqlite3_column_text(statement, column);
  if (text == nullptr) return {};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes either way
  return {reinterpret_cast<const char*>(text),
          static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}
std::span<const unsigned char> Query::bytes(int column) const {
  auto* statement = prepared_.statement.get();
  const auto* bytes = static_cast<const unsigned char*>(sqlite3_column_blob(statement, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}
bool Query::is_null(int column) const {
  return sqlite3_column_type(prepared_.statement.get(), column) == SQLITE_NULL;
}

struct Connection::Impl {
  Impl(const std::string& path, Access access) : db{path, open_flags(access), 0, files()} {
    // The log's size is known after every commit, and nobody checkpoints unasked.
    sqlite3_wal_autocheckpoint(db.getHandle(), 0);
    sqlite3_wal_hook(db.getHandle(), &note_commit, this);
    // A write that fails for want of space then never leaves a whole commit behind it:
    // the commit's last page is the last thing written.
    int on = 1;
    sqlite3_file_control(db.getHandle(), "main", SQLITE_FCNTL_POWERSAFE_OVERWRITE, &on);
  }

  static int note_commit(void* self, sqlite3* /*db*/, const char* /*name*/, int pages) {
    auto& impl = *static_cast<Impl*>(self);
    impl.log_pages = pages;
    ++impl.commits;
    return SQLITE_OK;
  }

  SQLite::Database db;
  int log_pages = 0;
  std::int64_t commits = 0;
  std::function<bool()> stopped;
  std::int64_t queries_begun = 0;
  std::unordered_map<std::string, Query::Prepared> texts;
  // Into texts: equal literals are one statement whether or not the linker made them one.
  std::unordered_map<const char*, Query::Prepared*> literals;
};

Connection::Connection(const std::string& path, Access access)
    : impl_{guarded([&] { return std::make_unique<Impl>(path, access); })} {}
Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;

Query::Prepared& Connection::kept(const std::string& sql) {
  auto it = impl_->texts.find(sql);
  if (it == impl_->texts.end())
    it = impl_->texts.emplace(sql, Query::Prepared{impl_->db, sql}).first;
  return it->second;
}

Query Connection::query_at(const char* sql) {
  ++impl_->queries_begun;
  auto& kept_there = impl_->literals[sql];
  if (kept_there == nullptr) kept_there = &kept(sql);
  return Query{*kept_there};
}

Query Connection::query(const std::string& sql) {
  ++impl_->queries_begun;
  return Query{kept(sql)};
}

std::string Connection::path() const { return impl_->db.getFilename(); }

std::int64_t Connection::queries_begun() const { return impl_->queries_begun; }

std::vector<std::string> Connection::kept_statements() const {
  std::vector<std::string> all;
  for (const auto& [text, prepared] : impl_->texts)
    all.push_back(text);
  return all;
}

Connection::Once::Once(std::unique_ptr<Query::Prepared> prepared)
    : prepared_{std::move(prepared)} {}
Connection::Once::~Once() = default;

Connection::Once Connection::prepare(const std::string& sql) {
  return Once{std::make_unique<Query::Prepared>(impl_->db, sql)};
}

void Connection::run(const std::string& sql) {
  guarded([&] { impl_->db.exec(sql); });
}
std::int64_t Connection::integer(const std::string& sql) {
  return guarded([&] { return impl_->db.execAndGet(sql).getInt64(); });
}
std::string Connection::text(const std::string& sql) {
  return guarded([&] { return impl_->db.execAndGet(sql).getString(); });
}

std::int64_t Connection::changes() const { return sqlite3_total_changes64(impl_->db.getHandle()); }
bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(impl_->db.getHandle()) == 0;
}
int Connection::log_pages() const { return impl_->log_pages; }
std::int64_t Connection::commits() const { return impl_->commits; }

LogCopied Connection::checkpoint(Checkpoint how) {
  auto* handle = impl_->db.getHandle();
  LogCopied log;
  int code = sqlite3_wal_checkpoint_v2(handle, "main", mode_of(how), &log.pages, &log.copied);
  if (code != SQLITE_OK && code != SQLITE_BUSY) raise(SQLite::Exception{handle, code});
  log.stood_in_the_way = code == SQLITE_BUSY;
  return log;
}

void Connection::keep_log() {
  sqlite3_db_config(impl_->db.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

void Connection::sync() {
  auto* handle = impl_->db.getHandle();
  sqlite3_file* file = nullptr;
  int code = sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  if (code == SQLITE_OK) code = file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
  if (code != SQLITE_OK) raise(SQLite::Exception{sqlite3_errstr(code), code});
}

// SQLite does as it is told while it compiles the statement: one that is kept would do nothing.
void Connection::set(Syncs syncs) {
  run(syncs == Syncs::each_commit ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
}

void Connection::copy_into(Connection& to,
                           const std::function<void(std::int64_t, std::int64_t)>& progress) {
  constexpr int kPagesAtOnce = 1'024;
  auto* target = to.impl_->db.getHandle();
  auto finish = [](sqlite3_backup* copy) { sqlite3_backup_finish(copy); };
  std::unique_ptr<sqlite3_backup, decltype(finish)> copy{
      sqlite3_backup_init(target, "main", impl_->db.getHandle(), "main"), finish};
  if (copy == nullptr) raise(SQLite::Exception{target, sqlite3_errcode(target)});
  int code = SQLITE_OK;
  while (code == SQLITE_OK) {
    code = sqlite3_backup_step(copy.get(), kPagesAtOnce);
    if (code != SQLITE_OK && code != SQLITE_DONE) raise(SQLite::Exception{target, code});
    std::int64_t all = sqlite3_backup_pagecount(copy.get());
    if (progress) progress(all - sqlite3_backup_remaining(copy.get()), all);
  }
}

void Connection::stop_when(std::function<bool()> stopped) {
  constexpr int kSteps = 100'000;  // of SQLite's machine: some milliseconds
  impl_->stopped = std::move(stopped);
  auto ask = [](void* impl) { return static_cast<Impl*>(impl)->stopped() ? 1 : 0; };
  sqlite3_progress_handler(impl_->db.getHandle(), kSteps, ask, impl_.get());
}

void Connection::wait_for_locks(std::chrono::milliseconds time) {
  guarded([&] { impl_->db.setBusyTimeout(static_cast<int>(time.count())); });
}

struct LogFile::Impl {
  // log: in SQLite's own form, as its files want it.
  explicit Impl(const char* log)
      : room(static_cast<std::size_t>(files.szOsFile) / sizeof(std::max_align_t) + 1) {
    int code = files.xOpen(&files, log, file(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_WAL, nullptr);
    if (code != SQLITE_OK) throw StoreBroken{std::string{log} + ": " + sqlite3_errstr(code)};
  }
  ~Impl() {
    if (file()->pMethods != nullptr) file()->pMethods->xClose(file());
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the library's own way to derive
  sqlite3_file* file() { return reinterpret_cast<sqlite3_file*>(room.data()); }

  sqlite3_vfs& files = *sqlite3_vfs_find(nullptr);
  std::vector<std::max_align_t> room;  // for what the system keeps of a file
};

LogFile::LogFile(const Connection& db)
    : impl_{std::make_unique<Impl>(
          sqlite3_filename_wal(sqlite3_db_filename(db.impl_->db.getHandle(), "main")))} {}
LogFile::~LogFile() = default;

void LogFile::sync() {
  auto* file = impl_->file();
  int code = file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
  if (code != SQLITE_OK) raise(SQLite::Exception{sqlite3_errstr(code), code});
}

std::string library_version() { return SQLite::getLibVersion(); }

}  // namespace topupd::sqlite
