// What is done with one attempt that is due, and with a supplier's callback: the
// supplier is called, and what comes back is recorded.
//
// Whatever dies between two steps, the attempt's row says where to go on: what
// was recorded as being sent is asked about, never sent anew.

#pragma once

#include <string>

#include "topup/attempt.h"
#include "topup/attempt_commands.h"
#include "work/workshop.h"

namespace topupd {

// The supplier's answer in the words of the library.
topup::Outcome outcome_of(const Answer& answer);

class Attempts {
 public:
  explicit Attempts(Workshop& shop) : shop_{shop} {}

  // Sends, asks, or hands over to a person, as the attempt's state and the
  // supplier's sheet say.  Blocks for the supplier's answer.  Throws what the
  // store throws; the attempt then stays due.  False if its supplier is none of
  // ours, so that nothing can be done now.
  bool work_on(topup::AttemptId id);

  // Records what a supplier says by itself.  Throws what the store throws, so
  // that the supplier tells it again; says in the log what it can't place.
  void take_callback(topup::ProviderId provider, const std::string& reference,
                     const Answer& answer);

 private:
  void send(const topup::Attempt& planned, Provider& provider);
  void ask(const topup::Attempt& attempt, Provider& provider);
  void record(const topup::Attempt& attempt, const topup::CapabilitySheet& sheet,
              const topup::Outcome& outcome, topup::Cause cause);
  Purchase purchase_of(const topup::Attempt& attempt, const topup::Order& order) const;

  Workshop& shop_;
};

}  // namespace topupd
