#include "http/pages/frame.h"

#include <memory>
#include <string_view>

#include "http/document.h"

namespace topupd {

std::string_view embedded_page_css();
std::string_view embedded_page_js();
std::string_view embedded_manual_css();
std::string_view embedded_manual_js();

}  // namespace topupd

namespace topupd::http {

namespace {

constexpr std::string_view kPolicy =
    "default-src 'none'; img-src 'self' data:; style-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'";
// Trusted Types: no text becomes markup, whatever the script does with it.
constexpr std::string_view kScriptPolicy =
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'";

constexpr std::string_view kFileCaching = "public, max-age=300";

constexpr std::string_view kFolder = "/assets/";

void add_sheet(Html& html, std::string_view name) {
  html.single("link", {{"rel", "stylesheet"}, {"href", std::string{kFolder}.append(name)}});
}

void add_head(Html& html, const Frame& frame) {
  html.open("head")
      .single("meta", {{"charset", "utf-8"}})
      .single("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}})
      .single("meta", {{"name", "color-scheme"}, {"content", "light dark"}})
      .single("meta", {{"name", "robots"}, {"content", "noindex"}});
  if (frame.refresh_seconds > 0) {
    const auto seconds = std::to_string(frame.refresh_seconds);
    html.open("noscript").single("meta", {{"http-equiv", "refresh"}, {"content", seconds}}).close();
  }
  html.element("title", frame.title);
  add_sheet(html, "page.css");
  if (!frame.style.empty()) add_sheet(html, frame.style);
  html.single("link", {{"rel", "icon"}, {"href", "data:,"}});  // else browsers look for one
  if (!frame.script.empty())
    html.element("script", "", {{"src", std::string{kFolder}.append(frame.script)}, {"defer", ""}});
  html.close();
}

}  // namespace

Language language_of(const Request& request) {
  for (const auto& [key, value] : request.query)
    if (key == "lang" && value == name(Language::english)) return Language::english;
  return Language::indonesian;
}

std::string page_html(const Frame& frame, const std::function<void(Html&)>& content) {
  Html html;
  html.open("html", {{"lang", name(frame.language)}});
  add_head(html, frame);
  html.open("body");
  content(html);
  html.close().close();
  return html.document();
}

void add_page_headers(Response& response, const Frame& frame) {
  response.headers.emplace_back("Content-Security-Policy",
                                frame.script.empty() ? kPolicy : kScriptPolicy);
  add_safety_headers(response);
}

Response page(const Frame& frame, const std::function<void(Html&)>& content) {
  Response response{.status = frame.status,
                    .content_type = "text/html; charset=utf-8",
                    .body = page_html(frame, content)};
  response.headers.emplace_back("Cache-Control", "no-store");
  add_page_headers(response, frame);
  return response;
}

Response sorry(int status, const std::string& title, const std::string& sentence) {
  return page({.title = title, .status = status}, [&](Html& html) {
    html.open("main").open("section", {{"class", "card"}});
    html.element("h1", title).element("p", sentence).close().close();
  });
}

std::vector<Route> asset_routes() {
  constexpr auto* kCss = "text/css; charset=utf-8";
  constexpr auto* kScript = "text/javascript; charset=utf-8";
  std::vector<Route> routes;
  const auto add = [&](const char* file, const char* type, std::string_view content) {
    const auto kept = std::make_shared<const Document>(make_document(type, std::string{content}));
    routes.push_back({"GET", std::string{kFolder} + file, [kept](const Request& request) {
                        auto response = answer_with(*kept, request, kFileCaching);
                        add_safety_headers(response);
                        return response;
                      }});
  };
  add("page.css", kCss, embedded_page_css());
  add("page.js", kScript, embedded_page_js());
  add("manual.css", kCss, embedded_manual_css());
  add("manual.js", kScript, embedded_manual_js());
  return routes;
}

void add_safety_headers(Response& response) {
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
}

}  // namespace topupd::http
