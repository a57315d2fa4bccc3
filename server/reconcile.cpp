#include "reconcile.h"

#include <unordered_map>

#include "topup/attempt_reference.h"

namespace topupd {
namespace {

using topup::Archive;
using topup::AttemptState;
using topup::ReceiptState;

void add(OurAmounts& amounts, const std::string& reference, const OurAmount& more) {
  auto [known, is_new] = amounts.try_emplace(reference, more);
  if (is_new) return;
  known->second.amount += more.amount;
  known->second.state = more.state;
  known->second.must_be_stated = known->second.must_be_stated || more.must_be_stated;
}

std::optional<Match> compare(std::int64_t here, std::int64_t there, bool must_be_stated) {
  if (here == there) return here == 0 ? std::nullopt : std::optional{Match::matched};
  if (here == 0) return Match::missing_here;
  if (there != 0) return Match::amount_differs;
  return must_be_stated ? std::optional{Match::missing_there} : std::nullopt;
}

}  // namespace

OurAmounts purchases(const Archive& archive, topup::ProviderId provider, ReferenceOf whose,
                     const Period& period) {
  std::unordered_map<std::int64_t, std::string> invoices;
  archive.each(Archive::Each<topup::Order>{
      [&](const topup::Order& order) { invoices[order.id.value] = order.invoice; }});
  OurAmounts amounts;
  archive.each(Archive::Each<topup::Attempt>{[&](const topup::Attempt& attempt) {
    if (attempt.provider != provider || !attempt.sent_at) return;
    bool is_bought =
        attempt.state == AttemptState::succeeded || attempt.state == AttemptState::late;
    bool is_theirs = whose == ReferenceOf::them && !attempt.provider_reference.empty();
    add(amounts,
        is_theirs ? attempt.provider_reference
                  : topup::reference_of(invoices.at(attempt.order.value), attempt),
        {is_bought ? attempt.final_cost.units() : 0, std::string{topup::name(attempt.state)},
         period.holds(*attempt.sent_at)});
  }});
  return amounts;
}

OurAmounts payments(const Archive& archive, topup::GatewayId gateway, ReferenceOf whose,
                    const Period& period) {
  std::map<std::int64_t, std::string> codes;
  if (whose == ReferenceOf::us)
    archive.each(Archive::Each<topup::Charge>{[&](const topup::Charge& charge) {
      if (charge.gateway == gateway) codes[charge.id.value] = charge.code;
    }});
  OurAmounts amounts;
  archive.each(Archive::Each<topup::Receipt>{[&](const topup::Receipt& receipt) {
    if (receipt.gateway != gateway) return;
    auto code = codes.find(receipt.charge.value);
    bool is_kept = receipt.state != ReceiptState::taken_back;
    add(amounts, code == codes.end() ? receipt.payment_id : code->second,
        {is_kept ? receipt.amount.units() : 0, std::string{topup::name(receipt.state)},
         period.holds(receipt.paid_at)});
  }});
  return amounts;
}

Reconciliation reconcile(const OurAmounts& here, const std::map<std::string, StatedAmount>& there) {
  // Both sides of each reference that either of them has.
  std::map<std::string, std::pair<OurAmount, StatedAmount>> sides;
  for (const auto& [reference, amount] : here)
    sides[reference].first = amount;
  for (const auto& [reference, amount] : there)
    sides[reference].second = amount;

  Reconciliation result;
  for (const auto& [reference, side] : sides) {
    const auto& [ours, theirs] = side;
    auto match = compare(ours.amount, theirs.amount, ours.must_be_stated);
    if (match == Match::matched)
      ++result.matched;
    else if (match)
      result.differences.push_back(
          {*match, reference, ours.amount, theirs.amount, ours.state, theirs.line});
  }
  return result;
}

}  // namespace topupd
