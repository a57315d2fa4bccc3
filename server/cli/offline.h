// A data directory opened by a verb that works without the server.

#pragma once

#include <algorithm>
#include <filesystem>

#include "clock.h"
#include "config.h"
#include "data_dir.h"
#include "journal_seal.h"
#include "lost_shop.h"
#include "master_key.h"
#include "store/sqlite_store.h"

namespace topupd::cli {

// Holds the directory's lock as long as it lives; throws DataDirError while a
// server has it.
struct Offline {
  explicit Offline(const Config& config)
      : dir{prepare_data_dir(config.server.data)},
        lock{dir},
        master{master_key_of_shop(dir, backup_dir(config))},
        store{dir / "topup.db", sealed_with(master)} {}

  std::filesystem::path dir;
  DataDirLock lock;
  MasterKey master;  // made with the database, so that the server finds both
  SqliteStore store;
  SystemTime time;

  // For records: never before what is recorded already.
  topup::Timestamp now() {
    auto head = store.read([](const topup::View& view) { return view.journal_head(); });
    return std::max({time.wall(), head.at, head.step_at});
  }
};

}  // namespace topupd::cli
