#include "server/running_shop.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "server/eventually.h"
#include "store/inspect_file.h"
#include "topup/checker.h"

namespace topupd::test {

namespace {

int port_of(const std::string& url) { return std::stoi(url.substr(url.rfind(':') + 1)); }

}  // namespace

Config quick_config() {
  Config config;
  config.server.listen = "127.0.0.1:0";
  config.server.threads = 16;
  config.sandbox.delay_ms = std::chrono::milliseconds{50};
  config.limits.api_per_minute = 100'000;
  config.limits.login_per_minute = 1'000;
  config.limits.register_per_minute = 1'000;
  config.log.level = LogLevel::trace;
  return config;
}

RunningShop::RunningShop(const Config& given) {
  auto config = given;
  config.server.data = (dir_.path() / "data").string();
  config.log.file = (dir_.path() / "log").string();
  log_ = std::make_unique<Log>(config.log);
  server_ = std::make_unique<Server>(config, Demo::on, *log_);
  server_->start();
  url_ = server_->url();
  port_ = port_of(url_);
  for (const auto& user : server_->demo_users()) {
    if (user.username == "demo") demo_key_ = user.api_key;
    if (user.username == "admin") admin_password_ = user.password;
  }
}

SmallClient RunningShop::reseller(const std::string& username) const {
  const auto made = stranger().post("/api/auth/register",
                                    R"({"username":")" + username + R"(","name":"Toko","email":")" +
                                        username + R"(@x.com","password":"rahasia"})");
  if (made.status != 200) throw std::runtime_error{"can't register: " + made.body};
  return SmallClient{port_, made.text("/data/api_key")};
}

SmallClient RunningShop::admin() const {
  SmallClient admin{port_};
  const auto opened = admin.post("/api/auth/session",
                                 R"({"user_id":"admin","password":")" + admin_password_ + R"("})");
  if (opened.status != 200) throw std::runtime_error{"can't log in: " + opened.body};
  const auto cookie = opened.header("set-cookie");
  admin.always("Cookie", cookie.substr(0, cookie.find(';')));
  admin.always("Origin", url_);
  return admin;
}

Answer RunningShop::settle(const std::string& code, const std::string& body) const {
  return stranger().post("/sandbox/gateway/" + code + "/settle", body);
}

void RunningShop::fund(SmallClient& reseller, std::int64_t amount) const {
  const auto before = balance_of(reseller);
  const auto deposit = reseller.post("/api/payment/deposit",
                                     R"({"amount":)" + std::to_string(amount) + R"(,"fee":0})");
  const auto paid = settle(deposit.text("/data/orderId"));
  if (paid.status != 200) throw std::runtime_error{"can't settle: " + paid.body};
  if (!eventually([&] { return balance_of(reseller) == before + amount; }))
    throw std::runtime_error{"the deposit does not arrive"};
}

void RunningShop::stop() { server_.reset(); }

std::string RunningShop::complaints() {
  stop();
  return complaints_of(file());
}

std::string RunningShop::logged() const {
  log_->flush(std::chrono::minutes{1});
  return content_of(dir_.path() / "log");
}

Answer final_order(SmallClient& client, const std::string& id) {
  Answer order;
  eventually([&] {
    order = client.get("/api/order/status?id=" + id);
    return order.status != 200 || order.text("/data/status") != "Pending";
  });
  return order;
}

std::int64_t balance_of(SmallClient& client) {
  return client.get("/api/user/me").number("/data/balance");
}

std::int64_t profit_of(SmallClient& client) {
  return client.get("/api/user/me").number("/data/profit_balance");
}

std::string complaints_of(const std::filesystem::path& file) {
  std::string complaints;
  inspect_file(file, [&](const topup::Archive& archive) {
    for (const auto& violation : topup::check(archive).violations)
      complaints += violation.invariant + ": " + violation.what + "\n";
  });
  return complaints;
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary};
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

}  // namespace topupd::test
