#include "topup/payment.h"

#include "topup/words.h"

namespace topup {
namespace {

constexpr Words<ChargePurpose, 2> kPurposes{{
    {ChargePurpose::deposit, "deposit"},
    {ChargePurpose::order, "order"},
}};
static_assert(kPurposes.in_order());

}  // namespace

std::string_view payment_status(ChargeState state) {
  switch (state) {
    case ChargeState::pending: return "pending";
    case ChargeState::settled: return "settlement";
    case ChargeState::expired:
    case ChargeState::cancelled: return "expired";
  }
  __builtin_unreachable();
}

std::string_view name(ChargePurpose purpose) { return kPurposes.word(purpose); }
std::optional<ChargePurpose> charge_purpose_from(std::string_view word) {
  return kPurposes.from(word);
}

}  // namespace topup
