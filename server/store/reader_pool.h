// A few read-only connections, shared by all who read.  Safe to call from many
// threads; who finds none free waits.

#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "store/sqlite.h"
#include "store/sqlite_tx.h"

namespace topupd {

// One connection, inside a transaction: what it reads is of one moment.
struct Snapshot {
  explicit Snapshot(const std::string& path);
  Snapshot(const Snapshot&) = delete;  // view refers to db
  Snapshot& operator=(const Snapshot&) = delete;

  sqlite::Connection db;
  SqliteTx view;
  Formats formats;
};

class ReaderPool {
 public:
  ReaderPool(std::string path, int connections);

  // The body must not read again through the pool: it could wait for itself.
  void read(const std::function<void(Snapshot&)>& body);

 private:
  std::unique_ptr<Snapshot> take();
  void give_back(std::unique_ptr<Snapshot> snapshot);

  const std::string path_;

  std::mutex mutex_;
  std::condition_variable returned_;
  // Guarded by mutex_:
  std::vector<std::unique_ptr<Snapshot>> idle_;
  int unopened_;
};

// Runs body in a read transaction.
void read_once(Snapshot& snapshot, const std::function<void(Snapshot&)>& body);

}  // namespace topupd
