#include "cli/seals.h"

#include "store/backup.h"

namespace topupd::cli {

std::optional<MasterKey> key_of(const std::filesystem::path& file,
                                const std::filesystem::path& dir) {
  if (auto key = master_key_of_environment()) return key;
  if (auto key = load_key_file(key_file_of(file))) return key;
  return load_master_key(dir);
}

std::optional<topup::NotedHead> head_of(const CommandLine& line) {
  if (line.head.empty()) return std::nullopt;
  auto noted = topup::noted_head_from(line.head);
  if (!noted)
    throw ConfigError{"--head " + line.head + ": a head looks like 120-344- and 32 hex digits"};
  return noted;
}

std::string verdict(const topup::Report& report) {
  std::string text = report.ok() ? "every invariant holds"
                                 : std::to_string(report.violations_found) + " violations";
  return report.sealed ? text : text + "; the seals were not checked: there is no master key";
}

}  // namespace topupd::cli
