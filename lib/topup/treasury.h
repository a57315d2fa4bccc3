// The operator's own money and hands: capital, prefunds at suppliers, pay-outs of
// gateways, adjustments by two persons, and what needs a person's eye.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "topup/cause.h"
#include "topup/ids.h"
#include "topup/money.h"
#include "topup/time.h"
#include "topup/transitions.h"

namespace topup {

enum class PrefundState { sent, confirmed };

// Money sent to a supplier to buy from.
struct Prefund {
  PrefundId id;
  ProviderId provider;
  PrefundState state = PrefundState::sent;
  Money amount;
  Money bank_fee;
  Timestamp created_at{};
  friend bool operator==(const Prefund&, const Prefund&) = default;
};

enum class TreasuryMoveKind { capital, gateway_payout, debt_by_bank, debt_from_balance };

// Money that came to the bank: the owner's, a gateway's pay-out, or what a reseller owed, who may
// also have paid it from his balance.
struct TreasuryMove {
  TreasuryMoveId id;
  TreasuryMoveKind kind = TreasuryMoveKind::capital;
  GatewayId gateway;  // of a pay-out
  UserId user;        // whose debt it was
  Money amount;
  Timestamp created_at{};
  friend bool operator==(const TreasuryMove&, const TreasuryMove&) = default;
};

enum class AdjustmentState { proposed, approved, rejected };
enum class AdjustmentEvent { approve, reject };

using AdjustmentTransition = Transition<AdjustmentState, AdjustmentEvent>;

std::span<const AdjustmentTransition> adjustment_transitions();
const AdjustmentTransition* find_transition(AdjustmentState state, AdjustmentEvent event);
constexpr bool is_over(AdjustmentState state) { return state != AdjustmentState::proposed; }

// A correction of a balance by hand: proposed by one admin, decided by another.
struct Adjustment {
  AdjustmentId id;
  UserId user;
  AdjustmentState state = AdjustmentState::proposed;
  Money amount;  // signed, never 0: what is added to the balance
  std::string reason;
  UserId proposed_by;
  UserId decided_by;  // none while proposed
  Timestamp created_at{};
  Timestamp updated_at{};
  friend bool operator==(const Adjustment&, const Adjustment&) = default;
};

enum class IncidentKind {
  late_success,           // subject: attempt; delivered after the money went back
  failure_after_success,  // subject: attempt; the supplier changed its word, nothing was booked
  payment_waiting,        // subject: receipt; in suspense until somebody decides
  payment_mismatch,       // subject: receipt; the same payment reported with another amount
  payment_taken_back,     // subject: receipt
  order_in_review,        // subject: attempt; asking did not help
};

// Something that a person must look at.  Never closed by itself, except that
// deciding the matter closes it.
struct Incident {
  IncidentId id;
  IncidentKind kind = IncidentKind::late_success;
  std::int64_t subject = 0;
  Timestamp opened_at{};
  std::optional<Timestamp> closed_at;
  Cause closed_by;
  friend bool operator==(const Incident&, const Incident&) = default;
};

std::string_view name(PrefundState state);
std::string_view name(TreasuryMoveKind kind);
std::string_view name(AdjustmentState state);
std::string_view name(AdjustmentEvent event);
std::string_view name(IncidentKind kind);
std::optional<PrefundState> prefund_state_from(std::string_view word);
std::optional<TreasuryMoveKind> treasury_move_kind_from(std::string_view word);
std::optional<AdjustmentState> adjustment_state_from(std::string_view word);
std::optional<IncidentKind> incident_kind_from(std::string_view word);

}  // namespace topup
