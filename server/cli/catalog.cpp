#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "catalogue_csv.h"
#include "cli/offline.h"
#include "cli/verbs.h"

namespace topupd::cli {

int import_catalog(const CommandLine& line, const Config& config) {
  std::ifstream file{line.file, std::ios::binary};
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) throw std::runtime_error{"can't read " + line.file};
  Offline shop{config};
  auto imported = import_catalogue(shop.store, text.str());
  std::cout << imported.services << " services, " << imported.offers << " offers\n";
  return 0;
}

}  // namespace topupd::cli
