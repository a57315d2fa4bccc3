#include <string>

#include <nlohmann/json.hpp>

#include "api/admin_shop.h"
#include "catch.h"
#include "http/api/openapi.h"
#include "http/api/routes.h"

namespace {

std::string harga(TestShop& shop) { return shop.ask("/api/services").text("/data/Games/0/harga"); }

}  // namespace

TEST_CASE("a price rule is made, replaced and removed, and prices follow at once") {
  AdminShop shop;
  const auto made = shop.act("/api/admin/price-rule/put",
                             R"({"scope":"tipe","subject":"Games","markup":250,"flat":"500",)"
                             R"("cap":5000,"step":100,"min_margin":300})");
  CHECK(made.outcome() == "200");
  CHECK(made.at("/data") == R"({"cap":5000,"flat":500,"id":"1","markup":250,"min_margin":300,)"
                            R"("scope":"tipe","step":100,"subject":"Games","tier":""})");
  CHECK(harga(shop) == "10800");
  CHECK(shop.see("/api/admin/price-rules").at("/data/0") == made.at("/data"));
  const auto replaced = shop.act("/api/admin/price-rule/put", R"({"id":1,"scope":"shop"})");
  CHECK(replaced.at("/data/step") == "1");
  CHECK(replaced.at("/data/cap").empty());
  CHECK(harga(shop) == "10000");
  CHECK(shop.act("/api/admin/price-rule/remove", id_body("1")).at("/data") == "{}");
  CHECK(shop.see("/api/admin/price-rules").at("/data") == "[]");
  CHECK(shop.act("/api/admin/price-rule/remove", id_body("1")).outcome() == "404 not_found");
}

TEST_CASE("a preview tells which prices a rule would change, and keeps nothing") {
  AdminShop shop;
  shop.act("/api/admin/tier/put", R"({"name":"gold","api_per_minute":60})");
  const auto made =
      shop.act("/api/admin/price-rule/put", R"({"scope":"shop","flat":500})").text("/data/id");
  struct Row {
    std::string rule, count, first;
  };
  // Each of the two services for each of the two tiers.
  const Row rows[] = {
      {R"({"scope":"shop","flat":700,"id":)" + made + "}", "4", "10700"},
      {R"({"scope":"shop","flat":500,"id":)" + made + "}", "0", ""},
      {R"({"scope":"shop","removed":true,"id":)" + made + "}", "4", "10000"},
      {R"({"scope":"tipe","subject":"Games","flat":900})", "2", "10900"},
      {R"({"scope":"service","subject":"1","tier":"gold","flat":100})", "1", "10100"},
  };
  for (const auto& row : rows) {
    INFO(row.rule);
    const auto preview = shop.act("/api/admin/price-rule/preview", row.rule);
    CHECK(preview.outcome() == "200");
    CHECK(preview.at("/data/count") == row.count);
    CHECK(preview.at("/data/changes/0/then") == row.first);
    if (!row.first.empty()) CHECK(preview.at("/data/changes/0/now") == "10500");
  }
  CHECK(harga(shop) == "10500");
  CHECK(shop.act("/api/admin/price-rule/preview", "{}").outcome() == "400 invalid_parameter scope");
}

TEST_CASE("a price rule that can't be kept is refused by its field") {
  struct Row {
    std::string body;
    std::string outcome;
  };
  const Row rows[] = {
      {R"({})", "400 invalid_parameter scope"},
      {R"({"scope":"planet"})", "400 invalid_parameter scope"},
      {R"({"scope":"shop","subject":"Games"})", "400 invalid_parameter subject"},
      {R"({"scope":"tipe"})", "400 invalid_parameter subject"},
      {R"({"scope":"shop","markup":1000001})", "400 invalid_parameter markup"},
      {R"({"scope":"shop","markup":-1})", "400 invalid_parameter markup"},
      {R"({"scope":"shop","flat":-1})", "400 invalid_parameter flat"},
      {R"({"scope":"shop","flat":1.5})", "400 invalid_parameter flat"},
      {R"({"scope":"shop","cap":-1})", "400 invalid_parameter cap"},
      {R"({"scope":"shop","step":0})", "400 invalid_parameter step"},
      {R"({"scope":"shop","min_margin":"x"})", "400 invalid_parameter min_margin"},
      {R"({"scope":"shop","id":7})", "404 not_found"},
      {R"({"scope":"shop"})", "200"},
  };
  AdminShop shop;
  for (const auto& row : rows) {
    INFO(row.body);
    CHECK(shop.act("/api/admin/price-rule/put", row.body).outcome() == row.outcome);
  }
}

TEST_CASE("an id in the query does not replace what a body would make anew") {
  AdminShop shop;
  const std::string rule = R"({"scope":"shop","flat":7})";
  CHECK(shop.act("/api/admin/price-rule/put", rule).outcome() == "200");
  const auto reply =
      shop.send({.method = "POST",
                 .path = "/api/admin/price-rule/put",
                 .query = {{"id", "1"}},
                 .headers = {{"cookie", shop.boss}, {"sec-fetch-site", "same-origin"}},
                 .body = R"({"scope":"shop","flat":9})"});
  CHECK(reply.outcome() == "400 invalid_parameter id");
  CHECK(reply.text("/message") ==
        "This parameter stands in the query and others stand in the body; send it in the body. "
        "(id)");
  CHECK(shop.see("/api/admin/price-rules").at("/data/0/flat") == "7");
}

TEST_CASE("a price rule is for what exists, and is the only one for it") {
  struct Row {
    std::string body;
    std::string outcome;
  };
  const Row rows[] = {
      {R"({"scope":"shop","tier":"gold"})", "400 invalid_parameter tier"},
      {R"({"scope":"tipe","subject":"games"})", "400 invalid_parameter subject"},
      {R"({"scope":"kategori","subject":"Games"})", "400 invalid_parameter subject"},
      {R"({"scope":"service","subject":"Games"})", "400 invalid_parameter subject"},
      {R"({"scope":"service","subject":"99"})", "400 invalid_parameter subject"},
      {R"({"scope":"service","subject":"01"})", "400 invalid_parameter subject"},
      {R"({"scope":"service","subject":"-1"})", "400 invalid_parameter subject"},
      {R"({"scope":"service","subject":"1"})", "200"},
      {R"({"scope":"kategori","subject":"Free Fire"})", "200"},
      {R"({"scope":"tipe","subject":"Games"})", "200"},
      {R"({"scope":"tipe","subject":"Games","tier":"basic"})", "200"},
      {R"({"scope":"tipe","subject":"Games","flat":9})", "409 conflict subject"},
      {R"({"scope":"tipe","subject":"Games","flat":9,"id":3})", "200"},
      {R"({"scope":"tipe","subject":"Games","flat":9,"id":1})", "409 conflict subject"},
      {R"({"scope":"shop"})", "200"},
      {R"({"scope":"shop"})", "409 conflict subject"},
  };
  AdminShop shop;
  for (const auto& row : rows) {
    INFO(row.body);
    CHECK(shop.act("/api/admin/price-rule/put", row.body).outcome() == row.outcome);
  }
  CHECK(shop.act("/api/admin/tier/put", R"({"name":"gold","api_per_minute":1})").outcome() ==
        "200");
  CHECK(shop.act("/api/admin/price-rule/put", rows[0].body).outcome() == "200");
}

TEST_CASE("the bounds of a price rule are those that it is documented with") {
  struct Row {
    std::string field;
    std::int64_t most;
  };
  const Row rows[] = {{"markup", 1'000'000},
                      {"flat", 1'000'000'000},
                      {"cap", 1'000'000'000},
                      {"step", 1'000'000},
                      {"min_margin", 1'000'000'000}};
  const auto document = nlohmann::json::parse(
      topupd::http::openapi_document(topupd::http::api_endpoints(), "https://shop.example"));
  const auto& properties = document.at(nlohmann::json::json_pointer{
      "/paths/~1api~1admin~1price-rule~1put/post/requestBody/content/application~1json/schema/"
      "properties"});
  for (const auto& [field, most] : rows) {
    INFO(field);
    AdminShop shop;
    const auto put = [&, name = field](std::int64_t value) {
      return shop
          .act("/api/admin/price-rule/put",
               R"({"scope":"shop",")" + name + "\":" + std::to_string(value) + "}")
          .outcome();
    };
    CHECK(properties.at(field).at("maximum") == most);
    CHECK(properties.at(field).at("minimum") == (field == "step" ? 1 : 0));
    CHECK(put(most + 1) == "400 invalid_parameter " + field);
    CHECK(put(most) == "200");
  }
}

TEST_CASE("a service is made, replaced, and switched off and on") {
  AdminShop shop;
  const auto made = shop.act("/api/admin/service/put",
                             R"({"tipe":"Pulsa","kategori":"Telkomsel","layanan":"5rb",)"
                             R"("butuh_nometer":true,"format_target":"08[0-9]{8,11}"})");
  CHECK(made.outcome() == "200");
  CHECK(made.at("/data") ==
        R"({"butuh_nometer":true,"format_target":"08[0-9]{8,11}","kategori":"Telkomsel",)"
        R"("layanan":"5rb","sid":"3","status":"Normal","tipe":"Pulsa"})");
  const auto replaced = shop.act("/api/admin/service/put",
                                 R"({"sid":"3","tipe":"Pulsa","kategori":"XL","layanan":"5rb",)"
                                 R"("status":"Gangguan"})");
  CHECK(replaced.text("/data/kategori") == "XL");
  CHECK(replaced.at("/data/butuh_nometer") == "false");
  CHECK(replaced.text("/data/status") == "Gangguan");
  const auto all = shop.see("/api/admin/services");
  CHECK(all.at("/data/2") == replaced.at("/data"));
  CHECK(all.at("/data/0/cost") == "10000");

  const std::string path = "/api/admin/service/availability";
  const auto status = [&] { return shop.ask("/api/services").text("/data/Games/0/status"); };
  CHECK(shop.act(path, R"({"sid":1,"status":"Gangguan"})").text("/data/status") == "Gangguan");
  CHECK(status() == "Gangguan");
  CHECK(shop.act(path, R"({"sid":1,"status":"Normal"})").outcome() == "200");
  CHECK(status() == "Normal");
}

TEST_CASE("a service that can't be kept is refused by its field") {
  struct Row {
    std::string body;
    std::string outcome;
  };
  const Row rows[] = {
      {R"({"kategori":"K","layanan":"L"})", "400 invalid_parameter tipe"},
      {R"({"tipe":"T","layanan":"L"})", "400 invalid_parameter kategori"},
      {R"({"tipe":"T","kategori":"K"})", "400 invalid_parameter layanan"},
      {R"({"tipe":"T","kategori":"K","layanan":"L","status":"Off"})",
       "400 invalid_parameter status"},
      {R"({"tipe":"T","kategori":"K","layanan":"L","butuh_nometer":"yes"})",
       "400 invalid_parameter butuh_nometer"},
      {R"({"tipe":"T","kategori":"K","layanan":"L","butuh_nometer":2})",
       "400 invalid_parameter butuh_nometer"},
      {R"({"tipe":"T","kategori":"K","layanan":"L","format_target":"[0-9"})",
       "400 invalid_parameter format_target"},
      {R"({"sid":99,"tipe":"T","kategori":"K","layanan":"L"})", "404 not_found"},
      {R"({"tipe":"T","kategori":"K","layanan":"L","butuh_nometer":"1"})", "200"},
  };
  AdminShop shop;
  for (const auto& row : rows) {
    INFO(row.body);
    CHECK(shop.act("/api/admin/service/put", row.body).outcome() == row.outcome);
  }
  const std::string path = "/api/admin/service/availability";
  CHECK(shop.act(path, R"({"sid":99,"status":"Normal"})").outcome() == "404 not_found");
  CHECK(shop.act(path, R"({"status":"Normal"})").outcome() == "400 invalid_parameter sid");
  CHECK(shop.act(path, R"({"sid":1})").outcome() == "400 invalid_parameter status");
}

TEST_CASE("an offer is made and replaced, and the price follows the one tried first") {
  AdminShop shop;
  const auto made =
      shop.act("/api/admin/offer/put",
               R"({"service":1,"provider":"north","sku":"FF70","cost":9000,"priority":5})");
  CHECK(made.outcome() == "200");
  CHECK(made.at("/data") == R"({"active":true,"cost":9000,"id":"3","priority":5,)"
                            R"("provider":"north","service":"1","sku":"FF70"})");
  CHECK(harga(shop) == "10000");
  CHECK(shop.act("/api/admin/offer/put",
                 R"({"id":1,"service":1,"provider":"north","sku":"sku","cost":10000,)"
                 R"("active":false})")
            .at("/data/active") == "false");
  CHECK(harga(shop) == "9000");
  const auto offers = shop.see("/api/admin/offers?sid=1");
  CHECK(offers.text("/data/0/id") == "1");
  CHECK(offers.at("/data/1") == made.at("/data"));
  CHECK(shop.see("/api/admin/offers").outcome() == "400 invalid_parameter sid");

  struct Row {
    std::string body;
    std::string outcome;
  };
  const Row rows[] = {
      {R"({"provider":"north","sku":"s","cost":1})", "400 invalid_parameter service"},
      {R"({"service":9,"provider":"north","sku":"s","cost":1})", "400 invalid_parameter service"},
      {R"({"service":1,"provider":"south","sku":"s","cost":1})", "400 invalid_parameter provider"},
      {R"({"service":1,"provider":"north","cost":1})", "400 invalid_parameter sku"},
      {R"({"service":1,"provider":"north","sku":"s","cost":0})", "400 invalid_parameter cost"},
      {R"({"service":1,"provider":"north","sku":"s","cost":1,"priority":-1})",
       "400 invalid_parameter priority"},
      {R"({"service":1,"provider":"north","sku":"s","cost":1,"active":[]})",
       "400 invalid_parameter active"},
      {R"({"id":9,"service":1,"provider":"north","sku":"s","cost":1})", "404 not_found"},
      {R"({"service":1,"provider":"north","sku":"s","cost":1})", "200"},
  };
  for (const auto& row : rows) {
    INFO(row.body);
    CHECK(shop.act("/api/admin/offer/put", row.body).outcome() == row.outcome);
  }
}
