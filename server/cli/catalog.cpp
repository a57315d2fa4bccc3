#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "catalogue_import.h"
#include "cli/console_deed.h"
#include "cli/offline.h"
#include "cli/verbs.h"

namespace topupd::cli {

int import_catalog(const CommandLine& line, const Config& config) {
  std::ifstream file{line.file, std::ios::binary};
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) throw std::runtime_error{"can't read " + line.file};
  Offline shop{config};
  const auto now = shop.now();
  const auto note = [&](topup::Tx& tx, const CatalogueImport& taken) {
    record_deed(tx, {"catalog/import", "", import_detail(taken)}, now);
  };
  auto imported = import_catalogue(shop.store, text.str(), note);
  std::cout << imported.services.all() << " services, " << imported.offers.all() << " offers\n";
  return 0;
}

}  // namespace topupd::cli
