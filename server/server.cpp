#include "server.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <stdexcept>

#include "app.h"
#include "data_dir.h"
#include "http/api/access.h"
#include "http/api/openapi.h"
#include "http/api/routes.h"
#include "http/edge.h"
#include "http/pages/pages.h"
#include "journal_seal.h"
#include "lost_shop.h"
#include "master_key.h"
#include "metrics.h"
#include "sandbox.h"
#include "store/open.h"
#include "store/sqlite_store.h"
#include "topup/catalogue_commands.h"
#include "work/dispatcher.h"
#include "work/expiry.h"
#include "work/keeper.h"
#include "work/payments.h"

namespace topupd {
namespace {

using topup::Money;

Money rupiah(std::int64_t units) { return Money::from_units(units).value(); }

topup::Policy policy_of(const Config& config) {
  topup::Policy policy;
  policy.payment_expiry = config.orders.payment_expiry_seconds;
  policy.dropship_fee = rupiah(config.orders.dropship_fee);
  policy.deposit_min = rupiah(config.deposit.min);
  policy.deposit_max = rupiah(config.deposit.max);
  policy.deposit_fee = rupiah(config.deposit.fee);
  policy.withdraw_min = rupiah(config.withdraw.min);
  policy.withdraw_fee = rupiah(config.withdraw.fee);
  return policy;
}

std::optional<topup::Timestamp> last_recorded(topup::Store& store) {
  auto head = store.read([](const topup::View& view) { return view.journal_head(); });
  auto last = std::max(head.at, head.step_at);
  return last == topup::Timestamp{} ? std::nullopt : std::optional{last};
}

// Play money and real money never share a database.
void refuse_play_money(topup::Store& store, const std::filesystem::path& dir) {
  bool has_played = store.read([](const topup::View& view) {
    auto sandbox = view.gateway_by_name("sandbox");
    for (auto id : {std::int64_t{1}, view.last_id(topup::Table::receipts)}) {
      auto receipt = view.receipt(topup::ReceiptId{id});
      if (sandbox && receipt && receipt->gateway == sandbox->id) return true;
    }
    return false;
  });
  if (has_played)
    throw std::runtime_error{dir.string() +
                             " holds play money: start it with --demo or sandbox.enabled = true, "
                             "or give the shop a new directory with --data"};
}

http::EdgeOptions edge_options(const Config& config) {
  http::EdgeOptions options;
  options.listen = {config.server.listen};
  if (!config.server.unix_socket.empty())
    options.listen.push_back("unix:" + config.server.unix_socket);
  options.workers = static_cast<std::size_t>(config.server.threads);
  options.limits.connections_max = static_cast<std::size_t>(config.edge.connections_max);
  options.limits.request_time_max = config.edge.request_seconds;
  options.limits.idle_time_max = config.edge.idle_seconds;
  options.limits.connections_per_address_max =
      static_cast<std::size_t>(config.limits.connections_per_address);
  for (const auto& proxy : config.limits.trusted_proxies)
    options.trusted_proxies.push_back(http::IpNetwork::parse(proxy).value());
  return options;
}

}  // namespace

struct Server::Parts {
  Config config;
  Log& log;
  std::function<void()> on_broken;
  std::filesystem::path dir;
  DataDirLock lock;
  MasterKey master;
  SqliteStore store;
  SystemTime time;
  Clock clock;
  PasswordHasher passwords;
  RateLimiter limiter;
  http::KeptSessions sessions;
  http::InFlight in_flight;
  RandomCodes codes;
  std::optional<FirstAdmin> first_admin;  // once the demo has had its own
  http::SqliteLists lists;
  http::KnownCallers callers{store, master, [this] { return store.versions().people; }};
  http::ServiceBoard board{lists, [this] { return store.versions().catalogue; },
                           [this](const topup::Offer& offer) { return nicknames.tells(offer); }};
  http::News news{{[this] { return store.counters().commits; }, [this] { return last_step(store); },
                   [this](std::int64_t step) { return touched_since(store, step); },
                   [this](const http::Subscriber& subscriber) { return may_listen(subscriber); }}};
  Metrics metrics;
  std::optional<Sandbox> sandbox;
  Workshop shop;
  Nicknames nicknames{shop.providers};
  std::vector<DemoUser> demo_users;
  std::optional<Dispatcher> dispatcher;
  std::optional<Payments> payments;
  std::optional<Expiry> expiry;
  std::optional<Keeper> keeper;
  std::optional<App> app;
  std::optional<http::AccessLog> access;
  std::optional<http::Engine> engine;
  std::optional<http::Edge> edge;

  Parts(const Config& given, Demo demo, Log& log_of_all, std::function<void()> broken)
      : config{given},
        log{log_of_all},
        on_broken{std::move(broken)},
        dir{prepare_data_dir(given.server.data)},
        lock{dir},
        master{master_key_of_shop(dir, backup_dir(config))},
        store{dir / "topup.db", store_options()},
        clock{time, last_recorded(store)},
        sessions{master, http::SessionFile{(dir / "sessions.db").string()}},
        lists{store},
        shop{store, policy_of(config), clock, log, {}, {}} {
    raise_descriptor_limit();
    if (demo == Demo::on) config.sandbox.enabled = true;
    if (config.sandbox.enabled)
      open_sandbox();
    else
      refuse_play_money(store, dir);
    if (demo == Demo::on)
      demo_users = load_demo({store, shop.policy, clock, master, passwords, *sandbox});
    first_admin.emplace(store, dir / "setup-token");
    open_workers();
    open_front();
  }

  SqliteStore::Options store_options() {
    auto options = sealed_with(master);
    options.announce = [this](const Migrating& what) {
      log.info("the database is brought to a newer version",
               {{"from", what.from}, {"to", what.to}, {"copy", what.copy.string()}});
    };
    options.on_shut = [this](const std::string& why) {
      log.error(
          "the database takes no more writes, so the server ends; a start reads the file again",
          {{"problem", std::string_view{why}}});
      on_broken();
    };
    return options;
  }

  void open_sandbox() {
    sandbox.emplace(Sandbox::Options{(dir / "sandbox.db").string(), [this] { return clock.now(); },
                                     config.sandbox.delay_ms});
    auto known = store.transact([&](topup::Tx& tx) -> topup::Status {
      for (auto* provider : {&sandbox->first(), &sandbox->second()})
        shop.providers[topup::ensure_provider(tx, provider->name())->id] = provider;
      auto& gateway = sandbox->gateway();
      shop.gateways[topup::ensure_gateway(tx, gateway.name())->id] = &gateway;
      return topup::Nothing{};
    });
    if (!known) throw std::logic_error{"the sandbox was refused"};
  }

  void open_workers() {
    LineOptions line;
    line.calls = static_cast<int>(config.suppliers.calls);
    dispatcher.emplace(shop, line);
    payments.emplace(shop, [this] { dispatcher->wake(); });
    ExpiryOptions options;
    options.retention = std::chrono::hours{24 * config.people.retention_days};
    expiry.emplace(shop, *payments, options);
    KeeperOptions keeping;
    keeping.database = dir / "topup.db";
    keeping.backups = backup_dir(config);
    keeping.keep = config.backup.keep;
    keeping.hour = std::chrono::hours{config.backup.hour};
    keeping.hash = journal_hash(master);
    if (!master_key_of_environment()) keeping.key = key_file_text(master);
    keeper.emplace(shop, std::move(keeping));
  }

  bool may_listen(const http::Subscriber& subscriber) {
    auto user = store.read([&](const topup::View& view) { return view.user(subscriber.user); });
    return user && !user->suspended && sessions.is_current(subscriber.session, *user);
  }

  std::string_view database_state() const {
    if (!store.accepts_writes()) return "accepts no writes";
    if (store.is_locked_out()) return "locked by another program";
    return store.is_full() ? "the disk is full" : http::kDatabaseOk;
  }

  http::PageSources page_sources() {
    http::Readiness readiness{[this] { return database_state(); },
                              [this] { return clock.last_jump(); }};
    auto open = [this] { return static_cast<double>(edge->counts().open); };
    auto held = [this] { return static_cast<double>(edge->counts().held_bytes); };
    auto queued = [this] { return static_cast<double>(edge->counts().queued); };
    auto commits = [this] { return static_cast<double>(store.counters().commits); };
    auto transactions = [this] { return static_cast<double>(store.counters().transactions); };
    auto log_bytes = [this] { return static_cast<double>(store.counters().log_bytes); };
    auto ahead = [this] { return std::chrono::duration<double>{clock.ahead()}.count(); };
    auto log_lost = [this] { return static_cast<double>(log.lost()); };
    auto backup_at = [this] { return static_cast<double>(keeper->state().made_at.count()); };
    auto backup_bytes = [this] { return static_cast<double>(keeper->state().bytes); };
    auto backup_failed = [this] { return keeper->state().failed ? 1.0 : 0.0; };
    return {
        metrics,
        std::move(readiness),
        {{{"topupd_connections", "Connections open now."}, open},
         {{"topupd_held_bytes", "Bytes of requests and answers under way now."}, held},
         {{"topupd_requests_queued", "Requests that wait for a worker now."}, queued},
         {{"topupd_store_commits", "Commits since the start."}, commits},
         {{"topupd_store_transactions", "Transactions that shared them."}, transactions},
         {{"topupd_store_log_bytes", "Size of the write-ahead log."}, log_bytes},
         {{"topupd_clock_ahead_seconds", "How far record time is ahead of the wall clock."}, ahead},
         {{"topupd_log_lines_lost", "Lines of the log since the start that it did not take."},
          log_lost},
         {{"topupd_backup_made_at_seconds", "When the newest daily backup was made; 0: never."},
          backup_at},
         {{"topupd_backup_bytes", "Size of it."}, backup_bytes},
         {{"topupd_backup_failed", "1 while the last daily backup failed or is no sound one."},
          backup_failed}},
        sandbox ? &sandbox->gateway() : nullptr};
  }

  void open_front() {
    auto gateway = shop.gateways.empty() ? topup::GatewayId{} : shop.gateways.begin()->first;
    app.emplace(App{store,
                    lists,
                    config,
                    "",
                    shop.policy,
                    clock,
                    log,
                    master,
                    passwords,
                    limiter,
                    sessions,
                    in_flight,
                    codes,
                    *first_admin,
                    shop.gateways,
                    gateway,
                    callers,
                    board,
                    nicknames,
                    [this] { dispatcher->wake(); },
                    [this](http::Subscriber subscriber) { news.add(std::move(subscriber)); },
                    [this] { return keeper->state(); }});
    auto routes = http::routes_of(*app, http::api_endpoints());
    for (auto& route : http::page_routes(*app, page_sources()))
      routes.push_back(std::move(route));
    routes.push_back(http::openapi_route(*app));
    access.emplace(log, metrics, routes);
    http::Engine::Options options;
    options.refuse = http::refuse;
    options.keep_alive = config.edge.idle_seconds;
    options.observe = [this](const http::Exchange& exchange) { access->note(exchange); };
    engine.emplace(std::move(routes), std::move(options));
    edge.emplace(edge_options(config), *engine);
    app->public_url = public_url(config, edge->port());
  }
};

Server::Server(const Config& config, Demo demo, Log& log, std::function<void()> on_broken)
    : parts_{std::make_unique<Parts>(config, demo, log, std::move(on_broken))} {}

Server::~Server() { stop(); }

void Server::start() {
  auto& parts = *parts_;
  if (parts.sandbox) parts.sandbox->start();
  parts.dispatcher->start();
  parts.expiry->start();
  parts.keeper->start();
  parts.news.start();
  parts.edge->start();
}

void Server::stop() {
  auto& parts = *parts_;
  parts.nicknames.stop();  // requests wait for it
  parts.edge->stop();
  parts.news.stop();
  parts.expiry->stop();
  if (parts.sandbox) parts.sandbox->stop();
  parts.dispatcher->stop();
  parts.keeper->stop();  // the head that it logs is the last one
  parts.store.settle();  // what it tells the edge is told before the edge goes
}

std::string Server::url() const { return "http://" + parts_->edge->addresses().front(); }

std::string Server::setup_link() const {
  const auto token = parts_->first_admin->token();
  return token.empty() ? "" : parts_->app->public_url + "/app/setup#" + token;
}

const std::vector<DemoUser>& Server::demo_users() const { return parts_->demo_users; }

}  // namespace topupd
