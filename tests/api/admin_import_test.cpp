// The catalogue as a table that an admin sends from his browser.

#include <string>

#include "api/admin_shop.h"
#include "catch.h"

namespace {

// The table of the lines, as a body.
std::string table(const std::string& lines) {
  return R"({"csv":"sid,tipe,kategori,layanan,format_target,provider,sku,cost,priority\n)" + lines +
         "\"}";
}

// The two services of the shop as they are there already, but at that cost.
std::string as_it_is(const std::string& cost) {
  return R"(1,Games,Free Fire,70 Diamond,\"[0-9]{5,20}\",north,sku,)" + cost + ",0\\n";
}

const std::string kNew = R"(7,Pulsa,Tri,5rb,,west,T5,5200,1\n)";
const std::string kPreview = "/api/admin/catalog/preview";
const std::string kImport = "/api/admin/catalog/import";

}  // namespace

TEST_CASE("a preview tells what a table would change, by line, and keeps nothing", "[import]") {
  AdminShop shop;
  const auto preview = shop.act(kPreview, table(as_it_is("9500") + kNew));
  CHECK(preview.outcome() == "200");
  CHECK(preview.names("/data") == "changes error_count errors new_providers offers services");
  CHECK(preview.at("/data/services") == R"({"added":1,"changed":0,"same":1})");
  CHECK(preview.at("/data/offers") == R"({"added":1,"changed":1,"same":0})");
  CHECK(preview.at("/data/new_providers") == R"(["west"])");
  CHECK(preview.at("/data/errors") == "[]");
  CHECK(preview.at("/data/changes/0") ==
        R"({"fields":[{"column":"cost","now":"10000","then":"9500"}],"is_new":false,)"
        R"("kategori":"Free Fire","layanan":"70 Diamond","line":2,"provider":"north",)"
        R"("sid":"1","sku":"sku"})");
  CHECK(preview.at("/data/changes/1") ==
        R"({"fields":[],"is_new":true,"kategori":"Tri","layanan":"5rb","line":3,"sid":"7"})");
  CHECK(preview.text("/data/changes/2/provider") == "west");
  CHECK(preview.at("/data/changes/3").empty());
  CHECK(shop.ask("/api/services").names("/data") == "Games PLN");
  CHECK(shop.act(kPreview, table(as_it_is("10000"))).at("/data/changes") == "[]");
}

TEST_CASE("a table is taken over whole, and its line of the audit log counts it", "[import]") {
  AdminShop shop;
  const auto done = shop.act(kImport, table(as_it_is("9500") + kNew));
  CHECK(done.outcome() == "200");
  CHECK(done.names("/data") == "new_providers offers services");
  CHECK(shop.ask("/api/services").text("/data/Games/0/harga") == "9500");
  CHECK(shop.ask("/api/services").text("/data/Pulsa/0/sid") == "7");
  const auto line = shop.see("/api/admin/audit?limit=1");
  CHECK(line.text("/data/0/deed") == "catalog/import");
  CHECK(line.text("/data/0/detail") == "services=2, offers=2");
  const auto again = shop.act(kImport, table(as_it_is("9500") + kNew));
  CHECK(again.at("/data/services") == R"({"added":0,"changed":0,"same":2})");
}

TEST_CASE("a table with a fault changes nothing, and every fault is told by its line", "[import]") {
  AdminShop shop;
  const auto bad = table(kNew + R"(x,Games,F,D,,north,F,9500,1\n8,Games,F,D,,north,F,0,1\n)");
  const auto preview = shop.act(kPreview, bad);
  CHECK(preview.outcome() == "200");
  CHECK(preview.at("/data/error_count") == "2");
  CHECK(preview.at("/data/errors/0") ==
        R"({"column":"sid","line":3,"message":"line 3, sid: not a whole number","why":"number"})");
  CHECK(preview.text("/data/errors/1/why") == "range");
  const auto before = shop.see("/api/admin/audit?limit=1").body;
  const auto refused = shop.act(kImport, bad);
  CHECK(refused.outcome() == "400 invalid_parameter csv");
  CHECK(refused.text("/data/errors/0/why") == "number");
  CHECK(shop.ask("/api/services").names("/data") == "Games PLN");
  CHECK(shop.see("/api/admin/audit?limit=1").body == before);
}

TEST_CASE("a table that is none is refused, and one of a thousand faults says a part", "[import]") {
  AdminShop shop;
  CHECK(shop.act(kImport, "{}").outcome() == "400 invalid_parameter csv");
  CHECK(shop.act(kImport, R"({"csv":""})").outcome() == "400 invalid_parameter csv");
  CHECK(shop.act(kImport, R"({"csv":"\n\n"})").text("/data/errors/0/why") == "empty");
  CHECK(shop.act(kImport, R"({"csv":"sid,\"a"})").text("/data/errors/0/why") == "malformed");
  CHECK(shop.act(kImport, R"({"csv":"sid;tipe"})").text("/data/errors/0/why") == "missing");
  std::string lines;
  for (int i = 0; i < 1'000; ++i)
    lines += R"(x,Games\n)";
  const auto many = shop.act(kPreview, table(lines));
  CHECK(many.at("/data/error_count") == "1000");
  CHECK_FALSE(many.at("/data/errors/199").empty());
  CHECK(many.at("/data/errors/200").empty());
  CHECK(shop.tell(kImport, table(kNew)).outcome() == "403 forbidden");
}
