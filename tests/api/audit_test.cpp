// The audit log: nothing that an admin changes may be missing in it, and nothing secret be there.

#include <functional>
#include <map>
#include <set>
#include <string>

#include "api/admin_shop.h"
#include "catch.h"
#include "http/api/audit.h"
#include "http/api/routes.h"

using namespace topupd::http;

namespace {

using topup::OutcomeKind;

// What a route is asked for, in a shop where it is done.
struct Deed {
  std::string body;
  std::string subject;
  std::string detail;
  std::function<void(AdminShop&)> before = [](AdminShop&) {};
};

void rich(AdminShop& shop) {
  shop.act("/api/admin/treasury/capital", R"({"amount":1000000})");
  shop.fund(shop.toko_a, 50'000);
}

void waiting_payment(AdminShop& shop) {
  rich(shop);
  const auto deposit = shop.tell("/api/payment/deposit", R"({"amount":50000})");
  shop.pay(deposit.text("/data/orderId"), 49'000);
}

void wanted_profit(AdminShop& shop) {
  rich(shop);
  const auto made =
      shop.tell("/api/order/create", R"({"layanan":1,"target":12345,"selling_price":32000})");
  shop.pay(made.text("/data/invoice"), 32'000);
  shop.answer(made.text("/data/id"), succeeded());
  must(shop.tell("/api/profit/withdraw", R"({"amount":15000,"bank":"BCA","account_number":"1",)"
                                         R"("account_name":"Budi"})")
           .outcome() == "200");
}

void waiting_refund(AdminShop& shop) {
  shop.app.policy.failed_dropship = topup::MoneyBack::wait_for_admin;
  const auto made =
      shop.tell("/api/order/create", R"({"layanan":1,"target":54321,"selling_price":32000})");
  shop.pay(made.text("/data/invoice"), 32'000);
  shop.answer(made.text("/data/id"), failed());
}

void late_order(AdminShop& shop) {
  const auto id = shop.order_with("11111", OutcomeKind::failed);
  const auto late = shop.store.transact([&](topup::Tx& tx) {
    const auto attempt = tx.attempts(topup::OrderId{std::stoll(id)}).back();
    return topup::record_outcome(tx, shop.app.policy, {},
                                 {attempt.id, succeeded("LATE"), {topup::Actor::provider, 1}},
                                 shop.clock.now());
  });
  must(late.has_value());
}

void done_order(AdminShop& shop) { shop.order_with("11111", OutcomeKind::succeeded); }

void proposed_by_chief(AdminShop& shop) {
  shop.act_as(shop.chief, "/api/admin/adjustment/propose",
              R"({"user_id":"toko_a","amount":2500,"reason":"Paid twice"})");
}

void in_debt(AdminShop& shop) {
  shop.queued_order("11111");
  shop.act("/api/admin/receipt/take-back", R"({"id":1,"source":"clearing"})");
}

void prefund_sent(AdminShop& shop) {
  rich(shop);
  shop.act("/api/admin/treasury/prefund/send", R"({"provider":"north","amount":300000})");
}

void rule_made(AdminShop& shop) {
  shop.act("/api/admin/price-rule/put", R"({"scope":"service","subject":"1","markup":250})");
}

const std::string kToko = R"({"user_id":"toko_a"})";

const std::map<std::string, Deed>& deeds() {
  static const std::map<std::string, Deed> kDeeds{
      {"user/suspend", {kToko, "user:1", ""}},
      {"user/reinstate", {kToko, "user:1", ""}},
      {"user/tier", {R"({"user_id":"toko_a","tier":"basic"})", "user:1", "tier=basic"}},
      {"user/allow-list", {R"({"user_id":"toko_a","addresses":["192.0.2.7"]})", "user:1", ""}},
      {"user/disable-otp", {kToko, "user:1", ""}},
      {"tier/put",
       {R"({"name":"gold","api_per_minute":9})", "tier:gold", "name=gold, api_per_minute=9"}},
      {"price-rule/put",
       {R"({"scope":"service","subject":"1","markup":250})", "price_rule:1",
        "scope=service, subject=1, markup=250"}},
      {"price-rule/remove", {R"({"id":1})", "price_rule:1", "", rule_made}},
      {"service/put",
       {R"({"tipe":"PLN","kategori":"Token","layanan":"50","format_target":"[0-9]+"})", "service:3",
        "tipe=PLN, kategori=Token, layanan=50, format_target=[0-9]+"}},
      {"service/availability",
       {R"({"sid":1,"status":"Gangguan"})", "service:1", "status=Gangguan"}},
      {"offer/put",
       {R"({"service":1,"provider":"north","sku":"FF","cost":9000,"active":false})", "offer:3",
        "service=1, provider=north, sku=FF, cost=9000, active=false"}},
      {"catalog/import",
       {R"({"csv":"sid,tipe,kategori,layanan,provider,sku,cost\n9,A,B,C,north,D,5\n"})", "",
        "services=1, offers=1"}},
      {"order/resolve",
       {R"({"id":1,"outcome":"success","sn":"VOUCHER-1"})", "order:1", "outcome=success",
        [](AdminShop& shop) { shop.order_with("11111", OutcomeKind::unknown); }}},
      {"order/reverse", {R"({"id":1})", "order:1", "", done_order}},
      {"order/reverse-late", {R"({"attempt":1})", "order:1", "attempt=1", late_order}},
      {"order/recover",
       {R"({"id":1,"source":"balance"})", "order:1", "source=balance", late_order}},
      {"order/refund", {R"({"id":1,"to":"payer"})", "order:1", "to=payer", waiting_refund}},
      {"withdrawal/paid",
       {R"({"id":1,"bank_fee":2500,"note":"Budi"})", "withdrawal:1", "bank_fee=2500",
        wanted_profit}},
      {"withdrawal/reject", {R"({"id":1,"note":"Budi"})", "withdrawal:1", "", wanted_profit}},
      {"adjustment/propose",
       {R"({"user_id":"toko_a","amount":-2500,"reason":"Budi"})", "adjustment:1", "amount=-2500",
        rich}},
      {"adjustment/approve", {R"({"id":1})", "adjustment:1", "", proposed_by_chief}},
      {"adjustment/reject", {R"({"id":1})", "adjustment:1", "", proposed_by_chief}},
      {"receipt/credit", {R"({"id":2})", "receipt:2", "", waiting_payment}},
      {"receipt/return", {R"({"id":2})", "receipt:2", "", waiting_payment}},
      {"receipt/take-back",
       {R"({"id":1,"source":"clearing"})", "receipt:1", "source=clearing", rich}},
      {"treasury/capital", {R"({"amount":5000})", "treasury_move:1", "amount=5000"}},
      {"treasury/payout",
       {R"({"gateway":"fake","amount":5000})", "treasury_move:2", "gateway=fake, amount=5000",
        rich}},
      {"treasury/repayment",
       {R"({"user_id":"toko_a","amount":4000,"source":"bank"})", "treasury_move:1",
        "amount=4000, source=bank", in_debt}},
      {"treasury/prefund/send",
       {R"({"provider":"north","amount":3000})", "prefund:1", "provider=north, amount=3000", rich}},
      {"notice/put",
       {R"({"text":"Libur","until":"2026-02-01"})", "notice:1", "text=Libur, until=2026-02-01"}},
      {"notice/end",
       {R"({"id":1})", "notice:1", "",
        [](AdminShop& shop) {
          shop.act("/api/admin/notice/put", R"({"text":"Libur","until":"2026-02-01"})");
        }}},
      {"treasury/prefund/confirm", {R"({"id":1})", "prefund:1", "", prefund_sent}},
  };
  return kDeeds;
}

bool is_change(const Endpoint& endpoint) {
  return endpoint.access == Access::admin && endpoint.effect == Effect::changes;
}

}  // namespace

TEST_CASE("each route by which an admin changes something is tried here", "[audit]") {
  std::set<std::string> routes;
  for (const auto& endpoint : api_endpoints())
    if (is_change(endpoint)) routes.emplace(deed_of(endpoint));
  std::set<std::string> tried;
  for (const auto& [name, deed] : deeds())
    tried.insert(name);
  CHECK(tried == routes);
}

TEST_CASE("whatever an admin changes is one line of the audit log", "[audit]") {
  for (const auto& [name, deed] : deeds()) {
    INFO(name);
    AdminShop shop;
    deed.before(shop);
    const auto last = [&] { return shop.see("/api/admin/audit?limit=1").text("/data/0/id"); };
    const auto before = std::stoll(last());
    const auto path = "/api/admin/" + name;
    CHECK(shop.act(path, deed.body).outcome() == "200");
    const auto line = shop.see("/api/admin/audit");
    CHECK(line.text("/data/0/id") == std::to_string(before + 1));
    CHECK(line.names("/data/0") == "address by deed detail id name subject time");
    CHECK(line.text("/data/0/by") == "boss");
    CHECK(line.text("/data/0/deed") == name);
    CHECK(line.text("/data/0/subject") == deed.subject);
    CHECK(line.text("/data/0/detail") == deed.detail);
    CHECK(line.text("/data/0/address") == "192.0.2.1");
    CHECK(is_time(line.text("/data/0/time")));
  }
}

TEST_CASE("what was refused is no line of the audit log, nor what was asked for again", "[audit]") {
  AdminShop shop;
  const auto lines = [&] { return shop.see("/api/admin/audit?limit=1").text("/data/0/id"); };
  const auto before = lines();
  shop.act("/api/admin/user/suspend", R"({"user_id":"nobody"})");
  shop.act("/api/admin/order/reverse", R"({"id":9})");
  shop.act("/api/admin/price-rule/remove", R"({"id":9})");
  CHECK(lines() == before);
  const Pairs key{{"idempotency-key", "a-1"}};
  for (int i = 0; i < 2; ++i) {
    shop.act("/api/admin/treasury/capital", R"({"amount":5000})", key);
    shop.act("/api/admin/adjustment/propose", R"({"user_id":"toko_a","amount":2500,"reason":"x"})",
             key);
  }
  CHECK(std::stoll(lines()) == std::stoll(before) + 2);
}

TEST_CASE("the audit log is read in pages, by who it was and by what it was", "[audit]") {
  AdminShop shop;
  shop.act("/api/admin/user/suspend", kToko);
  shop.act_as(shop.chief, "/api/admin/user/reinstate", kToko);
  const auto see = [&](const std::string& query) { return shop.see("/api/admin/audit?" + query); };
  CHECK(see("by=chief&limit=1").text("/data/0/deed") == "user/reinstate");
  CHECK(see("by=boss&limit=1").text("/data/0/name") == "toko_a");
  CHECK(see("deed=user/suspend").text("/data/0/by") == "boss");
  CHECK(see("deed=user/suspend").at("/data/1").empty());
  CHECK(see("by=chief&deed=user/suspend").at("/data") == "[]");
  CHECK(see("by=console").at("/data") == "[]");
  const auto first = see("limit=1");
  const auto second = see("limit=1&cursor=" + first.text("/next_cursor"));
  CHECK(second.text("/data/0/deed") == "user/suspend");
  CHECK(see("by=nobody").outcome() == "404 not_found by");
  CHECK(see("limit=0").outcome() == "400 invalid_parameter limit");
}

TEST_CASE("an admin who comes in stands in the audit log, a reseller does not", "[audit]") {
  AdminShop shop;
  CHECK(shop.see("/api/admin/audit").text("/data/0/deed") == "auth/session");
  CHECK(shop.see("/api/admin/audit").text("/data/0/by") == "chief");
  const auto before = shop.see("/api/admin/audit").body;
  shop.post("/api/auth/session", R"({"user_id":"toko_a","password":"rahasia"})");
  shop.post("/api/auth/session", R"({"user_id":"chief","password":"wrong-password"})");
  CHECK(shop.see("/api/admin/audit").body == before);
}

TEST_CASE("what a stranger wrote comes out of the audit log as a text", "[audit]") {
  AdminShop shop;
  shop.act("/api/admin/service/put",
           R"({"tipe":"<img src=x onerror=alert(1)>","kategori":"\"};=1+1","layanan":"x"})");
  const auto line = shop.see("/api/admin/audit?limit=1");
  CHECK(line.content_type == "application/json; charset=utf-8");
  CHECK(line.text("/data/0/detail") ==
        R"(tipe=<img src=x onerror=alert(1)>, kategori="};=1+1, layanan=x)");
}

TEST_CASE("the audit log repeats only what tells neither secrets nor of people", "[audit]") {
  const std::set<std::string> harmless{
      "account", "active",   "amount",   "api_per_minute", "attempt", "bank_fee",   "butuh_nometer",
      "cap",     "cost",     "flat",     "format_target",  "from",    "text",       "until",
      "gateway", "id",       "kategori", "layanan",        "markup",  "min_margin", "name",
      "outcome", "priority", "provider", "scope",          "service", "sid",        "sku",
      "source",  "status",   "step",     "subject",        "tier",    "tipe",       "to"};
  for (const auto& endpoint : api_endpoints()) {
    if (!is_change(endpoint)) continue;
    for (const auto& parameter : endpoint.parameters) {
      INFO(endpoint.path << " " << parameter.name);
      const bool is_left_out = parameter.is_private || parameter.type == ParameterType::secret;
      CHECK((is_left_out || harmless.contains(std::string{parameter.name})));
    }
  }
}

TEST_CASE("who has an operator's rights is listed", "[audit]") {
  AdminShop shop;
  const auto admins = shop.see("/api/admin/admins");
  CHECK(admins.names("/data/0") == "created_at name otp suspended user_id");
  CHECK(admins.text("/data/0/user_id") == "boss");
  CHECK(admins.text("/data/1/user_id") == "chief");
  CHECK(admins.at("/data/2").empty());
}
