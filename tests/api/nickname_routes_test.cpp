// Whose account a target is, as the API says it.

#include <functional>
#include <string>

#include "api/test_shop.h"
#include "catch.h"
#include "topup/catalogue_commands.h"

namespace {

// Tells the accounts of everything but "closed", by what the target begins with.
class Teller final : public topupd::Provider {
 public:
  std::string_view name() const override { return "north"; }
  topup::CapabilitySheet sheet() const override { return {}; }
  topupd::Answer purchase(const topupd::Purchase& /*purchase*/) override { return {}; }
  topupd::Answer status(const topupd::Purchase& /*purchase*/) override { return {}; }
  void on_callback(topupd::CallbackSink /*sink*/) override {}

  bool tells_nickname(std::string_view sku) const override { return sku != "closed"; }
  topupd::Nickname nickname(const topupd::Account& account) override {
    using Kind = topupd::Nickname::Kind;
    if (account.target.starts_with("404")) return {Kind::not_found, ""};
    if (account.target.starts_with("503")) return {Kind::unknown, ""};
    if (account.target.starts_with("666")) return {Kind::known, "a\x1b[2Jb"};
    return {Kind::known, "<b>" + account.sku + " " + account.target};
  }
};

struct TellingShop : TestShop {
  Teller teller;

  TellingShop() {
    providers[store.read([](const topup::View& view) { return view.provider_by_name("north"); })
                  ->id] = &teller;
  }

  void change_offer(topup::ServiceId service, const std::function<void(topup::Offer&)>& change) {
    must(store
             .transact([&](topup::Tx& tx) {
               auto offer = tx.offers(service).front();
               change(offer);
               return topup::put_offer(tx, offer);
             })
             .has_value());
  }
};

std::string path(const std::string& query) { return "/api/services/nickname?" + query; }

}  // namespace

TEST_CASE("a supplier's name for the account is told, as a text") {
  TellingShop shop;
  const auto told = shop.ask(path("layanan=1&target=12345"));
  CHECK(told.outcome() == "200");
  CHECK(told.at("/data") == R"({"layanan":"1","nickname":"<b>sku 12345","target":"12345"})");
  CHECK_FALSE(told.header("RateLimit").empty());
}

TEST_CASE("what is asked is checked, and what a supplier says has a code") {
  struct Row {
    std::string query;
    std::string outcome;
  };
  TellingShop shop;
  const Row rows[] = {{"layanan=1&target=40412", "404 not_found target"},
                      {"layanan=1&target=50312", "503 unavailable"},
                      {"layanan=1&target=66612", "503 unavailable"},
                      {"layanan=9&target=12345", "404 not_found layanan"},
                      {"layanan=x&target=12345", "400 invalid_parameter layanan"},
                      {"layanan=1", "400 invalid_parameter target"},
                      {"layanan=1&target=budi", "422 invalid_target target"},
                      {"layanan=2&target=12345", "400 invalid_parameter nometer"},
                      {"layanan=2&target=12345&nometer=40412", "404 not_found target"}};
  for (const auto& row : rows) {
    INFO(row.query);
    CHECK(shop.ask(path(row.query)).outcome() == row.outcome);
  }
  CHECK(shop.get(path("layanan=1&target=12345")).outcome() == "401 invalid_api_key");
}

TEST_CASE("where no supplier tells, the route and the price list say so") {
  TellingShop shop;
  const auto outcome = [&] { return shop.ask(path("layanan=1&target=12345")).outcome(); };
  const auto listed = [&] { return shop.ask("/api/services").at("/data/Games/0/cek_nickname"); };
  CHECK(outcome() == "200");
  CHECK(listed() == "true");
  shop.change_offer(shop.diamonds, [](topup::Offer& offer) { offer.active = false; });
  CHECK(outcome() == "422 service_unavailable layanan");
  CHECK(listed() == "false");
  shop.change_offer(shop.diamonds, [](topup::Offer& offer) {
    offer.active = true;
    offer.sku = "closed";
  });
  CHECK(outcome() == "422 service_unavailable layanan");
  CHECK(listed() == "false");
}
