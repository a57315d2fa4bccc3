#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

#include "api/admin_shop.h"
#include "catch.h"
#include "http/api/routes.h"
#include "process/temp_dir.h"
#include "topup/user_commands.h"

using namespace topupd::http;

namespace {

std::vector<Endpoint> admin_endpoints() {
  std::vector<Endpoint> found;
  for (const auto& endpoint : api_endpoints())
    if (endpoint.access == Access::admin) found.push_back(endpoint);
  return found;
}

std::string cookie_of_toko_a(TestShop& shop) {
  const auto reply = shop.post("/api/auth/session", R"({"user_id":"toko_a","password":"rahasia"})");
  const auto cookie = reply.header("Set-Cookie");
  return cookie.substr(0, cookie.find(';'));
}

}  // namespace

TEST_CASE("what is under admin is for admins, and for nobody else") {
  std::size_t under_admin = 0;
  for (const auto& endpoint : api_endpoints())
    if (endpoint.path.starts_with("/api/admin/")) ++under_admin;
  CHECK(under_admin == admin_endpoints().size());
  CHECK(under_admin > 30);
}

TEST_CASE("no admin route answers without an admin's session") {
  AdminShop shop;
  shop.config.limits.api_per_minute = 0;
  const auto reseller = cookie_of_toko_a(shop);
  for (const auto& endpoint : admin_endpoints()) {
    const std::string path{endpoint.path};
    INFO(path);
    CHECK(shop.post(path, "{}").outcome() == "401 invalid_api_key");
    CHECK(shop.post(path, "{}", {{"cookie", "topup_session=x"}}).outcome() ==
          "401 invalid_api_key");
    CHECK(shop.tell(path, "{}").outcome() == "403 forbidden");
    CHECK(shop.act_as(reseller, path, "{}").outcome() == "403 forbidden");
    const auto elsewhere =
        shop.post(path, "{}", {{"cookie", shop.boss}, {"sec-fetch-site", "cross-site"}});
    CHECK(elsewhere.outcome() == "403 forbidden");
    const auto own = shop.act(path, "{}").status;
    CHECK((own == 200 || own == 400));
  }
  CHECK(shop.wrong_in_books().empty());
}

TEST_CASE("a suspended admin is out at once") {
  AdminShop shop;
  CHECK(shop.act("/api/admin/user/suspend", R"({"user_id":"boss"})").outcome() == "403 forbidden");
  CHECK(shop.act("/api/admin/user/suspend", R"({"user_id":"chief"})").outcome() == "200");
  CHECK(shop.act_as(shop.chief, "/api/admin/users", "{}").outcome() == "401 invalid_api_key");
}

TEST_CASE("what an admin does is one line of the log, what he fails to do is none") {
  const TempDir dir;
  const auto file = (dir.path() / "log").string();
  topupd::Log log{topupd::LogOptions{.format = topupd::LogFormat::json, .file = file}};
  AdminShop shop;
  topupd::App app{shop.store,
                  shop.lists,
                  shop.config,
                  "https://shop.example",
                  shop.app.policy,
                  shop.clock,
                  log,
                  shop.master,
                  shop.passwords,
                  shop.limiter,
                  shop.sessions,
                  shop.in_flight,
                  shop.codes,
                  shop.first_admin,
                  {},
                  {},
                  shop.callers,
                  shop.board,
                  shop.nicknames};
  const Router router{routes_of(app, api_endpoints()), refuse};
  const auto send = [&](const std::string& user) {
    Request request;
    request.id = "r-1";
    request.method = "POST";
    request.path = "/api/admin/user/suspend";
    request.headers = {{"cookie", shop.boss}, {"sec-fetch-site", "same-origin"}};
    request.query = {{"user_id", user}};
    return router.answer(request).response.status;
  };
  CHECK(send("nobody") == 404);
  CHECK(send("toko_a") == 200);
  CHECK(log.flush(std::chrono::minutes{1}));
  std::ifstream in{file};
  std::stringstream text;
  text << in.rdbuf();
  const auto lines = text.str();
  CHECK(std::count(lines.begin(), lines.end(), '\n') == 1);
  CHECK(lines.find(R"("message":"admin action","request_id":"r-1","admin":"boss",)"
                   R"("route":"/api/admin/user/suspend","subject":"user:1")") != lines.npos);
}
