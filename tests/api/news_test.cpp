#include "http/api/news.h"

#include <memory>
#include <set>
#include <string>

#include "api/test_shop.h"
#include "catch.h"

using namespace topupd;
using namespace topupd::http;

namespace {

constexpr topup::UserId kAyu{1};
constexpr topup::UserId kBudi{2};
constexpr topup::UserId kBoss{3};

// A store of which only this is known: whose things took the last step.
struct Shop {
  std::int64_t commits = 0;
  std::int64_t step = 10;
  topup::UserId last_touched;
  std::set<std::string> sessions{"ayu", "budi", "boss"};
  News news{{[this] { return commits; }, [this] { return step; },
             [this](std::int64_t after) {
               Touched touched{{}, step};
               if (after < step) touched.users.push_back(last_touched);
               return touched;
             },
             [this](const Subscriber& one) { return sessions.contains(one.session); }}};

  std::shared_ptr<EventStream> listen(topup::UserId user, const std::string& session,
                                      const std::string& last_seen = "") {
    const auto role = user == kBoss ? topup::Role::admin : topup::Role::reseller;
    auto stream = std::make_shared<EventStream>();
    news.add({user, role, session, last_seen, stream});
    return stream;
  }

  void happens(topup::UserId whose) {
    last_touched = whose;
    ++step;
    ++commits;
    news.look();
  }
};

std::string changed(int step) {
  return "id: " + std::to_string(step) + "\nevent: changed\ndata: {}\n\n";
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string cookie_of_toko_a(TestShop& shop) {
  const auto cookie = shop.post("/api/auth/session", R"({"user_id":"toko_a","password":"rahasia"})")
                          .header("Set-Cookie");
  return cookie.substr(0, cookie.find(';'));
}

}  // namespace

TEST_CASE("a reseller is told of what is his, an admin of everything", "[news]") {
  Shop shop;
  const auto ayu = shop.listen(kAyu, "ayu");
  const auto budi = shop.listen(kBudi, "budi");
  const auto boss = shop.listen(kBoss, "boss");
  for (const auto& stream : {ayu, budi, boss})
    CHECK(stream->take() == "id: 10\nevent: open\ndata: {}\n\n");
  shop.happens(kAyu);
  CHECK(ayu->take() == changed(11));
  CHECK(budi->take().empty());
  CHECK(boss->take() == changed(11));
}

TEST_CASE("nobody is told again of what he was told", "[news]") {
  Shop shop;
  const auto ayu = shop.listen(kAyu, "ayu");
  shop.happens(kAyu);
  ayu->take();
  shop.news.look();
  ++shop.commits;  // of something that has no owner
  shop.news.look();
  CHECK(ayu->take().empty());
}

TEST_CASE("who comes back is told at once that he missed something, if he did", "[news]") {
  Shop shop;
  CHECK_FALSE(contains(shop.listen(kAyu, "ayu", "10")->take(), "changed"));
  CHECK(contains(shop.listen(kAyu, "ayu", "9")->take(), changed(10)));
}

TEST_CASE("a session that was ended hears nothing more", "[news]") {
  Shop shop;
  const auto ayu = shop.listen(kAyu, "ayu");
  const auto budi = shop.listen(kBudi, "budi");
  shop.sessions.erase("ayu");
  shop.news.check();
  CHECK(ayu->is_closed());
  CHECK_FALSE(budi->is_closed());
  CHECK(shop.news.size() == 1);
}

TEST_CASE("one more subscriber than a user may have ends his oldest", "[news]") {
  Shop shop;
  const auto other = shop.listen(kBudi, "budi");
  const auto first = shop.listen(kAyu, "ayu");
  const auto second = shop.listen(kAyu, "ayu");
  for (std::size_t i = 2; i <= News::kPerUserMax; ++i)
    shop.listen(kAyu, "ayu");
  CHECK(first->is_closed());
  CHECK_FALSE(second->is_closed());
  CHECK_FALSE(other->is_closed());
  CHECK(shop.news.size() == News::kPerUserMax + 1);
}

TEST_CASE("stopping ends every stream", "[news]") {
  Shop shop;
  const auto ayu = shop.listen(kAyu, "ayu");
  shop.news.start();
  shop.news.stop();
  CHECK(ayu->is_closed());
}

TEST_CASE("the dashboard's session subscribes, an API key does not", "[news]") {
  TestShop shop;
  int subscribers = 0;
  shop.app.listen = [&](const Subscriber& subscriber) {
    ++subscribers;
    CHECK(subscriber.user == shop.toko_a);
    CHECK(subscriber.last_seen == "41");
  };
  CHECK(shop.ask("/api/events").outcome() == "403 forbidden");
  CHECK(shop.get("/api/events").outcome() == "401 invalid_api_key");
  const auto cookie = cookie_of_toko_a(shop);
  const auto reply = shop.get("/api/events", {{"cookie", cookie}, {"last-event-id", "41"}});
  CHECK(reply.content_type == "text/event-stream; charset=utf-8");
  CHECK(subscribers == 1);
}

TEST_CASE("a page that asks again gets an answer only if there is a new one", "[news]") {
  TestShop shop;
  const auto cookie = cookie_of_toko_a(shop);
  const auto first = shop.get("/api/user/me", {{"cookie", cookie}});
  const auto tag = first.header("ETag");
  REQUIRE(tag.size() > 2);
  const auto again = [&] {
    return shop.get("/api/user/me", {{"cookie", cookie}, {"if-none-match", tag}}).status;
  };
  CHECK(again() == 304);
  shop.fund(shop.toko_a, 5'000);
  CHECK(again() == 200);
  CHECK(shop.ask("/api/user/me").header("ETag").empty());
}
