#include <array>
#include <nlohmann/json.hpp>
#include <string>

#include "api/admin_shop.h"
#include "fuzz/bytes.h"
#include "fuzz/targets.h"
#include "http/api/routes.h"

namespace topupd::fuzz {
namespace {

using http::Endpoint;
using http::Parameter;
using http::Request;

constexpr int kRequestsMax = 8;

// What handlers look for: things that exist in the shop below, and the ends of ranges.
constexpr std::array<std::string_view, 24> kKnown{"1",
                                                  "2",
                                                  "3",
                                                  "4",
                                                  "0",
                                                  "-1",
                                                  "9223372036854775807",
                                                  "10000",
                                                  "10000000",
                                                  "1.5",
                                                  "",
                                                  "toko_a",
                                                  "boss",
                                                  "rahasia",
                                                  "12345678",
                                                  "fake",
                                                  "north",
                                                  "2026-01-02",
                                                  "balance",
                                                  "profit",
                                                  "success",
                                                  "a,b,1.2.3.4",
                                                  "\xF0\x9F\x98\x80",
                                                  "true"};

// As they stand in JSON, also where they must not.
constexpr std::array<std::string_view, 16> kFragments{"1",
                                                      "0",
                                                      "-1",
                                                      "1.5",
                                                      "1e99",
                                                      "true",
                                                      "null",
                                                      "[]",
                                                      "{}",
                                                      "[\"a\"]",
                                                      "\"\"",
                                                      "\"\\u0000\"",
                                                      "9223372036854775808",
                                                      "\"",
                                                      "10000",
                                                      "\"1\""};

// A shop with an order in several states, money on all sides, and two admins.
struct OpenShop : AdminShop {
  OpenShop() {
    fund(toko_a, 1'000'000);
    queued_order("12345678");
    order_with("22345678", topup::OutcomeKind::unknown);
    order_with("32345678", topup::OutcomeKind::succeeded);
    tell("/api/order/create", R"({"layanan":1,"target":"42345678","metode":"dropship"})");
    tell("/api/payment/deposit", R"({"amount":20000})");
    tell("/api/profit/withdraw", R"({"amount":10000})");
  }
};

std::string escaped(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20) {
      result += "\\u00";
      result += kHex[byte >> 4U];
      result += kHex[byte & 15U];
      continue;
    }
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

std::string word(Bytes& bytes, const Parameter& parameter) {
  switch (bytes.below(4)) {
    case 0: return std::string{parameter.example};
    case 1: return std::string{kKnown.at(bytes.below(kKnown.size()))};
    case 2: return std::to_string(parameter.max);
    default: return std::string{bytes.text()};
  }
}

std::string json_value(Bytes& bytes, const Parameter& parameter) {
  if (bytes.below(4) == 0) return std::string{kFragments.at(bytes.below(kFragments.size()))};
  return escaped(word(bytes, parameter));
}

std::string json_body(Bytes& bytes, const Endpoint& endpoint) {
  std::string body;
  for (const auto& parameter : endpoint.parameters)
    if (bytes.below(8) != 0)
      body +=
          (body.empty() ? "{" : ",") + escaped(parameter.name) + ":" + json_value(bytes, parameter);
  return body.empty() ? "{}" : body + "}";
}

std::string form_body(Bytes& bytes, const Endpoint& endpoint) {
  std::string body;
  for (const auto& parameter : endpoint.parameters)
    if (bytes.below(8) != 0)
      body +=
          (body.empty() ? "" : "&") + std::string{parameter.name} + "=" + word(bytes, parameter);
  return body;
}

http::Pairs query(Bytes& bytes, const Endpoint& endpoint) {
  http::Pairs pairs;
  for (const auto& parameter : endpoint.parameters)
    if (bytes.below(8) != 0) pairs.emplace_back(parameter.name, word(bytes, parameter));
  return pairs;
}

std::string path(Bytes& bytes, const Endpoint& endpoint) {
  std::string path{endpoint.path};
  const auto open = path.find('{');
  if (open == std::string::npos) return path;
  const auto name = word(bytes, {});
  return path.replace(open, path.find('}') + 1 - open, name.empty() ? "x" : name);
}

void say_who(Bytes& bytes, const AdminShop& shop, Request& request) {
  switch (bytes.below(4)) {
    case 0: return;
    case 1: request.headers.emplace_back("x-api-key", shop.key); return;
    default: break;
  }
  request.headers.emplace_back("cookie", bytes.below(2) == 0 ? shop.boss : shop.chief);
  request.headers.emplace_back("sec-fetch-site", "same-origin");
}

Request next_request(Bytes& bytes, const AdminShop& shop) {
  const auto& all = http::api_endpoints();
  const auto& endpoint = all.at(bytes.below(all.size()));
  Request request{.method = endpoint.effect == http::Effect::reads ? "GET" : "POST"};
  request.path = path(bytes, endpoint);
  say_who(bytes, shop, request);
  if (bytes.below(4) == 0) request.headers.emplace_back("idempotency-key", "key-1");
  switch (request.method == "GET" ? 0 : 1 + bytes.below(4)) {
    case 0: request.query = query(bytes, endpoint); break;
    case 1:
    case 2: request.body = json_body(bytes, endpoint); break;
    case 3:
      request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
      request.body = form_body(bytes, endpoint);
      break;
    default: request.body = std::string{bytes.text()}; break;
  }
  return request;
}

void check(const Reply& reply) {
  must(reply.status < 500, "no request is the server's fault: " + reply.body);
  for (const auto& [name, value] : reply.headers)
    must((name + value).find_first_of("\r\n") == std::string::npos, "a header is one line");
  if (!reply.content_type.starts_with("application/json") || reply.body.empty()) return;
  const auto answer = nlohmann::json::parse(reply.body, nullptr, false);
  must(!answer.is_discarded(), "an answer is JSON: " + reply.body);
  if (answer.contains("status") && answer.at("status").is_boolean())
    must(answer.at("status") == (reply.status < 400), "status and code agree: " + reply.body);
}

}  // namespace

void ask_routes(std::string_view input) {
  OpenShop shop;
  Bytes bytes{input};
  for (int i = 0; i < kRequestsMax && !bytes.empty(); ++i)
    check(shop.send(next_request(bytes, shop)));
  const auto wrong = shop.wrong_in_books();
  must(wrong.empty(), wrong);
}

}  // namespace topupd::fuzz
