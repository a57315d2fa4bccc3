// The whole server in this process, on a directory and a port of its own, with the demo's data.
//
//   RunningShop shop;
//   auto demo = shop.demo();  // has a balance of 1,000,000
//   …
//   CHECK(shop.complaints() == "");

#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "process/temp_dir.h"
#include "server.h"
#include "server/small_client.h"

namespace topupd::test {

inline constexpr std::int64_t kDemoBalance = 1'000'000;

// Any free port, a sandbox that decides in 50 ms, and limits that no test reaches.
Config quick_config();

class RunningShop {
 public:
  // The directory and the log of the configuration are not used.
  explicit RunningShop(const Config& given = quick_config());
  ~RunningShop() { stop(); }

  int port() const { return port_; }
  const std::string& url() const { return url_; }  // without a slash at the end
  std::filesystem::path file() const { return dir_.path() / "data" / "topup.db"; }
  const std::string& admin_password() const { return admin_password_; }

  SmallClient stranger() const { return SmallClient{port_}; }
  SmallClient demo() const { return SmallClient{port_, demo_key_}; }
  // Registers a reseller, with the password "rahasia".
  SmallClient reseller(const std::string& username) const;
  // The demo's admin, logged in with a session.
  SmallClient admin() const;

  // A customer pays an invoice or a deposit at the sandbox's gateway; body may say another amount.
  Answer settle(const std::string& code, const std::string& body = "{}") const;
  // Deposits that much and waits until it is there.
  void fund(SmallClient& reseller, std::int64_t amount) const;

  void stop();
  // Stops, and asks the checker of the books; "" if it has nothing to say.
  std::string complaints();
  // Every line logged so far, of all levels.
  std::string logged() const;

 private:
  TempDir dir_;
  std::unique_ptr<Log> log_;
  std::unique_ptr<Server> server_;
  std::string url_;
  int port_ = 0;
  std::string demo_key_;
  std::string admin_password_;
};

// The order, when it is not Pending any more, or the last that was seen of it.
Answer final_order(SmallClient& client, const std::string& id);

std::int64_t balance_of(SmallClient& client);
std::int64_t profit_of(SmallClient& client);

// What a checker of the books says of a file; "" if it has nothing to say.
std::string complaints_of(const std::filesystem::path& file);

std::string content_of(const std::filesystem::path& file);

}  // namespace topupd::test
