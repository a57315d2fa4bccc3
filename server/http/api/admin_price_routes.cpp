#include <algorithm>

#include "http/api/admin.h"
#include "http/api/admin_routes.h"
#include "http/api/admin_shapes.h"
#include "topup/catalogue_commands.h"
#include "topup/user_commands.h"

namespace topupd::http {

namespace {

constexpr Parameter kTierName{.name = "name",
                              .type = ParameterType::code,
                              .presence = Presence::required,
                              .min = 1,
                              .max = 32,
                              .summary = "The tier's",
                              .pattern = "[a-z0-9_-]{1,32}",
                              .example = "gold"};
constexpr Parameter kPerMinute{.name = "api_per_minute",
                               .type = ParameterType::count,
                               .presence = Presence::required,
                               .max = 1'000'000,
                               .summary = "Requests that a key may send; 0 is no limit",
                               .example = "120"};

constexpr Parameter kRuleTier{.name = "tier",
                              .type = ParameterType::code,
                              .max = 32,
                              .summary = "Of whom the price is asked; none is everybody",
                              .example = "gold"};
constexpr Parameter kScope{.name = "scope",
                           .presence = Presence::required,
                           .summary = "The most specific rule applies, alone",
                           .choices = "shop|tipe|kategori|service",
                           .example = "tipe"};
constexpr Parameter kSubject{.name = "subject",
                             .max = 200,
                             .summary = "The tipe, the kategori or the sid; none for the shop",
                             .example = "Games"};
constexpr Parameter kMarkup{.name = "markup",
                            .type = ParameterType::count,
                            .max = topup::kRuleMarkupMax.value,
                            .summary = "Of the cost, in hundredths of a percent",
                            .example = "250"};
constexpr Parameter kFlat{.name = "flat",
                          .type = ParameterType::money,
                          .max = topup::kRuleAddedMax.units(),
                          .summary = "Added to it",
                          .example = "500"};
constexpr Parameter kCap{.name = "cap",
                         .type = ParameterType::money,
                         .max = topup::kRuleAddedMax.units(),
                         .summary = "The most that markup and flat add; none is no limit",
                         .example = "5000"};
constexpr Parameter kStep{.name = "step",
                          .type = ParameterType::money,
                          .min = 1,
                          .max = topup::kRuleStepMax.units(),
                          .summary = "The price is rounded up to a multiple of it, 1 by default",
                          .example = "100"};
constexpr Parameter kMinMargin{.name = "min_margin",
                               .type = ParameterType::money,
                               .max = topup::kRuleAddedMax.units(),
                               .summary = "The least that is added to the cost",
                               .example = "300"};

constexpr Parameter kRemoved{.name = "removed",
                             .type = ParameterType::flag,
                             .summary = "Without the rule of that id, instead of with this one",
                             .example = "false"};

constexpr std::string_view kPreviewExample =
    R"({"status":true,"data":{"count":1,"changes":[{"sid":"1","kategori":"Free Fire",)"
    R"("layanan":"70 Diamond","tier":"gold","cost":9500,"now":10000,"then":10300}]}})";
constexpr std::string_view kTierExample =
    R"({"status":true,"data":{"name":"gold","api_per_minute":120}})";
constexpr std::string_view kRuleExample =
    R"({"status":true,"data":{"id":"3","tier":"gold","scope":"tipe","subject":"Games",)"
    R"("markup":250,"flat":500,"cap":5000,"step":100,"min_margin":300}})";

// The tier that everybody has first is shown whether it was put or not.
Answer list_tiers(Call& call) {
  auto tiers = call.app.lists.tiers();
  const auto is_default = [](const topup::Tier& tier) { return tier.name == topup::kDefaultTier; };
  if (std::ranges::none_of(tiers, is_default))
    tiers.insert(tiers.begin(), {.name = std::string{topup::kDefaultTier}});
  const auto resellers = call.app.lists.resellers_by_tier();
  return show_all(call, tiers, [&](const topup::View& /*view*/, const auto& tier) {
    const auto found = resellers.find(tier.name);
    return tier_json(tier).number("resellers", found == resellers.end() ? 0 : found->second);
  });
}

Answer put_tier(Call& call) {
  Reader in{call.params};
  const topup::Tier tier{in.text(kTierName), static_cast<int>(in.count(kPerMinute).value_or(0))};
  if (in.fault()) return *in.fault();
  return act(
      call, [&](topup::Tx& tx) { return topup::put_tier(tx, call.user.id, tier); },
      [](const topup::View& /*view*/, const topup::Tier& put) { return tier_json(put); });
}

// Whether the catalogue has the tipe or kategori of a rule; the command looks for a service itself.
bool has_subject(Call& call, const topup::PriceRule& rule) {
  const bool is_by_tipe = rule.scope == topup::RuleScope::tipe;
  if (!is_by_tipe && rule.scope != topup::RuleScope::kategori) return true;
  const auto list = call.app.board.list();
  return std::ranges::any_of(list->services, [&](const ListedService& listed) {
    return (is_by_tipe ? listed.service.tipe : listed.service.kategori) == rule.subject;
  });
}

JsonObject show_rule(const topup::View& /*view*/, const topup::PriceRule& rule) {
  return price_rule_json(rule);
}

Answer list_rules(Call& call) {
  const auto rules =
      call.app.store.read([](const topup::View& view) { return view.price_rules(); });
  return show_all(call, rules, show_rule);
}

topup::PriceRule read_rule(Call& call, Reader& in) {
  topup::PriceRule rule;
  rule.id = read_id<topup::PriceRuleId>(in, selecting(kId));
  rule.tier = in.text(kRuleTier);
  rule.scope = topup::rule_scope_from(in.text(kScope)).value_or(topup::RuleScope::shop);
  rule.subject = in.text(kSubject);
  rule.markup = {static_cast<std::int32_t>(in.count(kMarkup).value_or(0))};
  rule.flat = in.money(kFlat).value_or(topup::Money{});
  rule.cap = in.money(kCap);
  rule.step = in.money(kStep).value_or(rule.step);
  rule.min_margin = in.money(kMinMargin).value_or(topup::Money{});
  if (!has_subject(call, rule)) in.blame(kSubject);
  return rule;
}

Answer put_rule(Call& call) {
  Reader in{call.params};
  const auto rule = read_rule(call, in);
  if (in.fault()) return *in.fault();
  return act(
      call, [&](topup::Tx& tx) { return topup::put_price_rule(tx, call.user.id, rule); },
      show_rule);
}

// The rules as they would be: the rule in place of the one of its id, or that one gone.
std::vector<topup::PriceRule> rules_after(std::vector<topup::PriceRule> rules,
                                          topup::PriceRule rule, bool is_removed) {
  std::erase_if(rules, [&](const auto& one) { return rule.id && one.id == rule.id; });
  if (is_removed) return rules;
  if (!rule.id) rule.id = {INT64_MAX};
  rules.push_back(std::move(rule));
  return rules;
}

constexpr std::int64_t kChangesMost = 200;  // shown; all of them are counted

Answer preview_rule(Call& call) {
  Reader in{call.params};
  const auto rule = read_rule(call, in);
  const bool is_removed = in.flag(kRemoved).value_or(false);
  if (in.fault()) return *in.fault();
  const auto list = call.app.board.list();
  const auto after = rules_after(list->rules, rule, is_removed);
  JsonList changes;
  std::int64_t count = 0;
  for (const auto& tier : names_of_tiers(call.app)) {
    for (const auto& listed : list->services) {
      const auto& service = listed.service;
      const auto& cost = listed.cost;
      if (!cost) continue;
      const auto now =
          topup::quote(*cost, topup::applicable_rule(list->rules, service, tier)).price;
      const auto then = topup::quote(*cost, topup::applicable_rule(after, service, tier)).price;
      if (now == then || ++count > kChangesMost) continue;
      changes.add(JsonObject{}
                      .text("sid", std::to_string(service.id.value))
                      .text("kategori", service.kategori)
                      .text("layanan", service.layanan)
                      .text("tier", tier)
                      .money("cost", *cost)
                      .money("now", now)
                      .money("then", then));
    }
  }
  return ok(JsonObject{}.number("count", count).raw("changes", changes.str()));
}

Answer remove_rule(Call& call) {
  Reader in{call.params};
  const auto id = read_id<topup::PriceRuleId>(in, kId);
  if (in.fault()) return *in.fault();
  return act(
      call,
      [&](topup::Tx& tx) -> topup::Result<topup::PriceRule> {
        const auto rule = tx.price_rule(id);
        const auto removed = topup::remove_price_rule(tx, call.user.id, id);
        if (!removed) return removed.error();
        return rule.value();
      },
      [](const topup::View& /*view*/, const topup::PriceRule& /*rule*/) { return JsonObject{}; });
}

}  // namespace

std::vector<Endpoint> admin_price_endpoints() {
  static const auto kTiers =
      list_example(R"({"status":true,"data":{"name":"gold","api_per_minute":120,"resellers":7}})");
  static const auto kRules = list_example(kRuleExample);
  return {
      {.path = "/api/admin/tiers",
       .access = Access::admin,
       .summary = "What the tiers grant, and how many resellers have each",
       .example = kTiers,
       .handler = list_tiers},
      admin_change({.path = "/api/admin/tier/put",
                    .summary = "Make a tier, or change what it grants",
                    .parameters = {kTierName, kPerMinute},
                    .example = kTierExample,
                    .handler = put_tier}),
      {.path = "/api/admin/price-rules",
       .access = Access::admin,
       .summary = "The rules that make prices of costs, oldest first",
       .example = kRules,
       .handler = list_rules},
      admin_change({.path = "/api/admin/price-rule/put",
                    .summary = "Replace a rule as a whole; without an id make a new one; at most "
                               "one for a tier, a scope "
                               "and a subject, which must exist",
                    .parameters = {selecting(kId), kRuleTier, kScope, kSubject, kMarkup, kFlat,
                                   kCap, kStep, kMinMargin},
                    .refusals = {ErrorCode::not_found, ErrorCode::conflict},
                    .example = kRuleExample,
                    .handler = put_rule}),
      {.path = "/api/admin/price-rule/preview",
       .access = Access::admin,
       .summary = "Which prices a rule would change, by the present costs; nothing is kept",
       .parameters = {selecting(kId), kRuleTier, kScope, kSubject, kMarkup, kFlat, kCap, kStep,
                      kMinMargin, kRemoved},
       .refusals = {ErrorCode::invalid_parameter},
       .example = kPreviewExample,
       .handler = preview_rule},
      admin_change({.path = "/api/admin/price-rule/remove",
                    .summary = "Remove a rule; orders that it priced keep their price",
                    .parameters = {kId},
                    .refusals = {ErrorCode::not_found},
                    .example = R"({"status":true,"data":{}})",
                    .handler = remove_rule}),
  };
}

}  // namespace topupd::http
