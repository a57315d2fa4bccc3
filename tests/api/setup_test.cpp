#include <filesystem>
#include <fstream>
#include <string>

#include "api/test_shop.h"
#include "catch.h"

namespace {

std::string person(const std::string& token) {
  return R"({"token":")" + token +
         R"(","username":"boss","name":"Boss","email":"boss@x.com","password":"rahasia"})";
}

std::string first_line(const std::filesystem::path& file) {
  std::string line;
  std::getline(std::ifstream{file} >> std::ws, line);
  return line;
}

}  // namespace

TEST_CASE("who has the token from the operator's file becomes the first admin") {
  TestShop shop;
  const auto file = shop.dir.path() / "setup-token";
  const auto token = shop.first_admin.token();
  CHECK(first_line(file) == token);
  CHECK(shop.get("/api/shop").at("/data/needs_admin") == "true");
  CHECK(shop.post("/api/auth/setup", person(token)).outcome() == "200");
  const auto admin = shop.store.read([](const auto& view) { return view.admins(); });
  REQUIRE(admin.size() == 1);
  CHECK(admin.front().username == "boss");
  CHECK_FALSE(std::filesystem::exists(file));
  CHECK(shop.get("/api/shop").at("/data/needs_admin") == "false");
  CHECK(shop.post("/api/auth/session", R"({"user_id":"boss","password":"rahasia"})").outcome() ==
        "200");
}

TEST_CASE("nobody becomes admin with another token, without one, or a second time") {
  TestShop shop;
  const auto token = shop.first_admin.token();
  struct Row {
    std::string token, outcome;
  };
  const Row rows[] = {{"", "400 invalid_parameter token"},
                      {"x", "401 invalid_credentials"},
                      {token.substr(1), "401 invalid_credentials"},
                      {token + "x", "401 invalid_credentials"},
                      {token, "200"},
                      {token, "401 invalid_credentials"}};
  for (const auto& row : rows)
    CHECK(shop.post("/api/auth/setup", person(row.token)).outcome() == row.outcome);
}

TEST_CASE("a token is good for nothing when somebody has become admin meanwhile") {
  TestShop shop;
  shop.make_admin();
  CHECK(shop.post("/api/auth/setup", person(shop.first_admin.token())).outcome() == "409 conflict");
}

TEST_CASE("a shop with an admin has no token, and takes away one that was left") {
  TestShop shop;
  const auto file = shop.dir.path() / "setup-token";
  shop.make_admin();
  const topupd::FirstAdmin next_start{shop.store, file};
  CHECK_FALSE(next_start.is_awaited());
  CHECK_FALSE(next_start.accepts(""));
  CHECK_FALSE(std::filesystem::exists(file));
}
