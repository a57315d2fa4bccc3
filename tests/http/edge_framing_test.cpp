#include <algorithm>
#include <string>
#include <vector>

#include "catch.h"
#include "http/edge_server.h"
#include "http/framing/cases.h"
#include "http/raw_client.h"

using namespace topupd::test;

namespace {

// The statuses of all answers up to the end of the connection.
std::string statuses_of(std::vector<RawResponse>& answers, RawClient& client) {
  std::string statuses;
  for (auto answer = client.read(); answer.status != 0; answer = client.read()) {
    if (!answers.empty()) statuses += ' ';
    statuses += std::to_string(answer.status);
    answers.push_back(std::move(answer));
  }
  return statuses;
}

std::vector<RawResponse> answers_to(const EdgeServer& server, const std::string& bytes,
                                    std::string& statuses) {
  RawClient client(server.port());
  client.send(bytes);
  client.end_sending();
  std::vector<RawResponse> answers;
  statuses = statuses_of(answers, client);
  return answers;
}

}  // namespace

TEST_CASE("framing is checked strictly, and what is doubtful closes the connection") {
  EdgeServer server;
  for (const auto& one : all_framing_cases()) {
    INFO(one.name << ": " << one.bytes.substr(0, 200));
    std::string statuses;
    const auto answers = answers_to(server, one.bytes, statuses);
    CHECK(statuses == one.statuses);
    for (const auto& answer : answers)
      CHECK((answer.status == 100 || !answer.header("x-request-id").empty()));
    if (one.then == Then::waits) continue;
    REQUIRE_FALSE(answers.empty());
    const bool is_kept = one.then == Then::kept;
    CHECK(answers.back().header("connection") == (is_kept ? "keep-alive" : "close"));
    answers_to(server, one.bytes + kHello, statuses);
    CHECK(statuses == one.statuses + (is_kept ? " 200" : ""));
  }
}

TEST_CASE("no two cases of framing are the same") {
  std::vector<std::string> all;
  for (const auto& one : all_framing_cases())
    all.push_back(one.bytes);
  CHECK(all.size() >= 150);
  std::sort(all.begin(), all.end());
  CHECK(std::adjacent_find(all.begin(), all.end()) == all.end());
}

TEST_CASE("a request cut at any byte is the same request") {
  EdgeServer server;
  const std::string bytes = post("Content-Length: 5\r\nX-A: 1\r\n", "hello");
  RawClient client(server.port());
  for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
    client.send(bytes.substr(0, cut));
    const auto answer = client.ask(bytes.substr(cut));
    REQUIRE(answer.status == 200);
    REQUIRE(answer.body == "hello");
  }
  for (const char byte : bytes)
    client.send(std::string(1, byte));
  CHECK(client.read().body == "hello");
}

TEST_CASE("requests sent together are answered one after the other") {
  EdgeServer server;
  RawClient client(server.port());
  std::string bytes;
  for (int i = 0; i < 100; ++i)
    bytes += post("Content-Length: 2\r\n", std::to_string(10 + i % 90));
  client.send(bytes);
  for (int i = 0; i < 100; ++i)
    REQUIRE(client.read().body == std::to_string(10 + i % 90));
  CHECK(client.ask(kHello).body == "hello");
}

TEST_CASE("what follows a refused request is never read as one") {
  EdgeServer server;
  RawClient client(server.port());
  const auto answer = client.ask(get("Content-Length: x\r\n") + kHello);
  CHECK(answer.status == 400);
  CHECK(client.read_to_end().empty());
  CHECK(server.edge().counts().requests == 0);
}

TEST_CASE("a client that waits for 100-continue is told to go on") {
  EdgeServer server;
  RawClient client(server.port());
  const std::string head = post("Content-Length: 5\r\nExpect: 100-Continue\r\n", "");
  CHECK(client.ask(head).status == 100);
  CHECK(client.ask("hello").body == "hello");
  // With its body there already nothing is to be waited for.
  CHECK(client.ask(head + "again").body == "again");
  RawClient too_long(server.port());
  CHECK(too_long.ask(post("Content-Length: 70000\r\nExpect: 100-continue\r\n", "")).status == 413);
}

TEST_CASE("a body that is too long is thrown away so that the answer is seen") {
  EdgeServer server;
  RawClient client(server.port());
  REQUIRE(client.send(post("Content-Length: 1000000\r\n", std::string(1'000'000, 'b'))));
  CHECK(client.read().status == 413);
  CHECK(client.is_ended());
}
