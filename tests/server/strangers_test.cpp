// Clients that are not this machine, and what bytes can do to the whole server.

#include <ifaddrs.h>
#include <netinet/in.h>

#include <memory>
#include <optional>
#include <string>

#include "catch.h"
#include "http/edge_address.h"
#include "http/framing/cases.h"
#include "server/running_shop.h"

using namespace topupd::test;

namespace {

// An IPv4 address of this machine that is not its loopback; empty: it has none.
std::optional<in_addr> outer_address() {
  ifaddrs* found = nullptr;
  if (getifaddrs(&found) != 0) return std::nullopt;
  const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> owner(found, freeifaddrs);
  for (const ifaddrs* one = found; one != nullptr; one = one->ifa_next) {
    if (one->ifa_addr == nullptr || one->ifa_addr->sa_family != AF_INET) continue;
    const auto address = reinterpret_cast<const sockaddr_in*>(one->ifa_addr)->sin_addr;
    if ((ntohl(address.s_addr) >> 24U) != IN_LOOPBACKNET) return address;
  }
  return std::nullopt;
}

std::string text_of(const in_addr& address) {
  topupd::http::IpAddress mapped = *topupd::http::IpAddress::parse("127.0.0.1");
  std::copy_n(reinterpret_cast<const std::uint8_t*>(&address), 4, mapped.bytes.begin() + 12);
  return mapped.text();
}

std::string with_header(const std::string& line, const std::string& header = "") {
  return line + " HTTP/1.1\r\nHost: x\r\n" + header + "\r\n";
}

// The paths of the edge's test server, by those of the real one.
std::string at_real_paths(std::string bytes) {
  const auto replace = [&bytes](const std::string& from, const std::string& to) {
    for (auto at = bytes.find(from); at != std::string::npos; at = bytes.find(from, at + to.size()))
      bytes.replace(at, from.size(), to);
  };
  replace("/hello", "/healthz");
  replace("/echo", "/api/order/create");
  return bytes;
}

}  // namespace

TEST_CASE("another machine can't read figures or play the sandbox", "[server]") {
  const auto address = outer_address();
  if (!address) {
    WARN("this machine has no address but its loopback");
    return;
  }
  auto config = quick_config();
  config.server.listen = text_of(*address) + ":0";
  config.server.insecure_listen = true;
  config.metrics.token = "figures";
  RunningShop shop{config};
  const auto ask = [&](const std::string& bytes) {
    return RawClient{*address, shop.port()}.ask(bytes).status;
  };
  CHECK(ask(with_header("GET /healthz")) == 200);
  CHECK(ask(with_header("GET /metrics")) == 403);
  CHECK(ask(with_header("GET /metrics", "Authorization: Bearer other\r\n")) == 403);
  CHECK(ask(with_header("GET /metrics", "X-Forwarded-For: 127.0.0.1\r\n")) == 403);
  CHECK(ask(with_header("GET http://127.0.0.1/metrics", "Host: 127.0.0.1\r\n")) == 400);
  CHECK(ask(with_header("GET /metrics", "Authorization: Bearer figures\r\n")) == 200);
  CHECK(ask(with_header("POST /sandbox/gateway/INV-AAAAAAAAAAAAAA/settle")) == 403);
  CHECK(ask(with_header("POST /sandbox/gateway/INV-AAAAAAAAAAAAAA/settle",
                        "X-Forwarded-For: 127.0.0.1\r\nX-Real-IP: ::1\r\n")) == 403);
}

TEST_CASE("no bytes of a client are answered 5xx", "[server]") {
  RunningShop shop;
  for (const auto& one : all_framing_cases()) {
    INFO(one.name << ": " << one.bytes.substr(0, 200));
    RawClient client{shop.port()};
    client.send(at_real_paths(one.bytes));
    client.end_sending();
    for (auto answer = client.read(); answer.status != 0; answer = client.read()) {
      CHECK(answer.status < 500);
      const bool is_api_error = answer.status >= 400;
      if (is_api_error) CHECK(answer.header("content-type") == "application/json; charset=utf-8");
    }
  }
  CHECK(shop.complaints() == "");
}
