// The power fails, or the process dies, at every point of a day's work: what was acknowledged is
// there, nothing is half done, and the books are right.

#include <cstdlib>
#include <cstring>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <thread>

#include "catch.h"
#include "core/dice.h"
#include "core/toy_seal.h"
#include "crash/disk_vfs.h"
#include "crash/power_cut.h"
#include "crash/workload.h"
#include "store/open.h"
#include "store/sqlite_archive.h"
#include "store/sqlite_store.h"
#include "store/writer.h"
#include "topup/checker.h"

using namespace topupd;
using namespace topupd::crash;

namespace {

constexpr const char* kFile = "/topup.db";
constexpr int kOrders = 200;
// Its log is copied aside, here, and begins anew, many times in that day.
constexpr LogLimits kShortLog{8, 16, 48, 24, 512};
constexpr RefIdParts kFewRefIds{8, 32, 2, 40};
constexpr WalletParts kFewChanges{7, 2, 20};

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::stoull(text);
}

// At every how many points of the workload the power fails, and in how many ways it tears there.
std::uint64_t stride() { return number_from("TOPUP_CRASH_STRIDE", 2); }
std::uint64_t torn_ways() { return number_from("TOPUP_CRASH_WAYS", 4); }

sqlite::Connection open_file() { return open_for_writing(kFile, current_schema(), "/backups"); }

// The pages of the database, of eight bytes at a time a number: two states of a store have the same
// one only if they are the same to the last bit.
std::uint64_t fingerprint(const std::string& content) {
  std::uint64_t result = content.size();
  for (std::size_t at = 0; at + 8 <= content.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, content.data() + at, 8);
    result = (result ^ word) * 0x9e3779b97f4a7c15U;
    result ^= result >> 29U;
  }
  return result;
}

std::string complaints(Image left) {
  Disk disk{std::move(left), Disk::Memory::of_nothing};
  DiskVfs mounted{disk};
  SqliteStore store{kFile};
  std::string lines;
  store.inspect([&](const topup::Archive& archive) {
    for (const auto& violation : topup::check(archive, {topup::testing::toy_hash}).violations)
      lines += violation.invariant + " " + violation.what + "\n";
  });
  auto verdict = open_for_reading(kFile).text("PRAGMA integrity_check");
  return verdict == "ok" ? lines : lines + verdict;
}

// Opens what is left, as the next start of the server does, and brings it into one file.
void recover(Disk& disk) {
  DiskVfs mounted{disk};
  open_file().checkpoint(sqlite::Checkpoint::truncate);
}
std::uint64_t fingerprint_after(Image left) {
  Disk disk{std::move(left), Disk::Memory::of_nothing};
  recover(disk);
  return fingerprint(disk.content().at(kFile));
}

// A batch of commands that shared a commit.
struct Batch {
  std::size_t begun = 0;  // moments of the disk
  std::size_t written = 0;
  std::size_t answered = 0;  // from here on it must be there
  std::uint64_t state = 0;   // what a file with it looks like
};

class Recording {
 public:
  explicit Recording(int orders);
  const Disk& disk() const { return disk_; }
  std::size_t created() const { return created_; }
  const std::vector<Batch>& batches() const { return batches_; }
  int steps_taken() const { return taken_; }

  // The states that may be found when the power failed at that moment.
  std::set<std::uint64_t> allowed(std::size_t moment) const;

 private:
  void write(const DiskVfs& mounted, Writer& writer, std::span<const Step> steps, Sync sync);
  // When all that was run was synced; nothing if that failed.
  std::optional<std::size_t> synced(const DiskVfs& mounted, Writer& writer) const;
  void answer(std::size_t first, std::size_t end, std::size_t moment);
  std::size_t moment(const DiskVfs& mounted) const;

  Disk disk_;
  std::size_t created_ = 0;
  std::vector<Batch> batches_;
  int taken_ = 0;
};

Recording::Recording(int orders) {
  std::vector<Step> steps{opening()};
  auto all = lives(orders);
  steps.insert(steps.end(), all.begin(), all.end());
  topup::testing::Dice dice{3};
  {
    DiskVfs mounted{disk_};
    Writer writer{open_file(),
                  open_for_copying(kFile),
                  topup::testing::toy_sealer(),
                  {kLockWait, kShortLog, kFewRefIds, kFewChanges}};
    created_ = disk_.moment();
    std::span<const Step> left{steps};
    auto take = [&](Sync sync) {
      auto count = std::min(left.size(), static_cast<std::size_t>(dice.between(1, 20)));
      write(mounted, writer, left.first(count), sync);
      left = left.subspan(count);
      writer.rest(dice.one_in(2));
      if (dice.one_in(4)) writer.settle();
    };
    while (!left.empty()) {
      // As the queue does: alone, or some that are synced while the next ones are run.
      if (dice.one_in(3)) take(Sync::at_once);
      const auto first = batches_.size();
      const auto together = dice.between(0, 3);
      for (std::int64_t i = 0; i < together && !left.empty(); ++i)
        take(Sync::later);
      const auto end = batches_.size();
      if (first == end) continue;
      std::optional<std::size_t> moment;
      std::thread syncing{[&] { moment = synced(mounted, writer); }};
      if (!left.empty()) take(Sync::later);
      syncing.join();
      answer(first, end, moment.value());
      answer(end, batches_.size(), synced(mounted, writer).value());
    }
  }
  // What each batch made of the file, seen by a process that found all of it.
  PowerCut cut{disk_};
  for (auto& batch : batches_) {
    cut.advance(batch.written);
    batch.state = fingerprint_after(cut.kept());
  }
}

// The log may be copied just now.
std::size_t Recording::moment(const DiskVfs& mounted) const {
  const auto held = mounted.hold();
  return disk_.moment();
}

std::optional<std::size_t> Recording::synced(const DiskVfs& mounted, Writer& writer) const {
  if (writer.sync() != nullptr) return std::nullopt;
  return moment(mounted);
}

void Recording::answer(std::size_t first, std::size_t end, std::size_t moment) {
  for (auto i = first; i < end; ++i)
    batches_[i].answered = std::max(batches_[i].written, moment);
}

void Recording::write(const DiskVfs& mounted, Writer& writer, std::span<const Step> steps,
                      Sync sync) {
  std::vector<std::function<bool(topup::Tx&)>> bodies;
  for (const auto& step : steps)
    bodies.emplace_back([&](topup::Tx& tx) {
      bool is_taken = was_taken(step(tx));
      taken_ += is_taken ? 1 : 0;
      return is_taken;
    });
  std::vector<WriteQueue::Job> jobs;
  for (const auto& body : bodies)
    jobs.push_back({&body, nullptr});
  std::vector<WriteQueue::Job*> batch;
  for (auto& job : jobs)
    batch.push_back(&job);
  auto begun = moment(mounted);
  REQUIRE(writer.run(batch, sync) == BatchRun::done);
  for (const auto& job : jobs)
    REQUIRE(job.failure == nullptr);
  const auto written = moment(mounted);
  batches_.push_back({begun, written, written, 0});
}

std::set<std::uint64_t> Recording::allowed(std::size_t moment) const {
  std::set<std::uint64_t> states;
  const Batch* last = nullptr;
  for (const auto& batch : batches_) {
    if (batch.answered <= moment) last = &batch;
    if (batch.begun < moment && batch.answered > moment) states.insert(batch.state);
  }
  if (last != nullptr) states.insert(last->state);
  return states;
}

const Recording& recording() {
  static const Recording kOne{kOrders};
  return kOne;
}

}  // namespace

TEST_CASE("the workload is a shop's day whose books are right after every commit", "[crash]") {
  const auto& day = recording();
  CHECK(day.steps_taken() > 4 * kOrders);
  PowerCut cut{day.disk()};
  std::set<std::uint64_t> states;
  for (const auto& batch : day.batches()) {
    cut.advance(batch.answered);
    REQUIRE(complaints(cut.lost()) == "");
    states.insert(batch.state);
  }
  CHECK(states.size() > day.batches().size() * 9 / 10);
  std::set<Act::Kind> kinds;
  for (const auto& act : day.disk().acts())
    kinds.insert(act.kind);
  CHECK(kinds.size() == 5);
}

TEST_CASE("whenever the power fails, what was answered is there and nothing is half done",
          "[crash]") {
  const auto& day = recording();
  PowerCut cut{day.disk()};
  const auto ways = torn_ways();
  std::int64_t points = 0;
  std::int64_t images = 0;
  int syncs_seen = -1;
  for (auto moment = day.batches().front().answered; moment <= day.disk().moment();
       moment += stride()) {
    CAPTURE(moment);
    cut.advance(moment);
    ++points;
    const auto allowed = day.allowed(moment);
    auto is_allowed = [&](Image left) {
      ++images;
      return allowed.contains(fingerprint_after(std::move(left)));
    };
    if (std::exchange(syncs_seen, cut.syncs()) != cut.syncs()) REQUIRE(is_allowed(cut.lost()));
    if (cut.is_all_durable()) continue;
    REQUIRE(is_allowed(cut.kept()));
    for (std::uint64_t way = 0; way < ways; ++way) {
      CAPTURE(way);
      REQUIRE(is_allowed(cut.torn(16 * moment + way)));
    }
  }
  std::cout << "power cuts: " << points << " points of " << day.disk().moment() << ", " << images
            << " files recovered, " << day.batches().size() << " commits, " << day.steps_taken()
            << " commands\n";
}

TEST_CASE("a power failure while the file is made leaves one that can be opened, and empty",
          "[crash]") {
  const auto& day = recording();
  PowerCut cut{day.disk()};
  for (std::size_t moment = 0; moment <= day.created(); moment += stride()) {
    cut.advance(moment);
    std::vector<Image> left{cut.lost(), cut.kept()};
    for (std::uint64_t way = 0; way < torn_ways(); ++way)
      left.push_back(cut.torn(moment + way));
    for (const auto& image : left) {
      CAPTURE(moment);
      REQUIRE(complaints(image) == "");
    }
  }
}

TEST_CASE("a power failure while a file is recovered loses nothing either", "[crash]") {
  const auto& day = recording();
  PowerCut cut{day.disk()};
  const auto apart = day.disk().moment() / 8;
  for (auto moment = apart; moment <= day.disk().moment(); moment += apart) {
    cut.advance(moment);
    auto left = cut.torn(moment);
    const auto wanted = fingerprint_after(left);
    Disk disk{left};
    recover(disk);
    PowerCut again{disk, left};
    for (std::size_t act = 0; act <= disk.moment(); act += stride()) {
      CAPTURE(moment, act);
      again.advance(act);
      REQUIRE(fingerprint_after(again.lost()) == wanted);
      REQUIRE(fingerprint_after(again.torn(act)) == wanted);
    }
  }
}
