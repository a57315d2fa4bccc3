#include "topup/memory_store.h"

#include <mutex>
#include <stdexcept>

#include "topup/memory_tx.h"

namespace topup {

struct MemoryStore::Impl {
  std::mutex mutex;
  MemoryState state;
};

MemoryStore::MemoryStore() : impl_{std::make_unique<Impl>()} {}
MemoryStore::~MemoryStore() = default;

void MemoryStore::run(const std::function<bool(Tx&)>& body) {
  std::lock_guard lock{impl_->mutex};
  MemoryTx tx{impl_->state};
  try {
    if (!body(tx) && tx.has_written())
      throw std::logic_error{"a body that refused had written something"};
  } catch (...) {
    tx.take_back();
    throw;
  }
}

void MemoryStore::run_read(const std::function<void(const View&)>& body) {
  std::lock_guard lock{impl_->mutex};
  const MemoryTx tx{impl_->state};
  body(tx);
}

void MemoryStore::run_inspect(const std::function<void(const Archive&)>& body) {
  std::lock_guard lock{impl_->mutex};
  const MemoryArchive archive{impl_->state};
  body(archive);
}

}  // namespace topup
