#include <mutex>
#include <string>
#include <vector>

#include "catch.h"
#include "http/edge_server.h"
#include "http/raw_client.h"

using topupd::test::EdgeServer;
using topupd::test::RawBody;
using topupd::test::RawClient;
using namespace topupd::http;

namespace {

std::string request(const std::string& line, const std::string& headers = "") {
  return line + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
}

// What an observer was told, as short texts.
class Log {
 public:
  Engine::Options options() {
    return {.refuse = refuse_in_plain_text, .observe = [this](const Exchange& e) { note(e); }};
  }
  std::vector<std::string> lines() {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  void note(const Exchange& exchange) {
    const std::lock_guard lock(mutex_);
    lines_.push_back(std::string(exchange.method) + " " + std::string(exchange.path) + " [" +
                     std::string(exchange.route) + "] " + std::to_string(exchange.status) + " " +
                     std::string(exchange.problem));
  }

  std::mutex mutex_;
  std::vector<std::string> lines_;
};

}  // namespace

TEST_CASE("a header reaches its handler as it was sent") {
  EdgeServer server;
  RawClient client(server.port());
  for (const std::string value : {"a%2Db", "%0d%0aX-Evil: 1", "100%", "a\tb", "\xff"}) {
    CHECK(client.ask(request("GET /probe", "X-Probe:  " + value + " \r\n")).body == value);
  }
}

TEST_CASE("what is between client and edge does not reach a handler") {
  EdgeServer server;
  RawClient client(server.port());
  const auto answer =
      client.ask(request("GET /headers",
                         "Range: bytes=0-1\r\nConnection: keep-alive\r\nKeep-Alive: 5\r\n"
                         "REMOTE_ADDR: 6.6.6.6\r\n"));
  CHECK(answer.status == 200);
  CHECK(answer.body == "host=x;remote_addr=6.6.6.6;");
  CHECK(client.ask(request("GET /client", "REMOTE_ADDR: 6.6.6.6\r\n")).body == "127.0.0.1");
}

TEST_CASE("an answer to HEAD has GET's headers and no body") {
  EdgeServer server;
  RawClient client(server.port());
  const auto answer = client.ask(request("HEAD /hello"), RawBody::none);
  CHECK(answer.status == 200);
  CHECK(answer.header("content-length") == "5");
  CHECK(answer.header("accept-ranges").empty());
  CHECK(client.ask(request("HEAD /nothing"), RawBody::none).status == 404);
  // A body left over would be read as the beginning of this answer.
  CHECK(client.ask(request("GET /hello")).body == "hello");
}

TEST_CASE("each byte of an answer is ours") {
  Response made{.status = 200, .content_type = "text/plain", .body = "hello"};
  made.headers = {{"X-Shop", "toko"}, {"Content-Length", "7"}, {"connection", "upgrade"}};
  Response empty{.status = 204};
  const Engine engine{{{"GET", "/made", [&](const Request&) { return made; }},
                       {"GET", "/empty", [&](const Request&) { return empty; }}},
                      {}};
  struct Row {
    const char* method;
    const char* path;
    Afterwards afterwards;
    std::string answer;
  };
  const std::string kept = "Connection: keep-alive\r\nKeep-Alive: timeout=60\r\n\r\n";
  const std::string ok =
      "HTTP/1.1 200 OK\r\nX-Shop: toko\r\nX-Request-Id: a-1\r\n"
      "Content-Type: text/plain\r\nContent-Length: 5\r\n";
  const Row rows[] = {
      {"GET", "/made", Afterwards::keep, ok + kept + "hello"},
      {"GET", "/made", Afterwards::close, ok + "Connection: close\r\n\r\nhello"},
      {"HEAD", "/made", Afterwards::keep, ok + kept},
      {"GET", "/empty", Afterwards::keep,
       "HTTP/1.1 204 No Content\r\nX-Request-Id: a-1\r\n" + kept},
  };
  for (const auto& row : rows) {
    Request request{.id = "a-1", .method = row.method, .path = row.path};
    auto bytes = engine.answer(request, [&] { return row.afterwards; }).bytes;
    const auto date = bytes.find("Date: ");
    REQUIRE(date != std::string::npos);
    bytes.erase(date, bytes.find("\r\n", date) + 2 - date);
    CHECK(bytes == row.answer);
  }
}

TEST_CASE("a wrong method is told the right ones") {
  EdgeServer server;
  RawClient client(server.port());
  CHECK(client.ask(request("POST /hello")).header("allow") == "GET, HEAD, OPTIONS");
  const auto options = client.ask(request("OPTIONS /echo"));
  CHECK(options.status == 204);
  CHECK(options.header("allow") == "POST, OPTIONS");
  CHECK(options.header("content-length").empty());
  CHECK(client.ask(request("GET /items/a%20b")).body == "a b");
}

TEST_CASE("what a handler throws is logged and not shown") {
  Log log;
  EdgeServer server({}, log.options());
  RawClient client(server.port());
  const auto answer = client.ask(request("GET /throw?apikey=k"));
  CHECK(answer.status == 500);
  CHECK(answer.body == "500\n");
  for (const auto& [name, value] : answer.headers)
    CHECK(value.find("secret") == std::string::npos);
  CHECK(client.ask(request("GET /hello")).status == 200);
  CHECK(log.lines() ==
        std::vector<std::string>{"GET /throw [/throw] 500 secret", "GET /hello [/hello] 200 "});
}

TEST_CASE("a handler can't split an answer by a header") {
  EdgeServer server;
  RawClient client(server.port());
  const auto answer = client.ask(request("GET /split"));
  CHECK(answer.status == 500);
  CHECK(answer.header("x-mine").empty());
  CHECK(answer.header("set-cookie").empty());
}

TEST_CASE("refusals are told to the observer and made by the callback") {
  Log log;
  auto options = log.options();
  options.refuse = [](const Refusal& refusal) {
    return Response{.status = 200,
                    .body = "{\"code\":" + std::to_string(refusal.status) + ",\"path\":\"" +
                            std::string(refusal.path) + "\",\"id\":\"" +
                            std::string(refusal.request_id) + "\"}"};
  };
  EdgeServer server({}, options);
  RawClient client(server.port());
  const auto answer =
      client.ask(request("POST /echo", "X-Request-Id: r-1\r\nContent-Length: 100000\r\n"));
  CHECK(answer.status == 413);
  CHECK(answer.body == R"({"code":413,"path":"/echo","id":"r-1"})");
  CHECK(answer.header("content-type") == "application/json; charset=utf-8");
  CHECK(log.lines() == std::vector<std::string>{"POST /echo [] 413 "});
}

TEST_CASE("a request id that is well formed comes back, another is replaced") {
  EdgeServer server;
  RawClient client(server.port());
  const auto id_for = [&](const std::string& sent) {
    return client.ask(request("GET /hello", "X-Request-Id: " + sent + "\r\n"))
        .header("x-request-id");
  };
  CHECK(id_for("Abc-1_2.3") == "Abc-1_2.3");
  CHECK(id_for(std::string(128, 'a')) == std::string(128, 'a'));
  for (const std::string bad : {"", "a b", "a/b", "<a>", "\xc3\xa9"})
    CHECK(id_for(bad).size() == 16);
  CHECK(id_for(std::string(129, 'a')).size() == 16);
  CHECK(id_for("") != id_for(""));
}

TEST_CASE("a peer is this machine unless a proxy spoke for it") {
  EdgeServer server;
  RawClient client(server.port());
  CHECK(client.ask(request("GET /loopback")).body == "yes");
  CHECK(client.ask(request("GET /loopback", "X-Forwarded-For: 127.0.0.1\r\n")).body == "no");
  CHECK(client.ask(request("GET /client", "X-Forwarded-For: 1.1.1.1\r\n")).body == "127.0.0.1");
  EdgeServer behind_proxy({.trusted_proxies = {*IpNetwork::parse("127.0.0.0/8")}});
  RawClient proxy(behind_proxy.port());
  CHECK(proxy.ask(request("GET /client", "X-Forwarded-For: 1.1.1.1\r\n")).body == "1.1.1.1");
}
