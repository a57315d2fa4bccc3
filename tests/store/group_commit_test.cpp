// Callers share commits and nothing else.

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "catch.h"
#include "store/errors.h"
#include "store/fixtures.h"
#include "store/records.h"

using namespace sample;

namespace {

// Runs body(thread, round) on that many threads at once.
template <class Body>
void at_once(int threads, int rounds, Body body) {
  std::vector<std::thread> running;
  for (int t = 0; t < threads; ++t)
    running.emplace_back([=] {
      for (int i = 0; i < rounds; ++i)
        body(t, i);
    });
  for (auto& thread : running)
    thread.join();
}

void add_tier(Store& store, const std::string& name) {
  write(store, [&](Tx& tx) { tx.put(Tier{name, 1}); });
}

bool has_tier(Store& store, const std::string& name) {
  return seen(store, [&](const View& view) { return view.tier(name).has_value(); });
}

std::string tier_name(int thread, int round) {
  return std::to_string(thread) + "-" + std::to_string(round);
}

}  // namespace

TEST_CASE("many callers share few commits and each finds its work done", "[store]") {
  Sqlite fixture;
  std::atomic<int> missing = 0;
  at_once(64, 8, [&](int t, int i) {
    add_tier(fixture.store, tier_name(t, i));
    if (!has_tier(fixture.store, tier_name(t, i))) ++missing;
  });
  CHECK(missing == 0);
  auto counters = fixture.store.counters();
  CHECK(counters.transactions == 64L * 8);
  CHECK(counters.commits < counters.transactions / 2);
}

TEST_CASE("a body that throws fails alone", "[store]") {
  Sqlite fixture;
  std::atomic<int> thrown = 0;
  at_once(16, 10, [&](int t, int i) {
    auto name = tier_name(t, i);
    if (t % 4 != 0) return add_tier(fixture.store, name);
    try {
      write(fixture.store, [&](Tx& tx) {
        tx.put(Tier{name, 1});
        throw std::runtime_error{"boom"};
      });
    } catch (const std::runtime_error&) {
      ++thrown;
    }
  });
  CHECK(thrown == 4 * 10);
  for (int t = 0; t < 16; ++t)
    for (int i = 0; i < 10; ++i)
      CHECK(has_tier(fixture.store, tier_name(t, i)) == (t % 4 != 0));
}

TEST_CASE("a refusal shares a commit with what is accepted", "[store]") {
  Sqlite fixture;
  std::atomic<int> refused = 0;
  at_once(16, 10, [&](int t, int i) {
    auto done = fixture.store.transact([&](Tx& tx) -> Status {
      if (t % 2 == 0) return Error{Code::conflict};
      tx.put(Tier{tier_name(t, i), 1});
      return Nothing{};
    });
    if (!done) ++refused;
  });
  CHECK(refused == 8 * 10);
  int kept = 0;
  for (int t = 0; t < 16; ++t)
    for (int i = 0; i < 10; ++i)
      kept += has_tier(fixture.store, tier_name(t, i)) ? 1 : 0;
  CHECK(kept == 8 * 10);
}

TEST_CASE("readers see whole transactions while writers go on", "[store]") {
  Sqlite fixture;
  write(fixture.store, insert_basics);
  std::atomic<bool> torn = false;
  std::atomic<bool> over = false;
  std::thread reader{[&] {
    while (!over)
      fixture.store.read([&](const View& view) {
        if (view.tier("a") != view.tier("a") ||
            view.tier("a").has_value() != view.tier("b").has_value())
          torn = true;
        auto a = view.tier("a").value_or(Tier{});
        auto b = view.tier("b").value_or(Tier{});
        if (a.api_per_minute != b.api_per_minute) torn = true;
        return 0;
      });
  }};
  at_once(4, 25, [&](int t, int i) {
    write(fixture.store, [&](Tx& tx) {
      tx.put(Tier{"a", 100 * t + i});
      tx.put(Tier{"b", 100 * t + i});
    });
  });
  over = true;
  reader.join();
  CHECK_FALSE(torn);
}
