// Opens, creates and brings forward the database file.

#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>

#include "store/schema.h"
#include "store/sqlite.h"

namespace topupd {

// The schema that the file shall have.
struct Schema {
  std::string sql;
  int version = 0;
  std::span<const Migration> migrations;
};

// This program's own.
Schema current_schema();

// A file that is about to be brought forward, which takes minutes if it is large.
struct Migrating {
  std::int64_t from = 0;  // versions
  std::int64_t to = 0;
  std::filesystem::path copy;  // of the file as it is
};
using Announce = std::function<void(const Migrating&)>;  // empty: nobody is told

// Throws StoreUnusable if there are backups of a shop: the file, which is missing or empty, is not
// a new shop's then.
void refuse_beside_backups(const std::filesystem::path& file, const std::filesystem::path& backups);

// The connection that writes; a file that is missing or empty gets the schema, an older
// one is brought forward after a checked copy was put into backups.
//
// Throws StoreUnusable, and leaves the file as it was, if it is another program's, of
// a newer version, damaged, or if a migration fails (the message names the copy).
sqlite::Connection open_for_writing(const std::filesystem::path& file, const Schema& schema,
                                    const std::filesystem::path& backups,
                                    const Announce& announce = {});

// Brings an older file that nobody else has open to the schema's version, without a copy of it.
// called: what messages name it.  Throws StoreUnusable as above, and if the file is empty.
void bring_forward(const std::filesystem::path& file, const Schema& schema,
                   const std::string& called);

// A connection that copies the log beside the one that writes, which was opened before.  Throws
// StoreUnusable.
sqlite::Connection open_for_copying(const std::string& file);

// A connection that can only read.  The file must have been opened for writing before.
sqlite::Connection open_for_reading(const std::string& file);

// Copies what is durable now into a new file, checks the copy and makes it durable; it has
// its name only then.  Throws StoreUnusable if the file exists or the copy is damaged.
void copy_database(sqlite::Connection& from, const std::filesystem::path& to);

}  // namespace topupd
