// I39: the seals of the journal, and the head that was noted.  Internal to the checker.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "topup/checker.h"
#include "topup/checker_facts.h"
#include "topup/seal.h"

namespace topup::checking {

// "order 5: step send from queued to sent"
std::string where(const Step& step);

// Is shown the postings and the steps in their order.  Without a hash only the noted head is
// looked for.
class Seals {
 public:
  Seals(const SealCheck& check, Findings& findings) : check_{&check}, findings_{&findings} {}

  void posting(const StoredEntry& entry, const StoredPosting& posting);
  void step(const Step& step);

  // What a step that made this would carry; 0 without a hash.
  template <class Record>
  std::int64_t made(const Record& record) const {
    return check_->hash ? made_of(check_->hash, canonical(record)) : 0;
  }
  // is_as_made: the thing is as its last step left it.
  void record(std::string_view thing, std::int64_t id, bool is_as_made);

  // The noted head, and what the journal's head is now.
  void finish(Report& report);

 private:
  void fault(const std::string& what) { findings_->add("I39", what); }

  const SealCheck* check_;
  Findings* findings_;
  NotedHead end_;
  Digest posting_{};        // of the last one
  Digest step_{};           // likewise
  Digest noted_posting_{};  // at the noted head
  Digest noted_step_{};
};

}  // namespace topup::checking
