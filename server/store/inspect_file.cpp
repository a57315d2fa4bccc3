#include "store/inspect_file.h"

#include <string>

#include "store/errors.h"
#include "store/reader_pool.h"
#include "store/schema.h"
#include "store/sqlite_archive.h"

namespace topupd {
namespace {

void refuse_other_files(sqlite::Connection& db, const std::filesystem::path& file) {
  if (db.integer("PRAGMA application_id") != kApplicationId)
    throw StoreUnusable{file.string() + " is not a database of topupd"};
  auto version = db.integer("PRAGMA user_version");
  if (version != kSchemaVersion)
    throw StoreUnusable{file.string() + " has schema version " + std::to_string(version) +
                        ", this program reads " + std::to_string(kSchemaVersion) +
                        (version > kSchemaVersion ? ": it was written by a newer one"
                                                  : ": serve and restore bring it forward")};
}

}  // namespace

void inspect_file(const std::filesystem::path& file,
                  const std::function<void(const topup::Archive&)>& body,
                  const std::function<bool()>& stopped) {
  inspect_file(
      file, [&](const topup::View&, const topup::Archive& archive) { body(archive); }, stopped);
}

void inspect_file(const std::filesystem::path& file,
                  const std::function<void(const topup::View&, const topup::Archive&)>& body,
                  const std::function<bool()>& stopped) {
  Snapshot snapshot{file.string()};
  if (stopped) snapshot.db.stop_when(stopped);
  refuse_other_files(snapshot.db, file);
  read_once(snapshot, [&](Snapshot& moment) {
    body(moment.view, SqliteArchive{moment.db, moment.formats});
  });
}

}  // namespace topupd
