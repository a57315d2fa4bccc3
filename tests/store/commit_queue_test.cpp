#include "store/commit_queue.h"

#include <atomic>
#include <future>
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
  Queue queue{{[this](Queue::Batch batch) { return run(batch); }, [this](bool) { ++rests; }}};

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
