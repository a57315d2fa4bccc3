// Looks after the database as a file: makes the backup of the day, and logs the head of the
// journal, so that it stands where nobody who can write to the file can change it.

#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "store/backup.h"
#include "work/backup_state.h"
#include "work/workshop.h"

namespace topupd {

struct KeeperOptions {
  std::filesystem::path database;
  std::filesystem::path backups;  // a folder, made if missing; no other shop's
  std::int64_t keep = 0;          // backups of the day; 0: none are made
  std::chrono::hours hour{3};     // in WIB, at which a day begins
  topup::Hash hash = {};          // of the journal
  std::string key = {};           // the content of a backup's key file; empty: it gets none
  std::int64_t space_left = kSpaceLeftByBackups;
  std::chrono::milliseconds look_every{60'000};
  std::chrono::hours head_every{1};
  std::chrono::hours retry_after{1};  // when a backup failed
};

class Keeper {
 public:
  // shop outlives it.
  Keeper(Workshop& shop, KeeperOptions options);
  ~Keeper();  // stops
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;

  // Logs the head, and again when it stops; begins to look after a while, so that a server that
  // does not stay up makes no backups.  One that is under way when it stops is given up.
  void start();
  void stop();

  // What the thread does at every look; for tests, on the caller's thread.
  void look();

  // Safe from any thread.
  BackupState state() const;

 private:
  void log_head();
  void back_up_once_a_day();
  void make(const std::filesystem::path& file);
  void clear_remains() const;
  void drop_oldest(const std::filesystem::path& made) const;
  bool is_of_another_key(const std::filesystem::path& backup) const;
  void see_newest();
  void failed(const std::string& why);

  Workshop& shop_;
  const KeeperOptions options_;
  std::optional<MonotonicTime> head_logged_;
  std::optional<MonotonicTime> not_before_;
  std::atomic<bool> stopping_ = false;
  mutable std::mutex mutex_;  // guards stopping_ for the wait, and state_
  std::condition_variable stopped_;
  BackupState state_;
  std::thread thread_;
};

}  // namespace topupd
