#include "http/pages/dashboard.h"

#include <cctype>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "guards/source_tree.h"
#include "http/api/audit.h"
#include "http/api/routes.h"
#include "pages/test_pages.h"
#include "topup/audit.h"

using topupd::http::dashboard;

namespace {

const std::string& page() { return dashboard().page.body; }

// Every text between `before` and `after`.
std::vector<std::string> between(std::string_view text, std::string_view before,
                                 std::string_view after) {
  std::vector<std::string> found;
  for (auto at = text.find(before); at != std::string_view::npos; at = text.find(before, at)) {
    at += before.size();
    found.emplace_back(text.substr(at, text.find(after, at) - at));
  }
  return found;
}

// "pages/home.js" and "../lib.js" are "lib.js".
std::string resolved(const std::string& from, std::string path) {
  auto folder = from.substr(0, from.rfind('/') + 1);
  if (path.starts_with("./")) path = path.substr(2);
  while (path.starts_with("../")) {
    path = path.substr(3);
    folder = folder.substr(0, folder.rfind('/', folder.size() - 2) + 1);
  }
  return folder + path;
}

// The texts of a language, by name.
std::map<std::string, std::string> words_of(const std::string& file) {
  std::map<std::string, std::string> words;
  for (const auto& line : lines_of(file)) {
    const auto quoted = between(line.text, "\"", "\"");
    if (quoted.size() >= 3) words[quoted.front()] = line.text.substr(line.text.find(": \"") + 3);
  }
  return words;
}

// Everybody's, and those of the operator's pages.
std::map<std::string, std::string> all_words(const std::string& language) {
  auto words = words_of("server/web/lang/" + language + ".js");
  for (const auto* part : {"admin_", "audit_", "import_"})
    words.merge(words_of("server/web/lang/" + (part + language) + ".js"));
  return words;
}

// The names that a module asks for: t("…"), but not at("…").
std::vector<std::string> asked_for(const std::string& text) {
  std::vector<std::string> names;
  constexpr std::string_view kAsk = "t(\"";
  for (auto at = text.find(kAsk); at != std::string::npos; at = text.find(kAsk, at + 1)) {
    const auto before = at == 0 ? ' ' : text.at(at - 1);
    if (std::isalnum(static_cast<unsigned char>(before)) != 0 || before == '.') continue;
    const auto name = at + kAsk.size();
    names.push_back(text.substr(name, text.find('"', name) - name));
  }
  return names;
}

std::set<std::string> places_in(const std::string& text) {
  const auto found = between(text, "{", "}");
  return {found.begin(), found.end()};
}

}  // namespace

TEST_CASE("every address below /app is the same page, under a strict policy") {
  TestPages pages;
  for (const auto* path : {"/app", "/app/", "/app/orders", "/app/orders/INV-1"}) {
    const auto reply = pages.get(path);
    CHECK(reply.status == 200);
    CHECK(reply.content_type == "text/html; charset=utf-8");
    CHECK(reply.body == page());
    CHECK(reply.header("Cache-Control") == "no-cache");
    CHECK(reply.header("X-Content-Type-Options") == "nosniff");
    const auto policy = reply.header("Content-Security-Policy");
    for (const auto* part :
         {"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'",
          "require-trusted-types-for 'script'", "trusted-types 'none'"})
      CHECK(contains(policy, part));
    CHECK(!contains(policy, "unsafe"));
  }
  CHECK(pages.get("/app/orders/INV-1/more").status == 404);
}

TEST_CASE("the page has no script and no style of its own in it") {
  CHECK(!contains(page(), "<style"));
  CHECK(!contains(page(), "style="));
  CHECK(!contains(page(), " on"));
  for (const auto& script : between(page(), "<script", "</script>"))
    CHECK(script.ends_with(">"));
}

TEST_CASE("a file of the dashboard is kept for good under its version") {
  TestPages pages;
  const auto base = "/assets/" + dashboard().version;
  const auto reply = pages.get(base + "/main.js");
  CHECK(reply.status == 200);
  CHECK(reply.content_type == "text/javascript; charset=utf-8");
  CHECK(reply.header("Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(pages.get(base + "/pages/home.js").status == 200);
  CHECK(pages.get(base + "/vendor/preact.js").status == 200);
  CHECK(pages.get(base + "/pages/nothing.js").status == 404);
  CHECK(pages.get("/assets/1/main.js").status == 404);
  CHECK(pages.get("/assets/page.css").content_type == "text/css; charset=utf-8");

  const auto again = pages.send({.method = "GET",
                                 .path = base + "/main.js",
                                 .headers = {{"if-none-match", reply.header("ETag")}}});
  CHECK(again.status == 304);
  CHECK(again.body.empty());
}

TEST_CASE("the page's style is one file") {
  CHECK(between(page(), "rel=\"stylesheet\"", ">").size() == 1);
  const auto& sheet = dashboard().files.at("style.css").body;
  CHECK(!contains(sheet, "@import"));
  for (const auto& [path, document] : dashboard().files)
    if (path.starts_with("css/")) CHECK(contains(sheet, document.body));
}

TEST_CASE("every file that the page or a module names is there") {
  const auto& files = dashboard().files;
  const auto base = "/assets/" + dashboard().version + "/";
  for (const auto& path : between(page(), base, "\"")) {
    INFO(path);
    CHECK(files.contains(path));
  }
  Offences missing;
  for (const auto& [path, document] : files) {
    if (!path.ends_with(".js") || path.starts_with("vendor/")) continue;
    auto imports = between(document.body, "from \"", "\"");
    for (const auto& dynamic : between(document.body, "import(\"", "\""))
      imports.push_back(dynamic);
    for (const auto& import : imports)
      if (!files.contains(resolved(path, import))) missing.push_back(path + ": " + import);
  }
  CHECK(missing == Offences{});
}

TEST_CASE("the languages have the same names with the same places") {
  const auto id = all_words("id");
  const auto en = all_words("en");
  REQUIRE(id.size() > 300);
  Offences offences;
  for (const auto& [name, text] : id)
    if (!en.contains(name))
      offences.push_back(name + " is not in English");
    else if (places_in(text) != places_in(en.at(name)))
      offences.push_back(name + " has other places");
  for (const auto& [name, text] : en)
    if (!id.contains(name)) offences.push_back(name + " is not in Indonesian");
  CHECK(offences == Offences{});
}

TEST_CASE("every word that a module asks for is in the languages, and no other is") {
  const auto words = all_words("id");
  std::string all;
  for (const auto& file : files_of({"server/web"}, {".js"}))
    if (!file.starts_with("server/web/lang/"))
      for (const auto& line : lines_of(file))
        all += line.text + '\n';
  Offences offences;
  for (const auto& name : asked_for(all))
    if (!words.contains(name)) offences.push_back(name + " has no words");
  for (const auto& [name, text] : words) {
    const auto family = "`" + name.substr(0, name.find('.') + 1);
    const bool is_made = all.find(family) != std::string::npos || name.ends_with(".text");
    if (!is_made && all.find("\"" + name + "\"") == std::string::npos)
      offences.push_back(name + " is not used");
  }
  CHECK(offences == Offences{});
}

TEST_CASE("whatever an admin may do, and to what, has a name in the audit log") {
  const auto words = all_words("id");
  Offences nameless;
  for (int table = 0; table < topup::kTableCount; ++table) {
    const auto name = "noun." + std::string{topup::noun(static_cast<topup::Table>(table))};
    if (name != "noun.audit_line" && !words.contains(name)) nameless.push_back(name);
  }
  for (const auto& endpoint : topupd::http::api_endpoints()) {
    if (endpoint.access != topupd::http::Access::admin) continue;
    if (endpoint.effect != topupd::http::Effect::changes) continue;
    const auto name = "deed." + std::string{topupd::http::deed_of(endpoint)};
    if (!words.contains(name)) nameless.push_back(name);
  }
  CHECK(nameless == Offences{});
}

TEST_CASE("the first page on a phone is small") {
  // What the log-in page loads; kilobytes of a kilobyte's 1000 bytes, as they are sent.
  std::size_t bytes = dashboard().page.gzipped.size();
  for (const auto& path : between(page(), "/assets/" + dashboard().version + "/", "\""))
    bytes += dashboard().files.find(path)->second.gzipped.size();
  for (const auto* path : {"lang/id.js", "pages/login.js", "use.js", "format.js", "kept.js"})
    bytes += dashboard().files.find(path)->second.gzipped.size();
  INFO(bytes);
  CHECK(bytes < 40'000);
}
