// What we hold to be bought or paid, beside what the other party says of it.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "statement_csv.h"
#include "topup/store.h"

namespace topupd {

// Whose reference the statement has.
enum class ReferenceOf {
  us,    // reference_of() an attempt: INV-57EA2ANACSU3GU-1; the code of a charge
  them,  // the supplier's own; the gateway's payment id
};

// What must be in the statement: what happened from then on and before then.
struct Period {
  std::optional<topup::Timestamp> from = {};
  std::optional<topup::Timestamp> until = {};
  bool holds(topup::Timestamp at) const {
    return (!from || at >= *from) && (!until || at < *until);
  }
};

struct OurAmount {
  std::int64_t amount = 0;     // whole rupiah; 0: nothing was bought, or it was taken back
  std::string state = {};      // of the attempt or receipt, the last one under this reference
  bool must_be_stated = true;  // it is of the period
};

using OurAmounts = std::map<std::string, OurAmount>;  // by reference

// What was bought of a supplier, at the cost that it took.  A reference that it never told us is
// replaced by ours.  What is still open counts as not bought, and need not be stated.
OurAmounts purchases(const topup::Archive& archive, topup::ProviderId provider, ReferenceOf whose,
                     const Period& period);

// What was paid through a gateway, before its fee.  A payment for nobody's code goes by its id.
OurAmounts payments(const topup::Archive& archive, topup::GatewayId gateway, ReferenceOf whose,
                    const Period& period);

enum class Match { matched, missing_here, missing_there, amount_differs };

struct Difference {
  Match match = Match::amount_differs;  // never matched
  std::string reference;
  std::int64_t here = 0;
  std::int64_t there = 0;
  std::string state;  // here; empty: the reference is unknown here
  int line = 0;       // of the statement; 0: it is not there
};

struct Reconciliation {
  std::int64_t matched = 0;
  std::vector<Difference> differences;  // by reference
};

// An amount of 0 and none are the same.
Reconciliation reconcile(const OurAmounts& here, const std::map<std::string, StatedAmount>& there);

}  // namespace topupd
