// As many open dashboards as a shop may have, through the route, the edge and real sockets.

#include <atomic>
#include <filesystem>
#include <iterator>
#include <string>
#include <vector>

#include "api/test_shop.h"
#include "catch.h"
#include "data_dir.h"
#include "http/api/auth.h"
#include "http/api/news.h"
#include "http/api/routes.h"
#include "http/edge.h"
#include "http/raw_client.h"

using namespace topupd;
using namespace topupd::http;
using topupd::test::RawClient;

namespace {

constexpr std::size_t kDashboards = 1'000;
constexpr std::size_t kResellers = kDashboards / News::kPerUserMax;

std::ptrdiff_t threads() {
  return std::distance(std::filesystem::directory_iterator{"/proc/self/task"}, {});
}

// A shop behind an edge of one worker, in which a test says whose things have changed.
struct ListeningShop : TestShop {
  std::atomic<std::int64_t> step = 0;  // each is a commit
  std::vector<topup::UserId> touched;
  News news{{[this] { return step.load(); }, [this] { return step.load(); },
             [this](std::int64_t /*after*/) {
               return Touched{touched, step.load()};
             },
             [](const Subscriber& /*one*/) { return true; }}};
  std::vector<topup::UserId> resellers;

  ListeningShop() {
    config.limits.register_per_minute = 0;
    app.listen = [this](Subscriber subscriber) { news.add(std::move(subscriber)); };
    for (std::size_t i = 0; i < kResellers; ++i) {
      register_user("toko_" + std::to_string(i));
      resellers.push_back(id_of("toko_" + std::to_string(i)));
    }
  }

  std::string cookie_of(topup::UserId id) {
    const auto user = store.read([&](const topup::View& view) { return view.user(id).value(); });
    const auto cookie = new_session(app, user, clock.now());
    return cookie.substr(0, cookie.find(';'));
  }

  void happens(const std::vector<topup::UserId>& whose) {
    touched = whose;
    ++step;
    news.look();
  }
};

std::string changed(int step) {
  return "id: " + std::to_string(step) + "\nevent: changed\ndata: {}\n\n";
}

}  // namespace

TEST_CASE("a thousand dashboards hear of a change, and none has a thread of its own", "[news]") {
  raise_descriptor_limit();  // both ends of each are this process's
  ListeningShop shop;
  Engine engine{routes_of(shop.app, api_endpoints()), {}};
  Edge edge{{.listen = {"127.0.0.1:0"}, .workers = 1}, engine};
  edge.start();
  const auto before = threads();
  std::vector<RawClient> browsers;
  for (const auto id : shop.resellers) {
    const auto ask = "GET /api/events HTTP/1.1\r\nHost: x\r\nCookie: " + shop.cookie_of(id);
    for (std::size_t i = 0; i < News::kPerUserMax; ++i)
      browsers.emplace_back(edge.port()).send(ask + "\r\n\r\n");
    for (auto i = browsers.size() - News::kPerUserMax; i < browsers.size(); ++i)
      REQUIRE(browsers[i].read_until("data: {}\n\n").find("event: open") != std::string::npos);
  }
  CHECK(shop.news.size() == kDashboards);
  CHECK(threads() == before);

  shop.happens({shop.resellers.front()});
  for (std::size_t i = 0; i < News::kPerUserMax; ++i)
    CHECK(browsers[i].read_until("\n\n") == changed(1));
  shop.happens(shop.resellers);
  for (auto& browser : browsers)
    REQUIRE(browser.read_until("\n\n") == changed(2));
  edge.stop();
}
