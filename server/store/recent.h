// Records that were read or written lately, by id.

#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>

namespace topupd {

// Not thread-safe.  When it is full it forgets everything: what is in use comes back by itself.
// kMost: of 1 KiB or less each.
template <class Record, std::size_t kMost = 4'096>
class Recent {
 public:
  // Null: not known here.  Good until the next put().
  Record* find(std::int64_t id) {
    const auto found = known_.find(id);
    return found == known_.end() ? nullptr : &found->second;
  }

  void put(std::int64_t id, const Record& record) {
    if (known_.size() >= kMost) known_.clear();
    known_.insert_or_assign(id, record);
  }

  void erase(std::int64_t id) { known_.erase(id); }
  void clear() { known_.clear(); }

 private:
  std::unordered_map<std::int64_t, Record> known_;
};

}  // namespace topupd
