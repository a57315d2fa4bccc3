// Passwords are slow to check on purpose; whoever does not log in must not feel it.

#include <atomic>
#include <iostream>
#include <thread>
#include <vector>

#include "catch.h"
#include "http/raw_client.h"
#include "load/measure.h"

using namespace topupd::test;

namespace {

constexpr int kGuessers = 24;
constexpr int kRequests = 400;

const std::string kBody = R"({"user_id":"demo","password":"not-the-password"})";
const std::string kGuess =
    "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    "Content-Length: " +
    std::to_string(kBody.size()) + "\r\n\r\n" + kBody;

// Clients that try passwords one after another until it goes.
class Storm {
 public:
  explicit Storm(int port) {
    for (int i = 0; i < kGuessers; ++i)
      guessers_.emplace_back([this, port] { guess(port); });
  }
  ~Storm() {
    is_over_ = true;
    for (auto& guesser : guessers_)
      guesser.join();
  }
  Storm(const Storm&) = delete;
  Storm& operator=(const Storm&) = delete;

  int refused() const { return refused_; }

 private:
  void guess(int port) {
    RawClient client{port};
    while (!is_over_)
      if (client.ask(kGuess).status == 401) ++refused_;
  }

  std::atomic<bool> is_over_ = false;
  std::atomic<int> refused_ = 0;
  std::vector<std::thread> guessers_;
};

}  // namespace

TEST_CASE("a storm of logins holds up nobody who does not log in", "[load]") {
  const TempDir dir;
  RealServer server{(dir.path() / "data").string(), {"--demo", "--limits.login_per_minute", "0"}};
  const auto request = who_am_i(server);
  RawClient client{server.port()};
  const auto ask = [&] { REQUIRE(client.ask(request).status == 200); };
  RawClient guesser{server.port()};
  const auto one_login = time_of([&] { REQUIRE(guesser.ask(kGuess).status == 401); });
  const auto before = p99(kRequests, ask);
  Microseconds beside = 0;
  {
    const Storm storm{server.port()};
    REQUIRE(eventually([&] { return storm.refused() > 0; }));
    const auto already = storm.refused();
    beside = p99(kRequests, ask);
    REQUIRE(eventually([&] { return storm.refused() > already; }));
  }
  std::cout << "p99 " << before << " -> " << beside << " us beside " << kGuessers
            << " who log in; one login takes " << one_login << " us\n";
  // Whoever waited behind a password would wait for that long at least.
  CHECK(beside < one_login);
  CHECK(server.stop() == 0);
}
