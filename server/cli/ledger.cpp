#include <iostream>
#include <stdexcept>

#include "cli/database.h"
#include "cli/verbs.h"
#include "ledger_export.h"
#include "store/inspect_file.h"

namespace topupd::cli {

// Reads only, so it may run beside the server.
int export_ledger(const CommandLine& line, const Config& config) {
  inspect_file(existing_database(config), [&](const topup::Archive& archive) {
    topupd::export_ledger(archive, line.format, std::cout);
  });
  if (!std::cout.flush()) throw std::runtime_error{"the output could not be written to its end"};
  return 0;
}

}  // namespace topupd::cli
