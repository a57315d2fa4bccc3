// How many threads run at once, and who gets one when they do not return.

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "catch.h"
#include "http/edge_connection.h"
#include "http/edge_workers.h"
#include "long_wait.h"

using namespace topupd;
using namespace topupd::http;

namespace {

constexpr std::chrono::seconds kHang{60};  // a test that waits as long has failed

// Something that one thread waits for until another does it.
class Gate {
 public:
  void open() {
    const std::lock_guard lock{mutex_};
    is_open_ = true;
    opened_.notify_all();
  }
  // False: nobody opens it.
  bool pass() {
    std::unique_lock lock{mutex_};
    return opened_.wait_for(lock, kHang, [&] { return is_open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool is_open_ = false;
};

struct Requests {
  std::deque<Connection> made;
  Connection& next() { return made.emplace_back(); }
};

Workers::Size size(std::size_t threads, std::size_t running_max) {
  return {.threads = threads, .queue_max = 100, .running_max = running_max};
}

}  // namespace

TEST_CASE("no more requests are computed at once than the machine has processors for", "[edge]") {
  std::atomic<int> running = 0;
  std::atomic<int> most = 0;
  std::atomic<int> served = 0;
  Gate all_served;
  Workers workers{size(16, 2), [&](Connection&) {
                    int now = ++running;
                    int seen = most;
                    while (now > seen && !most.compare_exchange_weak(seen, now)) {
                    }
                    for (volatile int i = 0; i < 20'000;)
                      i = i + 1;
                    --running;
                    if (++served == 90) all_served.open();
                  }};
  Requests requests;
  for (int i = 0; i < 90; ++i)
    CHECK(workers.submit(requests.next(), Workers::Clock::now()));
  CHECK(all_served.pass());
  CHECK(most <= 2);
}

TEST_CASE("of those that sleep the thread that served last serves next", "[edge]") {
  std::mutex mutex;
  std::vector<std::thread::id> threads;
  std::atomic<int> served = 0;
  Workers workers{size(8, 2), [&](Connection&) {
                    const std::lock_guard lock{mutex};
                    threads.push_back(std::this_thread::get_id());
                    ++served;
                  }};
  Requests requests;
  for (int i = 1; i <= 20; ++i) {
    while (workers.busy() > 0)
      std::this_thread::yield();  // until all have begun to wait
    REQUIRE(workers.submit(requests.next(), Workers::Clock::now()));
    while (served < i)
      std::this_thread::yield();
  }
  workers.stop();
  CHECK(threads == std::vector(20, threads.front()));
}

TEST_CASE("who says that he waits makes place for another", "[edge]") {
  Gate second_came;
  std::atomic<bool> passed = false;
  Requests requests;
  Connection& first = requests.next();
  Workers workers{size(4, 1), [&](Connection& connection) {
                    if (&connection != &first) return second_came.open();
                    const LongWait waits;
                    passed = second_came.pass();
                  }};
  const bool before = GENERATE(true, false);
  if (before) workers.submit(first, Workers::Clock::now());
  workers.submit(requests.next(), Workers::Clock::now());
  if (!before) workers.submit(first, Workers::Clock::now());
  workers.stop();
  CHECK(passed);
}

TEST_CASE("who waits and does not say so holds the others up for a few milliseconds", "[edge]") {
  Gate first_came;
  Gate second_came;
  Requests requests;
  Connection& first = requests.next();
  std::atomic<bool> passed = false;
  Workers workers{size(4, 1), [&](Connection& connection) {
                    if (&connection != &first) return second_came.open();
                    first_came.open();
                    passed = second_came.pass();
                  }};
  const auto now = Workers::Clock::now();
  workers.submit(first, now);
  REQUIRE(first_came.pass());
  while (workers.busy() > 1)
    std::this_thread::yield();  // until the other threads have begun to wait
  workers.submit(requests.next(), now);
  workers.hurry(now + Workers::kPatience / 2);
  CHECK(workers.queued() == 1);
  workers.hurry(now + Workers::kPatience);
  REQUIRE(second_came.pass());
  workers.stop();
  CHECK(passed);
}

TEST_CASE("what is queued before there are threads is served", "[edge]") {
  Gate served;
  Requests requests;
  Workers workers{size(1, 1), [&](Connection&) { served.open(); }};
  workers.submit(requests.next(), Workers::Clock::now());
  CHECK(served.pass());
}

TEST_CASE("a full queue takes nothing more, and what it has is served before the end", "[edge]") {
  Gate end;
  std::atomic<int> served = 0;
  Workers workers{{.threads = 1, .queue_max = 3, .running_max = 1}, [&](Connection&) {
                    end.pass();
                    ++served;
                  }};
  Requests requests;
  int taken = 0;
  for (int i = 0; i < 10; ++i)
    taken += workers.submit(requests.next(), Workers::Clock::now()) ? 1 : 0;
  CHECK((taken == 3 || taken == 4));  // the thread may have one of them in hand
  end.open();
  workers.stop();
  CHECK(served == taken);
  CHECK(!workers.submit(requests.next(), Workers::Clock::now()));
}

TEST_CASE("what was suspended is served before what has not begun, and before the end", "[edge]") {
  Gate both_queued;
  std::mutex mutex;
  std::vector<const Connection*> served;
  Requests requests;
  Connection& first = requests.next();
  Connection& fresh = requests.next();
  Connection& last = requests.next();
  Workers* self = nullptr;
  Workers workers{size(1, 1), [&](Connection& connection) {
                    const std::lock_guard lock{mutex};
                    if (served.empty()) {
                      self->suspend();
                      both_queued.pass();
                    }
                    if (&connection == &last) self->suspend();
                    served.push_back(&connection);
                  }};
  self = &workers;
  const auto now = Workers::Clock::now();
  workers.submit(first, now);
  workers.submit(fresh, now);
  while (workers.suspended() == 0)
    std::this_thread::yield();
  workers.resume(first);
  workers.submit(last, now);
  both_queued.open();
  while (workers.suspended() == 0)
    std::this_thread::yield();
  std::thread stopper{[&] { workers.stop(); }};
  workers.resume(fresh);
  stopper.join();
  CHECK(served == std::vector<const Connection*>{&first, &first, &fresh, &last, &fresh});
}
