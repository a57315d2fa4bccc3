#include "clock.h"

#include "catch.h"

using namespace topupd;
using namespace std::chrono_literals;

namespace {
constexpr topup::Timestamp kStart{1'800'000'000'000ms};
}

TEST_CASE("record time follows the wall clock", "[clock]") {
  FakeTime time{kStart};
  Clock clock{time, std::nullopt};
  CHECK(clock.now() == kStart);
  time.advance(250ms);
  CHECK(clock.now() == kStart + 250ms);
}

TEST_CASE("record time starts after what was recorded", "[clock]") {
  struct Row {
    std::chrono::milliseconds recorded;  // against the wall clock
    std::chrono::milliseconds first;
  };
  for (auto [recorded, first] : {
           Row{-5'000ms, 0ms},
           Row{-1ms, 0ms},
           Row{0ms, 1ms},
           Row{1ms, 2ms},
           Row{3'600'000ms, 3'600'001ms},
       }) {
    CAPTURE(recorded.count());
    FakeTime time{kStart};
    Clock clock{time, kStart + recorded};
    CHECK(clock.now() == kStart + first);
  }
}

TEST_CASE("record time passes half as fast while a wall clock that was set back catches up",
          "[clock]") {
  FakeTime time{kStart};
  Clock clock{time, std::nullopt};
  CHECK(clock.now() == kStart);
  time.jump_wall(-2s);
  CHECK(clock.now() == kStart);
  CHECK(clock.ahead() == 2s);
  time.advance(1s);
  CHECK(clock.now() == kStart + 500ms);
  CHECK(clock.ahead() == 1'500ms);
  for (int i = 0; i < 1'000; ++i) {  // however often it is asked
    time.advance(1ms);
    clock.now();
  }
  CHECK(clock.now() == kStart + 1s);
  time.advance(2s);
  CHECK(clock.now() == kStart + 2s);
  CHECK(clock.ahead() == 0s);
  time.advance(1s);
  CHECK(clock.now() == kStart + 3s);
}

TEST_CASE("record time goes on after a start before what was recorded", "[clock]") {
  FakeTime time{kStart};
  Clock clock{time, kStart + 24h};
  CHECK(clock.ahead() == 24h + 1ms);
  time.advance(10min);
  CHECK(clock.now() == kStart + 24h + 1ms + 5min);
  time.advance(48h);
  CHECK(clock.now() == kStart + 48h + 10min);
  time.jump_wall(-1h);
  clock.now();
  time.advance(10min);
  CHECK(clock.ahead() == 55min);
}

TEST_CASE("a change of the wall clock over a minute is a jump", "[clock]") {
  struct Row {
    std::chrono::milliseconds by;
    bool jump;
  };
  for (auto [by, jump] : {
           Row{0ms, false},
           Row{60'000ms, false},
           Row{60'001ms, true},
           Row{-60'000ms, false},
           Row{-60'001ms, true},
       }) {
    CAPTURE(by.count());
    FakeTime time{kStart};
    Clock clock{time, std::nullopt};
    time.advance(24h);  // time that passes is no jump
    time.jump_wall(by);
    REQUIRE(clock.last_jump().has_value() == jump);
    if (jump) CHECK(clock.last_jump()->by == by);
  }
}

TEST_CASE("a jump is remembered with the time since", "[clock]") {
  FakeTime time{kStart};
  Clock clock{time, std::nullopt};
  time.jump_wall(1h);
  clock.now();
  time.advance(90s);
  REQUIRE(clock.last_jump());
  CHECK(clock.last_jump()->by == 1h);
  CHECK(clock.last_jump()->since == 90s);
}

TEST_CASE("a wall clock before the last record at the start is a jump", "[clock]") {
  FakeTime time{kStart};
  Clock near{time, kStart + 60s};
  CHECK_FALSE(near.last_jump());
  Clock far{time, kStart + 61s};
  REQUIRE(far.last_jump());
  CHECK(far.last_jump()->by == -61s);
}

TEST_CASE("the system's clocks move on", "[clock]") {
  SystemTime time;
  CHECK(time.wall() > topup::Timestamp{1'700'000'000'000ms});
  const auto before = time.monotonic();
  CHECK(time.monotonic() >= before);
}
