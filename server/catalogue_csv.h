// The catalogue as a table: services and who supplies them at what cost.
//
//   sid,tipe,kategori,layanan,butuh_nometer,format_target,provider,sku,cost,priority,status
//   1,Games,Free Fire,70 Diamond,tidak,"[0-9]{5,20}",sandbox1,FF1,9500,1,Normal
//
// One row an offer; several rows with one sid are several suppliers of one
// service, which they must tell the same of.  butuh_nometer is ya or tidak,
// status Normal or Gangguan, cost whole rupiah.  The columns may come in any
// order; format_target, butuh_nometer, priority and status may be missing.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "topup/catalogue.h"

namespace topupd {

struct CatalogueRow {
  int line = 1;  // where it begins, from 1
  topup::Service service;
  std::string provider;  // by name: it may be one that nobody knows yet
  topup::Offer offer;    // without its id and that of its supplier
};

// What is wrong with a table in one place of it.
struct CatalogueFault {
  enum class Why {
    malformed,  // no comma-separated values: quotes, ends of lines, UTF-16
    empty,      // not even a header
    columns,    // more or fewer than the header has
    missing,    // a column that must be there
    number,     // not a whole number
    range,      // too small or too large
    choice,     // none of the words that it may be
    text,       // too long, empty, or with characters that a name can't have
    format,     // no regular expression
    other,      // the sid is another service in an earlier line
    repeated,   // the offer, or the column, is there already
  };

  Why why = Why::malformed;
  int line = 1;
  std::string column;  // empty if it is of the whole line
  std::string said;    // in English: "line 3, cost: not a whole number"
};
std::string_view name(CatalogueFault::Why why);

struct CatalogueTable {
  std::vector<CatalogueRow> rows;      // those without a fault of their own
  std::vector<CatalogueFault> faults;  // by line, the first of each
};

CatalogueTable read_catalogue(std::string_view csv);

}  // namespace topupd
