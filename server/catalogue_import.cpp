#include "catalogue_import.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <set>
#include <utility>

#include "topup/catalogue_commands.h"

namespace topupd {
namespace {

using Field = CatalogueChange::Field;
using Fields = std::vector<Field>;

void add_if_other(Fields& fields, std::string column, std::string now, std::string then) {
  if (now != then) fields.push_back({std::move(column), std::move(now), std::move(then)});
}

std::string word_of(const topup::Service& service) {
  return service.available ? "Normal" : "Gangguan";
}
std::string yes_or_no(bool is_so) { return is_so ? "ya" : "tidak"; }

Fields differences(const topup::Service& now, const topup::Service& then) {
  Fields fields;
  add_if_other(fields, "tipe", now.tipe, then.tipe);
  add_if_other(fields, "kategori", now.kategori, then.kategori);
  add_if_other(fields, "layanan", now.layanan, then.layanan);
  add_if_other(fields, "status", word_of(now), word_of(then));
  add_if_other(fields, "butuh_nometer", yes_or_no(now.needs_nometer),
               yes_or_no(then.needs_nometer));
  add_if_other(fields, "format_target", now.target_format.text(), then.target_format.text());
  return fields;
}

Fields differences(const topup::Offer& now, const topup::Offer& then) {
  Fields fields;
  add_if_other(fields, "cost", std::to_string(now.cost.units()), std::to_string(then.cost.units()));
  add_if_other(fields, "priority", std::to_string(now.priority), std::to_string(then.priority));
  add_if_other(fields, "active", yes_or_no(now.active), yes_or_no(then.active));
  return fields;
}

// The offer that the row is of, if there is one.
std::optional<topup::Offer> known_offer(const topup::View& view, const CatalogueRow& row) {
  const auto provider = view.provider_by_name(row.provider);
  if (!provider) return std::nullopt;
  for (auto& offer : view.offers(row.service.id))
    if (offer.provider == provider->id && offer.sku == row.offer.sku) return offer;
  return std::nullopt;
}

template <class Record>
void compare(CatalogueImport& result, CatalogueCount& count, CatalogueChange change,
             const std::optional<Record>& now, const Record& then) {
  if (now) change.fields = differences(*now, then);
  if (now && change.fields.empty()) {
    ++count.same;
    return;
  }
  ++(now ? count.changed : count.added);
  result.changes.push_back(std::move(change));
}

}  // namespace

CatalogueImport preview_import(const topup::View& view, const CatalogueTable& table) {
  assert(table.faults.empty());
  CatalogueImport result;
  std::set<topup::ServiceId> seen;
  std::set<std::string> new_providers;
  for (const auto& row : table.rows) {
    if (seen.insert(row.service.id).second)
      compare(result, result.services, {row.line, row.service, "", "", {}},
              view.service(row.service.id), row.service);
    compare(result, result.offers, {row.line, row.service, row.provider, row.offer.sku, {}},
            known_offer(view, row), row.offer);
    if (!view.provider_by_name(row.provider)) new_providers.insert(row.provider);
  }
  result.new_providers.assign(new_providers.begin(), new_providers.end());
  return result;
}

CatalogueImport put_catalogue(topup::Tx& tx, const CatalogueTable& table) {
  auto result = preview_import(tx, table);
  const auto must = [](const auto& done) {
    assert(done.has_value());  // read_catalogue() checked it
    return *done;
  };
  for (const auto& row : table.rows) {
    if (tx.service(row.service.id) != row.service) must(topup::put_service(tx, row.service));
    const auto known = known_offer(tx, row);
    if (known && differences(*known, row.offer).empty()) continue;
    auto offer = row.offer;
    if (known) offer.id = known->id;
    offer.provider = must(topup::ensure_provider(tx, row.provider)).id;
    must(topup::put_offer(tx, std::move(offer)));
  }
  return result;
}

std::string import_detail(const CatalogueImport& imported) {
  return "services=" + std::to_string(imported.services.all()) +
         ", offers=" + std::to_string(imported.offers.all());
}

CatalogueImport import_catalogue(
    topup::Store& store, std::string_view csv,
    const std::function<void(topup::Tx& tx, const CatalogueImport& imported)>& also) {
  const auto table = read_catalogue(csv);
  std::string faults;
  for (const auto& fault : table.faults)
    faults += (faults.empty() ? "" : "\n") + fault.said;
  if (!faults.empty()) throw CatalogueError{faults};
  const auto imported = store.transact([&](topup::Tx& tx) -> topup::Result<CatalogueImport> {
    auto result = put_catalogue(tx, table);
    also(tx, result);
    return result;
  });
  return *imported;
}

}  // namespace topupd
