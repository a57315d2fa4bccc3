#include "demo.h"

#include <stdexcept>

#include "api_key.h"
#include "catalogue_import.h"
#include "random_code.h"
#include "topup/commands.h"

namespace topupd {

std::string_view embedded_demo_catalogue();

namespace {

using topup::Money;
using topup::operator""_idr;

constexpr Money kCapital = 1'000'000'000_idr;
constexpr Money kPrefund = 250'000'000_idr;
constexpr Money kOpeningBalance = 1'000'000_idr;

// A refusal here is a mistake in the demo itself.
template <class T>
T must(topup::Result<T> result) {
  if (!result)
    throw std::logic_error{
        "the demo was refused: " + std::string{topup::name(result.error().code)} + " " +
        result.error().field};
  return *result;
}

topup::RegisterUser person(const DemoTools& tools, const DemoUser& user, topup::Role role) {
  topup::RegisterUser command;
  command.username = user.username;
  command.name = role == topup::Role::admin ? "Admin Demo" : "Toko Demo";
  command.email = user.username + "@demo.invalid";
  command.role = role;
  command.credentials.password = tools.passwords.hash(user.password).value();
  if (!user.api_key.empty()) {
    command.credentials.key_hash = key_hash(tools.master, user.api_key);
    command.credentials.key_sealed = seal(tools.master, SealPurpose::api_key, user.api_key);
  }
  return command;
}

// False if there is a user of that name.
bool make(const DemoTools& tools, const DemoUser& user, topup::Role role) {
  bool is_there = tools.store.read(
      [&](const topup::View& view) { return view.user_by_username(user.username).has_value(); });
  if (is_there) return false;
  auto command = person(tools, user, role);
  must(tools.store.transact(
      [&](topup::Tx& tx) { return topup::register_user(tx, command, tools.clock.now()); }));
  return true;
}

// Capital, prefunds at both suppliers, and a margin of five percent.
void fill_the_books(const DemoTools& tools, topup::UserId admin) {
  auto now = tools.clock.now();
  must(tools.store.transact([&](topup::Tx& tx) -> topup::Status {
    must(topup::pay_in_capital(tx, admin, kCapital, now));
    for (auto name : {tools.sandbox.first().name(), tools.sandbox.second().name()}) {
      auto provider = must(topup::ensure_provider(tx, name));
      auto prefund = must(topup::send_prefund(tx, {admin, provider.id, kPrefund, 0_idr}, now));
      must(topup::confirm_prefund(tx, admin, prefund.id, now));
    }
    topup::PriceRule rule;
    rule.markup = topup::BasisPoints{500};
    rule.step = 100_idr;
    must(topup::put_price_rule(tx, admin, rule));
    return topup::Nothing{};
  }));
}

// A deposit as any other, paid at the play gateway.
void give_a_balance(const DemoTools& tools, topup::UserId user) {
  auto now = tools.clock.now();
  auto code = "DEP-" + random_code(now);
  auto& gateway = tools.sandbox.gateway();
  auto opened = must(tools.store.transact([&](topup::Tx& tx) {
    auto known = must(topup::ensure_gateway(tx, gateway.name()));
    topup::OpenDeposit command{user, kOpeningBalance, 0_idr, 0_idr, code, known.id, ""};
    return topup::open_deposit(tx, tools.policy, command, now);
  }));
  gateway.create({code, opened.charge.total().units(), opened.charge.expires_at});
  auto paid = gateway.settle({code}).value();
  must(tools.store.transact([&](topup::Tx& tx) {
    return topup::settle_payment(
        tx, tools.policy,
        {opened.charge.gateway, paid.payment_id, code, *Money::from_units(paid.amount),
         *Money::from_units(paid.fee), paid.paid_at},
        tools.clock.now());
  }));
}

bool is_empty(topup::Store& store, topup::Table table) {
  return store.read([&](const topup::View& view) { return view.last_id(table) == 0; });
}

topup::UserId id_of(topup::Store& store, std::string_view username) {
  return store.read([&](const topup::View& view) { return view.user_by_username(username); })
      .value()
      .id;
}

}  // namespace

std::string_view demo_catalogue() { return embedded_demo_catalogue(); }

std::vector<DemoUser> load_demo(DemoTools tools) {
  std::vector<DemoUser> made;
  if (is_empty(tools.store, topup::Table::services))
    import_catalogue(tools.store, demo_catalogue());
  DemoUser admin{"admin", random_token().substr(0, 16), ""};
  if (make(tools, admin, topup::Role::admin)) made.push_back(admin);
  DemoUser demo{"demo", random_token().substr(0, 16), make_api_key()};
  if (make(tools, demo, topup::Role::reseller)) made.push_back(demo);
  if (is_empty(tools.store, topup::Table::treasury_moves))
    fill_the_books(tools, id_of(tools.store, admin.username));
  if (is_empty(tools.store, topup::Table::charges))
    give_a_balance(tools, id_of(tools.store, demo.username));
  return made;
}

}  // namespace topupd
