#include <regex>
#include <sstream>
#include <stdexcept>
#include <string>

#include "catch.h"
#include "pages/test_pages.h"

using namespace topupd;

namespace {

// The first line that Prometheus would not take; empty if there is none.
std::string malformed_line(const std::string& text) {
  static const std::regex kLine{
      R"(# (HELP|TYPE) [a-z_]+ .+|[a-zA-Z_:][a-zA-Z0-9_:]*(\{.*\})? [-+0-9.eInfNa]+)"};
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);)
    if (!std::regex_match(line, kLine)) return line;
  return "";
}

}  // namespace

TEST_CASE("a server that answers is alive", "[pages]") {
  TestPages pages;
  const auto health = pages.get("/healthz");
  CHECK(health.status == 200);
  CHECK(health.body == "ok\n");
}

TEST_CASE("a server is ready while its database accepts writes", "[pages]") {
  TestPages pages;
  CHECK(pages.get("/readyz").status == 200);
  CHECK(pages.get("/readyz").body == R"({"ready":true,"database":"ok","clock_jump":null})");
  pages.sources.readiness.database = [] { return "the disk is full"; };
  CHECK(pages.get("/readyz").status == 503);
  CHECK(pages.get("/readyz").at("/ready") == "false");
  CHECK(pages.get("/readyz").at("/database") == R"("the disk is full")");
  pages.sources.readiness.database = []() -> std::string_view { throw std::runtime_error{"gone"}; };
  CHECK(pages.get("/readyz").status == 503);
}

TEST_CASE("a clock that jumped is shown and turns nobody away", "[pages]") {
  TestPages pages;
  pages.sources.readiness.clock_jump = [&] { return pages.shop.clock.last_jump(); };
  pages.get("/readyz");
  pages.shop.time.jump_wall(std::chrono::hours{-1});
  const auto ready = pages.get("/readyz");
  CHECK(ready.status == 200);
  CHECK(ready.at("/clock_jump/by_ms") == "-3600000");
  CHECK(ready.at("/clock_jump/noticed_ms_ago") == "0");
  CHECK(ready.at("/clock_jump/ahead_ms") == "3600000");
}

TEST_CASE("figures are for this machine and for who has the token", "[pages]") {
  struct Row {
    Origin origin;
    std::string token;
    std::string header;
    int status;
  };
  const Row rows[] = {
      {Origin::loopback, "", "", 200},
      {Origin::loopback, "secret", "Bearer wrong", 200},
      {Origin::elsewhere, "", "", 403},
      {Origin::elsewhere, "", "Bearer ", 403},
      {Origin::elsewhere, "secret", "", 403},
      {Origin::elsewhere, "secret", "secret", 403},
      {Origin::elsewhere, "secret", "Bearer secre", 403},
      {Origin::elsewhere, "secret", "Bearer secrets", 403},
      {Origin::elsewhere, "secret", "Bearer secret", 200},
  };
  for (const auto& row : rows) {
    INFO(row.token << " / " << row.header);
    TestPages pages;
    pages.shop.config.metrics.token = row.token;
    const auto reply = pages.send({.method = "GET",
                                   .path = "/metrics",
                                   .headers = {{"authorization", row.header}},
                                   .from_loopback = row.origin == Origin::loopback});
    CHECK(reply.status == row.status);
    if (row.status == 403) CHECK(reply.outcome() == "403 forbidden");
  }
}

TEST_CASE("figures are counters of ours and readings of others, as Prometheus reads them",
          "[pages]") {
  TestPages pages;
  double connections = 3;
  pages.sources.readings.push_back(
      {{"topupd_connections", "Open connections."}, [&] { return connections; }});
  pages.metrics.counter({"topupd_tests_total", "Tests."}, {{"route", "/i/{code}"}}).add(2);
  const auto text = [&] { return pages.get("/metrics", Origin::loopback).body; };
  CHECK(contains(text(), "# TYPE topupd_connections gauge\ntopupd_connections 3\n"));
  connections = 4;
  CHECK(contains(text(), "topupd_connections 4\n"));
  CHECK(contains(text(), "topupd_tests_total{route=\"/i/{code}\"} 2\n"));
  CHECK(malformed_line(text()).empty());
  CHECK(pages.get("/metrics", Origin::loopback).content_type ==
        "text/plain; version=0.0.4; charset=utf-8");
}
