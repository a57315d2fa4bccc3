// The invariants of the books, checked from what is stored and nothing else.
//
// It reports, it never repairs.  The same checker serves `topupd verify`, the
// tests and the simulator.  docs/ledger.md lists the invariants by number.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "topup/ledger.h"
#include "topup/seal.h"
#include "topup/store.h"

namespace topup {

struct Invariant {
  std::string_view id;        // "I08"
  std::string_view sentence;  // what holds
};

// Those that check() codes, by number; a number left out needs the outside world.
std::span<const Invariant> invariants();

struct Violation {
  std::string invariant;  // "I08"
  std::string what;       // a sentence that names the thing
};

struct Report {
  std::vector<Violation> violations;  // at most 100; more are only counted
  std::int64_t violations_found = 0;
  std::int64_t entries = 0;
  std::int64_t postings = 0;
  std::int64_t users = 0;
  std::int64_t orders = 0;
  // By account kind, on its normal side, in whole rupiah: the sum of many accounts, or of a system
  // account's whole life, may be more than Money can be.
  std::map<AccountKind, std::int64_t> totals;
  NotedHead head;       // of the journal, as it may be noted
  bool sealed = false;  // the seals were checked
  bool ok() const { return violations_found == 0; }
};

// hash: what the journal was sealed with; empty: the seals are not checked.
// noted: a head of this journal, now or earlier.
struct SealCheck {
  Hash hash = {};
  std::optional<NotedHead> noted = {};
};

Report check(const Archive& archive, const SealCheck& seals = {});

}  // namespace topup
