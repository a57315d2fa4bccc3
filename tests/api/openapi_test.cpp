#include "http/api/openapi.h"

#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "api/test_shop.h"
#include "catch.h"
#include "http/api/errors.h"
#include "http/api/openapi_parts.h"
#include "http/api/routes.h"

using namespace topupd::http;
using nlohmann::json;

namespace {

const json& document() {
  static const json kParsed =
      json::parse(openapi_document(api_endpoints(), "https://shop.example"));
  return kParsed;
}

std::string method_of(const Endpoint& endpoint) {
  return endpoint.effect == Effect::reads ? "get" : "post";
}

const json& operation_of(const Endpoint& endpoint) {
  return document().at("paths").at(std::string{endpoint.path}).at(method_of(endpoint));
}

// Follows "#/components/…".
const json& resolved(const json& value) {
  if (!value.contains("$ref")) return value;
  const auto reference = value.at("$ref").get<std::string>();
  REQUIRE(reference.starts_with("#/"));
  return document().at(json::json_pointer{reference.substr(1)});
}

// The words that a response's "code" may have.
std::set<std::string> codes_in(const json& response) {
  const auto& schema = resolved(response).at("content").at("application/json").at("schema");
  return schema.at("allOf").at(1).at("properties").at("code").at("enum");
}

// Every reference leads somewhere.
void check_references(const json& value) {
  if (value.is_object() && value.contains("$ref")) CHECK(resolved(value).is_object());
  if (!value.is_structured()) return;
  for (const auto& member : value)
    check_references(member);
}

}  // namespace

TEST_CASE("the document is OpenAPI 3.1 with the fields that it must have") {
  CHECK(document().at("openapi") == "3.1.0");
  CHECK(document().at("info").at("title").is_string());
  CHECK(document().at("info").at("version") == "0.1.0");
  CHECK(document().at("servers").at(0).at("url") == "https://shop.example");
  for (const auto& [name, member] : document().items())
    CHECK((name == "openapi" || name == "info" || name == "servers" || name == "paths" ||
           name == "components"));
  check_references(document());
}

TEST_CASE("every route is in the document, and nothing else is") {
  std::set<std::string> routes;
  for (const auto& endpoint : api_endpoints())
    routes.insert(method_of(endpoint) + " " + std::string{endpoint.path});
  std::set<std::string> documented;
  std::set<std::string> ids;
  for (const auto& [path, methods] : document().at("paths").items()) {
    for (const auto& [method, operation] : methods.items()) {
      documented.insert(method + " " + path);
      CHECK(ids.insert(operation.at("operationId")).second);
    }
  }
  CHECK(documented == routes);
  CHECK(routes.size() == api_endpoints().size());
}

TEST_CASE("every error code is in the document, of some route, and no other is") {
  std::set<std::string> table;
  for (const auto& row : error_rows())
    table.insert(std::string{row.word});
  std::set<std::string> components;
  for (const auto& [word, response] : document().at("components").at("responses").items()) {
    components.insert(word);
    CHECK(codes_in(response) == std::set<std::string>{word});
  }
  CHECK(components == table);

  std::set<std::string> used;
  for (const auto& endpoint : api_endpoints()) {
    for (const auto& [status, response] : operation_of(endpoint).at("responses").items()) {
      if (status == "200") continue;
      for (const auto& code : codes_in(response)) {
        used.insert(code);
        CHECK(table.contains(code));
      }
    }
  }
  CHECK(used == table);
}

TEST_CASE("a route's refusals stand under their status") {
  for (const auto& endpoint : api_endpoints()) {
    INFO(endpoint.path);
    const auto& responses = operation_of(endpoint).at("responses");
    for (const auto code : codes_of(endpoint)) {
      const auto& row = row_of(code);
      REQUIRE(responses.contains(std::to_string(row.status)));
      CHECK(codes_in(responses.at(std::to_string(row.status))).contains(std::string{row.word}));
    }
  }
}

TEST_CASE("a parameter is documented as it is read") {
  struct Row {
    Parameter parameter;
    std::string schema;
  };
  const Row rows[] = {
      {{.name = "a", .min = 1, .max = 9, .pattern = "[a-z]+"},
       R"({"maxLength":9,"minLength":1,"pattern":"[a-z]+","type":"string"})"},
      {{.name = "a", .choices = "x|y"}, R"({"enum":["x","y"],"type":"string"})"},
      {{.name = "a", .type = ParameterType::money, .min = -5, .max = 5},
       R"({"format":"int64","maximum":5,"minimum":-5,"type":"integer"})"},
      {{.name = "a", .type = ParameterType::count, .min = 1, .max = INT64_MAX},
       R"({"format":"int64","minimum":1,"type":"integer"})"},
      {{.name = "a", .type = ParameterType::flag}, R"({"type":"boolean"})"},
      {{.name = "a", .type = ParameterType::list, .max = 50},
       R"({"items":{"type":"string"},"maxItems":50,"type":"array"})"},
      {{.name = "a", .type = ParameterType::from}, R"({"type":"string"})"},
  };
  for (const auto& row : rows)
    CHECK(json::parse(schema_of(row.parameter).str()).dump() == row.schema);
}

TEST_CASE("parameters stand in the path, the query or the body") {
  for (const auto& endpoint : api_endpoints()) {
    INFO(endpoint.path);
    const auto& operation = operation_of(endpoint);
    std::set<std::string> documented;
    for (const auto& reference : operation.at("parameters")) {
      const auto& parameter = resolved(reference);
      if (parameter.at("in") != "header") documented.insert(parameter.at("name"));
      CHECK(parameter.at("schema").contains("type"));
      const bool in_path = parameter.at("in") == "path";
      CHECK(in_path == (endpoint.path.find('{') != std::string_view::npos));
    }
    if (operation.contains("requestBody")) {
      const auto& media = operation.at("requestBody").at("content").at("application/json");
      for (const auto& [name, schema] : media.at("schema").at("properties").items())
        documented.insert(name);
    }
    std::set<std::string> read;
    for (const auto& parameter : endpoint.parameters)
      read.insert(std::string{parameter.name});
    CHECK(documented == read);
  }
}

TEST_CASE("a route says who may ask it") {
  const auto& schemes = document().at("components").at("securitySchemes");
  CHECK(schemes.at("apiKeyHeader").at("name") == "X-API-Key");
  CHECK(schemes.at("apiKeyQuery").at("name") == "apikey");
  CHECK(schemes.at("bearer").at("scheme") == "bearer");
  CHECK(schemes.at("session").at("name") == "__Host-topup_session");
  for (const auto& endpoint : api_endpoints()) {
    const auto& security = operation_of(endpoint).at("security");
    INFO(endpoint.path);
    switch (endpoint.access) {
      case Access::open: CHECK(security.empty()); break;
      case Access::admin: CHECK(security == json::parse(R"([{"session":[]}])")); break;
      case Access::reseller:
      case Access::anyone: CHECK(security.size() == 4); break;
    }
  }
}

TEST_CASE("an answer's schema follows its example") {
  const auto schema = json::parse(
      json_schema_of(R"({"a":"x","b":7,"c":true,"d":[{"e":1}],"f":[],"g":null,"h":1.5})"));
  CHECK(schema.at("properties").dump() ==
        R"({"a":{"type":"string"},"b":{"type":"integer"},"c":{"type":"boolean"},)"
        R"("d":{"items":{"properties":{"e":{"type":"integer"}},"type":"object"},"type":"array"},)"
        R"("f":{"type":"array"},"g":{},"h":{"type":"number"}})");
}

TEST_CASE("the document is served with a tag, and not again to who has it") {
  const TestShop shop;
  const Router router{{openapi_route(shop.app)}, refuse};
  const auto ask = [&](const std::string& tag) {
    Request request;
    request.method = "GET";
    request.path = "/openapi.json";
    if (!tag.empty()) request.headers.emplace_back("if-none-match", tag);
    return router.answer(request).response;
  };
  const auto first = ask("");
  CHECK(first.status == 200);
  CHECK(json::parse(first.body) == document());
  REQUIRE(first.headers.at(0).first == "ETag");
  const auto tag = first.headers.at(0).second;
  CHECK(tag.front() == '"');
  for (const auto& known : {tag, "\"x\", W/" + tag, std::string{"*"}}) {
    const auto again = ask(known);
    CHECK(again.status == 304);
    CHECK(again.body.empty());
    CHECK(again.headers.at(0).second == tag);
  }
  CHECK(ask("\"x\"").status == 200);
}
