// Many at once on one account: every answer is that of some order of all they did, in which nobody
// comes before what had ended when he began.

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>
#include <vector>

#include "catch.h"
#include "store/fixtures.h"
#include "store/records.h"

using namespace sample;

namespace {

constexpr int kThreads = 6;
constexpr int kRounds = 40;

// What one caller asked for and saw; moments count what began and ended before.
struct Act {
  std::int64_t begun = 0;
  std::int64_t ended = 0;
  std::int64_t change = 0;   // of the balance, in rupiah; 0: a read, or a refusal
  std::int64_t version = 0;  // of the account after it
  std::int64_t balance = 0;
};

// Pays in or takes out; what is refused has read the balance.
Status move(Tx& tx, std::int64_t number, std::int64_t change, Act& act) {
  auto before = tx.wallet(UserId{1})[AccountKind::user_balance];
  act = {act.begun, 0, 0, before.version, before.balance.units()};
  LedgerAccount ours{AccountKind::adjustments, 0};
  LedgerAccount his{AccountKind::user_balance, 1};
  Entry entry{EntryKind::adjustment, number, {}, {Actor::admin, 2}};
  if (change > 0)
    entry.add(ours, his, *Money::from_units(change));
  else
    entry.add(his, ours, *Money::from_units(-change));
  auto done = post(tx, entry, at(1));
  if (!done) return done;
  auto after = tx.wallet(UserId{1})[AccountKind::user_balance];
  act = {act.begun, 0, change, after.version, after.balance.units()};
  return done;
}

void see(const View& view, Act& act) {
  auto book = view.wallet(UserId{1})[AccountKind::user_balance];
  act.version = book.version;
  act.balance = book.balance.units();
}

std::vector<Act> history_of(Store& store) {
  std::atomic<std::int64_t> moments = 0;
  std::vector<std::vector<Act>> seen_by(kThreads);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread)
    threads.emplace_back([&, thread] {
      for (int round = 0; round < kRounds; ++round) {
        Act act;
        auto number = thread * kRounds + round + 1;
        act.begun = ++moments;
        if (round % 3 == 2) {
          store.read([&](const View& view) {
            see(view, act);
            return 0;
          });
        } else {
          // More goes out than comes in, so that some of it is refused.
          std::int64_t change = number % 2 == 0 ? 50 : -60;
          auto done = store.transact([&](Tx& tx) { return move(tx, number, change, act); });
          if (!done) act.change = 0;
        }
        act.ended = ++moments;
        seen_by[static_cast<std::size_t>(thread)].push_back(act);
      }
    });
  for (auto& thread : threads)
    thread.join();
  std::vector<Act> all;
  for (const auto& one : seen_by)
    all.insert(all.end(), one.begin(), one.end());
  return all;
}

// The balance at each version, as the writes say; each version is written once.
std::map<std::int64_t, std::int64_t> balances(const std::vector<Act>& history) {
  std::map<std::int64_t, std::int64_t> changes{{0, 0}};
  std::size_t writes = 1;
  for (const auto& act : history) {
    if (act.change == 0) continue;
    changes[act.version] = act.change;
    ++writes;
  }
  REQUIRE(changes.size() == writes);
  REQUIRE(changes.rbegin()->first == static_cast<std::int64_t>(writes) - 1);
  std::int64_t sum = 0;
  for (auto& [version, change] : changes)
    change = sum += change;
  return changes;
}

// How many saw less than somebody who had ended before they began.
int stale(std::vector<Act> history) {
  auto by_end = history;
  std::sort(by_end.begin(), by_end.end(),
            [](const Act& a, const Act& b) { return a.ended < b.ended; });
  std::sort(history.begin(), history.end(),
            [](const Act& a, const Act& b) { return a.begun < b.begun; });
  int count = 0;
  std::int64_t newest = 0;
  auto ended = by_end.begin();
  for (const auto& act : history) {
    for (; ended != by_end.end() && ended->ended < act.begun; ++ended)
      newest = std::max(newest, ended->version);
    // A write comes after, not beside.
    if (act.version < newest + (act.change != 0 ? 1 : 0)) ++count;
  }
  return count;
}

}  // namespace

TEMPLATE_TEST_CASE("what many see of one account at once is one history of it", "[store]", Memory,
                   Sqlite) {
  TestType fixture;
  write(fixture.store, [](Tx& tx) {
    insert_basics(tx);
    Entry first{EntryKind::adjustment, 100'000, {}, {Actor::admin, 2}};
    first.add({AccountKind::adjustments, 0}, {AccountKind::user_balance, 1},
              *Money::from_units(100));
    post(tx, first, at(1)).value();
  });
  auto history = history_of(fixture.store);
  history.push_back({0, 0, 100, 1, 100});
  const auto balance_at = balances(history);
  int refused_or_read = 0;
  for (const auto& act : history) {
    CAPTURE(act.version, act.change);
    REQUIRE(balance_at.contains(act.version));
    CHECK(act.balance == balance_at.at(act.version));
    refused_or_read += act.change == 0 ? 1 : 0;
  }
  CHECK(refused_or_read > kThreads * kRounds / 3);
  CHECK(stale(history) == 0);
}
