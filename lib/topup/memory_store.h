// A Store in maps: for tests, and for hosts that keep everything in memory.
//
// Nothing outlives the process.  Transactions run one at a time.

#pragma once

#include <memory>

#include "topup/seal.h"
#include "topup/store.h"

namespace topup {

class MemoryStore final : public Store {
 public:
  MemoryStore();
  explicit MemoryStore(Sealer sealer);
  ~MemoryStore() override;

 private:
  void run(const std::function<bool(Tx&)>& body) override;
  void run_read(const std::function<void(const View&)>& body) override;
  void run_inspect(const std::function<void(const Archive&)>& body) override;

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace topup
