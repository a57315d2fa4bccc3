// What is done with attempts that are due, and with what suppliers say: a call is
// begun, made, and what came back is recorded.
//
// Whatever dies between two steps, the attempt's row says where to go on: what
// was recorded as being sent is asked about, never sent anew.

#pragma once

#include <string>
#include <vector>

#include "topup/attempt.h"
#include "topup/attempt_commands.h"
#include "work/workshop.h"

namespace topupd {

// The supplier's answer in the words of the library.
topup::Outcome outcome_of(const Answer& answer);

// A call that is to be made now, once.
struct SupplierCall {
  enum class Kind { purchase, status };

  Kind kind = Kind::purchase;
  topup::AttemptId attempt;
  Purchase purchase;
};

// What a supplier, or time, says of an attempt.
struct Heard {
  topup::AttemptId attempt;
  topup::Outcome outcome;
  topup::Cause cause;
};

// Thread-safe.
class Attempts {
 public:
  explicit Attempts(Workshop& shop) : shop_{shop} {}

  // Of one supplier: records what was heard and begins what is due, all in one
  // transaction.  Returns the calls that are to be made now; those begun are recorded
  // as being sent.  Says in the log what was recorded and what was refused.  Throws what
  // the store throws: nothing was done then.
  std::vector<SupplierCall> advance(topup::ProviderId supplier, const std::vector<Heard>& heard,
                                    const std::vector<topup::AttemptId>& due);

  // Blocks for the supplier's answer.
  Heard make(topup::ProviderId supplier, const SupplierCall& call);

  // Records what a supplier says by itself.  Throws what the store throws, so
  // that the supplier tells it again; says in the log what it can't place.
  void take_callback(topup::ProviderId provider, const std::string& reference,
                     const Answer& answer);

 private:
  Workshop& shop_;
};

}  // namespace topupd
