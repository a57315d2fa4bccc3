// Forgetting a person with the real binary.

#include <filesystem>
#include <string>
#include <vector>

#include "catch.h"
#include "server/real_server.h"
#include "server/running_shop.h"

using namespace topupd::test;

namespace {

constexpr const char* kRegistration =
    R"({"username":"toko_lupa","name":"Siti Terlupa","email":"siti@terlupa.id",)"
    R"("password":"rahasia"})";
constexpr const char* kLogIn = R"({"user_id":"toko_lupa","password":"rahasia"})";

// Sells to a customer at cost, so that no money is left with the reseller.
void sell(SmallClient& client) {
  const auto placed = client.post(
      "/api/order/create",
      R"({"layanan":"1","target":"4455667780","selling_price":10000,"ref_id":"untuk-budi",)"
      R"("customer_name":"Budi Terlupa","customer_phone":"0811-4455-6677"})");
  REQUIRE(placed.outcome() == "200");
  const auto code = placed.text("/data/invoice");
  REQUIRE(client.post("/sandbox/gateway/" + code + "/settle", "{}").outcome() == "200");
  REQUIRE(final_order(client, placed.text("/data/id")).text("/data/status") == "Success");
}

// A shop in which a reseller sold once; the server is stopped.
struct Shop {
  TempDir dir;
  std::string data = (dir.path() / "data").string();

  Shop() {
    RealServer server{data, {"--demo", "--sandbox.delay_ms", "20"}};
    SmallClient stranger{server.port()};
    const auto registered = stranger.post("/api/auth/register", kRegistration);
    REQUIRE(registered.outcome() == "200");
    SmallClient client{server.port(), registered.text("/data/api_key")};
    sell(client);
    REQUIRE(server.stop() == 0);
  }

  Finished erase(const std::string& user, std::vector<std::string> more = {},
                 const std::string& input = "") const {
    std::vector<std::string> words{"user", "erase", user, "--data", data};
    words.insert(words.end(), more.begin(), more.end());
    return run(call_of(words), input);
  }

  // Of the words that only the erased could have brought, those in the database's files.
  std::string found() const {
    std::string result;
    for (const auto& entry : std::filesystem::directory_iterator{data}) {
      if (!entry.path().filename().string().starts_with("topup.db")) continue;
      const auto content = content_of(entry.path());
      for (const std::string word :
           {"toko_lupa", "Terlupa", "terlupa", "4455667780", "0811-4455-6677", "untuk-budi"})
        if (content.find(word) != std::string::npos) result += word + " ";
    }
    return result;
  }
};

std::string without_head(const std::string& report) {
  return report.substr(0, report.find("head "));
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("an erased reseller is in no file of the database, and the books hold", "[server]") {
  const Shop shop;
  CHECK(shop.found() == "toko_lupa Terlupa terlupa 4455667780 0811-4455-6677 untuk-budi ");
  const auto totals = without_head(run(call_of({"verify", "--data", shop.data})).out);

  const auto erased = shop.erase("Toko_Lupa", {"--yes", "--people.retention_days", "0"});
  INFO(erased.out << erased.err);
  CHECK(erased.exit_code == 0);
  CHECK(contains(erased.out, "toko_lupa was erased and is erased-3 from now on"));
  CHECK(contains(erased.out, "orders overwritten: 1\nwithdrawals overwritten: 0"));
  CHECK(shop.found() == "");
  const auto verified = run(call_of({"verify", "--data", shop.data}));
  CHECK(verified.exit_code == 0);
  CHECK(without_head(verified.out) == totals);

  RealServer server{shop.data};
  SmallClient stranger{server.port()};
  CHECK(stranger.post("/api/auth/login", kLogIn).outcome() == "401 invalid_credentials");
  CHECK(stranger.post("/api/auth/login", R"({"user_id":"erased-3","password":"rahasia"})")
            .outcome() == "401 invalid_credentials");
  CHECK(stranger.post("/api/auth/register", kRegistration).outcome() == "200");
  CHECK(server.stop() == 0);
}

TEST_CASE("records younger than the retention stay until the call is repeated", "[server]") {
  const Shop shop;
  const auto first = shop.erase("toko_lupa", {"--yes"});
  CHECK(first.exit_code == 0);
  CHECK(contains(first.out, "less than 90 days"));
  CHECK(contains(shop.found(), "4455667780"));
  CHECK_FALSE(contains(shop.found(), "terlupa "));
  const auto second = shop.erase("erased-3", {"--yes", "--people.retention_days", "0"});
  CHECK(second.exit_code == 0);
  CHECK(shop.found() == "");
}

TEST_CASE("a user is erased only by who types the name, or says yes in the call", "[server]") {
  const Shop shop;
  for (const std::string input : {"", "\n", "yes\n", "toko_lup\n"}) {
    INFO(input);
    const auto refused = shop.erase("toko_lupa", {}, input);
    CHECK(refused.exit_code == 1);
    CHECK(contains(refused.err, "nothing was changed"));
  }
  CHECK(contains(shop.found(), "Terlupa"));
  CHECK(shop.erase("toko_lupa", {}, "toko_lupa\n").exit_code == 0);
}

TEST_CASE("what is in the way of an erasure is said", "[server]") {
  const Shop shop;
  struct Row {
    std::string user;
    std::vector<std::string> more;
    int exit_code;
    std::string said;
  };
  const Row rows[] = {
      {"nobody", {"--yes"}, 1, "there is no user named nobody"},
      {"no user", {"--yes"}, 1, "there is no user named no user"},
      {"demo", {"--yes"}, 1, "demo was not erased: there is a balance left"},
      {"admin", {"--yes"}, 1, "nobody else could log in as an admin"},
      {"toko_lupa", {"--yes", "--people.retention_days", "-1"}, 2, "people.retention_days"},
      {"toko_lupa", {"--no"}, 2, "--no"},
  };
  for (const auto& [user, more, exit_code, said] : rows) {
    const auto finished = shop.erase(user, more);
    INFO(user << " " << finished.out << finished.err);
    CHECK(finished.exit_code == exit_code);
    CHECK(contains(finished.err, said));
  }
  CHECK(run(call_of({"user", "erase", "--data", shop.data})).exit_code == 2);
  RealServer server{shop.data};
  CHECK(shop.erase("toko_lupa", {"--yes"}).exit_code == 1);
  CHECK(server.stop() == 0);
}
