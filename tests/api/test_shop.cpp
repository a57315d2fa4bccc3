#include "api/test_shop.h"

#include <regex>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "http/api/errors.h"
#include "http/api/routes.h"
#include "http/waited.h"
#include "topup/commands.h"

using namespace topupd;
using nlohmann::json;

namespace {

topup::Money idr(std::int64_t units) { return topup::Money::from_units(units).value(); }

MasterKey test_key() {
  MasterKey::Bytes bytes{};
  bytes.fill(7);
  return MasterKey{bytes};
}

std::optional<json> value_at(const std::string& body, const std::string& pointer) {
  const auto document = json::parse(body, nullptr, false);
  const json::json_pointer place{pointer};
  if (document.is_discarded() || !document.contains(place)) return std::nullopt;
  return document.at(place);
}

// A service that the supplier "north" sells at that cost.
topup::ServiceId supply(topup::Tx& tx, const topup::Service& service, std::int64_t cost) {
  topup::Offer offer;
  offer.service = topup::put_service(tx, service)->id;
  offer.provider = topup::ensure_provider(tx, "north")->id;
  offer.sku = "sku";
  offer.cost = idr(cost);
  must(topup::put_offer(tx, offer).has_value());
  return offer.service;
}

topup::Service diamonds_service() {
  auto service = service_of("Games", "Free Fire", "70 Diamond");
  service.target_format = topup::TargetFormat::from("[0-9]{5,20}").value();
  return service;
}

topup::Service token_service() {
  auto service = service_of("PLN", "Token", "20rb");
  service.needs_nometer = true;
  return service;
}

topup::CapabilitySheet sheet() {
  topup::CapabilitySheet sheet;
  sheet.client_reference = true;
  sheet.status = topup::StatusBy::query;
  return sheet;
}

}  // namespace

topup::Service service_of(const std::string& tipe, const std::string& kategori,
                          const std::string& layanan) {
  topup::Service service;
  service.tipe = tipe;
  service.kategori = kategori;
  service.layanan = layanan;
  return service;
}

topup::Outcome succeeded(const std::string& sn) {
  topup::Outcome outcome;
  outcome.kind = topup::OutcomeKind::succeeded;
  outcome.sn = sn;
  return outcome;
}

topup::Outcome failed() {
  topup::Outcome outcome;
  outcome.kind = topup::OutcomeKind::failed;
  return outcome;
}

std::variant<Created, Unavailable> FakeGateway::create(const Charge& charge) {
  const auto hook = before_create;  // which may be replaced while it runs
  hook();
  if (is_down) return Unavailable{"down"};
  created.push_back(charge.code);
  return Created{"ref", "qr of " + charge.code, charge.expires_at};
}

CancelResult FakeGateway::cancel(const std::string& code) {
  cancelled.push_back(code);
  return CancelResult::done;
}

void FailingStore::run(const std::function<bool(topup::Tx&)>& body) {
  before_write();
  const auto done = inner.transact([&](topup::Tx& tx) -> topup::Status {
    if (body(tx)) return topup::Nothing{};
    return topup::Error{topup::Code::conflict};
  });
  static_cast<void>(done);  // the caller knows from its own body
}

void FailingStore::run_read(const std::function<void(const topup::View&)>& body) {
  const auto hook = before_read;  // which may be replaced while it runs
  hook();
  inner.read([&](const topup::View& view) {
    body(view);
    return 0;
  });
}

void FailingStore::run_inspect(const std::function<void(const topup::Archive&)>& body) {
  inner.inspect(body);
}

void must(bool holds) {
  if (!holds) throw std::logic_error{"the shop of the tests does not work"};
}

std::string Reply::at(const std::string& pointer) const {
  const auto value = value_at(body, pointer);
  return value ? value->dump() : "";
}

std::string Reply::text(const std::string& pointer) const {
  const auto value = value_at(body, pointer);
  return value && value->is_string() ? value->get<std::string>() : "not a text: " + body;
}

std::string Reply::names(const std::string& pointer) const {
  std::string names;
  const auto value = value_at(body, pointer);
  if (!value || !value->is_object()) return "not an object: " + body;
  for (const auto& [name, member] : value->items())
    names += (names.empty() ? "" : " ") + name;
  return names;
}

std::string Reply::header(std::string_view name) const {
  for (const auto& [known, value] : headers)
    if (known == name) return value;
  return "";
}

std::string Reply::outcome() const {
  auto outcome = std::to_string(status);
  if (status < 400) return outcome;
  outcome += " " + text("/code");
  if (!at("/field").empty()) outcome += " " + text("/field");
  return outcome;
}

TestShop::TestShop()
    : log{LogOptions{.file = "/dev/null"}},
      master{test_key()},
      passwords{PasswordHasher::Options{.cost = kPasswordCostTest}},
      app{.store = store,
          .lists = lists,
          .config = config,
          .public_url = "https://shop.example",
          .policy = {},
          .clock = clock,
          .log = log,
          .master = master,
          .passwords = passwords,
          .limiter = limiter,
          .sessions = sessions,
          .in_flight = in_flight,
          .codes = codes,
          .first_admin = first_admin,
          .gateways = {},
          .gateway = {},
          .callers = callers,
          .board = board,
          .nicknames = nicknames,
          .wake = [this] { ++woken; }} {
  app.policy.dropship_fee = idr(1200);
  const auto made = store.transact([&](topup::Tx& tx) {
    diamonds = supply(tx, diamonds_service(), 10'000);
    token = supply(tx, token_service(), 20'000);
    return topup::ensure_gateway(tx, "fake");
  });
  app.gateway = made->id;
  app.gateways[made->id] = &gateway;
  key = register_user("toko_a");
  toko_a = id_of("toko_a");
}

Reply TestShop::send(http::Request request) {
  const auto routes = http::routes_of(app, http::api_endpoints());
  const http::Router router{routes, http::refuse};
  request.id = "request-1";
  if (request.client.empty()) request.client = "192.0.2.1";
  if (!request.body.empty() && request.header("content-type").empty())
    request.headers.emplace_back("content-type", "application/json");
  const auto response = http::waited_for(router.answer(request).response);
  return {response.status, response.body, response.headers, response.content_type};
}

Reply TestShop::get(const std::string& target, http::Pairs headers) {
  http::Request request{.method = "GET", .headers = std::move(headers)};
  const auto question = target.find('?');
  request.path = target.substr(0, question);
  auto rest = question == std::string::npos ? "" : target.substr(question + 1);
  while (!rest.empty()) {
    const auto pair = rest.substr(0, rest.find('&'));
    rest.erase(0, pair.size() + 1);
    const auto equals = pair.find('=');
    request.query.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
  }
  return send(std::move(request));
}

Reply TestShop::post(const std::string& path, const std::string& body, http::Pairs headers) {
  return send({.method = "POST", .path = path, .headers = std::move(headers), .body = body});
}

Reply TestShop::ask(const std::string& target) { return get(target, {{"x-api-key", key}}); }

Reply TestShop::tell(const std::string& path, const std::string& body, http::Pairs headers) {
  headers.emplace_back("x-api-key", key);
  return post(path, body, std::move(headers));
}

std::string TestShop::register_user(const std::string& username) {
  const auto reply =
      post("/api/auth/register", R"({"username":")" + username + R"(","name":"Toko A","email":")" +
                                     username + R"(@x.com","password":"rahasia"})");
  must(reply.outcome() == "200");
  return reply.text("/data/api_key");
}

topup::UserId TestShop::id_of(const std::string& username) {
  return store.read([&](const topup::View& view) { return view.user_by_username(username); })->id;
}

topup::UserId TestShop::make_admin() {
  topup::RegisterUser command;
  command.username = "boss";
  command.name = "Boss";
  command.email = "boss@x.com";
  command.role = topup::Role::admin;
  command.credentials.password = hash_password("rahasia", kPasswordCostTest);
  return store
      .transact([&](topup::Tx& tx) { return topup::register_user(tx, command, clock.now()); })
      ->id;
}

void TestShop::fund(topup::UserId user, std::int64_t amount) {
  topup::Policy policy;
  policy.deposit_min = idr(1);
  topup::OpenDeposit deposit;
  deposit.user = user;
  deposit.amount = idr(amount);
  deposit.code = "FUND-" + std::to_string(++funded_);
  deposit.gateway = app.gateway;
  must(store
           .transact(
               [&](topup::Tx& tx) { return topup::open_deposit(tx, policy, deposit, clock.now()); })
           .has_value());
  pay(deposit.code, amount);
}

void TestShop::pay(const std::string& code, std::int64_t amount) {
  topup::SettlePayment payment;
  payment.gateway = app.gateway;
  payment.payment_id = "payment of " + code;
  payment.code = code;
  payment.amount = idr(amount);
  payment.paid_at = clock.now();
  must(store
           .transact([&](topup::Tx& tx) {
             return topup::settle_payment(tx, app.policy, payment, clock.now());
           })
           .has_value());
}

void TestShop::answer(const std::string& order_id, const topup::Outcome& outcome) {
  const topup::OrderId id{std::stoll(order_id)};
  const auto result = store.transact([&](topup::Tx& tx) -> topup::Result<topup::Order> {
    const auto attempt = tx.attempts(id).back();
    const auto begun = topup::begin_attempt(tx, app.policy, sheet(), attempt.id, clock.now());
    if (!begun) return begun.error();
    return topup::record_outcome(
        tx, app.policy, sheet(),
        {attempt.id, outcome, {topup::Actor::provider, attempt.provider.value}}, clock.now());
  });
  must(result.has_value());
}

bool is_time(const std::string& text) {
  static const std::regex kForm{R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00)"};
  return std::regex_match(text, kForm);
}
