#include "http/api/openapi.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "http/api/openapi_parts.h"
#include "http/api/routes.h"
#include "http/document.h"
#include "version.h"

namespace topupd::http {

namespace {

constexpr std::string_view kDescription =
    "Prepaid top-ups for resellers. Parameters may come as a JSON object, as a form or in the "
    "query, and the body wins; beside a body, the query must not hold what decides what is done "
    "with it, as selling_price does. A number may also be sent as a string of digits. What reads "
    "also "
    "takes POST. Money is whole rupiah; times are RFC 3339 with the offset +07:00. Lists are "
    "newest first: send next_cursor as cursor to go on.";

// "post_order_create" of POST /api/order/create.
std::string operation_id(std::string_view method, std::string_view path) {
  std::string id{method};
  for (const char c : path.substr(std::string_view{"/api"}.size())) {
    if (c == '{' || c == '}') continue;
    id += c == '/' || c == '-' ? '_' : c;
  }
  return id;
}

// "order" of /api/order/create.
std::string_view tag_of(std::string_view path) {
  path.remove_prefix(std::string_view{"/api/"}.size());
  return path.substr(0, path.find('/'));
}

JsonList security_of(Access access) {
  const auto by = [](std::string_view scheme) { return JsonObject{}.raw(scheme, "[]"); };
  switch (access) {
    case Access::open: return {};
    case Access::admin: return JsonList{}.add(by("session"));
    case Access::reseller:
    case Access::anyone: break;
  }
  return JsonList{}
      .add(by("apiKeyHeader"))
      .add(by("apiKeyQuery"))
      .add(by("bearer"))
      .add(by("session"));
}

JsonObject operation(const Endpoint& endpoint, std::string_view method) {
  JsonObject json;
  json.text("operationId", operation_id(method, endpoint.path))
      .raw("tags", JsonList{}.add(json_quoted(tag_of(endpoint.path))).str())
      .text("summary", endpoint.summary)
      .raw("security", security_of(endpoint.access).str())
      .raw("parameters", parameters_of(endpoint).str());
  if (has_body(endpoint)) json.object("requestBody", request_body_of(endpoint));
  json.object("responses", responses_of(endpoint));
  return json;
}

JsonObject paths(const std::vector<Endpoint>& endpoints) {
  std::vector<std::string_view> order;
  std::map<std::string_view, JsonObject> by_path;
  for (const auto& endpoint : endpoints) {
    if (!by_path.contains(endpoint.path)) order.push_back(endpoint.path);
    const std::string_view method = endpoint.effect == Effect::reads ? "get" : "post";
    by_path[endpoint.path].object(method, operation(endpoint, method));
  }
  JsonObject json;
  for (const auto path : order)
    json.object(path, by_path.at(path));
  return json;
}

}  // namespace

std::string openapi_document(const std::vector<Endpoint>& endpoints, std::string_view public_url) {
  const auto info = JsonObject{}
                        .text("title", "Topup")
                        .text("version", version())
                        .text("description", kDescription);
  return JsonObject{}
      .text("openapi", "3.1.0")
      .object("info", info)
      .raw("servers", JsonList{}.add(JsonObject{}.text("url", public_url)).str())
      .object("paths", paths(endpoints))
      .object("components", components(public_url))
      .str();
}

Route openapi_route(const App& app) {
  // Made by whichever request comes first: the server knows its own address when it listens.
  struct Made {
    std::once_flag once;
    Document document;
  };
  const auto made = std::make_shared<Made>();
  return {"GET", "/openapi.json", [&app, made](const Request& request) {
            std::call_once(made->once, [&] {
              made->document = make_document("application/json; charset=utf-8",
                                             openapi_document(api_endpoints(), app.public_url));
            });
            return answer_with(made->document, request, "no-cache");
          }};
}

}  // namespace topupd::http
