#include "topup/memory_store.h"

#include <mutex>
#include <stdexcept>

#include "topup/memory_tx.h"

namespace topup {

struct MemoryStore::Impl {
  explicit Impl(Sealer given) : sealer{std::move(given)} {}

  const Sealer sealer;
  std::mutex mutex;
  MemoryState state;
};

MemoryStore::MemoryStore() : MemoryStore{Sealer{}} {}
MemoryStore::MemoryStore(Sealer sealer) : impl_{std::make_unique<Impl>(std::move(sealer))} {}
MemoryStore::~MemoryStore() = default;

void MemoryStore::run(const std::function<bool(Tx&)>& body) {
  std::lock_guard lock{impl_->mutex};
  MemoryTx tx{impl_->state, impl_->sealer};
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
  const MemoryTx tx{impl_->state, impl_->sealer};
  body(tx);
}

void MemoryStore::run_inspect(const std::function<void(const Archive&)>& body) {
  std::lock_guard lock{impl_->mutex};
  const MemoryArchive archive{impl_->state};
  body(archive);
}

}  // namespace topup
