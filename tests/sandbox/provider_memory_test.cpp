// What a supplier remembers: once bought, never bought again.

#include <sys/resource.h>

#include <csignal>
#include <thread>

#include "catch.h"
#include "providers/sandbox_sn.h"
#include "sandbox/answers.h"
#include "sandbox/fixture.h"

using namespace topupd;
using namespace sandbox_test;

namespace {

// While it lives, this process can't write to any file.
class FullDisk {
 public:
  FullDisk() {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit none = before_;
    none.rlim_cur = 0;
    setrlimit(RLIMIT_FSIZE, &none);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  ~FullDisk() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("asking again with the same reference buys once and answers the same", "[sandbox]") {
  World world;
  auto run = world.run();
  auto& first = run->sandbox.first();
  for (const auto& target : {"0812000", "0812002", "0812008", "budi"}) {
    CAPTURE(target);
    auto answer = first.purchase(to(target));
    CHECK(same(first.purchase(to(target)), answer));
    CHECK(same(first.status(to(target)), answer));
  }
}

TEST_CASE("a reference that was used for something else buys nothing", "[sandbox]") {
  World world;
  auto run = world.run();
  auto& first = run->sandbox.first();
  auto original = to("0812000");
  auto bought = first.purchase(original);
  auto other_target = original;
  other_target.target = "0812009";
  auto other_sku = original;
  other_sku.sku = "FF140";
  for (const auto& other : {other_target, other_sku}) {
    auto answer = first.purchase(other);
    CHECK(word(answer) == "unknown");
    CHECK(answer.code == "reference_reused");
    CHECK(answer.sn.empty());
  }
  CHECK(same(first.status(original), bought));
  // Each supplier has references of its own.
  CHECK(word(run->sandbox.second().purchase(other_target)) == "success");
}

TEST_CASE("a hundred threads with one reference buy once", "[sandbox]") {
  World world;
  auto run = world.run();
  auto& first = run->sandbox.first();
  std::vector<Answer> answers(100);
  std::vector<std::thread> threads;
  threads.reserve(answers.size());
  for (auto& answer : answers)
    threads.emplace_back([&] { answer = first.purchase(to("0812006")); });
  for (auto& thread : threads)
    thread.join();
  for (const auto& answer : answers)
    CHECK(same(answer, answers[0]));
  // A second purchase would bring three callbacks of its own.
  run->sandbox.start();
  world.advance(*run, kDelay);
  run->callbacks.wait_for(3);
  world.advance(*run, kDelay);
  CHECK(run->last_callbacks().size() == 3);
}

TEST_CASE("purchases of many threads do not disturb each other", "[sandbox]") {
  World world;
  auto run = world.run();
  auto& first = run->sandbox.first();
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        auto reference = std::to_string(t) + "-" + std::to_string(i);
        auto answer = first.purchase({reference, "FF70", i % 2 ? "0812002" : "0812000", 1});
        right += word(answer) == (i % 2 ? "failure, useless" : "success") &&
                 answer.sn == (i % 2 ? "" : sandbox_sn("FF70", reference));
      }
    });
  for (auto& thread : threads)
    thread.join();
  CHECK(right == 400);
}

TEST_CASE("a supplier remembers over a restart, and sends what it had not sent", "[sandbox]") {
  World world;
  auto before = world.run();
  before->sandbox.start();
  auto bought = before->sandbox.first().purchase(to("0812000"));
  before->sandbox.first().purchase(to("0812001"));
  before->sandbox.second().purchase(to("0812003"));
  CHECK(before->last_callbacks().empty());
  before.reset();

  world.passed_ms += kDelay.count();
  world.delay = milliseconds{60'000};  // what was accepted keeps its own delay
  auto after = world.run();
  CHECK(same(after->sandbox.first().status(to("0812000")), bought));
  CHECK(same(after->sandbox.first().purchase(to("0812000")), bought));
  CHECK(word(after->sandbox.first().status(to("0812001"))) == "success");
  after->sandbox.start();
  after->callbacks.wait_for(2);
  auto told = after->last_callbacks();
  REQUIRE(told.size() == 2);
  CHECK(told[0].first == "A-0812001");
  CHECK(word(told[0].second) == "success");
  CHECK(told[1].first == "A-0812003");
  CHECK(word(told[1].second) == "failure, useless");
  after.reset();

  auto later = world.run();
  later->sandbox.start();
  world.advance(*later, std::chrono::hours{1});
  CHECK(later->last_callbacks().empty());
}

TEST_CASE("a callback that was not taken comes again", "[sandbox]") {
  World world;
  auto run = world.run();
  run->callbacks.refuse_next(1);
  auto answer = run->sandbox.first().purchase(to("0812007"));
  CHECK(word(answer) == "success");
  CHECK(run->callbacks.all().empty());
  run->sandbox.start();
  world.advance(*run, std::chrono::minutes{1});
  CHECK(run->callbacks.wait_for(1).size() == 1);
}

TEST_CASE("a purchase that can't be kept is unknown, and is not there later", "[sandbox]") {
  World world;
  auto run = world.run();
  auto& first = run->sandbox.first();
  {
    FullDisk full;
    auto answer = first.purchase(to("0812000"));
    CHECK(word(answer) == "unknown");
    CHECK(answer.code == "sandbox_broken");
  }
  CHECK(word(first.status(to("0812000"))) == "not_found");
  CHECK(word(first.purchase(to("0812000"))) == "success");
}

TEST_CASE("a sandbox whose file can't be opened does not start", "[sandbox]") {
  World world;
  CHECK_THROWS(Sandbox{Sandbox::Options{world.directory.path, [&] { return world.now(); }}});
}
