#include "http/document.h"

#include <utility>

#include "gzip.h"
#include "http/header_list.h"
#include "http/tag.h"

namespace topupd::http {

namespace {

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

}  // namespace

Document make_document(std::string content_type, std::string body) {
  Document document;
  document.gzipped = gzip(body);
  document.tag = tag_of(body);
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
  if (knows_tag(request, tag)) {
    response.status = 304;
    return response;
  }
  if (gzipped) response.headers.emplace_back("Content-Encoding", "gzip");
  response.body = gzipped ? document.gzipped : document.body;
  return response;
}

}  // namespace topupd::http
