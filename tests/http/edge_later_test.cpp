// Answers that come later: no thread waits for them, and nothing is lost on the way.

#include <string>
#include <thread>
#include <vector>

#include "catch.h"
#include "http/edge_server.h"
#include "http/raw_client.h"

using topupd::test::EdgeServer;
using topupd::test::RawClient;
using namespace topupd::http;

namespace {

std::string get(const std::string& path, const std::string& probe = "") {
  return "GET " + path + " HTTP/1.1\r\nHost: x\r\nX-Probe: " + probe + "\r\n\r\n";
}

EdgeOptions one_worker(std::size_t queue_max = 4'096) {
  return {.limits = {.queue_max = queue_max}, .workers = 1};
}

}  // namespace

TEST_CASE("answers that come later hold no thread") {
  constexpr std::size_t kMany = 50;
  EdgeServer server(one_worker());
  std::vector<RawClient> clients;
  for (std::size_t i = 0; i < kMany; ++i) {
    clients.emplace_back(server.port());
    clients.back().send(get("/later", std::to_string(i)));
  }
  server.shelf.await(kMany);
  RawClient other(server.port());
  CHECK(other.ask(get("/hello")).body == "hello");
  server.shelf.serve();
  for (std::size_t i = 0; i < kMany; ++i) {
    CHECK(clients[i].read().body == "later " + std::to_string(i));
    CHECK(clients[i].ask(get("/hello")).body == "hello");
  }
}

TEST_CASE("an answer may be ready before it is waited for, or wait once more") {
  EdgeServer server(one_worker());
  RawClient client(server.port());
  for (int i = 0; i < 200; ++i)
    REQUIRE(client.ask(get("/at-once")).body == "ready");
  client.send(get("/twice"));
  for (int i = 0; i < 2; ++i) {
    server.shelf.await(1);
    server.shelf.serve();
  }
  CHECK(client.read().body == "twice");
}

TEST_CASE("requests sent behind one whose answer comes later wait for it") {
  EdgeServer server(one_worker());
  RawClient client(server.port());
  client.send(get("/later", "a") + get("/later", "b") + get("/hello"));
  for (const std::string name : {"a", "b"}) {
    server.shelf.await(1);
    server.shelf.serve();
    CHECK(client.read().body == "later " + name);
  }
  CHECK(client.read().body == "hello");
}

TEST_CASE("what waits for its answer counts against the queue") {
  EdgeServer server(one_worker(2));
  RawClient first(server.port());
  RawClient second(server.port());
  first.send(get("/later"));
  second.send(get("/later"));
  server.shelf.await(2);
  CHECK(server.edge().counts().working >= 2);
  RawClient third(server.port());
  CHECK(third.ask(get("/hello")).status == 503);
  server.shelf.serve();
  CHECK(first.read().status == 200);
  CHECK(second.read().status == 200);
  CHECK(first.ask(get("/hello")).status == 200);
}

TEST_CASE("a stop waits for an answer that comes later") {
  EdgeServer server(one_worker());
  RawClient client(server.port());
  client.send(get("/later", "x"));
  server.shelf.await(1);
  std::thread stopper([&] { server.edge().stop(); });
  while (true) {  // until nobody new is let in
    try {
      RawClient late(server.port());
    } catch (const std::runtime_error&) {
      break;
    }
  }
  server.shelf.serve();
  const auto answer = client.read();
  CHECK(answer.body == "later x");
  CHECK(answer.header("connection") == "close");
  client.close();
  stopper.join();
  CHECK(server.edge().counts().open == 0);
}

TEST_CASE("a client that leaves before its answer comes harms nobody") {
  EdgeServer server(one_worker());
  {
    RawClient leaving(server.port());
    leaving.send(get("/later"));
    server.shelf.await(1);
  }
  RawClient staying(server.port());
  staying.send(get("/later", "here"));
  server.shelf.await(2);
  server.shelf.serve();
  CHECK(staying.read().body == "later here");
  while (server.edge().counts().open > 1)
    std::this_thread::yield();
}

TEST_CASE("an answer that fails when it is finished is a 500 that does not show why") {
  EdgeServer server(one_worker());
  RawClient client(server.port());
  const auto answer = client.ask(get("/throw-later"));
  CHECK(answer.status == 500);
  CHECK(answer.body.find("secret") == std::string::npos);
}
