#include "store/commit_queue.h"

#include <atomic>
#include <functional>
#include <future>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "catch.h"

using namespace topupd;

namespace {

using Queue = CommitQueue<std::function<void()>>;

// Keeps text: what a batch wrote counts only once it is committed.
struct Ledger {
  std::string kept;
  std::string written;
  int commits = 0;
  int commits_to_fail = 0;
  int rests = 0;
  Queue queue{{[this](Queue::Batch batch, Sync /*sync*/) { return run(batch); },
               [this](bool) { ++rests; }}};

  BatchRun run(Queue::Batch batch) {
    written.clear();
    try {
      for (auto* job : batch)
        (*job->body)();
      commit();
    } catch (...) {
      if (batch.size() > 1) return BatchRun::alone;
      batch.front()->failure = std::current_exception();
    }
    return BatchRun::done;
  }

  void commit() {
    if (commits_to_fail > 0) {
      --commits_to_fail;
      throw std::runtime_error{"disk full"};
    }
    ++commits;
    kept += written;
  }

  void write(char letter) {
    queue.submit([&] { written += letter; });
  }
};

// Threads that wait together: the first holds the queue until all have come.
class Crowd {
 public:
  explicit Crowd(Ledger& ledger) : ledger_{ledger} {}

  void run(const std::vector<std::function<void()>>& callers) {
    std::vector<std::thread> threads;
    threads.reserve(callers.size() + 1);
    std::atomic<std::size_t> come{0};
    std::atomic<bool> held{false};
    threads.emplace_back([&] {
      ledger_.queue.submit([&] {
        held = true;
        while (come < callers.size())
          std::this_thread::yield();
        for (int i = 0; i < 1'000; ++i)
          std::this_thread::yield();
      });
    });
    while (!held)
      std::this_thread::yield();
    for (const auto& caller : callers)
      threads.emplace_back([&] {
        ++come;
        caller();
      });
    for (auto& thread : threads)
      thread.join();
  }

 private:
  Ledger& ledger_;
};

}  // namespace

TEST_CASE("a body is committed when its caller returns", "[store]") {
  Ledger ledger;
  ledger.write('a');
  CHECK(ledger.kept == "a");
  ledger.write('b');
  CHECK(ledger.kept == "ab");
  ledger.queue.settle();
  CHECK(ledger.rests == 2);
}

TEST_CASE("a body that throws reaches its caller and leaves nothing behind", "[store]") {
  Ledger ledger;
  CHECK_THROWS_AS(ledger.queue.submit([&] {
    ledger.written += 'x';
    throw std::logic_error{"no"};
  }),
                  std::logic_error);
  ledger.write('a');
  CHECK(ledger.kept == "a");
}

TEST_CASE("a failed commit is the caller's to know", "[store]") {
  Ledger ledger;
  ledger.commits_to_fail = 1;
  CHECK_THROWS_AS(ledger.write('a'), std::runtime_error);
  CHECK(ledger.kept.empty());
  ledger.write('b');
  CHECK(ledger.kept == "b");
}

TEST_CASE("a body that throws does not spoil its neighbours", "[store]") {
  Ledger ledger;
  std::atomic<int> thrown{0};
  std::vector<std::function<void()>> callers;
  callers.reserve(10);
  for (int i = 0; i < 10; ++i)
    callers.emplace_back([&, i] {
      try {
        ledger.queue.submit([&, i] {
          ledger.written += 'a';
          if (i == 5) throw std::logic_error{"no"};
        });
      } catch (const std::logic_error&) {
        ++thrown;
      }
    });
  Crowd{ledger}.run(callers);
  CHECK(thrown == 1);
  CHECK(ledger.kept == std::string(9, 'a'));
}

TEST_CASE("callers that wait together share commits", "[store]") {
  Ledger ledger;
  Crowd{ledger}.run(std::vector<std::function<void()>>(20, [&] { ledger.write('a'); }));
  CHECK(ledger.kept == std::string(20, 'a'));
  CHECK(ledger.commits < 21);
}

TEST_CASE("a crowd larger than a batch is let go to the last", "[store]") {
  constexpr std::size_t kCrowd = Queue::kMost + 44;
  Ledger ledger;
  Crowd{ledger}.run(std::vector<std::function<void()>>(kCrowd, [&] { ledger.write('a'); }));
  CHECK(ledger.kept == std::string(kCrowd, 'a'));
}

TEST_CASE("a caller may leave, and is told when it is done", "[store]") {
  std::promise<std::string> seen;
  Ledger ledger;
  ledger.queue.submit_later(
      [&] { ledger.written += 'a'; },
      [&](const std::exception_ptr& failure) { seen.set_value(failure ? "failed" : ledger.kept); });
  CHECK(seen.get_future().get() == "a");
}

TEST_CASE("a caller who left is told what went wrong, and nobody else", "[store]") {
  constexpr int kCallers = 30;
  std::atomic<int> failed = 0;
  std::atomic<int> done = 0;
  std::promise<void> all_told;
  Ledger ledger;
  const auto tell = [&](const std::exception_ptr& failure) {
    if (failure) ++failed;
    if (++done == kCallers) all_told.set_value();
  };
  for (int i = 0; i < kCallers; ++i)
    ledger.queue.submit_later(
        [&, i] {
          ledger.written += 'a';
          if (i == 7) throw std::logic_error{"no"};
        },
        tell);
  all_told.get_future().wait();
  CHECK(failed == 1);
  CHECK(ledger.kept == std::string(kCallers - 1, 'a'));
}

TEST_CASE("whoever left is told before the queue ends", "[store]") {
  int told = 0;
  {
    Ledger ledger;
    for (int i = 0; i < 10; ++i)
      ledger.queue.submit_later([&] { ledger.written += 'a'; },
                                [&](const std::exception_ptr&) { ++told; });
  }
  CHECK(told == 10);
}

namespace {

// Waits until the number has come so far.
void reached(const std::atomic<int>& number, int count) {
  for (int now = number; now < count; now = number)
    number.wait(now);
}

// A queue whose batches are synced only when they may be.
struct SlowDisk {
  std::exception_ptr failure = nullptr;
  std::vector<std::size_t> batches = {};  // how many callers each had
  std::atomic<int> batches_run = 0;       // and handed over
  std::atomic<int> syncs = 0;
  std::atomic<int> syncs_allowed = 0;
  Queue queue{{[this](Queue::Batch batch, Sync /*sync*/) { return run(batch); },
               [this](bool /*nobody_waits*/) { count_batch(); }, [this] { return sync(); }, 1}};

  BatchRun run(Queue::Batch batch) {
    batches.push_back(batch.size());
    for (auto* job : batch)
      try {
        (*job->body)();
      } catch (...) {
        job->failure = std::current_exception();
      }
    return BatchRun::done;
  }
  void count_batch() {
    ++batches_run;
    batches_run.notify_all();
  }

  std::exception_ptr sync() {
    const int number = ++syncs;
    syncs.notify_all();
    reached(syncs_allowed, number);
    return failure;
  }
  void allow_syncs(int count) {
    syncs_allowed = count;
    syncs_allowed.notify_all();
  }
};

// Callers who left, and who of them was told what.
class Left {
 public:
  explicit Left(SlowDisk& disk) : disk_{disk} {}
  void write(char name) {
    submit([] {}, name);
  }
  void submit(const std::function<void()>& body, char name) {
    disk_.queue.submit_later(body, [this, name](const std::exception_ptr& failure) {
      const std::lock_guard lock{mutex_};
      told_ += failure ? std::string{'!', name} : std::string{name};
    });
  }
  std::string told() {
    const std::lock_guard lock{mutex_};
    return told_;
  }

 private:
  SlowDisk& disk_;
  std::mutex mutex_;
  std::string told_;
};

}  // namespace

TEST_CASE("the next batch runs while the one before waits for the disk", "[store]") {
  SlowDisk disk;
  Left callers{disk};
  callers.write('a');
  reached(disk.syncs, 1);
  std::promise<void> ran;
  callers.submit([&] { ran.set_value(); }, 'b');
  ran.get_future().wait();
  CHECK(callers.told().empty());
  disk.allow_syncs(2);
  disk.queue.settle();
  CHECK(callers.told() == "ab");
  CHECK(disk.syncs == 2);
}

TEST_CASE("all that was run meanwhile is synced together", "[store]") {
  SlowDisk disk;
  Left callers{disk};
  callers.write('a');
  reached(disk.syncs, 1);
  callers.write('b');
  reached(disk.batches_run, 2);
  callers.write('c');
  reached(disk.batches_run, 3);
  disk.allow_syncs(2);
  disk.queue.settle();
  CHECK(callers.told() == "abc");
  CHECK(disk.syncs == 2);
}

TEST_CASE("a batch begins beside a sync only with half as many callers", "[store]") {
  SlowDisk disk;
  Left callers{disk};
  std::promise<void> begun;
  std::promise<void> held;
  std::promise<void> five_ran;
  callers.submit(
      [&] {
        begun.set_value();
        held.get_future().wait();
      },
      'a');
  begun.get_future().wait();
  for (char name = 'b'; name <= 'd'; ++name)
    callers.write(name);
  callers.submit([&] { five_ran.set_value(); }, 'e');
  held.set_value();
  five_ran.get_future().wait();
  for (char name = 'f'; name <= 'h'; ++name) {
    callers.write(name);
    for (int i = 0; i < 1'000; ++i)
      std::this_thread::yield();  // a batch that began too early would have time to
  }
  reached(disk.batches_run, 3);
  disk.allow_syncs(10);
  disk.queue.settle();
  CHECK(callers.told() == "abcdefgh");
  CHECK(disk.batches == std::vector<std::size_t>{1, 4, 3});
}

TEST_CASE("whose batch could not be synced is told so, and who was refused before is not",
          "[store]") {
  SlowDisk disk;
  disk.failure = std::make_exception_ptr(std::runtime_error{"the disk is gone"});
  disk.allow_syncs(10);
  CHECK_THROWS_WITH(disk.queue.submit([] {}), "the disk is gone");
  CHECK_THROWS_WITH(disk.queue.submit([] { throw std::runtime_error{"no"}; }), "no");
}

TEST_CASE("whoever waits for the disk is told before the queue ends", "[store]") {
  std::string told;
  {
    SlowDisk disk;
    disk.allow_syncs(100);
    for (char name = 'a'; name <= 'j'; ++name)
      disk.queue.submit_later([] {}, [&told, name](const std::exception_ptr&) { told += name; });
  }
  CHECK(told == "abcdefghij");
}

TEST_CASE("who comes alone is synced at once, who come together later", "[store]") {
  std::vector<Sync> told;
  std::promise<void> begun;
  std::promise<void> held;
  {
    Queue queue{{[&](Queue::Batch batch, Sync sync) {
                   told.push_back(sync);
                   for (auto* job : batch)
                     (*job->body)();
                   return BatchRun::done;
                 },
                 {},
                 [] { return std::exception_ptr{}; }}};
    queue.submit([] {});
    const auto hold = [&] {
      begun.set_value();
      held.get_future().wait();
    };
    queue.submit_later(hold, [](const std::exception_ptr&) {});
    begun.get_future().wait();
    for (int i = 0; i < 2; ++i)
      queue.submit_later([] {}, [](const std::exception_ptr&) {});
    held.set_value();
    queue.settle();
  }
  CHECK(told == std::vector{Sync::at_once, Sync::at_once, Sync::later});
}
