// One function a verb: does it and returns the exit code, 0 done or 1 failed.
// What goes wrong is thrown as std::exception with a sentence for the operator.

#pragma once

#include "cli/command_line.h"

namespace topupd::cli {

int serve(const CommandLine& line, const Config& config);
int admin(const CommandLine& line, const Config& config);
int verify(const CommandLine& line, const Config& config);
int backup(const CommandLine& line, const Config& config);
int restore(const CommandLine& line, const Config& config);
int export_ledger(const CommandLine& line, const Config& config);
int reconcile(const CommandLine& line, const Config& config);
int import_catalog(const CommandLine& line, const Config& config);
int erase_user(const CommandLine& line, const Config& config);

}  // namespace topupd::cli
