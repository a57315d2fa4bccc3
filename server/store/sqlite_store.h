// A Store in one SQLite file.
//
// Writers that arrive together share one commit, which is on the disk before any
// of them returns; the next batch runs meanwhile.  Readers wait for no writer, but
// return only when all that they could see is on the disk (durability.h).
// Safe to call from many threads.  One process, one SqliteStore per file: the
// caller holds the data directory's lock.
//
// When the machine fails, transact(), read() and inspect() throw what errors.h lists.

#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>

#include "store/log_work.h"
#include "store/ref_ids.h"
#include "store/versions.h"
#include "store/wallets.h"
#include "topup/seal.h"
#include "topup/store.h"

namespace topupd {

struct Migrating;
struct Schema;
struct Snapshot;

class SqliteStore final : public topup::Store {
 public:
  struct Options {
    int readers = 4;                 // connections for reading
    std::int64_t pages_at_most = 0;  // of 4 KiB, for the file; 0: as many as the disk holds
    const Schema* schema = nullptr;  // another than the program's own, for tests
    topup::Sealer sealer = {};       // for the journal
    std::chrono::milliseconds lock_wait{5'000};  // for another program's; a fiftieth once in vain
    LogLimits log = {};
    RefIdParts ref_ids = {};
    WalletParts wallets = {};
    std::size_t synced_later_from = 2;  // writers that share a commit: see commit_queue.h
    std::function<void(const Migrating&)> announce = {};  // of the file, before it is
    // Called once, on any thread, when accepts_writes() has become false, which may be while the
    // store ends.  It is quick, does not throw, and does not use the store.
    std::function<void(const std::string& why)> on_shut = [](const std::string&) {};
  };

  // Opens the file, which is created if it is missing; copies made before a
  // migration go to the folder backups beside it.  Throws StoreUnusable.
  explicit SqliteStore(const std::filesystem::path& file);
  SqliteStore(const std::filesystem::path& file, const Options& options);
  ~SqliteStore() override;

  // False once a commit, its sync, or a copy of the log, has failed: only a restart helps.
  bool accepts_writes() const;
  // The disk refused a write within a minute, and took none since.
  bool is_full() const;
  // Another program held the file's lock for longer than the last write waited.
  bool is_locked_out() const;

  struct Counters {
    std::int64_t transactions = 0;  // committed
    std::int64_t commits = 0;       // that they shared
    std::int64_t log_bytes = 0;     // of the write-ahead log
  };
  Counters counters() const;

  Versions versions() const;

  // Runs body on a read-only connection, in a transaction; for lists that the library
  // does not know, see queries.h.
  void look(const std::function<void(Snapshot&)>& body) const;

  // Returns once nobody waits for a commit, every caller's `done` has returned, and the log is not
  // being copied.
  void settle();

  // Brings everything into the file itself, so that no log beside it holds what was
  // overwritten.  Only while nobody else uses this object.  False if another process
  // reads the file and does not end in seconds.
  bool empty_log();

 private:
  void run(const std::function<bool(topup::Tx&)>& body) override;
  void run_later(std::function<bool(topup::Tx&)>&& body,
                 std::function<void(std::exception_ptr failure)>&& done) override;
  void run_read(const std::function<void(const topup::View&)>& body) override;
  void run_inspect(const std::function<void(const topup::Archive&)>& body) override;

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace topupd
