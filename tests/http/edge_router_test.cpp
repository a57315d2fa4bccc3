#include "http/router.h"

#include <stdexcept>
#include <string>
#include <vector>

#include "catch.h"

using namespace topupd::http;

namespace {

Handler says(const std::string& text) {
  return [text](const Request&) { return Response{.body = text}; };
}

Router sample() {
  return {{{"GET", "/api/user/me", says("me")},
           {"GET", "/api/items/{id}", says("item")},
           {"POST", "/api/items/{id}", says("post item")},
           {"GET", "/api/items/new", says("new")},
           {"POST", "/api/items/{id}/parts/{part}", says("part")}},
          refuse_in_plain_text};
}

std::string header(const Response& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

}  // namespace

TEST_CASE("a method and a path find one answer") {
  struct Case {
    std::string method;
    std::string path;
    int status;
    std::string body;
    std::string allow;
    std::string route;
  };
  // clang-format off
  const std::vector<Case> cases{
      {"GET",     "/api/user/me",          200, "me",                       "", "/api/user/me"},
      {"HEAD",    "/api/user/me",          200, "me",                       "", "/api/user/me"},
      {"POST",    "/api/user/me",          405, "405\n", "GET, HEAD, OPTIONS", ""},
      {"OPTIONS", "/api/user/me",          204, "",      "GET, HEAD, OPTIONS", ""},
      {"OPTIONS", "/api/nothing",          404, "404\n",                    "", ""},
      {"GET",     "/api/user/me/",         404, "404\n",                    "", ""},
      {"GET",     "/api/user",             404, "404\n",                    "", ""},
      {"GET",     "/API/user/me",          404, "404\n",                    "", ""},
      {"GET",     "/",                     404, "404\n",                    "", ""},
      {"GET",     "/api/items/7",          200, "item",                     "", "/api/items/{id}"},
      {"POST",    "/api/items/7",          200, "post item",                "", "/api/items/{id}"},
      {"GET",     "/api/items/new",        200, "new",                      "", "/api/items/new"},
      {"DELETE",  "/api/items/7",          405, "405\n", "GET, HEAD, POST, OPTIONS", ""},
      {"GET",     "/api/items/",           404, "404\n",                    "", ""},
      {"GET",     "/api/items/7/parts",    404, "404\n",                    "", ""},
      {"POST",    "/api/items/7/parts/a",  200, "part",                     "", "/api/items/{id}/parts/{part}"},
      {"POST",    "/api/items//parts/a",   404, "404\n",                    "", ""},
      {"POST",    "/api/items/7/parts/a/", 404, "404\n",                    "", ""},
  };
  // clang-format on
  const Router router = sample();
  for (const auto& one : cases) {
    INFO(one.method << " " << one.path);
    Request request{.method = one.method, .path = one.path};
    const auto answer = router.answer(request);
    CHECK(answer.response.status == one.status);
    CHECK(answer.response.body == one.body);
    CHECK(header(answer.response, "Allow") == one.allow);
    CHECK(answer.route == one.route);
  }
}

TEST_CASE("a route's parameters reach its handler in their order") {
  const Router router{
      {{"GET", "/a/{x}/b/{y}",
        [](const Request& r) {
          return Response{.body = r.path_parameters[0].first + r.path_parameters[0].second +
                                  r.path_parameters[1].first + r.path_parameters[1].second};
        }}},
      refuse_in_plain_text};
  Request request{.method = "GET", .path = "/a/1/b/2"};
  CHECK(router.answer(request).response.body == "x1y2");
}

TEST_CASE("what refuses is told which request and path") {
  Refusal seen;
  std::string path;
  const Router router{{}, [&](const Refusal& refusal) {
                        seen = refusal;
                        path = refusal.path;
                        return Response{.status = 200, .body = "{}"};
                      }};
  Request request{.id = "r1", .method = "GET", .path = "/api/x"};
  CHECK(router.answer(request).response.status == 404);
  CHECK(seen.request_id == "r1");
  CHECK(path == "/api/x");
}

TEST_CASE("a table that contradicts itself is refused") {
  const auto build = [](std::vector<Route> routes) {
    return Router{std::move(routes), refuse_in_plain_text};
  };
  CHECK_THROWS_AS(build({{"GET", "/a", says("")}, {"GET", "/a", says("")}}), std::logic_error);
  CHECK_THROWS_AS(build({{"GET", "/{a}", says("")}, {"GET", "/{a}", says("")}}), std::logic_error);
  CHECK_THROWS_AS(build({{"GET", "a", says("")}}), std::logic_error);
  CHECK_THROWS_AS(build({{"GET", "/a", nullptr}}), std::logic_error);
  CHECK(build({{"GET", "/a", says("")}, {"POST", "/a", says("")}}).routes().size() == 2);
}
