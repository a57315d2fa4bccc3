#include "http/pages/manual.h"

#include <algorithm>
#include <string>

#include "catch.h"
#include "http/api/routes.h"
#include "http/pages/manual_words.h"
#include "http/pages/samples.h"
#include "pages/test_pages.h"

using namespace topupd::http;

TEST_CASE("the manual has an Indonesian word for all that it shows", "[manual]") {
  for (const auto& endpoint : api_endpoints()) {
    if (!is_in_manual(endpoint)) continue;
    INFO(endpoint.path << ": " << endpoint.summary);
    CHECK_FALSE(in_indonesian(endpoint.summary).empty());
    for (const auto& parameter : endpoint.parameters) {
      INFO(parameter.name << ": " << parameter.summary);
      CHECK(in_indonesian(parameter.summary).empty() == parameter.summary.empty());
    }
  }
}

TEST_CASE("the manual leaves out the dashboard's own routes and no other", "[manual]") {
  std::string left_out;
  for (const auto& endpoint : api_endpoints())
    if (endpoint.access != Access::admin && !is_in_manual(endpoint))
      left_out += std::string{endpoint.path} + " ";
  CHECK(left_out ==
        "/api/auth/setup /api/auth/session /api/auth/logout /api/auth/otp /api/auth/otp/begin "
        "/api/auth/otp/confirm /api/auth/otp/disable /api/events /api/notices ");
}

TEST_CASE("what the manual says of a route names one that is there", "[manual]") {
  const auto is_there = [](std::string_view path) {
    return std::ranges::any_of(api_endpoints(),
                               [&](const Endpoint& endpoint) { return endpoint.path == path; });
  };
  for (const auto& sample : manual_samples()) {
    INFO(sample.path);
    CHECK(is_there(sample.path));
  }
}

TEST_CASE("a reader without scripts reads all of it, in two languages", "[manual]") {
  TestPages pages;
  for (const auto language : {"id", "en"}) {
    const auto page = pages.send({.method = "GET", .path = "/docs", .query = {{"lang", language}}});
    INFO(language);
    CHECK(page.status == 200);
    CHECK(contains(page.body, "<html lang=\"" + std::string{language} + "\">"));
    CHECK(contains(page.header("Content-Security-Policy"), "trusted-types 'none'"));
    for (const auto& endpoint : api_endpoints())
      CHECK(contains(page.body, "<code>" + std::string{endpoint.path} + "</code>") ==
            is_in_manual(endpoint));
    for (const auto& row : error_rows())
      CHECK(contains(page.body, "<code>" + std::string{row.word} + "</code>"));
    CHECK(contains(page.body, "https://shop.example/api/order/create"));
    CHECK_FALSE(contains(page.body, "style="));
    CHECK_FALSE(contains(page.body, "\xEF\xBF\xBD"));  // of what is no text
  }
  CHECK(contains(pages.get("/docs").body, "Mengisi saldo lewat QRIS"));
}

TEST_CASE("requests can be tried where the money is play money alone", "[manual]") {
  TestPages pages;
  const auto real = manual_html(api_endpoints(), {"https://a.example", Language::english});
  const auto play =
      manual_html(api_endpoints(), {"https://a.example", Language::english, TryIt::in_the_sandbox});
  CHECK_FALSE(contains(real, "data-method"));
  CHECK(contains(play, "data-method=\"POST\" data-path=\"/api/order/create\" data-once=\"yes\""));
}

TEST_CASE("a sample can be copied into four languages' programs", "[manual]") {
  const SampleRequest request{.method = "POST",
                              .url = "https://a.example/api/order/create",
                              .is_once = true,
                              .body = {{"layanan", "1"}, {"target", "\"0812\""}}};
  CHECK(kSampleWriters[0].write(request) == R"(curl -X POST "https://a.example/api/order/create" \
  -H "X-API-Key: KUNCI_API" \
  -H "Content-Type: application/json" \
  -H "Idempotency-Key: pesanan-2026-0001" \
  -d '{"layanan":1,"target":"0812"}')");
  CHECK(kSampleWriters[1].write(request) == R"(<?php
$ch = curl_init("https://a.example/api/order/create");
curl_setopt_array($ch, [
  CURLOPT_RETURNTRANSFER => true,
  CURLOPT_TIMEOUT => 30,
  CURLOPT_POST => true,
  CURLOPT_HTTPHEADER => [
    "X-API-Key: KUNCI_API",
    "Content-Type: application/json",
    "Idempotency-Key: pesanan-2026-0001",
  ],
  CURLOPT_POSTFIELDS => json_encode([
    "layanan" => 1,
    "target" => "0812",
  ]),
]);
$jawaban = json_decode(curl_exec($ch), true);
print_r($jawaban);)");
  CHECK(kSampleWriters[2].write(request) ==
        R"(const answer = await fetch("https://a.example/api/order/create", {
  method: "POST",
  headers: {
    "X-API-Key": "KUNCI_API",
    "Content-Type": "application/json",
    "Idempotency-Key": "pesanan-2026-0001",
  },
  body: JSON.stringify({
    layanan: 1,
    target: "0812",
  }),
});
console.log(await answer.json());)");
  CHECK(kSampleWriters[3].write(request) == R"(import requests

answer = requests.post(
    "https://a.example/api/order/create",
    headers={
        "X-API-Key": "KUNCI_API",
        "Idempotency-Key": "pesanan-2026-0001",
    },
    json={
        "layanan": 1,
        "target": "0812",
    },
    timeout=30,
)
print(answer.json()))");
}

TEST_CASE("an answer is shown on lines", "[manual]") {
  CHECK(indented(R"({"a":[{"b":"x, {y}: z"},{}],"c":[],"d":1})") == R"({
  "a": [
    {
      "b": "x, {y}: z"
    },
    {}
  ],
  "c": [],
  "d": 1
})");
}
