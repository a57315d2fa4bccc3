#include "store/reader_pool.h"

#include "store/open.h"

namespace topupd {
namespace {

// Ends a read transaction however the body ends; there is nothing to lose.
class ReadTransaction {
 public:
  explicit ReadTransaction(sqlite::Connection& db) : db_{db} { db_.query("BEGIN").next(); }
  ~ReadTransaction() {
    try {
      if (db_.in_transaction()) db_.query("ROLLBACK").next();
    } catch (...) {  // NOLINT(bugprone-empty-catch)
    }
  }
  ReadTransaction(const ReadTransaction&) = delete;
  ReadTransaction& operator=(const ReadTransaction&) = delete;

 private:
  sqlite::Connection& db_;
};

}  // namespace

Snapshot::Snapshot(const std::string& path) : db{open_for_reading(path)}, view{db} {}

ReaderPool::ReaderPool(std::string path, int connections)
    : path_{std::move(path)}, unopened_{connections} {}

void ReaderPool::read(const std::function<void(Snapshot&)>& body) {
  auto snapshot = take();
  try {
    read_once(*snapshot, body);
  } catch (...) {
    give_back(std::move(snapshot));
    throw;
  }
  give_back(std::move(snapshot));
}

std::unique_ptr<Snapshot> ReaderPool::take() {
  {
    std::unique_lock lock{mutex_};
    returned_.wait(lock, [&] { return !idle_.empty() || unopened_ > 0; });
    if (!idle_.empty()) {
      auto snapshot = std::move(idle_.back());
      idle_.pop_back();
      return snapshot;
    }
    --unopened_;
  }
  try {
    return std::make_unique<Snapshot>(path_);
  } catch (...) {
    std::lock_guard lock{mutex_};
    ++unopened_;
    returned_.notify_one();
    throw;
  }
}

void ReaderPool::give_back(std::unique_ptr<Snapshot> snapshot) {
  std::lock_guard lock{mutex_};
  idle_.push_back(std::move(snapshot));
  returned_.notify_one();
}

void read_once(Snapshot& snapshot, const std::function<void(Snapshot&)>& body) {
  ReadTransaction transaction{snapshot.db};
  snapshot.view.forget();
  body(snapshot);
}

}  // namespace topupd
