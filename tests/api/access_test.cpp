#include "http/api/access.h"

#include <fstream>
#include <sstream>
#include <string>

#include "catch.h"
#include "process/temp_dir.h"

using namespace topupd;
using namespace topupd::http;

TEST_CASE("an answer is counted and logged by its route, without path or query") {
  const TempDir dir;
  const auto file = (dir.path() / "log").string();
  Log log{LogOptions{.file = file}};
  Metrics metrics;
  const std::vector<Route> routes{{"GET", "/api/payment/status/{orderId}", {}}};
  AccessLog access{log, metrics, routes};

  Exchange found;
  found.request_id = "r-1";
  found.method = "GET";
  found.path = "/api/payment/status/DEP-SECRET";
  found.route = "/api/payment/status/{orderId}";
  found.client = "192.0.2.1";
  found.status = 200;
  found.bytes = 99;
  found.duration = std::chrono::microseconds{1500};
  access.note(found);
  Exchange lost;
  lost.path = "/tk_key";
  lost.status = 404;
  access.note(lost);
  Exchange failed;
  failed.status = 500;
  failed.problem = "no disk";
  access.note(failed);
  CHECK(log.flush(std::chrono::minutes{1}));

  std::stringstream text;
  text << std::ifstream{file}.rdbuf();
  const auto lines = text.str();
  CHECK(lines.find("request_id=r-1 method=GET route=/api/payment/status/{orderId} status=200 "
                   "bytes=99 us=1500 client=192.0.2.1") != std::string::npos);
  CHECK(lines.find("SECRET") == std::string::npos);
  CHECK(lines.find("tk_key") == std::string::npos);
  CHECK(lines.find("no disk") != std::string::npos);

  const auto page = metrics.text();
  CHECK(page.find("topupd_http_requests_total{route=\"/api/payment/status/{orderId}\","
                  "status=\"2xx\"} 1") != std::string::npos);
  CHECK(page.find("topupd_http_requests_total{route=\"none\",status=\"4xx\"} 1") !=
        std::string::npos);
  CHECK(page.find("topupd_http_requests_total{route=\"none\",status=\"5xx\"} 1") !=
        std::string::npos);
}
