#include "providers/sandbox_provider.h"

#include <algorithm>
#include <thread>

#include "catch.h"
#include "providers/sandbox_sn.h"
#include "sandbox/answers.h"
#include "sandbox/fixture.h"

using namespace topupd;
using namespace sandbox_test;

namespace {

// Purchases on a thread of its own; the answer is there after join().
struct Buyer {
  Answer answer;
  std::thread thread;

  Buyer(Provider& provider, const Purchase& purchase)
      : thread{[this, &provider, purchase] { answer = provider.purchase(purchase); }} {}
};

}  // namespace

TEST_CASE("the last character of the number decides what happens", "[sandbox]") {
  struct Row {
    std::string target;
    std::string answer;
    std::string at_once;
    std::string after_delay;
    std::string at_second;
    std::size_t callbacks;
  };
  for (const auto& [target, answer, at_once, after_delay, at_second, callbacks] : {
           Row{"0812000", "success", "success", "success", "success", 0},
           Row{"0812001", "pending", "pending", "success", "pending", 1},
           Row{"0812002", "failure, useless", "failure, useless", "failure, useless",
               "failure, useless", 0},
           Row{"0812003", "pending", "pending", "failure, useless", "pending", 1},
           Row{"0812006", "success", "success", "success", "success", 3},
           Row{"0812007", "success", "success", "success", "success", 1},
           Row{"0812008", "failure, safe", "failure, safe", "failure, safe", "success", 0},
           Row{"0812009", "success", "success", "success", "success", 0},
           Row{"budi", "success", "success", "success", "success", 0},
           Row{"", "success", "success", "success", "success", 0},
       }) {
    CAPTURE(target);
    World world;
    auto run = world.run();
    run->sandbox.start();
    auto& first = run->sandbox.first();
    CHECK(word(first.purchase(to(target))) == answer);
    CHECK(word(first.status(to(target))) == at_once);
    world.advance(*run, kDelay - milliseconds{1});
    CHECK(word(first.status(to(target))) == at_once);
    world.advance(*run, milliseconds{1});
    CHECK(word(first.status(to(target))) == after_delay);

    for (const auto& [reference, told] : run->callbacks.wait_for(callbacks)) {
      CHECK(reference == to(target).reference);
      CHECK(same(told, first.status(to(target))));
    }
    CHECK(run->last_callbacks().size() == callbacks);
    CHECK(word(run->sandbox.second().purchase(to(target))) == at_second);
  }
}

TEST_CASE("a time-out lasts as long as the delay, and the purchase was accepted", "[sandbox]") {
  World world;
  auto run = world.run();
  auto& first = run->sandbox.first();
  Buyer buyer{first, to("0812004")};
  while (first.status(to("0812004")).kind != Answer::Kind::success)
    std::this_thread::yield();
  world.advance(*run, kDelay);
  buyer.thread.join();
  CHECK(word(buyer.answer) == "unknown");
  CHECK(buyer.answer.code == "time_out");
  CHECK(buyer.answer.sn.empty());
  CHECK_FALSE(first.status(to("0812004")).sn.empty());
}

TEST_CASE("a purchase that never arrived is not found, however often it is asked", "[sandbox]") {
  World world;
  auto run = world.run();
  auto& first = run->sandbox.first();
  Buyer buyer{first, to("0812005")};
  while (world.readings == 0)
    std::this_thread::yield();
  CHECK(word(first.status(to("0812005"))) == "not_found");
  world.advance(*run, kDelay);
  buyer.thread.join();
  CHECK(word(buyer.answer) == "unknown");
  CHECK(word(first.status(to("0812005"))) == "not_found");
}

TEST_CASE("stopping ends every time-out at once", "[sandbox]") {
  World world;
  auto run = world.run();
  Buyer accepted{run->sandbox.first(), to("0812004")};
  Buyer lost{run->sandbox.second(), to("0812005")};
  while (world.readings < 2)
    std::this_thread::yield();
  run->sandbox.stop();
  accepted.thread.join();
  lost.thread.join();
  CHECK(word(accepted.answer) == "unknown");
  CHECK(word(lost.answer) == "unknown");
}

TEST_CASE("a callback can come before the answer", "[sandbox]") {
  World world;
  auto run = world.run();
  auto answer = run->sandbox.first().purchase(to("0812007"));
  auto told = run->callbacks.all();
  REQUIRE(told.size() == 1);
  CHECK(same(told[0].second, answer));

  run->sandbox.start();
  world.advance(*run, std::chrono::hours{1});
  CHECK(run->last_callbacks().size() == 1);
}

TEST_CASE("the sheet lets the server ask, and count what is not found", "[sandbox]") {
  World world;
  auto run = world.run();
  auto sheet = run->sandbox.first().sheet();
  CHECK(sheet.client_reference);
  CHECK(sheet.status == topup::StatusBy::query);
  CHECK(sheet.min_gap == kDelay);
  CHECK(sheet.answer_timeout > kDelay);
  CHECK(sheet.not_found_proof == 2);
  CHECK(run->sandbox.first().name() == "sandbox1");
  CHECK(run->sandbox.second().name() == "sandbox2");
}

TEST_CASE("a success carries a serial number and leaves the cost to the quote", "[sandbox]") {
  World world;
  auto run = world.run();
  auto answer = run->sandbox.first().purchase(to("0812000"));
  CHECK_FALSE(answer.cost);
  CHECK(answer.sn == sandbox_sn("FF70", "A-0812000"));
  CHECK(answer.sn.size() == 16);
  CHECK_FALSE(answer.provider_reference.empty());
  CHECK(answer.raw.find("0812000&") == std::string("reference=A-").size());

  auto token = sandbox_sn("PLN20", "A-1");
  CHECK(token.substr(24) == "/PELANGGAN CONTOH/R1/900/32,1");
  for (auto at : {4U, 9U, 14U, 19U})
    CHECK(token[at] == '-');
  CHECK(std::count_if(token.begin(), token.begin() + 24,
                      [](char c) { return c >= '0' && c <= '9'; }) == 20);
  CHECK(sandbox_sn("PLN20", "A-2") != token);
}

TEST_CASE("the sandbox tells whose account it is, of games alone", "[sandbox]") {
  World world;
  auto run = world.run();
  auto& first = run->sandbox.first();
  for (const auto* sku : {"FF1", "GI60", "ML10"})
    CHECK(first.tells_nickname(sku));
  for (const auto* sku : {"PLN20", "TS5", "FF", "FFX", "OV1", ""})
    CHECK_FALSE(first.tells_nickname(sku));
  using Kind = topupd::Nickname::Kind;
  const auto told = first.nickname({"FF1", "12345670"});
  CHECK(told.kind == Kind::known);
  CHECK_FALSE(told.name.empty());
  CHECK(run->sandbox.second().nickname({"FF1", "12345670"}).name == told.name);
  CHECK(first.nickname({"FF1", "12345679"}).name != told.name);
  CHECK(first.nickname({"FF1", "12345672"}).kind == Kind::not_found);
  CHECK(first.nickname({"FF1", "12345673"}).kind == Kind::known);
  run->sandbox.stop();  // nobody waits for a time-out any more
  CHECK(first.nickname({"FF1", "12345674"}).kind == Kind::unknown);
}
