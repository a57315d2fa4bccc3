// A shop as its API's clients see it: a memory store, a clock that stands still, a gateway that
// does what a test says, and the routes, without a socket.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/store_lists.h"
#include "app.h"
#include "http/router.h"
#include "process/temp_dir.h"
#include "topup/attempt_commands.h"
#include "topup/memory_store.h"

// 2026-01-02T10:04:05+07:00.
inline constexpr topup::Timestamp kStart{std::chrono::seconds{1'767'323'045}};

// Takes every charge until it is told to be down.
class FakeGateway final : public topupd::Gateway {
 public:
  std::string_view name() const override { return "fake"; }
  std::variant<topupd::Created, topupd::Unavailable> create(const topupd::Charge& charge) override;
  topupd::ChargeReport query(const std::string& /*code*/) override { return {}; }
  topupd::CancelResult cancel(const std::string& code) override;
  void on_notice(topupd::NoticeSink /*sink*/) override {}

  bool is_down = false;
  std::vector<std::string> created;
  std::vector<std::string> cancelled;
  std::function<void()> before_create = [] {};
};

// A store of which a test can say that the machine under it fails.
class FailingStore final : public topup::Store {
 public:
  topup::MemoryStore inner;
  std::function<void()> before_write = [] {};  // may throw
  std::function<void()> before_read = [] {};

 private:
  void run(const std::function<bool(topup::Tx&)>& body) override;
  void run_read(const std::function<void(const topup::View&)>& body) override;
  void run_inspect(const std::function<void(const topup::Archive&)>& body) override;
};

struct Reply {
  int status = 0;
  std::string body;
  topupd::http::Pairs headers;
  std::string content_type;

  // The value at a JSON pointer, as JSON: at("/data/id") is "\"55\"" with its quotes.  "" if there
  // is none.
  std::string at(const std::string& pointer) const;
  // The value of a text, without quotes.
  std::string text(const std::string& pointer) const;
  // "id invoice pesan": the names of an object's members, sorted.
  std::string names(const std::string& pointer) const;
  std::string header(std::string_view name) const;
  // "200", or "400 invalid_parameter amount".
  std::string outcome() const;
};

// Throws where the shop itself goes wrong, which is no outcome of a test.
void must(bool holds);

struct TestShop {
  TestShop();

  topupd::FakeTime time{kStart};
  topupd::Clock clock{time, std::nullopt};
  topupd::Log log;
  topupd::MasterKey master;
  topupd::PasswordHasher passwords;
  topupd::RateLimiter limiter;
  FailingStore store;
  StoreLists lists{store};
  topupd::http::KeptSessions sessions{master};
  topupd::http::InFlight in_flight;
  topupd::RandomCodes codes;
  TempDir dir;
  topupd::FirstAdmin first_admin{store, dir.path() / "setup-token"};
  topupd::Config config;
  // Users and services are read anew each time, unless a test lets the version stand still.
  std::uint64_t version = 1;
  bool version_stands_still = false;
  std::function<std::uint64_t()> version_now = [this] {
    return version_stands_still ? version : ++version;
  };
  topupd::http::KnownCallers callers{store, master, version_now};
  std::map<topup::ProviderId, topupd::Provider*> providers;  // none, unless a test has one
  topupd::Nicknames nicknames{providers};
  topupd::http::ServiceBoard board{
      lists, version_now, [this](const topup::Offer& offer) { return nicknames.tells(offer); }};
  FakeGateway gateway;
  int woken = 0;
  topupd::App app;

  topup::ServiceId diamonds;  // service 1 of the source document: 10000, target 5-20 digits
  topup::ServiceId token;     // PLN: 20000, needs a nometer
  std::string key;            // of toko_a
  topup::UserId toko_a;

  // Any request; the body is JSON unless a header says otherwise.
  Reply send(topupd::http::Request request);
  Reply get(const std::string& target, topupd::http::Pairs headers = {});
  Reply post(const std::string& path, const std::string& body, topupd::http::Pairs headers = {});

  // The same with toko_a's key.
  Reply ask(const std::string& target);
  Reply tell(const std::string& path, const std::string& body, topupd::http::Pairs headers = {});

  std::string register_user(const std::string& username);  // the API key
  topup::UserId id_of(const std::string& username);
  topup::UserId make_admin();  // "boss", password "rahasia"
  void fund(topup::UserId user, std::int64_t amount);
  void pay(const std::string& code, std::int64_t amount);
  // The first supplier's answer to an order that is queued.
  void answer(const std::string& order_id, const topup::Outcome& outcome);

 private:
  int funded_ = 0;  // numbers the deposits of fund()
};

topup::Service service_of(const std::string& tipe, const std::string& kategori,
                          const std::string& layanan);

// What a supplier says of an attempt.
topup::Outcome succeeded(const std::string& sn = "");
topup::Outcome failed();

// "2026-01-02T10:04:05+07:00" has the form of a time on the wire.
bool is_time(const std::string& text);
