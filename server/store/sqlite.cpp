#include "store/sqlite.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <stdexcept>
#include <unordered_map>

#include "store/errors.h"

namespace topupd::sqlite {
namespace {

constexpr int kPrimaryCode = 0xff;  // extended codes carry more above it

[[noreturn]] void raise(const SQLite::Exception& failure) {
  std::string what{failure.what()};
  switch (failure.getErrorCode() & kPrimaryCode) {
    case SQLITE_FULL: throw StoreFull{"the database is full: " + what};
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

int open_flags(Access access) {
  leave_memory_uncounted();
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

struct Query::Prepared {
  SQLite::Statement statement;
  bool in_use = false;
};

Query::Query(Prepared& prepared) : prepared_{prepared} {
  if (prepared.in_use) throw std::logic_error{"the statement is in use"};
  prepared.in_use = true;
}

Query::~Query() {
  prepared_.statement.tryReset();
  prepared_.in_use = false;
}

void Query::bind(int parameter, std::int64_t value) {
  guarded([&] { prepared_.statement.bind(parameter, value); });
}
void Query::bind(int parameter, std::string_view value) {
  guarded([&] { prepared_.statement.bind(parameter, std::string{value}); });
}
void Query::bind_null(int parameter) {
  guarded([&] { prepared_.statement.bind(parameter); });
}
bool Query::next() {
  return guarded([&] { return prepared_.statement.executeStep(); });
}

std::int64_t Query::integer(int column) const {
  return guarded([&] { return prepared_.statement.getColumn(column).getInt64(); });
}
std::string Query::text(int column) const {
  return guarded([&] { return prepared_.statement.getColumn(column).getString(); });
}
bool Query::is_null(int column) const {
  return guarded([&] { return prepared_.statement.getColumn(column).isNull(); });
}

struct Connection::Impl {
  Impl(const std::string& path, Access access) : db{path, open_flags(access)} {
    // The log's size is known after every commit, and nobody checkpoints unasked.
    sqlite3_wal_autocheckpoint(db.getHandle(), 0);
    sqlite3_wal_hook(db.getHandle(), &note_log, &log_pages);
    // A write that fails for want of space then never leaves a whole commit behind it:
    // the commit's last page is the last thing written.
    int on = 1;
    sqlite3_file_control(db.getHandle(), "main", SQLITE_FCNTL_POWERSAFE_OVERWRITE, &on);
  }

  static int note_log(void* pages, sqlite3* /*db*/, const char* /*name*/, int count) {
    *static_cast<int*>(pages) = count;
    return SQLITE_OK;
  }

  SQLite::Database db;
  int log_pages = 0;
  std::unordered_map<const char*, Query::Prepared> literals;
  std::unordered_map<std::string, Query::Prepared> texts;
};

Connection::Connection(const std::string& path, Access access)
    : impl_{guarded([&] { return std::make_unique<Impl>(path, access); })} {}
Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;

Query::Prepared& Connection::kept(const char* sql) {
  auto it = impl_->literals.find(sql);
  if (it != impl_->literals.end()) return it->second;
  return guarded([&]() -> Query::Prepared& {
    Query::Prepared made{SQLite::Statement{impl_->db, sql}};
    return impl_->literals.emplace(sql, std::move(made)).first->second;
  });
}

Query Connection::query(const std::string& sql) {
  auto it = impl_->texts.find(sql);
  if (it == impl_->texts.end())
    it = guarded([&] {
      Query::Prepared made{SQLite::Statement{impl_->db, sql}};
      return impl_->texts.emplace(sql, std::move(made)).first;
    });
  return Query{it->second};
}

std::vector<std::string> Connection::kept_statements() const {
  std::vector<std::string> all;
  for (const auto& [address, prepared] : impl_->literals)
    all.push_back(prepared.statement.getQuery());
  for (const auto& [text, prepared] : impl_->texts)
    all.push_back(text);
  return all;
}

Connection::Once::Once(std::unique_ptr<Query::Prepared> prepared)
    : prepared_{std::move(prepared)} {}
Connection::Once::~Once() = default;

Connection::Once Connection::prepare(const std::string& sql) {
  return guarded([&] {
    Query::Prepared made{SQLite::Statement{impl_->db, sql}};
    return Once{std::make_unique<Query::Prepared>(std::move(made))};
  });
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

bool Connection::checkpoint(Checkpoint how) {
  auto* handle = impl_->db.getHandle();
  int mode = mode_of(how);
  int in_log = 0;
  int copied = 0;
  int code = sqlite3_wal_checkpoint_v2(handle, "main", mode, &in_log, &copied);
  if (code == SQLITE_BUSY) return false;
  if (code != SQLITE_OK) raise(SQLite::Exception{handle, code});
  return in_log == copied;
}

void Connection::wait_for_locks(int milliseconds) {
  guarded([&] { impl_->db.setBusyTimeout(milliseconds); });
}

std::string library_version() { return SQLite::getLibVersion(); }

}  // namespace topupd::sqlite
