// An attempt: one try to have one supplier fulfil an order.
//
// A fail-over is a new attempt with a new reference, made only after the one
// before it failed for sure.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "topup/attempt_states.h"
#include "topup/ids.h"
#include "topup/money.h"
#include "topup/time.h"

namespace topup {

struct Attempt {
  AttemptId id;
  OrderId order;
  int number = 1;  // of this order: 1, 2, 3, …
  OfferId offer;
  ProviderId provider;
  std::string sku;
  AttemptState state = AttemptState::planned;

  Money cost;        // quoted; once it was sent, what provider_inflight holds while it is open
  Money final_cost;  // what the supplier took; 0 until it is known

  std::string sn;
  std::string provider_reference;
  std::string code;  // the supplier's last word on it, in its own code

  std::optional<Timestamp> sent_at;      // first time
  std::optional<Timestamp> inquired_at;  // last "not found" that counted
  int not_found = 0;                     // how often, each at least the sheet's gap after the last
  std::optional<Timestamp> due_at;       // something must be done then; empty: nothing ever
  Timestamp created_at{};

  friend bool operator==(const Attempt&, const Attempt&) = default;
};

}  // namespace topup
