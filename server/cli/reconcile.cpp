#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "cli/database.h"
#include "cli/verbs.h"
#include "reconcile.h"
#include "store/inspect_file.h"
#include "wib.h"

namespace topupd::cli {
namespace {

std::string contents(const std::string& name) {
  std::ifstream file{name, std::ios::binary};
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) throw std::runtime_error{"can't read " + name};
  return text.str();
}

StatementColumns columns_of(const ReconcileWords& words) {
  StatementColumns columns{words.reference_column, words.amount_column};
  if (words.only.empty()) return columns;
  auto equals = words.only.find('=');
  if (equals == 0 || equals == std::string::npos)
    throw ConfigError{"--only " + words.only + ": not COLUMN=VALUE"};
  columns.only_column = words.only.substr(0, equals);
  columns.only_value = words.only.substr(equals + 1);
  return columns;
}

Period period_of(const ReconcileWords& words) {
  Period period;
  if (!words.from.empty() && !(period.from = parse_from(words.from)))
    throw ConfigError{"--from " + words.from + ": no day"};
  if (!words.to.empty() && !(period.until = parse_to(words.to)))
    throw ConfigError{"--to " + words.to + ": no day"};
  return period;
}

OurAmounts ours(const topup::View& view, const topup::Archive& archive,
                const ReconcileWords& words) {
  auto period = period_of(words);
  if (!words.provider.empty()) {
    auto provider = view.provider_by_name(words.provider);
    if (!provider) throw std::runtime_error{"there is no supplier named " + words.provider};
    return purchases(archive, provider->id, words.by, period);
  }
  auto gateway = view.gateway_by_name(words.gateway);
  if (!gateway) throw std::runtime_error{"there is no gateway named " + words.gateway};
  return payments(archive, gateway->id, words.by, period);
}

// "missing here: INV-57EA2ANACSU3GU-1, 9500 in line 3, failed"
void print(const Difference& difference) {
  auto here = std::to_string(difference.here) + " here";
  auto there = std::to_string(difference.there) + " in line " + std::to_string(difference.line);
  auto state = difference.state.empty() ? "unknown reference" : difference.state;
  auto say = [&](const char* what, const std::string& amounts) {
    std::cout << what << ": " << difference.reference << ", " << amounts << ", " << state << '\n';
  };
  switch (difference.match) {
    case Match::matched: return;
    case Match::missing_here: return say("missing here", there);
    case Match::missing_there: return say("missing there", here);
    case Match::amount_differs: return say("amount differs", here + ", " + there);
  }
}

}  // namespace

// Reads only, so it may run beside the server.
int reconcile(const CommandLine& line, const Config& config) {
  auto stated = read_statement(contents(line.file), columns_of(line.reconcile));
  Reconciliation result;
  inspect_file(existing_database(config),
               [&](const topup::View& view, const topup::Archive& archive) {
                 result = topupd::reconcile(ours(view, archive, line.reconcile), stated);
               });
  for (const auto& difference : result.differences)
    print(difference);
  auto count = [&](Match match) {
    return std::ranges::count(result.differences, match, &Difference::match);
  };
  std::cout << result.matched << " matched, " << count(Match::missing_here) << " missing here, "
            << count(Match::missing_there) << " missing there, " << count(Match::amount_differs)
            << " with another amount\n";
  return result.differences.empty() ? 0 : 1;
}

}  // namespace topupd::cli
