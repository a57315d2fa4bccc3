// Copies of a database that are whole or not there, and their way back.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "store/new_keys.h"
#include "topup/checker.h"

namespace topupd {

struct Schema;

// Asked now and then while something long is done: how much of it is done.  What it throws ends it.
using Progress = std::function<void(std::int64_t done, std::int64_t all)>;

// What a copy leaves of a disk that the database is on too, in bytes.
inline constexpr std::int64_t kSpaceLeftByBackups = 268'435'456;

struct BackupOptions {
  topup::Hash hash = {};  // what the journal was sealed with; empty: it is not checked
  std::string key = {};   // the content of the copy's key file; empty: it gets none
  topup::Timestamp now{};
  std::int64_t space_left = kSpaceLeftByBackups;
  Progress progress = {};
  std::function<bool()> stopped = {};  // asked now and then; yes: StoreUnusable, and no copy
};

struct Backup {
  topup::Report report;    // of the copy
  std::int64_t bytes = 0;  // of it
};

// The key of a backup, beside it: "topup.db.key".
std::filesystem::path key_file_of(const std::filesystem::path& backup);
std::string key_text_of(const std::filesystem::path& backup);  // its content; "" if there is none

// Copies everything that is durable now, also while another process or thread writes, which waits
// for nothing.  The copy notes in itself when it was made and the head of the journal; its pages
// are checked, and every invariant.  It is durable and 0600 when this returns, and has that name
// only then, its key before it: whatever ends this leaves at most `to` + ".part", which the next
// call overwrites, and a key.
//
// A copy that breaks an invariant is kept, since there may be no better one: see the report.
// Throws StoreUnusable if there is such a file, the database can't be read, or the copy not
// written, for want of space too.
Backup back_up(const std::filesystem::path& database, const std::filesystem::path& to,
               const BackupOptions& options);

struct RestoreOptions {
  topup::SealCheck seals = {};
  bool replaces = false;       // a database that is there
  std::string kept_name = {};  // what that one is called then, beside it, with its key file
  std::filesystem::path key_file = {};  // beside the database, where its key is;
  std::string key = {};                 // what shall stand there; empty: what stands there
  topup::Hash new_hash = {};            // to seal it anew with, see new_keys.h; empty: it stays
  topup::Timestamp now{};               // when that was done
  const Schema* schema = nullptr;       // another than the program's own, for tests
  Progress progress = {};
};

struct Restored {
  topup::Report report;        // of the backup; once it is sealed anew, of that
  std::filesystem::path kept;  // the database that was there; empty: there was none
  Forgotten forgotten;         // where it is sealed anew
};

// Puts a copy of the backup in the place of the database, which nobody else has open.  One that an
// older program made is brought forward, and it is checked first: if it is damaged or its report is
// not ok, nothing is changed.  At every moment there is a whole database in that place with its own
// key, or none: none as before, or none for a moment if the key changes.  Throws StoreUnusable if
// there is a database that is not to be replaced, or the backup is no good or a newer program's.
Restored restore(const std::filesystem::path& backup, const std::filesystem::path& database,
                 const RestoreOptions& options);

}  // namespace topupd
