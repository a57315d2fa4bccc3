#include "http/pages/dashboard.h"

#include <functional>
#include <stdexcept>
#include <utility>

#include "http/api/errors.h"
#include "http/pages/archive.h"
#include "http/pages/frame.h"

namespace topupd {

std::string_view embedded_web();         // server/web
std::string_view embedded_web_vendor();  // libraries of others, as scripts/web.sh left them

}  // namespace topupd

namespace topupd::http {

// Trusted Types: nothing that is text can become markup or script, whatever a page does with it.
const std::string_view kDashboardPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'";

namespace {

constexpr std::string_view kPage = "index.html";
constexpr std::string_view kSheet = "style.css";
constexpr std::string_view kBaseMark = "{{base}}";

std::string content_type_of(std::string_view path) {
  struct Row {
    std::string_view ending;
    std::string_view type;
  };
  constexpr Row kRows[] = {
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".html", "text/html; charset=utf-8"},
  };
  for (const auto& row : kRows)
    if (path.ends_with(row.ending)) return std::string{row.type};
  throw std::logic_error{"no content type for " + std::string{path}};
}

std::string with_base(std::string_view text, const std::string& base) {
  std::string result;
  while (true) {
    const auto mark = text.find(kBaseMark);
    result += text.substr(0, mark);
    if (mark == std::string_view::npos) return result;
    result += base;
    text.remove_prefix(mark + kBaseMark.size());
  }
}

// The style sheet with the sheets that it imports in their places, in one request.
std::string joined_sheet(const std::map<std::string_view, std::string_view>& contents) {
  constexpr std::string_view kImport = "@import \"";
  std::string joined;
  auto rest = contents.at(kSheet);
  for (auto at = rest.find(kImport); at != std::string_view::npos; at = rest.find(kImport)) {
    rest.remove_prefix(at + kImport.size());
    joined += contents.at(rest.substr(0, rest.find('"')));
  }
  return joined;
}

Dashboard load() {
  Dashboard result;
  std::string bytes{embedded_web()};
  bytes += embedded_web_vendor();
  result.version = std::to_string(std::hash<std::string>{}(bytes));
  std::map<std::string_view, std::string_view> contents;
  for (const auto archive : {embedded_web(), embedded_web_vendor()})
    for (const auto& [path, content] : files_in(archive))
      contents.emplace(path, content);
  for (const auto& [path, content] : contents) {
    auto type = content_type_of(path);
    if (path == kPage)
      result.page = make_document(std::move(type), with_base(content, "/assets/" + result.version));
    else
      result.files.emplace(
          path, make_document(std::move(type),
                              path == kSheet ? joined_sheet(contents) : std::string{content}));
  }
  if (result.page.body.empty()) throw std::logic_error{"the dashboard has no page"};
  return result;
}

Response show_page(const Request& request) {
  auto response = answer_with(dashboard().page, request, "no-cache");
  response.headers.emplace_back("Content-Security-Policy", kDashboardPolicy);
  response.headers.emplace_back("X-Frame-Options", "DENY");
  response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  add_safety_headers(response);
  return response;
}

// Of another version nothing is sent: a page that is older than the program loads itself anew.
Response show_file(const Request& request) {
  std::string path;
  std::string_view version;
  for (const auto& [name, value] : request.path_parameters) {
    if (name == "version")
      version = value;
    else
      path += (path.empty() ? "" : "/") + value;
  }
  const auto& files = dashboard().files;
  const auto found = files.find(path);
  if (version != dashboard().version || found == files.end())
    return error_response({ErrorCode::not_found}, request.id, request.path);
  auto response = answer_with(found->second, request, "public, max-age=31536000, immutable");
  add_safety_headers(response);
  return response;
}

}  // namespace

const Dashboard& dashboard() {
  static const Dashboard kDashboard = load();
  return kDashboard;
}

std::vector<Route> dashboard_routes() {
  return {
      {"GET", "/app", show_page},
      {"GET", "/app/", show_page},
      {"GET", "/app/{page}", show_page},
      {"GET", "/app/{page}/{item}", show_page},
      {"GET", "/assets/{version}/{file}", show_file},
      {"GET", "/assets/{version}/{folder}/{file}", show_file},
  };
}

}  // namespace topupd::http
