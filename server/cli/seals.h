// What verify, backup and restore say about the seals of the journal.

#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "cli/command_line.h"
#include "journal_seal.h"
#include "master_key.h"
#include "topup/checker.h"

namespace topupd::cli {

// That the file was sealed with: the environment's, else the one beside it, else the directory's;
// empty if there is none.
std::optional<MasterKey> key_of(const std::filesystem::path& file,
                                const std::filesystem::path& dir);

// What --head says; throws ConfigError if it is none.
std::optional<topup::NotedHead> head_of(const CommandLine& line);

// "every invariant holds", or how many do not, and whether the seals were looked at.
std::string verdict(const topup::Report& report);

}  // namespace topupd::cli
