#include <filesystem>
#include <iostream>
#include <stdexcept>

#include "cli/verbs.h"
#include "http/api/json.h"
#include "store/inspect_file.h"
#include "topup/checker.h"

namespace topupd::cli {
namespace {

void print_text(const topup::Report& report) {
  std::cout << report.entries << " entries, " << report.postings << " postings, " << report.users
            << " users, " << report.orders << " orders\n";
  for (const auto& [kind, total] : report.totals)
    std::cout << "  " << topup::name(kind) << " " << total << '\n';
  for (const auto& violation : report.violations)
    std::cout << violation.invariant << ": " << violation.what << '\n';
  if (report.ok())
    std::cout << "every invariant holds\n";
  else
    std::cout << report.violations_found << " violations\n";
}

void print_json(const topup::Report& report) {
  http::JsonObject totals;
  for (const auto& [kind, total] : report.totals)
    totals.number(topup::name(kind), total);
  http::JsonList violations;
  for (const auto& violation : report.violations)
    violations.add(
        http::JsonObject{}.text("invariant", violation.invariant).text("what", violation.what));
  std::cout << http::JsonObject{}
                   .flag("ok", report.ok())
                   .number("violations_found", report.violations_found)
                   .number("entries", report.entries)
                   .number("postings", report.postings)
                   .number("users", report.users)
                   .number("orders", report.orders)
                   .object("totals", totals)
                   .raw("violations", violations.str())
                   .str()
            << '\n';
}

}  // namespace

// Reads only, so it may run beside the server.
int verify(const CommandLine& line, const Config& config) {
  auto file = std::filesystem::path{config.server.data} / "topup.db";
  if (!std::filesystem::exists(file)) throw std::runtime_error{"there is no " + file.string()};
  topup::Report report;
  inspect_file(file, [&](const topup::Archive& archive) { report = topup::check(archive); });
  line.json ? print_json(report) : print_text(report);
  return report.ok() ? 0 : 1;
}

}  // namespace topupd::cli
