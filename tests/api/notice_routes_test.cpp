// What resellers are told, and what an operator sees of his server.

#include <string>

#include "api/admin_shop.h"
#include "catch.h"

TEST_CASE("a notice is shown to resellers while its time is") {
  AdminShop shop;
  const auto made =
      shop.act("/api/admin/notice/put", R"({"text":"Libur","until":"2026-01-02T11:00:00+07:00"})");
  CHECK(made.outcome() == "200");
  CHECK(made.names("/data") == "from id shown text until");
  CHECK(made.at("/data/shown") == "true");
  const auto told = [&] { return shop.ask("/api/notices"); };
  CHECK(told().names("/data/0") == "from id text until");
  CHECK(told().text("/data/0/text") == "Libur");
  shop.act("/api/admin/notice/put",
           R"({"id":1,"text":"Besok","from":"2026-01-03","until":"2026-01-03"})");
  CHECK(told().at("/data") == "[]");
  CHECK(shop.see("/api/admin/notices").at("/data/0/shown") == "false");
  shop.act("/api/admin/notice/put", R"({"text":"Hari ini","until":"2026-01-02"})");
  CHECK(told().text("/data/0/text") == "Hari ini");
  CHECK(shop.act("/api/admin/notice/end", id_body("2")).at("/data/shown") == "false");
  CHECK(told().at("/data") == "[]");
}

TEST_CASE("a notice that can't be kept is refused by its field") {
  AdminShop shop;
  const auto put = [&](const std::string& body) {
    return shop.act("/api/admin/notice/put", body).outcome();
  };
  CHECK(put(R"({"until":"2026-02-01"})") == "400 invalid_parameter text");
  CHECK(put(R"({"text":"x"})") == "400 invalid_parameter until");
  CHECK(put(R"({"text":"x","until":"soon"})") == "400 invalid_parameter until");
  CHECK(put(R"({"text":"x","until":"2026-01-01"})") == "400 invalid_parameter until");
  CHECK(put(R"({"text":")" + std::string(501, 'x') + R"(","until":"2026-02-01"})") ==
        "400 invalid_parameter text");
  CHECK(put(R"({"text":"a\u202eb","until":"2026-02-01"})") == "400 invalid_parameter text");
  CHECK(put(R"({"id":9,"text":"x","until":"2026-02-01"})") == "404 not_found");
  CHECK(shop.act("/api/admin/notice/end", id_body("9")).outcome() == "404 not_found");
  CHECK(shop.tell("/api/admin/notice/put", R"({"text":"x","until":"2026-02-01"})").outcome() ==
        "403 forbidden");
  CHECK(shop.get("/api/notices").outcome() == "401 invalid_api_key");
}

TEST_CASE("markup in a notice comes out as a text") {
  AdminShop shop;
  shop.act("/api/admin/notice/put", R"({"text":"<script>alert(1)</script>","until":"2026-02-01"})");
  CHECK(shop.ask("/api/notices").text("/data/0/text") == "<script>alert(1)</script>");
  CHECK(shop.ask("/api/notices").content_type == "application/json; charset=utf-8");
}

TEST_CASE("settings are shown key by key, secrets never") {
  AdminShop shop;
  shop.config.metrics.token = "hush-hush";
  shop.config.deposit.min = 12'345;
  const auto reply = shop.see("/api/admin/settings");
  CHECK(reply.outcome() == "200");
  CHECK(reply.names("/data") == "about backup settings");
  CHECK(reply.body.find("hush-hush") == std::string::npos);
  CHECK(
      reply.body.find(R"("key":"deposit.min","value":"12345","default":"10000","changed":true)") !=
      std::string::npos);
  CHECK(reply.body.find(R"("key":"metrics.token","value":"","default":"","changed":true,)"
                        R"("secret":true,"set":true)") != std::string::npos);
  CHECK(reply.at("/data/backup/keep") == "7");
  CHECK(reply.text("/data/backup/made_at").empty());
}

TEST_CASE("settings say when the last backup was made, and whether it failed") {
  AdminShop shop;
  shop.app.backups = [] {
    return topupd::BackupState{std::chrono::seconds{1'767'323'045}, 4096, true};
  };
  const auto reply = shop.see("/api/admin/settings");
  CHECK(reply.text("/data/backup/made_at") == "2026-01-02T10:04:05+07:00");
  CHECK(reply.at("/data/backup/bytes") == "4096");
  CHECK(reply.at("/data/backup/failed") == "true");
}
