// The stores that keep the same promises, each with a life of its own.

#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "process/temp_dir.h"
#include "store/sqlite_store.h"
#include "topup/memory_store.h"

struct Memory {
  topup::MemoryStore store;
};

struct Sqlite {
  TempDir dir;
  topupd::SqliteStore store{dir.path() / "topup.db"};
};

// One file that is opened and closed; what it holds outlives the store.
class File {
 public:
  std::filesystem::path path() const { return dir_.path() / "topup.db"; }
  std::filesystem::path backups() const { return dir_.path() / "backups"; }
  topupd::SqliteStore& open(const topupd::SqliteStore::Options& options = {}) {
    store_ = nullptr;
    store_ = std::make_unique<topupd::SqliteStore>(path(), options);
    return *store_;
  }
  void close() { store_ = nullptr; }

 private:
  TempDir dir_;
  std::unique_ptr<topupd::SqliteStore> store_;
};

// Makes one or more writes in a transaction of their own.
template <class Body>
void write(topup::Store& store, Body body) {
  auto done = store.transact([&](topup::Tx& tx) -> topup::Status {
    body(tx);
    return topup::Nothing{};
  });
  if (!done) throw std::runtime_error{"a write was refused"};
}

// What body(view) returns, seen by a reader.
template <class Body>
auto seen(topup::Store& store, Body body) {
  return store.read(body);
}
