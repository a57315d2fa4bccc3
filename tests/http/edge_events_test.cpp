#include "http/edge_events.h"

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

std::string subscribe(const std::string& last_event_id) {
  return "GET /stream HTTP/1.1\r\nHost: x\r\nLast-Event-ID: " + last_event_id + "\r\n\r\n";
}

void await_subscribers(EdgeServer& server, std::size_t count) {
  while (server.topic.size() != count)
    std::this_thread::yield();
}

}  // namespace

TEST_CASE("a subscriber gets what is published, from where it left off") {
  EdgeServer server;
  RawClient client(server.port());
  client.send(subscribe("41"));
  const std::string head = client.read_until("\r\n\r\n");
  CHECK(head.find("200") != std::string::npos);
  CHECK(head.find("text/event-stream") != std::string::npos);
  CHECK(head.find("X-Accel-Buffering: no") != std::string::npos);
  CHECK(head.find("Content-Length") == std::string::npos);
  CHECK(client.read_until("\n\n") == "data: last was 41\n\n");
  await_subscribers(server, 1);
  server.topic.publish({.data = "two\nlines", .name = "order", .id = "42"});
  CHECK(client.read_until("\n\n") == "id: 42\nevent: order\ndata: two\ndata: lines\n\n");
}

TEST_CASE("three hundred subscribers need no thread of their own") {
  EdgeServer server({.workers = 1});
  std::vector<RawClient> clients;
  for (int i = 0; i < 300; ++i) {
    clients.emplace_back(server.port());
    clients.back().send(subscribe(""));
  }
  for (auto& client : clients)
    client.read_until("\n\n");
  await_subscribers(server, 300);
  CHECK(server.topic.publish({.data = "news"}) == 300);
  for (auto& client : clients)
    REQUIRE(client.read_until("\n\n") == "data: news\n\n");
}

TEST_CASE("a quiet stream is kept alive by comments") {
  EdgeServer server({.limits = {.write_time_max = 100ms, .comment_interval = 20ms}});
  RawClient client(server.port());
  client.send(subscribe(""));
  client.read_until("data: last was \n\n");
  for (int i = 0; i < 10; ++i)
    CHECK(client.read_until("\n\n") == ":\n\n");
}

TEST_CASE("a subscriber that is too slow is dropped") {
  EdgeServer server;
  RawClient client(server.port());
  client.send(subscribe(""));
  client.read_until("\n\n");
  await_subscribers(server, 1);
  const std::string news(10'000, 'n');
  int published = 0;
  while (published < 10'000 && server.topic.publish({.data = news}) > 0)
    ++published;
  CHECK(published < 10'000);
  CHECK(server.topic.size() == 0);
  client.read_to_end();
}

TEST_CASE("a subscriber that went away is forgotten, a closed stream ends") {
  EdgeServer server;
  RawClient gone(server.port());
  gone.send(subscribe(""));
  gone.read_until("\n\n");
  await_subscribers(server, 1);
  gone.close();
  while (server.edge().counts().open > 0)
    std::this_thread::yield();
  CHECK(server.topic.publish({.data = "news"}) == 0);

  RawClient revoked(server.port());
  revoked.send(subscribe(""));
  revoked.read_until("\n\n");
  await_subscribers(server, 1);
  server.topic.close_all();
  revoked.read_to_end();
  while (server.edge().counts().open > 0)
    std::this_thread::yield();
}

TEST_CASE("a stop ends streams at once") {
  EdgeServer server;
  RawClient client(server.port());
  client.send(subscribe(""));
  client.read_until("\n\n");
  server.edge().stop();
  client.read_to_end();
  CHECK(server.topic.publish({.data = "news"}) == 0);
}
