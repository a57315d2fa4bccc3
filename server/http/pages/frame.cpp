#include "http/pages/frame.h"

#include <string_view>

#include "http/document.h"

namespace topupd {

std::string_view embedded_page_css();

}  // namespace topupd

namespace topupd::http {

namespace {

constexpr std::string_view kPolicy =
    "default-src 'none'; img-src 'self' data:; style-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'";
constexpr std::string_view kStylePath = "/assets/page.css";

void add_head(Html& html, const Frame& frame) {
  html.open("head")
      .single("meta", {{"charset", "utf-8"}})
      .single("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}})
      .single("meta", {{"name", "color-scheme"}, {"content", "light dark"}})
      .single("meta", {{"name", "robots"}, {"content", "noindex"}});
  if (frame.refresh_seconds > 0) {
    const auto seconds = std::to_string(frame.refresh_seconds);
    html.single("meta", {{"http-equiv", "refresh"}, {"content", seconds}});
  }
  html.element("title", frame.title)
      .single("link", {{"rel", "stylesheet"}, {"href", kStylePath}})
      .single("link", {{"rel", "icon"}, {"href", "data:,"}})  // else browsers look for one
      .close();
}

}  // namespace

Response page(const Frame& frame, const std::function<void(Html&)>& content) {
  Html html;
  html.open("html", {{"lang", "id"}});
  add_head(html, frame);
  html.open("body").open("main");
  content(html);
  html.close().close().close();

  Response response{
      .status = frame.status, .content_type = "text/html; charset=utf-8", .body = html.document()};
  response.headers.emplace_back("Content-Security-Policy", kPolicy);
  response.headers.emplace_back("Cache-Control", "no-store");
  add_safety_headers(response);
  return response;
}

Response sorry(int status, const std::string& title, const std::string& sentence) {
  return page({.title = title, .status = status},
              [&](Html& html) { html.element("h1", title).element("p", sentence); });
}

Response style_sheet(const Request& request) {
  static const Document kSheet =
      make_document("text/css; charset=utf-8", std::string{embedded_page_css()});
  auto response = answer_with(kSheet, request, "public, max-age=300");
  add_safety_headers(response);
  return response;
}

void add_safety_headers(Response& response) {
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
}

}  // namespace topupd::http
