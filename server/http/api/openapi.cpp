#include "http/api/openapi.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "http/api/openapi_parts.h"
#include "http/api/routes.h"
#include "version.h"

namespace topupd::http {

namespace {

constexpr std::string_view kDescription =
    "Prepaid top-ups for resellers. Parameters may come as a JSON object, as a form or in the "
    "query, and the body wins; a number may also be sent as a string of digits. What reads also "
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

// Made once, by whichever thread comes first.
class Document {
 public:
  struct Made {
    std::string text;
    std::string etag;
  };

  // The server's own address is known when it listens, not before.
  const Made& for_server(std::string_view public_url) {
    std::call_once(once_, [&] {
      made_.text = openapi_document(api_endpoints(), public_url);
      made_.etag = '"' + std::to_string(std::hash<std::string>{}(made_.text)) + '"';
    });
    return made_;
  }

 private:
  std::once_flag once_;
  Made made_;
};

Response answer_of(const Document::Made& document, const Request& request) {
  Response response;
  response.headers.emplace_back("ETag", document.etag);
  response.headers.emplace_back("Cache-Control", "no-cache");
  const auto known = request.header("if-none-match");
  if (known == "*" || known.find(document.etag) != std::string_view::npos) {
    response.status = 304;
    return response;
  }
  response.body = document.text;
  return response;
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
  const auto document = std::make_shared<Document>();
  return {"GET", "/openapi.json", [&app, document](const Request& request) {
            return answer_of(document->for_server(app.public_url), request);
          }};
}

}  // namespace topupd::http
