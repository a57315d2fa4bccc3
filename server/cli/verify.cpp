#include <chrono>
#include <filesystem>
#include <iostream>
#include <stdexcept>

#include "cli/database.h"
#include "cli/seals.h"
#include "cli/verbs.h"
#include "http/api/json.h"
#include "store/inspect_file.h"
#include "topup/checker.h"

namespace topupd::cli {
namespace {

namespace fs = std::filesystem;

struct Verified {
  topup::Report report;
  double seconds = 0;
  std::int64_t log_grew = 0;  // bytes, by what a server wrote meanwhile
};

void print_text(const Verified& verified) {
  const auto& report = verified.report;
  std::cout << report.entries << " entries, " << report.postings << " postings, " << report.users
            << " users, " << report.orders << " orders\n";
  for (const auto& [kind, total] : report.totals)
    std::cout << "  " << topup::name(kind) << " " << total << '\n';
  for (const auto& violation : report.violations)
    std::cout << violation.invariant << ": " << violation.what << '\n';
  std::cout << verdict(report) << "\nhead " << text(report.head) << '\n';
}

void print_json(const Verified& verified) {
  const auto& report = verified.report;
  http::JsonObject totals;
  for (const auto& [kind, total] : report.totals)
    totals.number(topup::name(kind), total);
  http::JsonList violations;
  for (const auto& violation : report.violations)
    violations.add(
        http::JsonObject{}.text("invariant", violation.invariant).text("what", violation.what));
  std::cout << http::JsonObject{}
                   .flag("ok", report.ok())
                   .flag("sealed", report.sealed)
                   .text("head", text(report.head))
                   .number("violations_found", report.violations_found)
                   .number("entries", report.entries)
                   .number("postings", report.postings)
                   .number("steps", report.head.steps)
                   .number("users", report.users)
                   .number("orders", report.orders)
                   .object("totals", totals)
                   .raw("violations", violations.str())
                   .number("milliseconds", static_cast<std::int64_t>(verified.seconds * 1'000))
                   .number("log_grew_bytes", verified.log_grew)
                   .str()
            << '\n';
}

std::int64_t log_bytes(const fs::path& file) {
  std::error_code missing;
  auto bytes = fs::file_size(file.string() + "-wal", missing);
  return missing ? 0 : static_cast<std::int64_t>(bytes);
}

topup::SealCheck seals_of(const CommandLine& line, const fs::path& file, const fs::path& dir) {
  auto key = key_of(file, dir);
  return {key ? journal_hash(*key) : topup::Hash{}, head_of(line)};
}

Verified look_through(const fs::path& file, const topup::SealCheck& seals) {
  Verified verified;
  auto before = log_bytes(file);
  auto begin = std::chrono::steady_clock::now();
  inspect_file(
      file, [&](const topup::Archive& archive) { verified.report = topup::check(archive, seals); });
  std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
  verified.seconds = passed.count();
  verified.log_grew = log_bytes(file) - before;
  return verified;
}

}  // namespace

// Reads only, so it may run beside the server.
int verify(const CommandLine& line, const Config& config) {
  fs::path dir{config.server.data};
  auto file = existing(line.file.empty() ? dir / "topup.db" : fs::path{line.file});
  auto verified = look_through(file, seals_of(line, file, dir));
  line.json ? print_json(verified) : print_text(verified);
  return verified.report.ok() ? 0 : 1;
}

}  // namespace topupd::cli
