#include <memory>
#include <string>
#include <vector>

#include "catch.h"
#include "http/edge_server.h"
#include "http/raw_client.h"

using topupd::test::EdgeServer;
using topupd::test::RawBody;
using topupd::test::RawClient;

namespace {

const std::string kHello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";

std::string get(const std::string& headers) {
  return "GET /hello HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
}

std::string post(const std::string& headers, const std::string& body) {
  return "POST /echo HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body;
}

enum class Then { open, closed };

struct Case {
  std::string name;
  std::string bytes;
  int status;
  Then then;
};

std::string many_headers(int count) {
  std::string headers;
  for (int i = 0; i < count; ++i)
    headers += "X-" + std::to_string(i) + ": 1\r\n";
  return headers;
}

// clang-format off
std::vector<Case> request_lines() {
  using namespace std::string_literals;
  return {
    {"plain GET",                  kHello,                                                200, Then::open},
    {"query",                      "GET /hello?a=1 HTTP/1.1\r\nHost: x\r\n\r\n",           200, Then::open},
    {"escaped path",               "GET /%68ello HTTP/1.1\r\nHost: x\r\n\r\n",             200, Then::open},
    {"absolute form",              "GET http://x/hello HTTP/1.1\r\nHost: x\r\n\r\n",       200, Then::open},
    {"absolute form, no path",     "GET http://x HTTP/1.1\r\nHost: x\r\n\r\n",             404, Then::open},
    {"empty lines before",         "\r\n\r\n" + kHello,                                    200, Then::open},
    {"unknown path",               "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n",             404, Then::open},
    {"wrong method",               "POST /hello HTTP/1.1\r\nHost: x\r\n\r\n",              405, Then::open},
    {"invented method",            "BREW /hello HTTP/1.1\r\nHost: x\r\n\r\n",              405, Then::open},
    {"lower-case method",          "get /hello HTTP/1.1\r\nHost: x\r\n\r\n",               405, Then::open},
    {"method with a bracket",      "GE(T /hello HTTP/1.1\r\nHost: x\r\n\r\n",              400, Then::closed},
    {"no method",                  " /hello HTTP/1.1\r\nHost: x\r\n\r\n",                  400, Then::closed},
    {"two blanks",                 "GET  /hello HTTP/1.1\r\nHost: x\r\n\r\n",              400, Then::closed},
    {"blank in the target",        "GET /he llo HTTP/1.1\r\nHost: x\r\n\r\n",              400, Then::closed},
    {"tab for a blank",            "GET\t/hello HTTP/1.1\r\nHost: x\r\n\r\n",              400, Then::closed},
    {"no version",                 "GET /hello\r\nHost: x\r\n\r\n",                        400, Then::closed},
    {"version 0.9",                "GET /hello HTTP/0.9\r\nHost: x\r\n\r\n",               400, Then::closed},
    {"version 1.2",                "GET /hello HTTP/1.2\r\nHost: x\r\n\r\n",               400, Then::closed},
    {"version 2 preface",          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",                     400, Then::closed},
    {"lower-case version",         "GET /hello http/1.1\r\nHost: x\r\n\r\n",               400, Then::closed},
    {"relative target",            "GET hello HTTP/1.1\r\nHost: x\r\n\r\n",                400, Then::closed},
    {"asterisk",                   "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",                400, Then::closed},
    {"authority",                  "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n",             400, Then::closed},
    {"fragment",                   "GET /hello#a HTTP/1.1\r\nHost: x\r\n\r\n",             400, Then::closed},
    {"raw UTF-8 in the target",    "GET /h\xc3\xa9llo HTTP/1.1\r\nHost: x\r\n\r\n",        400, Then::closed},
    {"malformed escape in path",   "GET /hell%6 HTTP/1.1\r\nHost: x\r\n\r\n",              400, Then::closed},
    {"escaped line feed in path",  "GET /hello%0a HTTP/1.1\r\nHost: x\r\n\r\n",            400, Then::closed},
    {"escaped zero in path",       "GET /hello%00 HTTP/1.1\r\nHost: x\r\n\r\n",            400, Then::closed},
    {"malformed escape in query",  "GET /hello?a=%zz HTTP/1.1\r\nHost: x\r\n\r\n",         200, Then::open},
    {"TLS handshake",              "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n"s,      400, Then::closed},
  };
}

std::vector<Case> headers() {
  using namespace std::string_literals;
  return {
    {"bare line feeds",            "GET /hello HTTP/1.1\nHost: x\n\n",                     400, Then::closed},
    {"bare line feed in headers",  get("X-A: 1\nX-B: 2\r\n"),                              400, Then::closed},
    {"bare carriage return",       get("X-A: 1\rX-B: 2\r\n"),                              400, Then::closed},
    {"zero byte in a header",      get("X-A: a\0b\r\n"s),                                  400, Then::closed},
    {"escape byte in a header",    get("X-A: a\x1b[0m\r\n"),                               400, Then::closed},
    {"delete byte in a header",    get("X-A: a\x7f\r\n"),                                  400, Then::closed},
    {"tab in a header",            get("X-A: a\tb\r\n"),                                   200, Then::open},
    {"raw UTF-8 in a header",      get("X-A: \xc3\xa9\r\n"),                               200, Then::open},
    {"empty value",                get("X-A:\r\n"),                                        200, Then::open},
    {"blanks around the value",    get("X-A:  \t 1 \t \r\n"),                              200, Then::open},
    {"blank before the colon",     get("X-A : 1\r\n"),                                     400, Then::closed},
    {"no colon",                   get("X-A\r\n"),                                         400, Then::closed},
    {"no name",                    get(": 1\r\n"),                                         400, Then::closed},
    {"folded line",                get("X-A: 1\r\n 2\r\n"),                                400, Then::closed},
    {"blank before first header",  "GET /hello HTTP/1.1\r\n Host: x\r\n\r\n",              400, Then::closed},
    {"bracket in the name",        get("X[A]: 1\r\n"),                                     400, Then::closed},
    {"a hundred headers",          get(many_headers(99)),                                  200, Then::open},
    {"a hundred and one",          get(many_headers(100)),                                 414, Then::closed},
  };
}

std::vector<Case> hosts_and_bodies() {
  return {
    {"no Host",                    "GET /hello HTTP/1.1\r\n\r\n",                          400, Then::closed},
    {"two Hosts",                  get("Host: y\r\n"),                                     400, Then::closed},
    {"empty Host",                 "GET /hello HTTP/1.1\r\nHost:\r\n\r\n",                 200, Then::open},
    {"Host with a path",           "GET /hello HTTP/1.1\r\nHost: x/y\r\n\r\n",             400, Then::closed},
    {"Host with a user",           "GET /hello HTTP/1.1\r\nHost: u@x\r\n\r\n",             400, Then::closed},
    {"Host of IPv6",               "GET /hello HTTP/1.1\r\nHost: [::1]:80\r\n\r\n",        200, Then::open},
    {"1.0 without Host",           "GET /hello HTTP/1.0\r\n\r\n",                          200, Then::closed},
    {"1.1 close",                  get("Connection: close\r\n"),                           200, Then::closed},
    {"1.1 Close among others",     get("Connection: foo, Close\r\n"),                      200, Then::closed},
    {"1.1 keep-alive",             get("Connection: keep-alive\r\n"),                      200, Then::open},
    {"1.1 upgrade is ignored",     get("Connection: Upgrade\r\nUpgrade: h2c\r\n"),         200, Then::open},
    {"1.0 keep-alive",   "GET /hello HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",          200, Then::open},
    {"POST",                       post("Content-Length: 3\r\n", "abc"),                   200, Then::open},
    {"POST without a length",      post("", ""),                                           200, Then::open},
    {"POST of nothing",            post("Content-Length: 0\r\n", ""),                      200, Then::open},
    {"GET with a body",            get("Content-Length: 3\r\n") + "abc",                   200, Then::open},
    {"leading zeros",              post("Content-Length: 0003\r\n", "abc"),                200, Then::open},
    {"equal lengths twice",        post("Content-Length: 3\r\nContent-Length: 3\r\n", "abc"), 400, Then::closed},
    {"two lengths",                post("Content-Length: 3\r\nContent-Length: 4\r\n", "abc"), 400, Then::closed},
    {"length list",                post("Content-Length: 3, 3\r\n", "abc"),                400, Then::closed},
    {"negative length",            post("Content-Length: -3\r\n", "abc"),                  400, Then::closed},
    {"length with a plus",         post("Content-Length: +3\r\n", "abc"),                  400, Then::closed},
    {"hexadecimal length",         post("Content-Length: 0x3\r\n", "abc"),                 400, Then::closed},
    {"length with a blank",        post("Content-Length: 1 2\r\n", "abc"),                 400, Then::closed},
    {"empty length",               post("Content-Length:\r\n", "abc"),                     400, Then::closed},
    {"length over 64 bits",        post("Content-Length: 99999999999999999999\r\n", ""),   413, Then::closed},
    {"chunked",       post("Transfer-Encoding: chunked\r\n", "0\r\n\r\n"),                 400, Then::closed},
    {"length and chunked", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400, Then::closed},
    {"disguised chunked", post("Content-Length: 3\r\nTransfer-Encoding: xchunked\r\n", "abc"), 400, Then::closed},
    {"identity",                   post("Transfer-Encoding: identity\r\n", ""),            400, Then::closed},
    {"gzip body",     post("Content-Encoding: gzip\r\nContent-Length: 3\r\n", "abc"),      415, Then::closed},
    {"multipart",     post("Content-Type: Multipart/form-data; boundary=a\r\nContent-Length: 3\r\n", "abc"), 415, Then::open},
    {"another expectation",        get("Expect: tea\r\n"),                                 417, Then::closed},
  };
}
// clang-format on

std::string padded(std::size_t size, const std::string& before, const std::string& after) {
  return before + std::string(size - before.size() - after.size(), 'a') + after;
}

}  // namespace

TEST_CASE("framing is checked strictly, and what is doubtful closes the connection") {
  EdgeServer server;
  const auto table = GENERATE(request_lines, headers, hosts_and_bodies);
  for (const Case& one : table()) {
    INFO(one.name);
    RawClient client(server.port());
    const auto answer = client.ask(one.bytes);
    CHECK(answer.status == one.status);
    CHECK(answer.header("connection") == (one.then == Then::open ? "keep-alive" : "close"));
    CHECK_FALSE(answer.header("x-request-id").empty());
    const int second = client.ask(kHello).status;
    CHECK((second == 200 ? Then::open : Then::closed) == one.then);
  }
}

TEST_CASE("heads and bodies are taken up to their limits") {
  struct Boundary {
    std::string bytes;
    int status;
  };
  const std::string end = "\r\nHost: x\r\n\r\n";
  const std::string line = "GET /hello?";
  const auto body = [](std::size_t size) {
    return post("Content-Length: " + std::to_string(size) + "\r\n", std::string(size, 'b'));
  };
  const std::vector<Boundary> boundaries{
      {padded(16'384, line, " HTTP/1.1" + end), 200},
      {padded(16'385, line, " HTTP/1.1" + end), 414},
      {padded(100'000, line, " HTTP/1.1" + end), 414},
      {padded(16'384, "GET /hello HTTP/1.1\r\nHost: x\r\nX-A: ", "\r\n\r\n"), 200},
      {padded(16'385, "GET /hello HTTP/1.1\r\nHost: x\r\nX-A: ", "\r\n\r\n"), 414},
      {std::string(20'000, 'G'), 414},
      {body(65'536), 200},
      {body(65'537), 413},
      {body(900'000), 413},
  };
  EdgeServer server;
  for (const auto& boundary : boundaries) {
    INFO(boundary.bytes.substr(0, 60) << " … " << boundary.bytes.size());
    RawClient client(server.port());
    CHECK(client.ask(boundary.bytes).status == boundary.status);
  }
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
