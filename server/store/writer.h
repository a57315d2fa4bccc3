// Runs batches of bodies on the one connection that writes, and keeps its
// write-ahead log short.  Used by one thread at a time, what says otherwise apart.

#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <string>

#include "store/commit_queue.h"
#include "store/durability.h"
#include "store/log_keeper.h"
#include "store/sqlite.h"
#include "store/sqlite_tx.h"
#include "store/versions.h"

namespace topupd {

// A body returns true if it may be committed.
using WriteQueue = CommitQueue<std::function<bool(topup::Tx&)>>;

// So long a batch waits for a lock that another program holds on the file.
inline constexpr std::chrono::milliseconds kLockWait{5'000};

struct WriterOptions {
  std::chrono::milliseconds lock_wait = kLockWait;
  LogLimits log = {};
  RefIdParts ref_ids = {};
  WalletParts wallets = {};
  // Called once, by the thread that found it out, when no write is accepted any more: maybe within
  // a transaction, and while the writer is ended.  It must not throw, nor use the writer.
  std::function<void(const std::string& why)> on_shut = [](const std::string&) {};
};

class Writer {
 public:
  // A batch that waited for a lock in vain fails; those after it wait a fiftieth of that, until
  // one gets it: thousands may have come meanwhile.  Throws StoreUnusable if it can't read the
  // file.
  Writer(sqlite::Connection db, sqlite::Connection copier, topup::Sealer sealer,
         const WriterOptions& options = {});
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // All bodies in one transaction.  If one of several throws, or the disk has no space for them,
  // the transaction is undone and each body is to be run alone, so that it fails alone: who only
  // repeats what was done before has his answer on a full disk, too.
  BatchRun run(WriteQueue::Batch batch, Sync sync = Sync::at_once);

  // Makes durable what was committed to be synced later, on another thread than the rest.  What
  // those have to be told whose commits it were: null, or that they may not be there.  No write is
  // accepted then any more.
  std::exception_ptr sync();

  // Safe from any thread.
  const Durability& durability() const { return durability_; }

  // Has the log copied into the database when it has grown, sooner if nobody waits.
  void rest(bool nobody_waits);
  // Waits for what goes on beside the writer.
  void settle() { log_.settle(); }

  // Copies all of the log into the database and empties it; false if a reader was in the way, or an
  // earlier copy failed.
  bool empty_log();

  // Safe from any thread.
  bool accepts_writes() const { return !shut_; }
  // The disk refused a batch within a minute, and took none since.
  bool is_full() const;
  // Another program held the file's lock for longer than the last batch waited.
  bool is_locked_out() const { return is_locked_out_; }
  std::int64_t commits() const { return commits_; }
  std::int64_t transactions() const { return transactions_; }
  std::int64_t log_bytes() const { return log_bytes_; }
  Versions versions() const { return {people_, catalogue_}; }

 private:
  BatchRun run_bodies(WriteQueue::Batch batch);
  void commit(WriteQueue::Batch batch, Sync sync);
  void end_transaction(Sync sync);
  void set_sync(Sync sync);
  void undo();
  void shut(const std::string& why);
  void begin();
  void take_lock();
  std::chrono::milliseconds patience() const;
  void settle_log();
  std::int64_t version_of_file();  // changes if another connection writes
  void count_versions();

  const std::function<void(const std::string& why)> on_shut_;
  std::atomic<bool> shut_ = false;
  sqlite::Connection db_;
  SqliteTx tx_;
  LogKeeper log_;                            // its thread may shut the writer
  std::optional<sqlite::LogFile> log_file_;  // used by who syncs
  Durability durability_;
  std::optional<Sync> sync_;  // of the connection's commits; none: not known
  const std::chrono::milliseconds lock_wait_;
  std::int64_t changes_ = 0;  // of the connection, when the batch began
  std::int64_t version_ = 0;  // of the file, when it was last looked at

  using Time = std::chrono::steady_clock::time_point;
  static constexpr Time kNever = Time::min();

  std::atomic<bool> is_locked_out_ = false;
  std::atomic<Time> full_at_ = kNever;
  std::atomic<std::int64_t> commits_ = 0;
  std::atomic<std::int64_t> transactions_ = 0;
  std::atomic<std::int64_t> log_bytes_ = 0;
  std::atomic<std::uint64_t> people_ = 1;
  std::atomic<std::uint64_t> catalogue_ = 1;
};

}  // namespace topupd
