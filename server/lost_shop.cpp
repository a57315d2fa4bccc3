#include "lost_shop.h"

#include "store/errors.h"
#include "store/open.h"

namespace topupd {
namespace {

namespace fs = std::filesystem;

std::uintmax_t size_of(const fs::path& file) {
  std::error_code missing;
  const auto size = fs::file_size(file, missing);
  return missing ? 0 : size;
}

// A young shop is in its log alone, beside a page that says so.
bool is_missing_or_empty(const fs::path& database) {
  constexpr std::uintmax_t kPage = 4'096;
  const auto size = size_of(database);
  return size == 0 || (size <= kPage && size_of(database.string() + "-wal") == 0);
}

}  // namespace

void refuse_lost_shop(const fs::path& dir, const fs::path& backups) {
  const auto database = dir / "topup.db";
  if (!is_missing_or_empty(database)) return;
  for (const auto& folder : {dir / "backups", backups})
    refuse_beside_backups(database, folder);
  const auto sessions = dir / "sessions.db";
  if (!fs::exists(sessions)) return;
  throw StoreUnusable{database.string() + " is missing or empty, but " + sessions.string() +
                      " is of a shop that was here: put the database back, or restore a backup "
                      "(topupd restore). For a new shop move it away"};
}

MasterKey master_key_of_shop(const fs::path& dir, const fs::path& backups) {
  refuse_lost_shop(dir, backups);
  return master_key_of(dir);
}

}  // namespace topupd
