// A connection to an SQLite file and its statements.  Nothing outside sqlite.cpp
// knows which library stands behind them.
//
// Not thread-safe: a connection and its statements are used by one thread at a
// time.  Failures are thrown: what the schema refuses as std::logic_error, all
// else as in errors.h.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace topupd::sqlite {

enum class Access {
  read_write,  // creates the file if it is missing
  read_only,
};

enum class Checkpoint {
  passive,   // as far as it goes without waiting
  restart,   // waits for readers a moment, so that the log begins anew
  truncate,  // the same, and the log is emptied
};

// How much of the write-ahead log is in the database too.
struct LogCopied {
  int pages = 0;  // in the log
  int copied = 0;
  bool stood_in_the_way = false;  // somebody else copied, or a reader did not let go in time
  bool is_whole() const { return !stood_in_the_way && copied == pages; }
};

// A prepared statement in use: bound, stepped, and ready for the next one when
// this object dies.  Columns are counted from 0, parameters from 1.
class Query {
 public:
  struct Prepared;
  explicit Query(Prepared& prepared);  // throws std::logic_error if it is in use
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  void bind(int parameter, std::int64_t value);
  void bind(int parameter, std::string_view value);                // which must outlive this object
  void bind(int parameter, std::string&& value);                   // which is copied
  void bind(int parameter, std::span<const unsigned char> bytes);  // likewise outlives it
  void bind_null(int parameter);

  // Steps to the next row; false if there is none.
  bool next();

  std::int64_t integer(int column) const;
  std::string text(int column) const;                      // "" for null
  std::span<const unsigned char> bytes(int column) const;  // until the next step
  bool is_null(int column) const;

 private:
  void bind_text(int parameter, std::string_view value, void (*owner)(void*));

  Prepared& prepared_;
};

class Connection {
 public:
  Connection(const std::string& path, Access access);
  ~Connection();
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) = delete;
  Connection(const Connection&) = delete;

  // The statement, prepared when it is first asked for and then kept: one for each text, so that
  // what two queries of the same text do does not depend on where they are written.  sql is a
  // literal: it is found again by its address.
  template <std::size_t kSize>
  Query query(const char (&sql)[kSize]) {
    return query_at(static_cast<const char*>(sql));
  }

  // The same for one of a few texts made at run time, found again by the text.
  Query query(const std::string& sql);

  // A statement that is not kept.
  class Once {
   public:
    explicit Once(std::unique_ptr<Query::Prepared> prepared);
    ~Once();
    Query query() { return Query{*prepared_}; }

   private:
    std::unique_ptr<Query::Prepared> prepared_;
  };
  Once prepare(const std::string& sql);

  // Runs one or more statements whose rows nobody wants.
  void run(const std::string& sql);
  // The first column of the first row.
  std::int64_t integer(const std::string& sql);
  std::string text(const std::string& sql);

  std::string path() const;

  // How often a statement that is kept was asked for.
  std::int64_t queries_begun() const;
  // The texts of all statements kept so far.
  std::vector<std::string> kept_statements() const;

  // Since the connection was opened: rows inserted, changed or deleted.
  std::int64_t changes() const;
  // False once SQLite has ended a transaction by itself, as it does on a full disk.
  bool in_transaction() const;

  // Pages in the write-ahead log after the last commit on this connection.
  int log_pages() const;
  // That wrote to that log.
  std::int64_t commits() const;
  LogCopied checkpoint(Checkpoint how);
  // What was copied into the database so far is durable then.
  void sync();
  // What commits from now on sync; not to be changed within a transaction.  Those that are not
  // synced are durable once somebody else syncs the log, or copies it, and never half there.
  enum class Syncs { each_commit, none };
  void set(Syncs syncs);
  // The log stays as it is when this connection is closed as the last: whoever opens the file next
  // copies it from its beginning.
  void keep_log();
  // Copies the whole database, as of the transaction that this connection is in, into that one,
  // which is new.  progress, if any, is told after some pages how many of how many are copied.
  void copy_into(Connection& to, const std::function<void(std::int64_t, std::int64_t)>& progress);
  // Asked now and then while a statement runs; true: it ends with a StoreError.
  void stop_when(std::function<bool()> stopped);
  // How long a statement waits for another connection's lock.
  void wait_for_locks(std::chrono::milliseconds time);

 private:
  friend class LogFile;
  struct Impl;
  Query query_at(const char* sql);
  Query::Prepared& kept(const std::string& sql);
  std::unique_ptr<Impl> impl_;
};

// The write-ahead log of a file that some connection has open, to sync it while that one writes.
class LogFile {
 public:
  // db must outlive this object.  Throws StoreBroken if it has no log, or it can't be opened.
  explicit LogFile(const Connection& db);
  ~LogFile();
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;

  // All that was written to the log before is durable then, whoever wrote it.  Throws StoreBroken.
  void sync();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// "3.40.1"
std::string library_version();

}  // namespace topupd::sqlite
