// An honest client beside a crowd of idle and slow ones, at the real server.
//
// TOPUP_CROWD is how many are idle, 1,000 without it; a twentieth of that many drip.  With 10,000
// and a release build in TOPUP_PROGRAM it is held to what is promised (scripts/check_long.sh).

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "catch.h"
#include "http/raw_client.h"
#include "load/measure.h"

using namespace topupd::test;

namespace {

struct Measure {
  int idle = 1'000;
  int rounds = 3;
  int requests = 400;
  // Between two figures of a short run, on a machine that does other things; a client that had to
  // wait for the slow ones would be a thousand times slower.
  double ratio_max = 30;
  std::int64_t resident_kib_max = std::int64_t{1} << 30;  // a sanitizer's memory says nothing

  int dripping() const { return idle / 20; }
};

Measure measure() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it
  const char* crowd = std::getenv("TOPUP_CROWD");
  if (crowd == nullptr) return {};
  return {.idle = std::stoi(crowd),
          .rounds = 5,
          .requests = 4'000,
          .ratio_max = 2,
          .resident_kib_max = 150LL * 1024};
}

class Crowd {
 public:
  Crowd(int port, const Measure& size)
      : child_{{CROWD, std::to_string(port), std::to_string(size.idle),
                std::to_string(size.dripping())},
               (dir_.path() / "crowd").string()} {
    if (!eventually([&] { return child_.out() == "ready\n" || !child_.is_running(); }) ||
        !child_.is_running())
      throw std::runtime_error{"the crowd did not come: " + child_.err()};
  }

 private:
  TempDir dir_;
  ChildProcess child_;
};

struct Honest {
  Microseconds kept;   // p99 on a connection that stays
  Microseconds fresh;  // p99 with a connection for every request
};

Honest honest_client(const RealServer& server, int requests) {
  const auto request = who_am_i(server);
  RawClient kept{server.port()};
  return {p99(requests, [&] { REQUIRE(kept.ask(request).status == 200); }),
          p99(requests / 4, [&] { REQUIRE(RawClient{server.port()}.ask(request).status == 200); })};
}

int open_connections(const RealServer& server) {
  const auto text = RawClient{server.port()}.ask("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n").body;
  const std::string name = "\ntopupd_connections ";
  return std::stoi(text.substr(text.find(name) + name.size()));
}

std::int64_t resident_kib(RealServer& server) {
  std::ifstream status{"/proc/" + std::to_string(server.process().pid()) + "/status"};
  for (std::string word; status >> word;)
    if (word == "VmRSS:" && status >> word) return std::stoll(word);
  throw std::runtime_error{"the server's memory is not known"};
}

double ratio_of(Microseconds with, Microseconds without) {
  return static_cast<double>(with) / static_cast<double>(without);
}

}  // namespace

TEST_CASE("an honest client does not notice a crowd of idle and slow ones", "[load]") {
  const auto size = measure();
  const TempDir dir;
  RealServer server{(dir.path() / "data").string()};
  std::vector<double> kept;
  std::vector<double> fresh;
  for (int round = 0; round < size.rounds; ++round) {
    const auto before = honest_client(server, size.requests);
    const auto empty_kib = resident_kib(server);
    const auto crowd = std::make_unique<Crowd>(server.port(), size);
    const auto beside = honest_client(server, size.requests);
    CHECK(open_connections(server) >= size.idle + size.dripping());
    const auto full_kib = resident_kib(server);
    CHECK(full_kib < size.resident_kib_max);
    kept.push_back(ratio_of(beside.kept, before.kept));
    fresh.push_back(ratio_of(beside.fresh, before.fresh));
    std::cout << size.idle << " idle + " << size.dripping() << " dripping: p99 kept " << before.kept
              << " -> " << beside.kept << " us, fresh " << before.fresh << " -> " << beside.fresh
              << " us, resident " << empty_kib << " -> " << full_kib << " KiB\n";
  }
  CHECK(at_share(kept, 0.5) < size.ratio_max);
  CHECK(at_share(fresh, 0.5) < size.ratio_max);
  CHECK(server.stop() == 0);
}
