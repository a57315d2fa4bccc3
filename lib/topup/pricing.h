// From cost to price, by rules that an operator can read back.
//
//   price = cost + markup, rounded up to a step, never under cost + min_margin
//
// The most specific rule applies, alone: service over kategori over tipe over
// the whole shop, and within one of them the reseller's tier over any tier.
// Without any rule the price is the cost.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "topup/catalogue.h"
#include "topup/ids.h"
#include "topup/money.h"

namespace topup {

// From general to specific.
enum class RuleScope { shop, tipe, kategori, service };

// The bounds of a rule.
inline constexpr BasisPoints kRuleMarkupMax{1'000'000};  // a hundred times the cost
inline constexpr Money kRuleStepMax = *Money::from_units(1'000'000);
inline constexpr Money kRuleAddedMax = *Money::from_units(1'000'000'000);  // flat, cap, min_margin

// At most one for a tier, a scope and a subject.
struct PriceRule {
  PriceRuleId id;
  std::string tier;  // empty: any tier
  RuleScope scope = RuleScope::shop;
  std::string subject;       // the tipe, the kategori or the sid; empty for the whole shop
  BasisPoints markup;        // of the cost, 0 to kRuleMarkupMax, rounded up
  Money flat;                // added to it, 0 to kRuleAddedMax
  std::optional<Money> cap;  // markup and flat together are at most this, which has the same bounds
  Money step = *Money::from_units(1);  // the price is a multiple of it, 1 to kRuleStepMax
  Money min_margin;                    // the price is at least cost + this, 0 to kRuleAddedMax
  friend bool operator==(const PriceRule&, const PriceRule&) = default;
};

// How a price came about; kept with every order.
struct Quote {
  Money price;
  Money cost;
  PriceRuleId rule;   // none if no rule applied
  std::string trace;  // one line of English for an operator
  friend bool operator==(const Quote&, const Quote&) = default;
};

// The rule that prices this service for this tier; null if none applies.
const PriceRule* applicable_rule(std::span<const PriceRule> rules, const Service& service,
                                 std::string_view tier);

Quote quote(Money cost, const PriceRule* rule);

// Empty if the rule may be kept, else the name of the field that is out of range.
std::string_view fault_of(const PriceRule& rule);

std::string_view name(RuleScope scope);
std::optional<RuleScope> rule_scope_from(std::string_view word);

}  // namespace topup
