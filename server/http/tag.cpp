#include "http/tag.h"

#include <functional>
#include <utility>

#include "http/header_list.h"

namespace topupd::http {

std::string tag_of(std::string_view body) {
  return std::to_string(std::hash<std::string_view>{}(body));
}

// Weak and strong tags are compared alike, as If-None-Match wants it.
bool knows_tag(const Request& request, std::string_view quoted) {
  return any_item(request.header("if-none-match"), [&](std::string_view item) {
    if (item.starts_with("W/")) item.remove_prefix(2);
    return item == "*" || item == quoted;
  });
}

Response answer_with_tag(Response response, const Request& request) {
  auto tag = '"' + tag_of(response.body) + '"';
  if (knows_tag(request, tag)) {
    response.status = 304;
    response.body.clear();
  }
  response.headers.emplace_back("ETag", std::move(tag));
  return response;
}

}  // namespace topupd::http
