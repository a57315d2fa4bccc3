// Taking over a table of the catalogue, or saying first what that would do.
//
// A service is known by its sid and an offer by service, provider and sku: what is there already
// is replaced, what is not in the table stays.

#pragma once

#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue_csv.h"
#include "topup/store.h"

namespace topupd {

// How many of a kind would be made, would become another, or are so already.
struct CatalogueCount {
  int added = 0;
  int changed = 0;
  int same = 0;

  int all() const { return added + changed + same; }
};

// A service, or an offer, that is not yet as the table has it.
struct CatalogueChange {
  struct Field {
    std::string column;
    std::string now;
    std::string then;
  };

  int line = 1;
  topup::Service service;
  std::string provider;       // of an offer; empty: it is the service itself
  std::string sku;            // of an offer
  std::vector<Field> fields;  // those that become another; empty: it is new
};

struct CatalogueImport {
  CatalogueCount services;
  CatalogueCount offers;
  std::vector<std::string> new_providers;  // by name: made if the table is taken over
  std::vector<CatalogueChange> changes;    // by line, a service before its offer
};

// The table has no faults.
CatalogueImport preview_import(const topup::View& view, const CatalogueTable& table);

// Does what the preview says; nothing can be refused any more.  The table has no faults.
CatalogueImport put_catalogue(topup::Tx& tx, const CatalogueTable& table);

// "services=3, offers=5": for the audit log.
std::string import_detail(const CatalogueImport& imported);

// what() names line and column of every fault, a line each.
struct CatalogueError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Takes over the whole table in one transaction, or throws CatalogueError and takes nothing.
// also runs in that transaction, after the table.
CatalogueImport import_catalogue(
    topup::Store& store, std::string_view csv,
    const std::function<void(topup::Tx& tx, const CatalogueImport& imported)>& also =
        [](topup::Tx& /*tx*/, const CatalogueImport& /*imported*/) {});

}  // namespace topupd
