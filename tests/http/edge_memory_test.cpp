// What clients can make the edge hold for them, and who gives way.

#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "catch.h"
#include "http/edge_server.h"
#include "http/raw_client.h"

using topupd::test::EdgeServer;
using topupd::test::RawClient;
using namespace topupd::http;
using namespace std::chrono_literals;

namespace {

const std::string kHello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";
const std::string kLarge = "GET /large HTTP/1.1\r\nHost: x\r\n\r\n";  // 8,000,000 bytes
const std::string kStream = "GET /stream HTTP/1.1\r\nHost: x\r\n\r\n";

EdgeOptions with(EdgeLimits limits) { return {.limits = limits, .workers = 4}; }

void await_held(EdgeServer& server, std::size_t more_than) {
  while (server.edge().counts().held_bytes <= more_than)
    std::this_thread::yield();
}

void await_open(EdgeServer& server, std::size_t count) {
  while (server.edge().counts().open != count)
    std::this_thread::yield();
}

// While it lives this process can open as many descriptors more as are said, and those that were
// closed meanwhile.
class FewDescriptors {
 public:
  explicit FewDescriptors(int more) {
    getrlimit(RLIMIT_NOFILE, &before_);
    std::vector<int> used;
    for (int i = 0; i < more; ++i)
      used.push_back(dup(STDERR_FILENO));
    rlimit few = before_;
    few.rlim_cur = static_cast<rlim_t>(used.back()) + 1;
    setrlimit(RLIMIT_NOFILE, &few);
    for (const int descriptor : used)
      close(descriptor);
  }
  ~FewDescriptors() { setrlimit(RLIMIT_NOFILE, &before_); }
  FewDescriptors(const FewDescriptors&) = delete;
  FewDescriptors& operator=(const FewDescriptors&) = delete;

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("without descriptors the one idle for longest gives way") {
  EdgeServer server;
  RawClient oldest(server.port());
  CHECK(oldest.ask(kHello).status == 200);
  // It is idle once its worker has given it back, which may be after its answer has come.
  while (server.edge().counts().working > 0)
    std::this_thread::yield();
  RawClient newer(server.port());
  CHECK(newer.ask(kHello).status == 200);
  // Nothing is checked in here: the sanitizers want descriptors too.
  RawClient late = [&] {
    const FewDescriptors few(1);
    RawClient client(server.port());
    while (server.edge().counts().accepted < 3)
      std::this_thread::yield();
    return client;
  }();
  CHECK(oldest.is_ended());
  CHECK(late.ask(kHello).status == 200);
  CHECK(newer.ask(kHello).status == 200);
}

TEST_CASE("nothing is held for a client that waits") {
  EdgeServer server;
  RawClient client(server.port());
  CHECK(client.ask(kHello).status == 200);
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab");
  await_held(server, 0);
  CHECK(server.edge().counts().held_bytes < 2'000);
  CHECK(client.ask("cde").body == "abcde");
  while (server.edge().counts().held_bytes > 0)
    std::this_thread::yield();
}

TEST_CASE("requests that come in hold what they may together, the slowest gives way") {
  EdgeServer server(with({.held_bytes_max = 200'000}));
  const std::string most =
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 50001\r\n\r\n" + std::string(50'000, 'b');
  std::vector<RawClient> clients;
  for (std::size_t i = 0; i < 3; ++i) {
    clients.emplace_back(server.port());
    clients.back().send(most);
    await_held(server, i * 50'000);
  }
  clients.emplace_back(server.port());
  clients.back().send(most);
  const auto refused = clients.front().read();
  CHECK(refused.status == 503);
  CHECK(refused.header("retry-after") == "1");
  CHECK(clients.back().ask("b").status == 200);
}

TEST_CASE("answers that nobody takes hold what they may together, the oldest is cut off") {
  EdgeServer server(with({.held_bytes_max = 20'000'000}));
  std::vector<RawClient> clients;
  for (std::size_t i = 0; i < 2; ++i) {
    clients.emplace_back(server.port());
    clients.back().send(kLarge);
    await_held(server, i * 8'000'000 + 1'000'000);
  }
  clients.emplace_back(server.port());
  clients.back().send(kLarge);
  while (server.edge().counts().requests < 3)
    std::this_thread::yield();
  await_open(server, 2);
  CHECK(clients[0].read_to_end().size() < 8'000'000);
  CHECK(clients[2].read().body.size() == 8'000'000);
  CHECK(clients[1].read().body.size() == 8'000'000);
}

TEST_CASE("when all places are taken by slow clients the slowest gives way") {
  EdgeServer server(with({.connections_max = 3}));
  std::vector<RawClient> slow;
  for (int i = 0; i < 3; ++i) {
    const auto held = server.edge().counts().held_bytes;
    slow.emplace_back(server.port());
    slow.back().send("GET /hello HTTP/1.1\r\n");
    await_held(server, held);
  }
  RawClient quick(server.port());
  CHECK(quick.ask(kHello).status == 200);
  CHECK(slow[0].is_ended());
  CHECK(slow[1].ask("Host: x\r\n\r\n").status == 200);
}

TEST_CASE("a thousand connections whose time is over together are closed together") {
  EdgeServer server(with({.idle_time_max = 200ms}));
  std::vector<RawClient> clients;
  for (int i = 0; i < 1'000; ++i)
    clients.emplace_back(server.port());
  await_open(server, 0);
  RawClient next(server.port());
  CHECK(next.ask(kHello).status == 200);
}

TEST_CASE("a subscriber that talks without end is let go") {
  EdgeServer server(with({.linger_bytes_max = 10'000}));
  RawClient client(server.port());
  client.send(kStream);
  client.read_until("\n\n");
  const std::string talk(1'000, 't');
  while (client.send(talk)) {
  }
  await_open(server, 0);
}

TEST_CASE("a subscriber that takes nothing is let go, also where nothing new is published") {
  EdgeServer server(with({.write_time_max = 500ms, .comment_interval = 20ms}));
  RawClient client(server.port());
  client.send(kStream);
  client.read_until("\n\n");
  while (server.topic.size() != 1)
    std::this_thread::yield();
  const std::string news(60'000, 'n');
  RawClient other(server.port());
  while (server.edge().counts().held_bytes < 10'000 && server.topic.publish({.data = news}) == 1) {
    // By its second answer the edge has seen the news.
    CHECK(other.ask(kHello).status == 200);
    CHECK(other.ask(kHello).status == 200);
  }
  await_open(server, 1);
}
