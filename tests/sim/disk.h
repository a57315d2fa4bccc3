// What outlives the process: the books in memory, or in a file.

#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "core/toy_seal.h"
#include "process/temp_dir.h"
#include "store/sqlite_store.h"
#include "topup/memory_store.h"

namespace topupd::sim {

class Disk {
 public:
  virtual ~Disk() = default;
  virtual topup::Store& store() = 0;
  // The process dies at this moment, also in the middle of a transaction; until reopen() the
  // store may still be touched, without effect.
  virtual void lose_process() = 0;
  virtual void reopen() = 0;
};

class MemoryDisk final : public Disk {
 public:
  topup::Store& store() override { return store_; }
  void lose_process() override {}
  void reopen() override {}

 private:
  topup::MemoryStore store_{topup::testing::toy_sealer()};
};

// A file with its log, both as they are when the process dies.
class SqliteDisk final : public Disk {
 public:
  // folder: where the files go, in memory if possible; empty_file: a database just made.
  SqliteDisk(const std::filesystem::path& folder, const std::filesystem::path& empty_file);
  ~SqliteDisk() override;
  topup::Store& store() override { return *store_; }
  void lose_process() override;
  void reopen() override;

 private:
  std::filesystem::path next_file();

  std::filesystem::path folder_;
  int files_ = 0;
  std::filesystem::path file_;
  std::optional<std::filesystem::path> left_behind_;
  std::unique_ptr<SqliteStore> store_;
};

}  // namespace topupd::sim
