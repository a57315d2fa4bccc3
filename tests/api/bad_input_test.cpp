// Whatever is sent, the answer is a refusal of the client's making, never of the server's.

#include <string>
#include <vector>

#include "api/test_shop.h"
#include "catch.h"
#include "http/api/routes.h"

using topupd::http::Parameter;

namespace {

// Values that no parameter takes as money and few as anything.
const std::vector<std::string> kOddValues{"null",
                                          "true",
                                          "[]",
                                          "{}",
                                          "[1]",
                                          "-1",
                                          "0",
                                          "1.5",
                                          "1e3",
                                          "1e308",
                                          "9223372036854775807",
                                          "9223372036854775808",
                                          "-9223372036854775808",
                                          "99999999999999999999999999999999",
                                          R"("")",
                                          R"(" ")",
                                          R"("-1")",
                                          R"("1.5")",
                                          R"("\u0000")",
                                          R"("\u202e")",
                                          R"("\n")",
                                          R"("=1+1")",
                                          R"("' OR 1=1 --")",
                                          R"("../../etc/passwd")",
                                          R"("<script>")",
                                          "\"\xF0\x9F\x98\x80\"",
                                          "\"" + std::string(60'000, 'a') + "\"",
                                          "\"" + std::string(20'000, '9') + "\""};

const std::vector<std::string> kOddBodies{
    "",
    " ",
    "[]",
    "null",
    "1",
    "\"a\"",
    "{",
    "}",
    "{\"a\"",
    "{}{}",
    "\xff\xfe",
    std::string(9, '\0'),
    R"({"amount":1,"amount":2})",
    "{\"\xff\":1}",
    std::string(65'536, '['),
    std::string(65'536, '{'),
    R"({"a":)" + std::string(40, '[') + std::string(40, ']') + "}",
    std::string(65'536, 'a')};

}  // namespace

TEST_CASE("no odd value in any parameter of any route makes the server fail") {
  TestShop shop;
  shop.config.limits.api_per_minute = 0;
  shop.config.limits.login_per_minute = 0;
  shop.config.limits.register_per_minute = 0;
  for (const auto& endpoint : topupd::http::api_endpoints()) {
    for (const auto& parameter : endpoint.parameters) {
      for (const auto& value : kOddValues) {
        std::string body = "{\"" + std::string{parameter.name} + "\":" + value;
        for (const auto& other : endpoint.parameters)
          if (other.name != parameter.name)
            body += ",\"" + std::string{other.name} + "\":\"" + std::string{other.example} + "\"";
        const auto reply = shop.tell(std::string{endpoint.path}, body + "}");
        INFO(endpoint.path << " " << parameter.name << " " << value.substr(0, 40) << ": "
                           << reply.body.substr(0, 200));
        CHECK(reply.status < 500);
        CHECK(!reply.at("/status").empty());
      }
    }
  }
}

TEST_CASE("no odd body of any type makes the server fail") {
  TestShop shop;
  shop.config.limits.api_per_minute = 0;
  shop.config.limits.login_per_minute = 0;
  shop.config.limits.register_per_minute = 0;
  for (const auto& endpoint : topupd::http::api_endpoints()) {
    if (endpoint.path == "/api/user/regenerate-key") continue;  // would take our key away
    for (const auto* type : {"application/json", "application/x-www-form-urlencoded",
                             "multipart/form-data; boundary=x", "text/plain", "\xff", ";"}) {
      for (const auto& body : kOddBodies) {
        const auto reply = shop.tell(std::string{endpoint.path}, body, {{"content-type", type}});
        INFO(endpoint.path << " " << type << " " << body.substr(0, 40));
        CHECK(reply.status < 500);
        CHECK(!reply.body.empty());
      }
    }
  }
}

TEST_CASE("a body that can't be read is told why, and where it is broken") {
  struct Row {
    std::string type;
    std::string body;
    std::string message;
    std::string pesan;
  };
  const Row rows[] = {
      {"application/json", R"({"amount":50000,"password":"rahasia)",
       "The body is broken JSON: it ends too early, after 35 bytes.",
       "Isi permintaan bukan JSON yang benar: terputus setelah byte ke-35."},
      {"application/json", R"({"amount":50000,})",
       "The body is broken JSON: wrong at byte 16, counted from 0.",
       "Isi permintaan bukan JSON yang benar: salah di byte 16, dari 0."},
      {"application/x-www-form-urlencoded", R"({amount:50000})",
       "The body is broken JSON: wrong at byte 1, counted from 0.",
       "Isi permintaan bukan JSON yang benar: salah di byte 1, dari 0."},
      {"application/json", R"({"amount":1,"amount":2})",
       "The body is a JSON object that has a name twice.",
       "Isi permintaan JSON memuat satu nama dua kali."},
      {"application/json", "null", "The body is JSON, but no object.",
       "Isi permintaan JSON harus sebuah objek."},
      {"application/json", R"({"a":)" + std::string(40, '['),
       "The body is JSON that nests too deep.", "Isi permintaan JSON bersarang terlalu dalam."},
      {"application/x-www-form-urlencoded", "amount=5%2",
       "The body is a broken form: a % without two hexadecimal digits.",
       "Isi permintaan bukan form yang benar: % tanpa dua digit heksadesimal."},
  };
  TestShop shop;
  for (const auto& row : rows) {
    INFO(row.body);
    const auto reply = shop.tell("/api/payment/deposit", row.body, {{"content-type", row.type}});
    CHECK(reply.outcome() == "400 invalid_parameter");
    CHECK(reply.text("/message") == row.message);
    CHECK(reply.text("/pesan") == row.pesan);
    CHECK(reply.body.find("rahasia") == std::string::npos);
  }
}

TEST_CASE("bodies that are no object are refused by name") {
  struct Row {
    std::string type;
    std::string body;
    std::string outcome;
  };
  const Row rows[] = {
      {"application/json", "null", "400 invalid_parameter"},
      {"application/json", "[1]", "400 invalid_parameter"},
      {"application/json", "[]", "400 invalid_parameter amount"},
      {"application/json", "", "400 invalid_parameter amount"},
      {"application/json", "{\"amount\":50000", "400 invalid_parameter"},
      {"application/json", R"({"amount":50000,"amount":50000})", "400 invalid_parameter"},
      {"application/json", "{\"amount\":\"\xff\"}", "400 invalid_parameter"},
      {"multipart/form-data; boundary=x", "--x", "415 unsupported_media_type"},
      {"text/xml", "<a/>", "415 unsupported_media_type"},
  };
  TestShop shop;
  for (const auto& row : rows)
    CHECK(shop.tell("/api/payment/deposit", row.body, {{"content-type", row.type}}).outcome() ==
          row.outcome);
}
