#include "sim/disk.h"

#include <string>

namespace topupd::sim {
namespace {

std::filesystem::path log_of(const std::filesystem::path& file) { return file.string() + "-wal"; }

SqliteStore::Options options() {
  SqliteStore::Options options;
  options.readers = 1;
  options.sealer = topup::testing::toy_sealer();
  return options;
}

}  // namespace

SqliteDisk::SqliteDisk(const std::filesystem::path& folder, const std::filesystem::path& empty_file)
    : folder_{folder}, file_{next_file()} {
  std::filesystem::create_directories(folder_);
  std::filesystem::copy_file(empty_file, file_);
  store_ = std::make_unique<SqliteStore>(file_, options());
}

SqliteDisk::~SqliteDisk() {
  store_ = nullptr;
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void SqliteDisk::lose_process() {
  if (left_behind_) return;
  left_behind_ = next_file();
  std::filesystem::copy_file(file_, *left_behind_);
  if (std::filesystem::exists(log_of(file_)))
    std::filesystem::copy_file(log_of(file_), log_of(*left_behind_));
}

void SqliteDisk::reopen() {
  store_ = nullptr;
  if (left_behind_) file_ = *left_behind_;
  left_behind_ = std::nullopt;
  store_ = std::make_unique<SqliteStore>(file_, options());
}

std::filesystem::path SqliteDisk::next_file() {
  return folder_ / (std::to_string(files_++) + ".db");
}

}  // namespace topupd::sim
