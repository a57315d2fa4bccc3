#include "bench/limits.h"

#include <algorithm>
#include <memory>
#include <thread>

#include "bench/lives.h"
#include "bench/shop.h"
#include "store/open.h"
#include "store/sqlite_store.h"
#include "store/writer.h"

namespace topupd::bench {
namespace {

using Body = std::function<bool(topup::Tx&)>;

constexpr int kQueuers = 64;
constexpr std::size_t kWarmUp = 1'024;  // orders at least, until the log is reused
constexpr std::size_t kVisits = 2;      // of each reseller, as the server is warmed up
constexpr std::size_t kSingles = 1'000;

class Bench {
 public:
  Bench(const std::filesystem::path& file, const ShopSize& size, const LimitOptions& options)
      : file_{file},
        size_{size},
        options_{options},
        next_{options.first},
        warm_up_{std::max(kWarmUp, kVisits * static_cast<std::size_t>(size.resellers))} {}

  Limits run() {
    auto orders = static_cast<std::size_t>(options_.orders);
    limits_.recorded = record_lives(orders + warm_up_);
    limits_.raw_life = replay(file_, limits_.recorded, {options_.group, warm_up_});
    auto placing = record_lives(orders + warm_up_);
    placing.resize(1);
    limits_.raw_place = replay(file_, placing, {options_.group, warm_up_});
    finish_open();
    placing = record_lives(kSingles);
    placing.resize(1);
    limits_.raw_single = replay(file_, placing, {1, 0});
    finish_open();
    store(orders);
    queue(orders);
    limits_.made = next_ - options_.first;
    return std::move(limits_);
  }

 private:
  // Those orders are made by whoever replays it.
  std::vector<Recording> record_lives(std::size_t count) {
    std::vector<Command> places;
    std::vector<Command> begins;
    std::vector<Command> ends;
    auto attempts = std::make_shared<std::vector<topup::AttemptId>>();
    for (std::size_t i = 0; i < count; ++i) {
      places.emplace_back([this, attempts, number = next_++](topup::Tx& tx) {
        attempts->push_back(place(tx, size_, number));
      });
      begins.emplace_back([attempts, i](topup::Tx& tx) { begin(tx, attempts->at(i)); });
      ends.emplace_back([attempts, i](topup::Tx& tx) { succeed(tx, attempts->at(i)); });
    }
    return record(file_, {places, begins, ends});
  }

  sqlite::Connection open() const {
    return open_for_writing(file_, current_schema(), file_.parent_path() / "backups");
  }

  // Runs bodies on the writer as the commit queue would, a group at a time.
  void run_groups(Writer& writer, const std::vector<Body>& bodies) const {
    std::vector<WriteQueue::Job> jobs(bodies.size());
    for (std::size_t i = 0; i < jobs.size(); ++i)
      jobs[i].body = &bodies[i];
    for (std::size_t at = 0; at < jobs.size(); at += options_.group) {
      std::vector<WriteQueue::Job*> batch;
      for (auto i = at; i < std::min(at + options_.group, jobs.size()); ++i)
        batch.push_back(&jobs[i]);
      writer.run(batch);
      for (auto* job : batch)
        if (job->failure) std::rethrow_exception(job->failure);
      writer.rest(false);
    }
  }

  void store(std::size_t orders) {
    Writer writer{open(), open_for_copying(file_), sealer_of(file_)};
    place_all(writer, warm_up_);
    end_all(writer);
    Stopwatch watch;
    place_all(writer, orders);
    limits_.store_place = watch.pace(orders);
    end_all(writer);
    Stopwatch whole;
    place_all(writer, orders);
    end_all(writer);
    limits_.store_life = whole.pace(orders);
  }

  void place_all(Writer& writer, std::size_t count) {
    std::vector<Body> bodies;
    open_.assign(count, {});
    for (std::size_t i = 0; i < count; ++i)
      bodies.emplace_back([this, i, number = next_++](topup::Tx& tx) {
        open_.at(i) = place(tx, size_, number);
        return true;
      });
    run_groups(writer, bodies);
  }

  void end_all(Writer& writer) {
    std::vector<Body> begins;
    std::vector<Body> ends;
    for (auto attempt : open_) {
      begins.emplace_back([attempt](topup::Tx& tx) {
        begin(tx, attempt);
        return true;
      });
      ends.emplace_back([attempt](topup::Tx& tx) {
        succeed(tx, attempt);
        return true;
      });
    }
    run_groups(writer, begins);
    run_groups(writer, ends);
    open_.clear();
  }

  void finish_open() {
    Writer writer{open(), open_for_copying(file_), sealer_of(file_)};
    Body look{[this](topup::Tx& tx) {
      open_.clear();
      for (auto provider : tx.due_providers(moment()))
        for (auto attempt : tx.due_attempts(provider, moment(), 1'000'000))
          open_.push_back(attempt);
      return true;
    }};
    run_groups(writer, {look});
    end_all(writer);
  }

  void queue(std::size_t orders) {
    {
      SqliteStore::Options options;
      options.sealer = sealer_of(file_);
      SqliteStore store{file_, options};
      auto each = orders / kQueuers;
      Stopwatch watch;
      std::vector<std::thread> threads;
      for (int t = 0; t < kQueuers; ++t)
        threads.emplace_back(
            [this, &store, each, first = next_ + t * static_cast<std::int64_t>(each)] {
              for (std::size_t i = 0; i < each; ++i)
                (void)store.transact([&](topup::Tx& tx) -> topup::Result<topup::AttemptId> {
                  return place(tx, size_, first + static_cast<std::int64_t>(i));
                });
            });
      for (auto& thread : threads)
        thread.join();
      next_ += static_cast<std::int64_t>(each) * kQueuers;
      limits_.queue_place = watch.pace(each * kQueuers);
    }
    finish_open();
  }

  const std::filesystem::path file_;
  const ShopSize size_;
  const LimitOptions options_;
  std::int64_t next_;  // number of the next order
  const std::size_t warm_up_;
  std::vector<topup::AttemptId> open_;
  Limits limits_;
};

}  // namespace

Limits measure_limits(const std::filesystem::path& file, const ShopSize& size,
                      const LimitOptions& options) {
  return Bench{file, size, options}.run();
}

}  // namespace topupd::bench
