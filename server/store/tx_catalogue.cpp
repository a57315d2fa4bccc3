// What is sold, at what price, and who supplies it: remembered between writes.

#include <stdexcept>

#include "store/sqlite_tx.h"

namespace topupd {

using topup::Gateway;
using topup::Offer;
using topup::PriceRule;
using topup::Provider;
using topup::Service;

std::optional<Service> SqliteTx::service(topup::ServiceId id) const {
  return recall(memory_.services, "SELECT * FROM services WHERE id = ?", id.value);
}
void SqliteTx::insert(const Service& service) {
  touched_.catalogue = true;
  write_new("INSERT INTO services VALUES (?,?,?,?,?,?,?)", service);
}
void SqliteTx::update(const Service& service) {
  touched_.catalogue = true;
  memory_.services.erase(service.id.value);
  write_over(
      "UPDATE services SET tipe = ?2, kategori = ?3, layanan = ?4, available = ?5, "
      "needs_nometer = ?6, target_format = ?7 WHERE id = ?1",
      service);
}

std::optional<Offer> SqliteTx::offer(topup::OfferId id) const {
  return find<Offer>("SELECT * FROM offers WHERE id = ?", id);
}
std::vector<Offer> SqliteTx::offers(topup::ServiceId id) const {
  if (const auto* known = memory_.offers.find(id.value)) return *known;
  auto found = list<Offer>("SELECT * FROM offers WHERE service_id = ? ORDER BY priority, id", id);
  if (!found.empty()) memory_.offers.put(id.value, found);
  return found;
}
void SqliteTx::insert(const Offer& offer) {
  touched_.catalogue = true;
  memory_.offers.clear();
  write_new("INSERT INTO offers VALUES (?,?,?,?,?,?,?)", offer);
}
void SqliteTx::update(const Offer& offer) {
  touched_.catalogue = true;
  memory_.offers.clear();
  write_over(
      "UPDATE offers SET service_id = ?2, provider_id = ?3, sku = ?4, cost = ?5, priority = ?6, "
      "active = ?7 WHERE id = ?1",
      offer);
}

std::optional<PriceRule> SqliteTx::price_rule(topup::PriceRuleId id) const {
  return find<PriceRule>("SELECT * FROM price_rules WHERE id = ?", id);
}
const std::vector<PriceRule>& SqliteTx::price_rules() const {
  if (!memory_.price_rules)
    memory_.price_rules = list<PriceRule>("SELECT * FROM price_rules ORDER BY id");
  return *memory_.price_rules;
}
void SqliteTx::insert(const PriceRule& rule) {
  touched_.catalogue = true;
  memory_.price_rules.reset();
  write_new("INSERT INTO price_rules VALUES (?,?,?,?,?,?,?,?,?)", rule);
}
void SqliteTx::update(const PriceRule& rule) {
  touched_.catalogue = true;
  memory_.price_rules.reset();
  write_over(
      "UPDATE price_rules SET tier = ?2, scope = ?3, subject = ?4, markup = ?5, flat = ?6, "
      "cap = ?7, step = ?8, min_margin = ?9 WHERE id = ?1",
      rule);
}
void SqliteTx::erase(topup::PriceRuleId id) {
  touched_.catalogue = true;
  memory_.price_rules.reset();
  execute("DELETE FROM price_rules WHERE id = ?", id);
}

std::optional<Provider> SqliteTx::provider(topup::ProviderId id) const {
  return recall(memory_.providers, "SELECT * FROM providers WHERE id = ?", id.value);
}
std::optional<Provider> SqliteTx::provider_by_name(std::string_view name) const {
  return find<Provider>("SELECT * FROM providers WHERE name = ?", name);
}
void SqliteTx::insert(const Provider& provider) {
  touched_.catalogue = true;
  write_new("INSERT INTO providers VALUES (?,?,?)", provider);
}
void SqliteTx::update(const Provider& provider) {
  touched_.catalogue = true;
  memory_.providers.clear();
  write_over("UPDATE providers SET name = ?2, active = ?3 WHERE id = ?1", provider);
}

std::optional<Gateway> SqliteTx::gateway(topup::GatewayId id) const {
  return recall(memory_.gateways, "SELECT * FROM gateways WHERE id = ?", id.value);
}
std::optional<Gateway> SqliteTx::gateway_by_name(std::string_view name) const {
  return find<Gateway>("SELECT * FROM gateways WHERE name = ?", name);
}
void SqliteTx::insert(const Gateway& gateway) {
  write_new("INSERT INTO gateways VALUES (?,?,?)", gateway);
}
void SqliteTx::update(const Gateway& gateway) {
  memory_.gateways.clear();
  write_over("UPDATE gateways SET name = ?2, active = ?3 WHERE id = ?1", gateway);
}

namespace {

std::string table_name(topup::Table table) {
  using topup::Table;
  switch (table) {
    case Table::users: return "users";
    case Table::services: return "services";
    case Table::offers: return "offers";
    case Table::price_rules: return "price_rules";
    case Table::providers: return "providers";
    case Table::gateways: return "gateways";
    case Table::orders: return "orders";
    case Table::attempts: return "attempts";
    case Table::charges: return "charges";
    case Table::receipts: return "receipts";
    case Table::withdrawals: return "withdrawals";
    case Table::transfers: return "transfers";
    case Table::adjustments: return "adjustments";
    case Table::prefunds: return "prefunds";
    case Table::treasury_moves: return "treasury_moves";
    case Table::incidents: return "incidents";
    case Table::notices: return "notices";
    case Table::audit: return "audit";
  }
  throw std::logic_error{"no such table"};
}

}  // namespace

std::int64_t SqliteTx::last_id(topup::Table table) const {
  auto& last = memory_.last_ids.at(static_cast<std::size_t>(table));
  if (!last) {
    // Price rules are erased: the largest there is may not be the largest ever used.
    auto query =
        db_.query(table == topup::Table::price_rules
                      ? std::string{"SELECT seq FROM sqlite_sequence WHERE name = 'price_rules'"}
                      : "SELECT id FROM " + table_name(table) + " ORDER BY id DESC LIMIT 1");
    last = query.next() ? query.integer(0) : 0;
  }
  return *last;
}

void SqliteTx::note_id(topup::Table table, std::int64_t id) {
  auto& last = memory_.last_ids.at(static_cast<std::size_t>(table));
  if (last && id > *last) last = id;
}

}  // namespace topupd
