#include "topup/pricing.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "topup/words.h"

namespace topup {
namespace {

constexpr Words<RuleScope, 4> kScopes{{
    {RuleScope::shop, "shop"},
    {RuleScope::tipe, "tipe"},
    {RuleScope::kategori, "kategori"},
    {RuleScope::service, "service"},
}};
static_assert(kScopes.in_order());

// Compared as text without making one: there may be a rule for each of thousands of services.
bool is_sid(std::string_view subject, ServiceId id) {
  std::array<char, 20> digits{};
  const auto written = std::to_chars(digits.begin(), digits.end(), id.value);
  return subject == std::string_view{digits.data(), written.ptr};
}

bool covers(const PriceRule& rule, const Service& service) {
  switch (rule.scope) {
    case RuleScope::shop: return true;
    case RuleScope::tipe: return rule.subject == service.tipe;
    case RuleScope::kategori: return rule.subject == service.kategori;
    case RuleScope::service: return is_sid(rule.subject, service.id);
  }
  __builtin_unreachable();
}

bool more_specific(const PriceRule& a, const PriceRule& b) {
  if (a.scope != b.scope) return a.scope > b.scope;
  return !a.tier.empty() && b.tier.empty();
}

Money rounded_up(Money amount, Money step) {
  auto over = amount.units() % step.units();
  return over == 0 ? amount : amount + step - *Money::from_units(over);
}

bool is_addable(Money amount) { return amount >= Money{} && amount <= kRuleAddedMax; }

std::string text(Money amount) { return std::to_string(amount.units()); }

}  // namespace

const PriceRule* applicable_rule(std::span<const PriceRule> rules, const Service& service,
                                 std::string_view tier) {
  const PriceRule* best = nullptr;
  for (const auto& rule : rules) {
    if (!rule.tier.empty() && rule.tier != tier) continue;
    if (!covers(rule, service)) continue;
    if (best == nullptr || more_specific(rule, *best)) best = &rule;
  }
  return best;
}

Quote quote(Money cost, const PriceRule* rule) {
  if (rule == nullptr) return {cost, cost, PriceRuleId{}, "cost " + text(cost) + ", no rule"};
  auto markup = share(cost, rule->markup, Rounding::up) + rule->flat;
  if (rule->cap) markup = std::min(markup, *rule->cap);
  auto price = rounded_up(cost + std::max(markup, rule->min_margin), rule->step);
  auto trace = "cost " + text(cost) + ", rule " + std::to_string(rule->id.value) + " (" +
               std::string{name(rule->scope)} + (rule->tier.empty() ? "" : ", tier " + rule->tier) +
               "): markup " + text(markup) + ", min_margin " + text(rule->min_margin) + ", step " +
               text(rule->step) + ", price " + text(price);
  return {price, cost, rule->id, std::move(trace)};
}

std::string_view fault_of(const PriceRule& rule) {
  if ((rule.scope == RuleScope::shop) != rule.subject.empty()) return "subject";
  if (rule.markup.value < 0 || rule.markup.value > kRuleMarkupMax.value) return "markup";
  if (!is_addable(rule.flat)) return "flat";
  if (rule.cap && !is_addable(*rule.cap)) return "cap";
  if (rule.step <= Money{} || rule.step > kRuleStepMax) return "step";
  if (!is_addable(rule.min_margin)) return "min_margin";
  return "";
}

std::string_view name(RuleScope scope) { return kScopes.word(scope); }
std::optional<RuleScope> rule_scope_from(std::string_view word) { return kScopes.from(word); }

}  // namespace topup
