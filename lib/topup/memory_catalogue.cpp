// What is sold, at what price, and who supplies it.

#include <limits>

#include "topup/memory_tx.h"

namespace topup {

std::optional<Service> MemoryTx::service(ServiceId id) const { return find(s_.services, id); }
std::optional<Offer> MemoryTx::offer(OfferId id) const { return find(s_.offers, id); }

std::vector<Offer> MemoryTx::offers(ServiceId id) const {
  std::vector<Offer> found;
  auto it = s_.offer_by_priority.lower_bound({id, std::numeric_limits<int>::min(), OfferId{}});
  for (; it != s_.offer_by_priority.end() && std::get<ServiceId>(it->first) == id; ++it)
    found.push_back(s_.offers.at(it->second));
  return found;
}

std::optional<PriceRule> MemoryTx::price_rule(PriceRuleId id) const {
  return find(s_.price_rules, id);
}
const std::vector<PriceRule>& MemoryTx::price_rules() const {
  price_rules_.clear();
  for (const auto& [id, rule] : s_.price_rules)
    price_rules_.push_back(rule);
  return price_rules_;
}
std::optional<Provider> MemoryTx::provider(ProviderId id) const { return find(s_.providers, id); }
std::optional<Provider> MemoryTx::provider_by_name(std::string_view name) const {
  return find_by(s_.providers, s_.provider_by_name, name);
}
std::optional<Gateway> MemoryTx::gateway(GatewayId id) const { return find(s_.gateways, id); }
std::optional<Gateway> MemoryTx::gateway_by_name(std::string_view name) const {
  return find_by(s_.gateways, s_.gateway_by_name, name);
}

void MemoryTx::insert(const Service& service) {
  atomically([&] { add(s_.services, service); });
}
void MemoryTx::update(const Service& service) { replace(s_.services, service); }

void MemoryTx::index(const Offer& offer) {
  need(s_.services, offer.service);
  need(s_.providers, offer.provider);
  claim(s_.offer_by_priority, std::tuple{offer.service, offer.priority, offer.id}, offer.id);
}
void MemoryTx::unindex(const Offer& offer) {
  undo_.drop(s_.offer_by_priority, {offer.service, offer.priority, offer.id});
}
void MemoryTx::insert(const Offer& offer) {
  atomically([&] {
    add(s_.offers, offer);
    index(offer);
  });
}
void MemoryTx::update(const Offer& offer) {
  atomically([&] {
    unindex(replace(s_.offers, offer));
    index(offer);
  });
}

void MemoryTx::insert(const PriceRule& rule) {
  atomically([&] { add(s_.price_rules, rule); });
}
void MemoryTx::update(const PriceRule& rule) { replace(s_.price_rules, rule); }
void MemoryTx::erase(PriceRuleId id) { undo_.drop(s_.price_rules, id); }

void MemoryTx::insert(const Provider& provider) {
  atomically([&] {
    add(s_.providers, provider);
    claim(s_.provider_by_name, provider.name, provider.id);
  });
}
void MemoryTx::update(const Provider& provider) {
  atomically([&] {
    undo_.drop(s_.provider_by_name, replace(s_.providers, provider).name);
    claim(s_.provider_by_name, provider.name, provider.id);
  });
}

void MemoryTx::insert(const Gateway& gateway) {
  atomically([&] {
    add(s_.gateways, gateway);
    claim(s_.gateway_by_name, gateway.name, gateway.id);
  });
}
void MemoryTx::update(const Gateway& gateway) {
  atomically([&] {
    undo_.drop(s_.gateway_by_name, replace(s_.gateways, gateway).name);
    claim(s_.gateway_by_name, gateway.name, gateway.id);
  });
}

}  // namespace topup
