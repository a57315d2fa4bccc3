// The three programs of the document that the API was made after, run by the real curl and the
// real PHP with nothing changed but the host, the key and, in the last one, the order's number.

#include <fstream>
#include <string>

#include "catch.h"
#include "server/child_process.h"
#include "server/running_shop.h"

using namespace topupd::test;

namespace {

constexpr const char* kDropship = R"(curl -X POST "https://chestcloudx.my.id/api/order/create" \
-H "X-API-Key: YOUR_API_KEY" \
-H "Content-Type: application/json" \
-d '{
"layanan":"1",
"target":"123456789",
"selling_price":12000,
"customer_name":"Budi",
"customer_phone":"081234567890"
}'
)";

constexpr const char* kBalance =
    R"(curl -X POST "https://chestcloudx.my.id/api/order/create?apikey=YOUR_API_KEY" \
-H "Content-Type: application/json" \
-d '{"layanan":"1","target":"123456789"}'
)";

constexpr const char* kStatus =
    R"($ch = curl_init("https://chestcloudx.my.id/api/order/status?apikey=YOUR_API_KEY&id=55");
curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);
$result = json_decode(curl_exec($ch), true);
echo $result['data']['status']; // Success / Pending / Error
)";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

std::string for_shop(const RunningShop& shop, const std::string& program) {
  return replaced(replaced(program, "https://chestcloudx.my.id", shop.url()), "YOUR_API_KEY",
                  shop.demo().key());
}

// A shell runs the commands.  Answers what curl printed.
Answer printed_by(const std::string& program) {
  const auto finished = run({"bash", "-e"}, program);
  INFO("curl (package curl) must be installed: " << finished.err);
  REQUIRE(finished.exit_code == 0);
  Answer answer;
  answer.status = 200;
  answer.body = finished.out;
  return answer;
}

std::string php(const std::string& program) {
  const auto finished = run({"php"}, "<?php\n" + program);
  INFO("php with curl (packages php-cli, php-curl) must be installed: " << finished.err
                                                                        << finished.out);
  REQUIRE(finished.exit_code == 0);
  return finished.out;
}

}  // namespace

TEST_CASE("the document's dropship order is placed by curl", "[server]") {
  RunningShop shop;
  const auto placed = printed_by(for_shop(shop, kDropship));
  CHECK(placed.at("/status") == "true");
  CHECK(placed.names("/data") ==
        "id invoice mode payment reseller_cost reseller_profit selling_price");
  CHECK(placed.text("/data/mode") == "dropship");
  CHECK(placed.at("/data/selling_price") == "12000");
  CHECK(placed.number("/data/reseller_cost") + placed.number("/data/reseller_profit") == 12'000);
  CHECK(placed.at("/data/payment/amount") == "12000");
  CHECK(shop.complaints() == "");
}

TEST_CASE("the document's balance order is placed by curl", "[server]") {
  RunningShop shop;
  const auto placed = printed_by(for_shop(shop, kBalance));
  CHECK(placed.at("/status") == "true");
  CHECK(placed.names("/data") == "id invoice pesan");
  auto client = shop.demo();
  CHECK(final_order(client, placed.text("/data/id")).text("/data/status") == "Success");
  CHECK(balance_of(client) == kDemoBalance - 10'000);
}

TEST_CASE("the document's status program is run by PHP", "[server]") {
  RunningShop shop;
  auto client = shop.demo();
  for (const auto& [target, status] :
       {std::pair<std::string, std::string>{"123450", "Success"}, {"123452", "Error"}}) {
    const auto placed =
        client.post("/api/order/create", R"({"layanan":"1","target":")" + target + R"("})");
    const auto id = placed.text("/data/id");
    final_order(client, id);
    CHECK(php(replaced(for_shop(shop, kStatus), "id=55", "id=" + id)) == status);
  }
  const auto waiting = client.post("/api/order/create",
                                   R"({"layanan":"1","target":"123456789","selling_price":12000})");
  CHECK(php(replaced(for_shop(shop, kStatus), "id=55", "id=" + waiting.text("/data/id"))) ==
        "Pending");
}

TEST_CASE("a PHP client that posts an array, as most do, is understood", "[server]") {
  RunningShop shop;
  const auto printed =
      php(for_shop(shop, R"($ch = curl_init("https://chestcloudx.my.id/api/order/create");
curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);
curl_setopt($ch, CURLOPT_HTTPHEADER, ["X-API-Key: YOUR_API_KEY"]);
curl_setopt($ch, CURLOPT_POSTFIELDS, http_build_query(["layanan" => 1, "target" => "123456789"]));
$result = json_decode(curl_exec($ch), true);
echo $result['data']['pesan'];
)"));
  CHECK(printed == "Pesanan berhasil dibuat dan sedang diproses.");
}
