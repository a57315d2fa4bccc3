// Keeps the write-ahead log short.
//
// The log is copied into the database by a thread and a connection of their own while the writer
// goes on.  What it writes meanwhile is not in that copy, so that under load the log would never
// begin anew: once it is long, the writer copies the little that is left between two transactions.
//
// A log begins anew in a transaction of the writer's, and only when all of it was copied.  No copy
// begins aside when nothing is left to copy: SQLite before 3.51.3 damages a database if a log
// begins anew while a second copy of it begins (sqlite.org/wal.html, "the WAL-reset bug").  That
// holds as long as no other program writes to the file or copies its log.

#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "store/log_work.h"
#include "store/sqlite.h"

namespace topupd {

class LogKeeper {
 public:
  using Broken = std::function<void(const std::string& why)>;

  // Connections to the same file; the writer's must outlive this object.  on_broken is called when
  // is_broken() has become true, at most once, by the thread that copies; it must not throw.
  LogKeeper(
      sqlite::Connection& writer, sqlite::Connection copier, const LogLimits& limits = {},
      Broken on_broken = [](const std::string&) {});
  ~LogKeeper();  // waits for the copy under way
  LogKeeper(const LogKeeper&) = delete;
  LogKeeper& operator=(const LogKeeper&) = delete;

  // Called on the writer's thread between two transactions.  patience: how long the writer waits
  // for locks otherwise.  Throws what the writer's own copy throws; the log is whole then, and a
  // later copy takes it up.
  void rest(bool nobody_waits, std::chrono::milliseconds patience);

  // Waits for the copy under way.
  void settle();

  // A copy aside could not write, read or sync, for another reason than a full disk.  The log is
  // all there is of some pages then: it must not begin anew.  Safe from any thread.
  bool is_broken() const { return is_broken_; }

 private:
  struct Progress {
    bool is_copying = false;
    bool is_held_up = false;  // a reader stopped the last copy, or it failed
    std::int64_t copied = 0;  // pages of the log
  };

  LogState state(bool nobody_waits);
  void copy_here(std::int64_t pages, std::chrono::milliseconds patience);
  void begin_aside();
  void copy_when_told();
  void copy_aside();
  void note_begin();
  void note(const sqlite::LogCopied& log);

  sqlite::Connection& writer_;
  sqlite::Connection copier_;
  const LogLimits limits_;
  const Broken on_broken_;
  std::int64_t seen_ = 0;                           // pages in the log when the last copy began
  std::chrono::steady_clock::time_point tried_at_;  // when it did

  std::mutex mutex_;
  std::condition_variable told_;
  std::condition_variable idle_;
  Progress progress_;       // guarded by mutex_
  bool is_ending_ = false;  // likewise
  std::atomic<bool> is_broken_ = false;

  std::thread thread_;  // last: it uses the rest
};

}  // namespace topupd
