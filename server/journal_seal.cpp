#include "journal_seal.h"

#include <array>
#include <cstddef>
#include <cstring>

namespace topupd {
namespace {

// Asks for many at once: each time is a call into the kernel.
class Salts {
 public:
  std::int64_t operator()() {
    if (next_ == kept_.size()) {
      std::array<unsigned char, sizeof kept_> bytes{};
      random_bytes(bytes);
      std::memcpy(kept_.data(), bytes.data(), bytes.size());
      next_ = 0;
    }
    return kept_.at(next_++);
  }

 private:
  std::array<std::int64_t, 64> kept_{};
  std::size_t next_ = kept_.size();
};

}  // namespace

topup::Hash journal_hash(const MasterKey& master) { return JournalKey{master}; }

topup::Sealer journal_sealer(const MasterKey& master) {
  topup::Sealer sealer;
  sealer.hash = journal_hash(master);
  sealer.salt = Salts{};
  return sealer;
}

SqliteStore::Options sealed_with(const MasterKey& master) {
  SqliteStore::Options options;
  options.sealer = journal_sealer(master);
  return options;
}

}  // namespace topupd
