#include "topup/catalogue_commands.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "topup/characters.h"
#include "topup/store.h"
#include "topup/user_commands.h"

namespace topup {
namespace {

constexpr Money kPriceMax = *Money::from_units(10'000'000'000);

bool is_supplied(const View& view, const Offer& offer) {
  if (!offer.active) return false;
  auto provider = view.provider(offer.provider);
  return provider && provider->active;
}

bool is_known_tier(const View& view, std::string_view tier) {
  return tier.empty() || tier == kDefaultTier || view.tier(tier).has_value();
}

// The subject as it is kept: digits without leading zeros.
bool is_known_service(const View& view, std::string_view subject) {
  std::int64_t sid = 0;
  const auto* end = subject.data() + subject.size();
  const auto read = std::from_chars(subject.data(), end, sid);
  return read.ec == std::errc{} && std::to_string(sid) == subject && view.service(ServiceId{sid});
}

bool is_taken(const View& view, const PriceRule& rule) {
  return std::ranges::any_of(view.price_rules(), [&](const PriceRule& other) {
    return other.id != rule.id && other.tier == rule.tier && other.scope == rule.scope &&
           other.subject == rule.subject;
  });
}

// Inserts a record without an id under the next one, else replaces it.
template <class Record>
Record put(Tx& tx, Record record, bool is_known) {
  if (!record.id) record.id = next_id<decltype(record.id)>(tx);
  is_known ? tx.update(record) : tx.insert(record);
  return record;
}

}  // namespace

std::optional<Priced> price_of(const View& view, const Service& service, std::string_view tier) {
  for (const auto& offer : view.offers(service.id)) {
    if (!is_supplied(view, offer)) continue;
    auto priced = quote(offer.cost, applicable_rule(view.price_rules(), service, tier));
    if (priced.price > kPriceMax) return std::nullopt;
    return Priced{std::move(priced), offer};
  }
  return std::nullopt;
}

Result<Service> put_service(Tx& tx, Service service) {
  if (service.id.value > kServiceIdMax) return Error{Code::invalid_parameter, "sid"};
  if (!is_text_of(service.tipe, 1, kNameLengthMax)) return Error{Code::invalid_parameter, "tipe"};
  if (!is_text_of(service.kategori, 1, kNameLengthMax))
    return Error{Code::invalid_parameter, "kategori"};
  if (!is_text_of(service.layanan, 1, kNameLengthMax))
    return Error{Code::invalid_parameter, "layanan"};
  bool is_known = service.id && tx.service(service.id).has_value();
  return put(tx, std::move(service), is_known);
}

Result<Offer> put_offer(Tx& tx, Offer offer) {
  if (!tx.service(offer.service)) return Error{Code::invalid_parameter, "service"};
  if (!tx.provider(offer.provider)) return Error{Code::invalid_parameter, "provider"};
  if (!is_text_of(offer.sku, 1, kNameLengthMax)) return Error{Code::invalid_parameter, "sku"};
  if (offer.cost <= Money{} || offer.cost > kCostMax) return Error{Code::invalid_parameter, "cost"};
  bool is_known = offer.id && tx.offer(offer.id).has_value();
  return put(tx, std::move(offer), is_known);
}

Result<PriceRule> put_price_rule(Tx& tx, UserId admin, PriceRule rule) {
  if (auto allowed = require_admin(tx, admin); !allowed) return allowed.error();
  if (auto field = fault_of(rule); !field.empty())
    return Error{Code::invalid_parameter, std::string{field}};
  if (!is_known_tier(tx, rule.tier)) return Error{Code::invalid_parameter, "tier"};
  if (rule.scope == RuleScope::service && !is_known_service(tx, rule.subject))
    return Error{Code::invalid_parameter, "subject"};
  if (rule.id && !tx.price_rule(rule.id)) return Error{Code::not_found};
  if (is_taken(tx, rule)) return Error{Code::conflict, "subject"};
  bool is_known = static_cast<bool>(rule.id);
  return put(tx, std::move(rule), is_known);
}

Status remove_price_rule(Tx& tx, UserId admin, PriceRuleId rule) {
  if (auto allowed = require_admin(tx, admin); !allowed) return allowed.error();
  if (!tx.price_rule(rule)) return Error{Code::not_found};
  tx.erase(rule);
  return Nothing{};
}

Result<Provider> ensure_provider(Tx& tx, std::string_view name) {
  if (!is_text_of(name, 1, 64)) return Error{Code::invalid_parameter, "name"};
  if (auto known = tx.provider_by_name(name)) return *known;
  Provider provider{next_id<ProviderId>(tx), std::string{name}, true};
  tx.insert(provider);
  return provider;
}

Result<Gateway> ensure_gateway(Tx& tx, std::string_view name) {
  if (!is_text_of(name, 1, 64)) return Error{Code::invalid_parameter, "name"};
  if (auto known = tx.gateway_by_name(name)) return *known;
  Gateway gateway{next_id<GatewayId>(tx), std::string{name}, true};
  tx.insert(gateway);
  return gateway;
}

}  // namespace topup
