#include "api/admin_shop.h"

#include "topup/checker.h"
#include "topup/user_commands.h"

using namespace topupd;

AdminShop::AdminShop() {
  config.sandbox.enabled = true;  // play money: no second factor is asked for
  make_admin();
  topup::RegisterUser command;
  command.username = "chief";
  command.name = "Chief";
  command.email = "chief@x.com";
  command.role = topup::Role::admin;
  command.credentials.password = hash_password("rahasia", kPasswordCostTest);
  must(store.transact([&](topup::Tx& tx) { return topup::register_user(tx, command, clock.now()); })
           .has_value());
  boss = log_in("boss");
  chief = log_in("chief");
}

std::string AdminShop::log_in(const std::string& username) {
  const auto reply =
      post("/api/auth/session", R"({"user_id":")" + username + R"(","password":"rahasia"})");
  must(reply.outcome() == "200");
  const auto cookie = reply.header("Set-Cookie");
  return cookie.substr(0, cookie.find(';'));
}

Reply AdminShop::see(const std::string& target) { return get(target, {{"cookie", boss}}); }

Reply AdminShop::act(const std::string& path, const std::string& body, http::Pairs headers) {
  return act_as(boss, path, body, std::move(headers));
}

Reply AdminShop::act_as(const std::string& cookie, const std::string& path, const std::string& body,
                        http::Pairs headers) {
  headers.emplace_back("cookie", cookie);
  headers.emplace_back("sec-fetch-site", "same-origin");
  return post(path, body, std::move(headers));
}

std::string AdminShop::wrong_in_books() {
  std::string wrong;
  store.inspect([&](const topup::Archive& archive) {
    for (const auto& violation : topup::check(archive).violations)
      wrong += violation.invariant + ": " + violation.what + "\n";
  });
  return wrong;
}

std::string AdminShop::balance_of_toko_a() { return ask("/api/user/me").at("/data/balance"); }

std::string AdminShop::queued_order(const std::string& target) {
  fund(toko_a, 10'000);
  const auto made = tell("/api/order/create", R"({"layanan":1,"target":")" + target + "\"}");
  must(made.outcome() == "200");
  return made.text("/data/id");
}

std::string AdminShop::order_with(const std::string& target, topup::OutcomeKind kind) {
  auto id = queued_order(target);
  topup::Outcome outcome;
  outcome.kind = kind;
  answer(id, outcome);
  return id;
}

std::string id_body(const std::string& id) { return R"({"id":")" + id + "\"}"; }
