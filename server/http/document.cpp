#include "http/document.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "gzip.h"

namespace topupd::http {

namespace {

constexpr std::string_view kBlanks = " \t";

std::string_view without_blanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

// Whether the list, "a, b;q=1", has an item of which that is true.
template <class Is>
bool any_item(std::string_view list, Is is) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    if (is(without_blanks(list.substr(0, end)))) return true;
    list.remove_prefix(std::min(list.size(), end + 1));
  }
  return false;
}

// "gzip", "*" or "gzip;q=0.5", but not "gzip;q=0".
bool takes_gzip(const Request& request) {
  return any_item(request.header("accept-encoding"), [](std::string_view item) {
    const auto name = without_blanks(item.substr(0, item.find(';')));
    if (name != "gzip" && name != "*") return false;
    const auto quality = item.find("q=");
    return quality == std::string_view::npos ||
           item.find_first_of("123456789", quality) != std::string_view::npos;
  });
}

// Weak and strong tags are compared alike, as If-None-Match wants it.
bool knows(const Request& request, std::string_view tag) {
  return any_item(request.header("if-none-match"), [&](std::string_view item) {
    if (item.starts_with("W/")) item.remove_prefix(2);
    return item == "*" || item == tag;
  });
}

}  // namespace

Document make_document(std::string content_type, std::string body) {
  Document document;
  document.gzipped = gzip(body);
  document.tag = std::to_string(std::hash<std::string>{}(body));
  document.content_type = std::move(content_type);
  document.body = std::move(body);
  return document;
}

Response answer_with(const Document& document, const Request& request,
                     std::string_view cache_control) {
  const bool gzipped = takes_gzip(request);
  // Two representations have two tags.
  const std::string tag = '"' + document.tag + (gzipped ? "-gzip\"" : "\"");
  Response response{.content_type = document.content_type};
  response.headers = {
      {"ETag", tag}, {"Cache-Control", std::string{cache_control}}, {"Vary", "Accept-Encoding"}};
  if (knows(request, tag)) {
    response.status = 304;
    return response;
  }
  if (gzipped) response.headers.emplace_back("Content-Encoding", "gzip");
  response.body = gzipped ? document.gzipped : document.body;
  return response;
}

}  // namespace topupd::http
