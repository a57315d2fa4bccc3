// The catalogue as a table: services and who supplies them at what cost.
//
//   sid,tipe,kategori,layanan,butuh_nometer,format_target,provider,sku,cost,priority,status
//   1,Games,Free Fire,70 Diamond,tidak,"[0-9]{5,20}",sandbox1,FF1,9500,1,Normal
//
// One row an offer; several rows with one sid are several suppliers of one
// service.  butuh_nometer is ya or tidak, status Normal or Gangguan, cost whole
// rupiah.  The columns may come in any order; format_target, butuh_nometer,
// priority and status may be missing.

#pragma once

#include <functional>
#include <stdexcept>
#include <string_view>

#include "topup/store.h"

namespace topupd {

struct CatalogueImport {
  int services = 0;
  int offers = 0;
};

// what() names the line and the column.
struct CatalogueError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Takes over the whole table in one transaction, or throws CatalogueError and
// takes nothing.  A service is known by its sid and an offer by service,
// provider and sku: what is there already is replaced, what is not in the table
// stays.  Providers that are not known yet are made.
// also runs in that transaction, after the table.
CatalogueImport import_catalogue(
    topup::Store& store, std::string_view csv,
    const std::function<void(topup::Tx& tx, const CatalogueImport& imported)>& also =
        [](topup::Tx& /*tx*/, const CatalogueImport& /*imported*/) {});

}  // namespace topupd
