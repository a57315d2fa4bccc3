// Every read, write and sync of a day's work fails once, or from then on, or there is no memory for
// it: nobody is told yes for
// what is not there, or no for what is, and what the store remembers is what the file holds.

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <tuple>
#include <utility>
#include <vector>

#include "catch.h"
#include "core/archive_copy.h"
#include "core/toy_seal.h"
#include "crash/disk_vfs.h"
#include "crash/power_cut.h"
#include "crash/scarce_memory.h"
#include "crash/workload.h"
#include "store/errors.h"
#include "store/sqlite_store.h"
#include "topup/memory_store.h"

using namespace topupd;
using namespace topupd::crash;
using topup::testing::ArchiveCopy;
using Lasting = FaultPlan::Lasting;

namespace {

constexpr const char* kFile = "/topup.db";
constexpr int kOrders = 8;

constexpr std::size_t kSyncedAtOnce = 2;  // nobody writes together with anybody else here
constexpr std::size_t kSyncedLater = 1;

SqliteStore::Options options(std::size_t synced_later_from = kSyncedAtOnce) {
  SqliteStore::Options options;
  options.synced_later_from = synced_later_from;
  options.readers = 1;
  options.sealer = topup::testing::toy_sealer();
  options.log = {4, 8, 24, 12, 256};
  options.ref_ids = {2, 4, 1, 6};
  options.wallets = {3, 2, 6};
  return options;
}

std::string ask(topup::Store& store, const Step& step) {
  std::string answer;
  auto done = store.transact([&](topup::Tx& tx) -> topup::Status {
    answer = step(tx);
    if (was_taken(answer)) return topup::Nothing{};
    return topup::Error{topup::Code::conflict};
  });
  CHECK(done.has_value() == was_taken(answer));
  return answer;
}

std::string seen(topup::Store& store) {
  return store.read([](const topup::View& view) {
    std::string text;
    for (std::int64_t user = 1; user <= 3; ++user)
      text += std::to_string(view.wallet({user}).balance().units()) + " " +
              std::to_string(view.under_way({user}).order.value) + ", ";
    return text + std::to_string(view.journal_head().entry.value);
  });
}

auto everything(const ArchiveCopy& copy) {
  return std::tie(copy.users, copy.wallets, copy.entries, copy.postings, copy.steps, copy.orders,
                  copy.attempts, copy.charges, copy.receipts, copy.withdrawals, copy.transfers,
                  copy.adjustments, copy.prefunds, copy.moves, copy.incidents, copy.keys);
}

// What a store in maps holds after these steps.
ArchiveCopy after(const std::vector<Step>& steps) {
  topup::MemoryStore memory{topup::testing::toy_sealer()};
  for (const auto& step : steps)
    ask(memory, step);
  return ArchiveCopy{memory};
}

// A disk with a shop that was opened and has done nothing.
const Image& opened_shop() {
  static const Image kImage = [] {
    Disk disk;
    DiskVfs mounted{disk};
    SqliteStore{kFile, options()}
        .transact([](topup::Tx& tx) -> topup::Status {
          opening()(tx);
          return topup::Nothing{};
        })
        .value();
    return disk.content();
  }();
  return kImage;
}

// A shop's day on a disk that fails, or where memory is scarce, beside the same day in memory.
class Day {
 public:
  explicit Day(std::size_t synced_later_from)
      : disk_{opened_shop()}, options_{options(synced_later_from)} {
    ask(memory_, opening());
  }
  Day(const FaultPlan& plan, std::size_t synced_later_from) : Day{synced_later_from} {
    disk_.plan(plan);
  }

  void live(const std::vector<Step>& steps);
  // True if it came to that.
  bool live_with_scarce_memory(const std::vector<Step>& steps, std::int64_t skip, Lasting lasting);
  const Disk& disk() const { return disk_; }
  bool was_refused_or_unknown() const { return failures_ > 0; }

  // Whether a file that is left holds what was answered, and nothing that was refused.
  void check(Image left) const;

 private:
  void take(SqliteStore& store, const Step& step);
  void work(const std::vector<Step>& steps);

  Disk disk_;
  SqliteStore::Options options_;
  topup::MemoryStore memory_{topup::testing::toy_sealer()};
  std::vector<Step> happened_{opening()};
  std::optional<Step> doubtful_;
  int failures_ = 0;
};

void Day::take(SqliteStore& store, const Step& step) {
  try {
    auto answer = ask(store, step);
    CHECK_FALSE(doubtful_);
    CHECK(answer == ask(memory_, step));
    if (was_taken(answer)) happened_.push_back(step);
  } catch (const StoreUnknown&) {
    CHECK_FALSE(doubtful_);
    CHECK_FALSE(store.accepts_writes());
    doubtful_ = step;
    ++failures_;
  } catch (const StoreError&) {
    ++failures_;
  }
  if (doubtful_) return;
  try {
    const auto text = seen(store);
    CHECK(text == seen(memory_));
  } catch (const StoreError&) {
    ++failures_;
  }
}

void Day::live(const std::vector<Step>& steps) {
  DiskVfs mounted{disk_};
  try {
    SqliteStore store{kFile, options_};
    for (const auto& step : steps)
      take(store, step);
    std::vector<Image> left;
    {
      const auto held = mounted.hold();
      PowerCut cut{disk_, opened_shop()};
      cut.advance(disk_.moment());
      left = {cut.lost(), cut.kept(), cut.torn(disk_.moment())};
      disk_.heal();
    }
    for (auto& image : left)
      check(std::move(image));
  } catch (const StoreUnusable&) {
    ++failures_;
  }
  check(disk_.content());
  // The power may also fail when the store has been closed.
  PowerCut cut{disk_, opened_shop()};
  cut.advance(disk_.moment());
  check(cut.lost());
  check(cut.torn(disk_.moment()));
}

void Day::check(Image left) const {
  Disk disk{std::move(left), Disk::Memory::of_nothing};
  DiskVfs mounted{disk};
  SqliteStore store{kFile, options()};
  const ArchiveCopy found{store};
  auto held = after(happened_);
  if (doubtful_ && everything(found) != everything(held)) {
    auto with_doubtful = happened_;
    with_doubtful.push_back(*doubtful_);
    held = after(with_doubtful);
  }
  CHECK((everything(found) == everything(held)));
  CHECK(found.at_odds.empty());
}

void Day::work(const std::vector<Step>& steps) {
  DiskVfs mounted{disk_};
  try {
    SqliteStore store{kFile, options_};
    for (const auto& step : steps)
      take(store, step);
  } catch (const StoreUnusable&) {
    ++failures_;
  }
}

bool Day::live_with_scarce_memory(const std::vector<Step>& steps, std::int64_t skip,
                                  Lasting lasting) {
  bool has_failed = false;
  {
    const ScarceMemory memory{skip, lasting};
    work(steps);
    has_failed = memory.has_failed();
  }
  check(disk_.content());
  return has_failed;
}

SqliteStore::Options synced_later() {
  auto calm = options(kSyncedLater);
  calm.log = {};
  return calm;
}

bool add_tier(topup::Store& store, const std::string& name) {
  const auto put = [&](topup::Tx& tx) -> topup::Status {
    tx.put(topup::Tier{name, 1});
    return topup::Nothing{};
  };
  return store.transact(put).has_value();
}
bool has_tier(topup::Store& store, const std::string& name) {
  return store.read([&](const topup::View& view) { return view.tier(name).has_value(); });
}

void fail_a_sync(const DiskVfs& mounted, Disk& disk) {
  const auto held = mounted.hold();
  disk.plan({Fault::sync_fails});
}

// How many calls there are that such a fault can strike.
std::int64_t calls_for(Fault fault, const std::vector<Step>& steps) {
  for (std::int64_t most = 1;; most *= 2) {
    Day day{{fault, most}, kSyncedAtOnce};
    day.live(steps);
    if (!day.disk().has_failed()) return most;
  }
}

bool is_every_call_wanted() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it
  return std::getenv("TOPUP_CRASH_STRIDE") != nullptr;
}

}  // namespace

TEST_CASE("whichever call fails, a yes is in the file and a no is not", "[crash]") {
  struct Row {
    Fault fault;
    const char* name;
  };
  const Row rows[] = {{Fault::read_fails, "read"},       {Fault::read_is_cut, "read, cut"},
                      {Fault::write_fails, "write"},     {Fault::disk_is_full, "no space"},
                      {Fault::space_ends, "space ends"}, {Fault::sync_fails, "sync"}};
  const auto steps = lives(kOrders);
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto calls = calls_for(row.fault, steps);
    const auto apart = is_every_call_wanted() ? 1 : std::max<std::int64_t>(1, calls / 6);
    std::int64_t days = 0;
    std::int64_t noticed = 0;
    for (std::int64_t skip = 0; skip < calls; skip += apart)
      for (auto lasting : {Lasting::once, Lasting::for_good}) {
        for (auto later_from : {kSyncedAtOnce, kSyncedLater}) {
          CAPTURE(skip, lasting == Lasting::once, later_from);
          Day day{{row.fault, skip, lasting}, later_from};
          day.live(steps);
          if (!day.disk().has_failed()) continue;
          ++days;
          noticed += day.was_refused_or_unknown() ? 1 : 0;
        }
      }
    std::cout << row.name << ": " << days << " days with a failure, " << noticed
              << " in which somebody was told\n";
    CHECK(days > 0);
  }
}

TEST_CASE("what could not be synced is shown to nobody, and no later sync makes up for it",
          "[crash]") {
  Disk disk{opened_shop()};
  DiskVfs mounted{disk};
  {
    int times_shut = 0;  // the syncing thread's until the caller has been told
    auto options = synced_later();
    options.on_shut = [&](const std::string& /*why*/) { ++times_shut; };
    SqliteStore store{kFile, options};
    CHECK(add_tier(store, "before"));
    seen(store);
    fail_a_sync(mounted, disk);
    CHECK_THROWS_AS(add_tier(store, "doubtful"), StoreUnknown);
    CHECK_FALSE(store.accepts_writes());
    CHECK(times_shut == 1);
    CHECK_THROWS_AS(seen(store), StoreBroken);
    CHECK_THROWS_AS(store.look([](Snapshot&) {}), StoreBroken);
    CHECK_THROWS_AS(store.inspect([](const topup::Archive&) {}), StoreBroken);
    CHECK_THROWS_AS(add_tier(store, "after"), StoreShut);
    CHECK_THROWS_AS(seen(store), StoreBroken);
  }
  SqliteStore again{kFile, synced_later()};
  CHECK(has_tier(again, "before"));
  CHECK_FALSE(has_tier(again, "after"));
}

TEST_CASE("what is answered after a sync has failed does not hang on what it left in the log",
          "[crash]") {
  Disk disk{opened_shop()};
  Image left;
  {
    DiskVfs mounted{disk};
    {
      SqliteStore store{kFile, synced_later()};
      CHECK(add_tier(store, "before"));  // so that the log's head is there
      fail_a_sync(mounted, disk);
      CHECK_THROWS_AS(add_tier(store, "doubtful"), StoreUnknown);
    }
    SqliteStore again{kFile, synced_later()};
    CHECK(add_tier(again, "later"));
    PowerCut cut{disk, opened_shop()};
    cut.advance(disk.moment());
    left = cut.lost();
  }
  Disk after_power_cut{std::move(left)};
  DiskVfs mounted{after_power_cut};
  SqliteStore store{kFile, synced_later()};
  CHECK(has_tier(store, "later"));
}

TEST_CASE("whenever SQLite gets no memory, a yes is in the file and a no is not", "[crash]") {
  const auto steps = lives(kOrders);
  std::int64_t most = 1;
  while (Day{kSyncedAtOnce}.live_with_scarce_memory(steps, most, Lasting::once))
    most *= 2;
  const auto apart = std::max<std::int64_t>(1, most / (is_every_call_wanted() ? 4'000 : 30));
  std::int64_t tried = 0;
  std::int64_t days = 0;
  std::int64_t noticed = 0;
  for (std::int64_t skip = 0; skip < most; skip += apart)
    for (auto lasting : {Lasting::once, Lasting::for_good}) {
      const auto later_from = ++tried % 3 == 0 ? kSyncedAtOnce : kSyncedLater;
      CAPTURE(skip, lasting == Lasting::once, later_from);
      Day day{later_from};
      if (!day.live_with_scarce_memory(steps, skip, lasting)) continue;
      ++days;
      noticed += day.was_refused_or_unknown() ? 1 : 0;
    }
  std::cout << "no memory: " << days << " days with a failure, " << noticed
            << " in which somebody was told\n";
  CHECK(days > 0);
}
