#include "catch.h"
#include "core/shop.h"

using namespace topup;
using namespace topup::testing;

TEST_CASE("a registration is refused for its first fault, in the documented order") {
  Shop shop;
  RegisterUser command{"a", "", "nobody", "x", Role::reseller, "", {}};
  const std::vector<Cure> cures{
      {"nothing", [] {}, "invalid_parameter username"},
      {"a short username", [&] { command.username = "Erased-99"; }, "invalid_parameter username"},
      {"one of erased people", [&] { command.username = "ANI"; }, "invalid_parameter name"},
      {"no name", [&] { command.name = std::string(101, 'n'); }, "invalid_parameter name"},
      {"a long name", [&] { command.name = std::string(100, 'n'); }, "invalid_parameter email"},
      {"no e-mail", [&] { command.email = "Budi@Example.com"; }, "invalid_parameter phone"},
      {"no phone", [&] { command.phone = ""; }, "invalid_parameter tier"},
      {"no tier", [&] { command.tier = "gold"; }, "username_taken username"},
      {"taken, in capitals too", [&] { command.username = "citra"; }, "email_taken email"},
      {"e-mail taken", [&] { command.email = "citra@example.com"; }, "ok"},
  };
  for (const auto& [what, cure, answer] : cures) {
    cure();
    INFO(what);
    CHECK(outcome(shop.run([&](Tx& tx) { return register_user(tx, command, shop.now); })) ==
          answer);
  }
}

TEST_CASE("usernames and addresses are folded and checked at their bounds") {
  struct Row {
    std::string text;
    std::string username;
    std::string email;
  };
  const std::vector<Row> rows{
      {"ab", "-", "-"},
      {"abc", "abc", "-"},
      {std::string(32, 'a'), std::string(32, 'a'), "-"},
      {std::string(33, 'a'), "-", "-"},
      {"A.b_c-9", "a.b_c-9", "-"},
      {"with space", "-", "-"},
      {"A@X.com", "-", "a@x.com"},
      {"@x.com", "-", "-"},
      {"a@", "-", "-"},
      {"a@b@c.com", "-", "-"},
      {std::string(64, 'a') + "@x.com", "-", std::string(64, 'a') + "@x.com"},
      {std::string(65, 'a') + "@x.com", "-", "-"},
      {"a@" + std::string(248, 'x') + ".com", "-", "a@" + std::string(248, 'x') + ".com"},
      {"a@" + std::string(249, 'x') + ".com", "-", "-"},
      {"a@b", "-", "-"},
      {"a@bcd", "-", "-"},
      {"a@.bc", "-", "-"},
      {"a@bc.", "-", "-"},
      {"a@-b.c", "-", "-"},
      {"a@b.c-", "-", "-"},
      {"a@b..c", "-", "-"},
      {"a@b_c.d", "-", "-"},
      {"a@1-b.c", "-", "a@1-b.c"},
      {"a b@x.com", "-", "-"},
      {"a(b@x.com", "-", "-"},
      {"\u00e9@x.com", "-", "-"},
      {"a+b@x.com", "-", "a+b@x.com"},
  };
  for (const auto& row : rows) {
    INFO(row.text);
    CHECK(username_from(row.text).value_or("-") == row.username);
    CHECK(email_from(row.text).value_or("-") == row.email);
  }
}

TEST_CASE("admins change others, but no admin suspends himself") {
  Shop shop;
  auto suspend = [&](UserId admin, UserId user) {
    return outcome(shop.run([&](Tx& tx) { return suspend_user(tx, admin, user); }));
  };
  CHECK(suspend(shop.ani, shop.budi) == "forbidden");
  CHECK(suspend(shop.boss, shop.boss) == "forbidden");
  CHECK(suspend(shop.boss, UserId{99}) == "not_found");
  CHECK(suspend(shop.boss, shop.clerk) == "ok");
  CHECK(suspend(shop.clerk, shop.boss) == "forbidden");
  auto tier = [&](UserId admin, UserId user, const std::string& name) {
    return outcome(shop.run([&](Tx& tx) { return set_user_tier(tx, admin, user, name); }));
  };
  CHECK(tier(shop.ani, UserId{99}, "gold") == "forbidden");
  CHECK(tier(shop.boss, UserId{99}, "gold") == "not_found");
  CHECK(tier(shop.boss, shop.ani, "gold") == "invalid_parameter tier");
  auto put = [&](UserId admin, const Tier& what) {
    return outcome(shop.run([&](Tx& tx) { return put_tier(tx, admin, what); }));
  };
  CHECK(put(shop.ani, {"", -1}) == "forbidden");
  CHECK(put(shop.boss, {"", -1}) == "invalid_parameter name");
  CHECK(put(shop.boss, {"gold", -1}) == "invalid_parameter api_per_minute");
  CHECK(put(shop.boss, {"gold", 0}) == "ok");
  CHECK(tier(shop.boss, shop.ani, "gold") == "ok");
}

TEST_CASE("what an operator puts into the catalogue is checked field by field") {
  Shop shop;
  Service service;
  Offer offer;
  auto put_the_service = [&] {
    return outcome(shop.run([&](Tx& tx) { return put_service(tx, service); }));
  };
  auto put_the_offer = [&] {
    return outcome(shop.run([&](Tx& tx) { return put_offer(tx, offer); }));
  };
  CHECK(put_the_service() == "invalid_parameter tipe");
  service.tipe = "Games";
  CHECK(put_the_service() == "invalid_parameter kategori");
  service.kategori = "Free Fire";
  CHECK(put_the_service() == "invalid_parameter layanan");
  service.layanan = "70 Diamond";
  CHECK(put_the_service() == "ok");
  CHECK(put_the_offer() == "invalid_parameter service");
  offer.service = shop.pulsa;
  CHECK(put_the_offer() == "invalid_parameter provider");
  offer.provider = shop.north;
  CHECK(put_the_offer() == "invalid_parameter sku");
  offer.sku = "x";
  CHECK(put_the_offer() == "invalid_parameter cost");
  offer.cost = idr(1);
  CHECK(put_the_offer() == "ok");
}

TEST_CASE("nobody who does not exist, or does no more, is changed") {
  Shop shop;
  shop.run([&](Tx& tx) {
        return erase_user(tx, shop.budi, {Actor::console, 0}, shop.now);
      })
      .value();
  for (auto user : {UserId{99}, shop.budi}) {
    INFO(user.value);
    auto not_found = [&](auto change) {
      CHECK(outcome(shop.run([&](Tx& tx) { return change(tx); })) == "not_found");
    };
    not_found([&](Tx& tx) { return replace_key(tx, user, "h", "s"); });
    not_found([&](Tx& tx) { return replace_password(tx, user, "p"); });
    not_found([&](Tx& tx) { return replace_second_factor(tx, user, ""); });
    not_found([&](Tx& tx) { return set_allowed_addresses(tx, user, {"::1"}); });
    not_found([&](Tx& tx) { return reinstate_user(tx, shop.boss, user); });
  }
}

TEST_CASE("the name of a tier, a supplier and a gateway has its bounds, and a tier's limit") {
  Shop shop;
  auto put = [&](const std::string& name, int per_minute) {
    return outcome(shop.run([&](Tx& tx) { return put_tier(tx, shop.boss, {name, per_minute}); }));
  };
  CHECK(put(std::string(32, 'a'), 1'000'000) == "ok");
  CHECK(put(std::string(33, 'a'), 1) == "invalid_parameter name");
  CHECK(put("Gold", 1) == "invalid_parameter name");
  CHECK(put("g o", 1) == "invalid_parameter name");
  CHECK(put("a-1_b", 1) == "ok");
  CHECK(put("gold", 1'000'001) == "invalid_parameter api_per_minute");
  for (const auto& wrong : {std::string{}, std::string(65, 'a')}) {
    CHECK(outcome(shop.run([&](Tx& tx) { return ensure_provider(tx, wrong); })) ==
          "invalid_parameter name");
    CHECK(outcome(shop.run([&](Tx& tx) { return ensure_gateway(tx, wrong); })) ==
          "invalid_parameter name");
  }
  auto again = shop.run([&](Tx& tx) { return ensure_gateway(tx, "qris"); }).value();
  CHECK(again.id == shop.qris);
}

TEST_CASE("the most specific rule prices alone") {
  Shop shop;
  auto price = [&](const std::string& tier) {
    return shop.store.read([&](const View& view) {
      return price_of(view, view.service(shop.pulsa).value(), tier).value().quote.price.units();
    });
  };
  auto put = [&](const std::string& tier, RuleScope scope, const std::string& subject,
                 std::int64_t flat) {
    PriceRule rule;
    rule.tier = tier;
    rule.scope = scope;
    rule.subject = subject;
    rule.flat = idr(flat);
    shop.run([&](Tx& tx) { return put_price_rule(tx, shop.boss, rule); }).value();
  };
  CHECK(price("basic") == 130);
  put("", RuleScope::tipe, "Pulsa", 20);
  CHECK(price("basic") == 120);
  put("", RuleScope::kategori, "Telkomsel", 10);
  CHECK(price("basic") == 110);
  shop.run([&](Tx& tx) { return put_tier(tx, shop.boss, {"gold", 0}); }).value();
  put("gold", RuleScope::kategori, "Telkomsel", 5);
  CHECK(price("basic") == 110);
  CHECK(price("gold") == 105);
  put("", RuleScope::service, std::to_string(shop.pulsa.value), 1);
  CHECK(price("gold") == 101);
}

TEST_CASE("a price rule is refused for its first fault, in the documented order") {
  Shop shop;
  PriceRule rule;
  rule.tier = "gold";
  rule.scope = RuleScope::service;
  auto admin = shop.ani;
  const std::vector<Cure> cures{
      {"nothing", [] {}, "forbidden"},
      {"no admin", [&] { admin = shop.boss; }, "invalid_parameter subject"},
      {"no subject", [&] { rule.subject = "99"; }, "invalid_parameter tier"},
      {"no such tier", [&] { rule.tier = "basic"; }, "invalid_parameter subject"},
      {"no such service", [&] { rule.subject = "1"; }, "ok"},
      {"twice", [&] { rule.flat = idr(1); }, "conflict subject"},
      {"no such rule", [&] { rule.id = PriceRuleId{9}; }, "not_found"},
      {"the same rule", [&] { rule.id = PriceRuleId{2}; }, "ok"},
  };
  for (const auto& [what, cure, answer] : cures) {
    cure();
    INFO(what);
    CHECK(outcome(shop.run([&](Tx& tx) { return put_price_rule(tx, admin, rule); })) == answer);
  }
}

TEST_CASE("a price rule's numbers have their bounds") {
  struct Row {
    std::string field;
    void (*set)(PriceRule& rule, std::int64_t value);
    std::int64_t least;
    std::int64_t most;
  };
  const std::vector<Row> rows{
      {"markup", [](auto& rule, auto value) { rule.markup.value = static_cast<int>(value); }, 0,
       1'000'000},
      {"flat", [](auto& rule, auto value) { rule.flat = idr(value); }, 0, 1'000'000'000},
      {"cap", [](auto& rule, auto value) { rule.cap = idr(value); }, 0, 1'000'000'000},
      {"step", [](auto& rule, auto value) { rule.step = idr(value); }, 1, 1'000'000},
      {"min_margin", [](auto& rule, auto value) { rule.min_margin = idr(value); }, 0,
       1'000'000'000},
  };
  for (const auto& row : rows) {
    INFO(row.field);
    auto fault = [&](std::int64_t value) {
      PriceRule rule;
      row.set(rule, value);
      return fault_of(rule);
    };
    CHECK(fault(row.least) == "");
    CHECK(fault(row.most) == "");
    CHECK(fault(row.least - 1) == row.field);
    CHECK(fault(row.most + 1) == row.field);
  }
}

TEST_CASE("a price is cost and markup, capped, rounded up to a step, with a least margin") {
  struct Row {
    std::int64_t cost;
    std::int32_t basis_points;
    std::int64_t flat, cap, step, min_margin;  // cap below 0: none
    std::int64_t price;
  };
  const std::vector<Row> rows{
      {100, 0, 0, -1, 1, 0, 100},     {100, 0, 7, -1, 1, 0, 107},
      {100, 100, 0, -1, 1, 0, 101},   {101, 100, 0, -1, 1, 0, 103},
      {100, 1'000, 5, -1, 1, 0, 115}, {100, 1'000, 5, 14, 1, 0, 114},
      {100, 1'000, 5, 15, 1, 0, 115}, {101, 0, 0, -1, 50, 0, 150},
      {100, 0, 0, -1, 50, 0, 100},    {100, 0, 0, -1, 50, 1, 150},
      {100, 0, 3, -1, 1, 4, 104},     {100, 0, 9, 0, 1, 4, 104},
  };
  for (const auto& row : rows) {
    PriceRule rule;
    rule.markup = BasisPoints{row.basis_points};
    rule.flat = idr(row.flat);
    if (row.cap >= 0) rule.cap = idr(row.cap);
    rule.step = idr(row.step);
    rule.min_margin = idr(row.min_margin);
    INFO(row.cost << " " << row.basis_points << " " << row.flat << " " << row.cap << " " << row.step
                  << " " << row.min_margin);
    CHECK(quote(idr(row.cost), &rule).price == idr(row.price));
  }
  CHECK(quote(idr(100), nullptr).price == idr(100));
}
