#include "http/edge.h"

#include <sys/resource.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
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
const std::string kBlock = "GET /block HTTP/1.1\r\nHost: x\r\n\r\n";
const std::string kLarge = "GET /large HTTP/1.1\r\nHost: x\r\n\r\n";

EdgeOptions with(EdgeLimits limits, std::size_t workers = 4) {
  return {.limits = limits, .workers = workers};
}

bool has_ipv6() {
  std::ifstream addresses{"/proc/net/if_inet6"};
  const std::string text{std::istreambuf_iterator<char>{addresses}, {}};
  return text.find("00000000000000000000000000000001 ") != std::string::npos;
}

std::vector<RawClient> connect_many(int port, int count) {
  std::vector<RawClient> clients;
  for (int i = 0; i < count; ++i)
    clients.emplace_back(port);
  return clients;
}

// A client can have its answer before the worker has given the connection back.
void await_working(EdgeServer& server, std::size_t count) {
  while (server.edge().counts().working != count)
    std::this_thread::yield();
}

}  // namespace

TEST_CASE("a connection is kept for many requests") {
  EdgeServer server;
  RawClient client(server.port());
  for (int i = 0; i < 500; ++i) {
    const auto answer = client.ask(kHello);
    REQUIRE(answer.status == 200);
    REQUIRE(answer.body == "hello");
  }
  CHECK(client.ask(kHello).header("keep-alive") == "timeout=60");
  CHECK(server.edge().counts().accepted == 1);
  CHECK(server.edge().counts().requests == 501);
}

TEST_CASE("a request is answered when its client has ended its side") {
  EdgeServer server;
  RawClient client(server.port());
  client.send(kHello + kHello);
  client.end_sending();
  CHECK(client.read().status == 200);
  CHECK(client.read().status == 200);
  CHECK(client.is_ended());
}

TEST_CASE("idle connections beyond descriptor 1,024 are served") {
  rlimit descriptors{};
  getrlimit(RLIMIT_NOFILE, &descriptors);
  descriptors.rlim_cur = descriptors.rlim_max;
  setrlimit(RLIMIT_NOFILE, &descriptors);
  REQUIRE(descriptors.rlim_cur >= 4'000);
  EdgeServer server;
  auto idle = connect_many(server.port(), 1'100);
  CHECK(idle.back().fd() > 1'024);
  RawClient late(server.port());
  CHECK(late.ask(kHello).status == 200);
  CHECK(server.edge().counts().open == 1'101);
  for (auto& client : idle)
    REQUIRE(client.ask(kHello).status == 200);
}

TEST_CASE("clients that send byte by byte do not keep others waiting") {
  EdgeServer server(with({}, 2));
  auto slow = connect_many(server.port(), 100);
  for (std::size_t i = 0; i < kHello.size(); ++i) {
    for (auto& client : slow)
      client.send(kHello.substr(i, 1));
    if (i % 10 == 0) {
      RawClient quick(server.port());
      REQUIRE(quick.ask(kHello).status == 200);
    }
  }
  for (auto& client : slow)
    REQUIRE(client.read().status == 200);
}

TEST_CASE("a request that does not arrive in time is ended, byte by byte too") {
  EdgeServer server(with({.request_time_max = 100ms, .linger_time_max = 50ms}));
  RawClient dripping(server.port());
  const auto begin = std::chrono::steady_clock::now();
  bool is_open = dripping.send("GET /hello HTTP/1.1\r\nX-A: ");
  while (is_open && std::chrono::steady_clock::now() - begin < 5s)
    is_open = dripping.send("a");
  CHECK_FALSE(is_open);
  RawClient body(server.port());
  CHECK(body.ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc").status == 408);
  CHECK(body.is_ended());
}

TEST_CASE("an idle connection is closed without a word") {
  EdgeServer server(with({.idle_time_max = 50ms}));
  RawClient fresh(server.port());
  RawClient used(server.port());
  CHECK(used.ask(kHello).status == 200);
  CHECK(fresh.read_to_end().empty());
  CHECK(used.read_to_end().empty());
}

TEST_CASE("a client that does not take its answer is let go") {
  EdgeServer server(with({.write_time_max = 50ms}));
  RawClient client(server.port());
  client.send(kLarge);
  while (server.edge().counts().requests == 0 || server.edge().counts().open > 0) {
    std::this_thread::yield();
  }
  CHECK(client.read_to_end().size() < 8'000'000);
}

TEST_CASE("a large answer arrives whole, and the connection goes on") {
  EdgeServer server;
  RawClient client(server.port());
  client.send(kLarge + kHello);
  CHECK(client.read().body.size() == 8'000'000);
  CHECK(client.read().body == "hello");
}

TEST_CASE("a full queue is answered 503 and says when to come back") {
  EdgeServer server(with({.queue_max = 1}, 1));
  RawClient working(server.port());
  working.send(kBlock);
  server.gate.await_waiting(1);
  RawClient queued(server.port());
  queued.send(kHello);
  while (server.edge().counts().queued == 0)
    std::this_thread::yield();
  RawClient refused(server.port());
  const auto answer = refused.ask(kHello);
  CHECK(answer.status == 503);
  CHECK(answer.header("retry-after") == "1");
  server.gate.open();
  CHECK(working.read().body == "passed");
  CHECK(queued.read().body == "hello");
}

TEST_CASE("one address has as many connections as it may") {
  EdgeServer server(with({.connections_per_address_max = 2}));
  RawClient first(server.port());
  CHECK(first.ask(kHello).status == 200);
  {
    RawClient second(server.port());
    CHECK(second.ask(kHello).status == 200);
    RawClient third(server.port());
    CHECK(third.read().status == 429);
  }
  while (server.edge().counts().open > 1)
    std::this_thread::yield();
  RawClient again(server.port());
  CHECK(again.ask(kHello).status == 200);
}

TEST_CASE("when there are too many connections the one idle for longest gives way") {
  EdgeServer server(with({.connections_max = 3}));
  RawClient oldest(server.port());
  CHECK(oldest.ask(kHello).status == 200);
  await_working(server, 0);
  RawClient busy(server.port());
  busy.send(kBlock);
  server.gate.await_waiting(1);
  RawClient newer(server.port());
  CHECK(newer.ask(kHello).status == 200);
  await_working(server, 1);
  RawClient newest(server.port());
  CHECK(newest.ask(kHello).status == 200);
  CHECK(oldest.is_ended());
  CHECK(newer.ask(kHello).status == 200);
  server.gate.open();
  CHECK(busy.read().status == 200);
}

TEST_CASE("a client waits while every connection is in use, and is not turned away") {
  EdgeServer server(with({.linger_time_max = 40ms, .connections_max = 1}));
  RawClient busy(server.port());
  busy.send(kBlock);
  server.gate.await_waiting(1);
  RawClient waiting(server.port());
  waiting.send(kHello);
  server.gate.open();
  CHECK(busy.read().status == 200);
  CHECK(waiting.read().status == 200);
}

TEST_CASE("a stop lets what is in progress be answered and closes the rest") {
  EdgeServer server(with({.stop_read_time_max = 10'000ms}, 1));
  RawClient idle(server.port());
  CHECK(idle.ask(kHello).status == 200);
  RawClient working(server.port());
  working.send(kBlock);
  server.gate.await_waiting(1);
  RawClient queued(server.port());
  queued.send(kHello);
  RawClient sending(server.port());
  sending.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab");
  while (server.edge().counts().queued == 0)
    std::this_thread::yield();

  std::thread stopper([&] { server.edge().stop(); });
  CHECK(idle.is_ended());
  CHECK_THROWS_AS(RawClient(server.port()), std::runtime_error);
  sending.send("cd");
  server.gate.open();
  const auto answer = working.read();
  CHECK(answer.body == "passed");
  CHECK(answer.header("connection") == "close");
  CHECK(queued.read().body == "hello");
  CHECK(sending.read().body == "abcd");
  for (RawClient* client : {&working, &queued, &sending})
    client->close();
  stopper.join();
  CHECK(server.edge().counts().open == 0);
}

TEST_CASE("a stop waits for an answer, and not as long for a request") {
  EdgeServer server(with({.stop_time_max = 3'600'000ms, .stop_read_time_max = 20ms}, 1));
  RawClient working(server.port());
  working.send(kBlock);
  server.gate.await_waiting(1);
  RawClient in_head(server.port());
  in_head.send("GET /hello HT");
  RawClient in_body(server.port());
  in_body.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab");
  std::thread stopper([&] { server.edge().stop(); });
  CHECK(in_head.is_ended());
  CHECK(in_body.is_ended());
  server.gate.open();
  CHECK(working.read().body == "passed");
  working.close();
  stopper.join();
  CHECK(server.edge().counts().open == 0);
}

TEST_CASE("a stop does not wait for a client for ever") {
  EdgeServer server(with({.stop_time_max = 50ms}));
  RawClient client(server.port());
  client.send("GET /hello HTTP/1.1\r\n");
  while (server.edge().counts().accepted == 0)
    std::this_thread::yield();
  server.edge().stop();
  CHECK(server.edge().counts().requests == 0);
}

TEST_CASE("many clients at once each get their own answers") {
  EdgeServer server(with({}, 8));
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      RawClient client(server.port());
      for (int i = 0; i < 200; ++i) {
        const std::string name = std::to_string(t) + "-" + std::to_string(i);
        const auto answer = client.ask("GET /items/" + name + " HTTP/1.1\r\nHost: x\r\n\r\n");
        if (answer.body == name) ++right;
      }
    });
  }
  for (auto& thread : threads)
    thread.join();
  CHECK(right == 1'600);
}

TEST_CASE("the edge listens on a Unix socket as well, for the group of the server") {
  const auto folder = std::filesystem::temp_directory_path() / "topup-edge-XXXXXX";
  std::string name = folder.string();
  REQUIRE(mkdtemp(name.data()) != nullptr);
  const std::string path = name + "/http.sock";
  {
    EdgeServer server({.listen = {"unix:" + path, "127.0.0.1:0"}});
    RawClient client(path);
    CHECK(client.ask(kHello).status == 200);
    CHECK(client.ask("GET /client HTTP/1.1\r\nHost: x\r\n\r\n").body == "127.0.0.1");
    const auto mode = std::filesystem::status(path).permissions();
    CHECK(mode == static_cast<std::filesystem::perms>(0660));
    CHECK(server.edge().addresses() ==
          std::vector<std::string>{"unix:" + path, "127.0.0.1:" + std::to_string(server.port())});
    CHECK_THROWS_AS(EdgeServer({.listen = {"unix:" + path}}), std::system_error);
  }
  CHECK_FALSE(std::filesystem::exists(path));
  std::filesystem::remove(name);
}

TEST_CASE("the edge listens on IPv6, and knows its clients there by their address") {
  if (!has_ipv6()) {
    WARN("this machine has no IPv6");
    return;
  }
  EdgeServer server({.listen = {"[::1]:0"},
                     .limits = {.connections_per_address_max = 2},
                     .trusted_proxies = {*IpNetwork::parse("::1")}});
  CHECK(server.edge().addresses() ==
        std::vector<std::string>{"[::1]:" + std::to_string(server.port())});
  RawClient client(in6addr_loopback, server.port());
  const std::string ask = "GET /client HTTP/1.1\r\nHost: x\r\n";
  CHECK(client.ask(ask + "\r\n").body == "::1");
  CHECK(client.ask(ask + "X-Forwarded-For: 6.6.6.6, 2001:db8::7\r\n\r\n").body == "2001:db8::7");
  CHECK(client.ask("GET /loopback HTTP/1.1\r\nHost: x\r\n\r\n").body == "yes");
  // A proxy speaks for many: no limit for it.
  RawClient second(in6addr_loopback, server.port());
  RawClient third(in6addr_loopback, server.port());
  CHECK(third.ask(kHello).status == 200);
}

TEST_CASE("an address that can't be had is said so") {
  EdgeServer server;
  const std::string taken = "127.0.0.1:" + std::to_string(server.port());
  CHECK_THROWS_AS(EdgeServer({.listen = {taken}}), std::system_error);
  for (const std::string bad : {"", "8080", ":8080", "127.0.0.1", "::1:80", "127.0.0.1:http"}) {
    CHECK_THROWS_AS(EdgeServer({.listen = {bad}}), std::invalid_argument);
  }
}
