// Each invariant is shown to fire: one thing in a sound archive is damaged, and
// the checker must name the invariant that this breaks.

#include <set>
#include <string>
#include <string_view>

#include "catch.h"
#include "core/damages.h"
#include "core/toy_seal.h"

using namespace topup;
using namespace topup::testing;

namespace {

std::vector<Damage> all_damages() {
  std::vector<Damage> all;
  for (const auto* damages :
       {&book_damages(), &order_damages(), &payment_damages(), &people_damages(), &seal_damages()})
    all.insert(all.end(), damages->begin(), damages->end());
  return all;
}

ArchiveCopy sound_copy() { return ArchiveCopy{lived().shop.store}; }

std::set<std::string, std::less<>> broken(const Report& report) {
  std::set<std::string, std::less<>> ids;
  for (const auto& violation : report.violations)
    ids.insert(violation.invariant);
  return ids;
}

}  // namespace

TEST_CASE("a sound archive has no violation and is counted") {
  auto archive = sound_copy();
  auto report = check(archive, {toy_hash, {}});
  CHECK(violations(report) == "");
  CHECK(report.ok());
  CHECK(report.sealed);
  CHECK(report.users == 4);
  CHECK(report.orders == static_cast<std::int64_t>(archive.orders.size()));
  CHECK(report.entries == static_cast<std::int64_t>(archive.entries.size()));
  CHECK(report.postings == static_cast<std::int64_t>(archive.postings.size()));
}

TEST_CASE("an empty archive is sound") {
  MemoryStore store;
  auto report = check(ArchiveCopy{store});
  CHECK(report.ok());
  CHECK(report.entries == 0);
}

TEST_CASE("whatever is damaged, the checker names the invariant that it breaks") {
  for (const auto& [what, damage, breaks] : all_damages()) {
    auto archive = sound_copy();
    damage(archive);
    auto report = check(archive, {toy_hash, {}});
    INFO(what << "\n" << violations(report));
    CHECK(broken(report).count(breaks) == 1);
  }
}

TEST_CASE("a posting that names another entry hides nothing of what follows it") {
  auto archive = sound_copy();
  archive.postings.at(4).entry.value = 1'000'000'000;
  archive.entries.back().at -= std::chrono::hours{1};
  auto report = check(archive, {toy_hash, {}});
  INFO(violations(report));
  CHECK(report.violations.front().what == "posting 5 of entry 1000000000 follows one of entry " +
                                              std::to_string(archive.postings.at(3).entry.value));
  CHECK(report.entries == static_cast<std::int64_t>(archive.entries.size()));
  CHECK(broken(report).count("I40") == 1);
}

TEST_CASE("every invariant is shown to fire by some damage") {
  std::set<std::string_view> fired;
  for (const auto& damage : all_damages())
    fired.insert(damage.breaks);
  for (const auto& invariant : invariants()) {
    INFO(invariant.id << " " << invariant.sentence);
    CHECK(fired.count(invariant.id) == 1);
  }
}

TEST_CASE("a hundred violations are kept and all are counted") {
  auto archive = sound_copy();
  for (int i = 0; i < 150; ++i)
    archive.keys.push_back({UserId{1}, "route", std::to_string(i), 1, {}});
  auto twice = archive.keys;
  archive.keys.insert(archive.keys.end(), twice.begin(), twice.end());
  auto report = check(archive);
  CHECK(report.violations.size() == 100);
  CHECK(report.violations_found >= 150);
}
