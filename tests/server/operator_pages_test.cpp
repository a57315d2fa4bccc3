// What machines ask the server about itself.

#include <string>

#include "catch.h"
#include "server/running_shop.h"

using namespace topupd::test;

TEST_CASE("the server says that it lives, is ready, and what it counts", "[server]") {
  RunningShop shop;
  auto client = shop.stranger();
  CHECK(client.get("/healthz").status == 200);
  const auto ready = client.get("/readyz");
  CHECK(ready.status == 200);
  CHECK(ready.at("/ready") == "true");
  const auto metrics = client.get("/metrics");
  CHECK(metrics.status == 200);
  CHECK(metrics.header("content-type").starts_with("text/plain"));
  for (const std::string name : {"topupd_http_requests_total", "topupd_backup_made_at_seconds 0",
                                 "topupd_backup_bytes 0", "topupd_backup_failed 0"}) {
    INFO(name);
    CHECK(metrics.body.find(name) != std::string::npos);
  }
}

TEST_CASE("the OpenAPI document has every route of the contract", "[server]") {
  RunningShop shop;
  const auto document = shop.stranger().get("/openapi.json");
  CHECK(document.status == 200);
  CHECK(document.text("/openapi").starts_with("3.1"));
  for (const std::string path :
       {"auth~1register", "auth~1login", "user~1me", "user~1regenerate-key", "services",
        "order~1create", "order~1status", "payment~1deposit", "payment~1status~1{orderId}",
        "payment~1history", "order~1history", "order~1cancel", "user~1statement",
        "profit~1withdraw", "profit~1withdrawals", "profit~1transfer"}) {
    INFO(path);
    CHECK_FALSE(document.at("/paths/~1api~1" + path).empty());
  }
}
