#include "http/api/openapi_parts.h"

#include <algorithm>
#include <map>

#include "http/api/auth.h"

namespace topupd::http {

namespace {

// From the edge and the router, whatever the route.
constexpr ErrorCode kOfAnyRoute[] = {ErrorCode::invalid_parameter,
                                     ErrorCode::method_not_allowed,
                                     ErrorCode::request_timeout,
                                     ErrorCode::payload_too_large,
                                     ErrorCode::unsupported_media_type,
                                     ErrorCode::request_too_large,
                                     ErrorCode::internal,
                                     ErrorCode::unavailable};
constexpr ErrorCode kOfKnownCallers[] = {ErrorCode::invalid_api_key, ErrorCode::forbidden,
                                         ErrorCode::account_suspended, ErrorCode::ip_not_allowed};

JsonObject reference(const std::string& what) {
  return JsonObject{}.text("$ref", "#/components/" + what);
}

bool is_in_path(const Endpoint& endpoint, const Parameter& parameter) {
  const auto segment = "{" + std::string{parameter.name} + "}";
  return endpoint.path.find(segment) != std::string_view::npos;
}

bool is_number(ParameterType type) {
  return type == ParameterType::money || type == ParameterType::count;
}

// "a|b" as ["a","b"].
JsonList split_at_bars(std::string_view text) {
  JsonList list;
  while (true) {
    const auto bar = text.find('|');
    list.add(json_quoted(text.substr(0, bar)));
    if (bar == std::string_view::npos) return list;
    text.remove_prefix(bar + 1);
  }
}

void add_text_limits(JsonObject& schema, const Parameter& parameter) {
  schema.text("type", "string");
  if (!parameter.choices.empty()) {
    schema.raw("enum", split_at_bars(parameter.choices).str());
    return;
  }
  if (parameter.min > 0) schema.number("minLength", parameter.min);
  schema.number("maxLength", parameter.max);
  if (!parameter.pattern.empty()) schema.text("pattern", parameter.pattern);
}

// Numbers beyond 2^53 are none to many readers: no bound is shown where it is only the type's.
void add_number_limits(JsonObject& schema, const Parameter& parameter) {
  schema.text("type", "integer").text("format", "int64").number("minimum", parameter.min);
  if (parameter.max != INT64_MAX) schema.number("maximum", parameter.max);
}

JsonObject header(std::string_view description, std::string_view type) {
  return JsonObject{}
      .text("description", description)
      .object("schema", JsonObject{}.text("type", type));
}

JsonObject content(const JsonObject& media, std::string_view type = "application/json") {
  return JsonObject{}.object(type, media);
}

JsonObject refusal(int status, const std::vector<ErrorCode>& codes) {
  std::string description;
  JsonList words;
  for (const auto code : codes) {
    const auto& row = row_of(code);
    description += (description.empty() ? "`" : " `") + std::string{row.word} + "`: ";
    description += row.message;
    words.add(json_quoted(row.word));
  }
  const auto only = JsonObject{}.object(
      "properties", JsonObject{}.object("code", JsonObject{}.raw("enum", words.str())));
  const auto schema =
      JsonObject{}.raw("allOf", JsonList{}.add(reference("schemas/Error")).add(only).str());
  JsonObject json;
  json.text("description", description);
  if (status == 429 || status == 503)
    json.object("headers", JsonObject{}.object("Retry-After", header("Seconds", "integer")));
  json.object("content", content(JsonObject{}.object("schema", schema)));
  return json;
}

JsonObject success_of(const Endpoint& endpoint) {
  JsonObject headers;
  headers.object("X-Request-Id", header("Names the request in the server's log", "string"));
  if (endpoint.limit != LimitClass::none) {
    headers.object("RateLimit-Policy", header("How many requests a minute may bring", "string"))
        .object("RateLimit", header("How many are left, and for how long", "string"));
  }
  if (endpoint.repeat == Repeat::by_idempotency_key)
    headers.object("Idempotent-Replayed", header("true: done by an earlier request", "string"));
  const auto media =
      JsonObject{}.raw("schema", json_schema_of(endpoint.example)).raw("example", endpoint.example);
  return JsonObject{}
      .text("description", "Done")
      .object("headers", headers)
      .object("content", content(media, endpoint.media));
}

JsonObject error_schema() {
  const auto text = JsonObject{}.text("type", "string");
  const auto status = JsonObject{}
                          .raw("enum", R"([false,"error"])")
                          .text("description", "error under /api/payment/, else false");
  const auto properties = JsonObject{}
                              .object("status", status)
                              .object("code", text)
                              .object("pesan", text)
                              .object("message", text)
                              .object("field", text)
                              .object("data", JsonObject{}.text("type", "object"))
                              .object("request_id", text);
  return JsonObject{}
      .text("type", "object")
      .raw("required", R"(["status","code","pesan","message","request_id"])")
      .object("properties", properties);
}

JsonObject key_in(std::string_view where, std::string_view name) {
  return JsonObject{}.text("type", "apiKey").text("in", where).text("name", name);
}

JsonObject security_schemes(std::string_view public_url) {
  const auto cookie = session_cookie(public_url, "", {});
  auto session = key_in("cookie", cookie.substr(0, cookie.find('=')));
  session.text("description",
               "From POST /api/auth/session. A POST needs the header Origin with the server's "
               "public URL, as browsers send it, else it is refused with 403.");
  return JsonObject{}
      .object("apiKeyHeader", key_in("header", "X-API-Key"))
      .object("apiKeyQuery", key_in("query", "apikey"))
      .object("bearer", JsonObject{}.text("type", "http").text("scheme", "bearer"))
      .object("session", session);
}

}  // namespace

std::string json_example(const Parameter& parameter) {
  if (is_number(parameter.type) || parameter.type == ParameterType::flag)
    return std::string{parameter.example};
  if (parameter.type != ParameterType::list) return json_quoted(parameter.example);
  std::string bars{parameter.example};
  std::ranges::replace(bars, ',', '|');
  return split_at_bars(bars).str();
}

std::vector<ErrorCode> codes_of(const Endpoint& endpoint) {
  auto codes = endpoint.refusals;
  codes.insert(codes.end(), std::begin(kOfAnyRoute), std::end(kOfAnyRoute));
  if (endpoint.access != Access::open)
    codes.insert(codes.end(), std::begin(kOfKnownCallers), std::end(kOfKnownCallers));
  if (endpoint.limit != LimitClass::none) codes.push_back(ErrorCode::rate_limited);
  if (endpoint.effect == Effect::changes) codes.push_back(ErrorCode::outcome_unknown);
  std::ranges::sort(codes);
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

JsonObject schema_of(const Parameter& parameter) {
  JsonObject schema;
  switch (parameter.type) {
    case ParameterType::text:
    case ParameterType::code:
    case ParameterType::secret:
    case ParameterType::table: add_text_limits(schema, parameter); break;
    case ParameterType::money:
    case ParameterType::count: add_number_limits(schema, parameter); break;
    case ParameterType::flag: schema.text("type", "boolean"); break;
    case ParameterType::list:
      schema.text("type", "array")
          .object("items", JsonObject{}.text("type", "string"))
          .number("maxItems", parameter.max);
      break;
    case ParameterType::from:
    case ParameterType::to: schema.text("type", "string"); break;
  }
  return schema;
}

bool has_body(const Endpoint& endpoint) {
  return endpoint.effect == Effect::changes &&
         std::ranges::any_of(endpoint.parameters,
                             [&](const auto& p) { return !is_in_path(endpoint, p); });
}

JsonList parameters_of(const Endpoint& endpoint) {
  JsonList list;
  for (const auto& parameter : endpoint.parameters) {
    const bool in_path = is_in_path(endpoint, parameter);
    if (endpoint.effect == Effect::changes && !in_path) continue;
    JsonObject json;
    json.text("name", parameter.name).text("in", in_path ? "path" : "query");
    json.flag("required", in_path || parameter.presence == Presence::required)
        .text("description", parameter.summary)
        .object("schema", schema_of(parameter));
    if (!parameter.example.empty()) json.raw("example", json_example(parameter));
    list.add(json);
  }
  if (endpoint.repeat == Repeat::by_idempotency_key)
    list.add(reference("parameters/IdempotencyKey"));
  return list;
}

JsonObject request_body_of(const Endpoint& endpoint) {
  JsonObject properties;
  JsonObject example;
  JsonList required;
  bool is_required = false;
  for (const auto& parameter : endpoint.parameters) {
    if (is_in_path(endpoint, parameter)) continue;
    auto schema = schema_of(parameter);
    schema.text("description", parameter.summary);
    properties.object(parameter.name, schema);
    if (!parameter.example.empty()) example.raw(parameter.name, json_example(parameter));
    if (parameter.presence != Presence::required) continue;
    required.add(json_quoted(parameter.name));
    is_required = true;
  }
  JsonObject schema;
  schema.text("type", "object").object("properties", properties);
  if (is_required) schema.raw("required", required.str());
  const auto media = JsonObject{}.object("schema", schema).object("example", example);
  const auto form = JsonObject{}.object("schema", schema);
  return JsonObject{}
      .flag("required", is_required)
      .object("content", JsonObject{}
                             .object("application/json", media)
                             .object("application/x-www-form-urlencoded", form));
}

JsonObject responses_of(const Endpoint& endpoint) {
  std::map<int, std::vector<ErrorCode>> by_status;
  for (const auto code : codes_of(endpoint))
    by_status[row_of(code).status].push_back(code);
  JsonObject responses;
  responses.object("200", success_of(endpoint));
  for (const auto& [status, codes] : by_status) {
    const auto word = std::string{row_of(codes.front()).word};
    responses.object(std::to_string(status),
                     codes.size() == 1 ? reference("responses/" + word) : refusal(status, codes));
  }
  return responses;
}

JsonObject components(std::string_view public_url) {
  JsonObject responses;
  for (const auto& row : error_rows())
    responses.object(row.word, refusal(row.status, {row.code}));
  const auto key =
      JsonObject{}
          .text("name", "Idempotency-Key")
          .text("in", "header")
          .text("description",
                "The same key with the same parameters does the thing once and is "
                "answered with its present state; kept for 24 hours and more")
          .object(
              "schema",
              JsonObject{}.text("type", "string").number("minLength", 1).number("maxLength", 255));
  return JsonObject{}
      .object("schemas", JsonObject{}.object("Error", error_schema()))
      .object("parameters", JsonObject{}.object("IdempotencyKey", key))
      .object("responses", responses)
      .object("securitySchemes", security_schemes(public_url));
}

}  // namespace topupd::http
