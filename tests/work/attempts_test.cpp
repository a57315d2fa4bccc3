#include "work/attempts.h"

#include "work/small_shop.h"
#include "work/work_on.h"

using namespace topupd;
using namespace topupd::tests;
using namespace std::chrono_literals;
using Kind = Answer::Kind;
using topup::OrderState;

namespace {

constexpr topup::AttemptId kFirst{1};

struct Bench : SmallShop {
  Attempts attempts{workshop};
  topup::OrderId id = place("123456789").order.id;

  Bench() {
    provider.on_callback([this](const std::string& reference, const Answer& answer) {
      attempts.take_callback(kProvider, reference, answer);
    });
  }

  // Works on the first attempt each time it has become due.
  OrderState after(int looks) {
    for (int i = 0; i < looks; ++i) {
      REQUIRE(work_on(workshop, kFirst));
      time.advance(2min);
    }
    return order(id).state;
  }
};

// A store that can't be written while it is full.
class FullStore final : public topup::Store {
 public:
  explicit FullStore(topup::Store& store) : store_{store} {}
  int writes_left = 1'000;

 private:
  void run(const std::function<bool(topup::Tx&)>& body) override {
    if (writes_left-- <= 0) throw std::runtime_error{"full"};
    std::ignore = store_.transact([&](topup::Tx& tx) -> topup::Status {
      if (body(tx)) return topup::Nothing{};
      return topup::Error{topup::Code::conflict};
    });
  }
  void run_read(const std::function<void(const topup::View&)>& body) override {
    store_.read([&](const topup::View& view) {
      body(view);
      return 0;
    });
  }
  void run_inspect(const std::function<void(const topup::Archive&)>& body) override {
    store_.inspect(body);
  }

  topup::Store& store_;
};

}  // namespace

TEST_CASE("an order ends as its supplier says", "[work]") {
  struct Row {
    std::vector<Kind> purchase, status;
    int looks;
    OrderState state;
    topup::Money balance;
  };
  auto row = GENERATE(values<Row>({
      {{Kind::success}, {}, 1, OrderState::succeeded, 90'500_idr},
      {{Kind::failure}, {}, 1, OrderState::failed, 100'000_idr},
      {{Kind::pending}, {Kind::pending, Kind::success}, 3, OrderState::succeeded, 90'500_idr},
      {{Kind::pending}, {Kind::failure}, 2, OrderState::failed, 100'000_idr},
      {{Kind::unknown}, {}, 1, OrderState::unknown, 90'500_idr},
      {{Kind::unknown}, {Kind::success}, 2, OrderState::succeeded, 90'500_idr},
      {{Kind::unknown}, {Kind::unknown, Kind::not_found}, 3, OrderState::unknown, 90'500_idr},
  }));
  Bench bench;
  bench.provider.will_answer(row.purchase);
  bench.provider.will_say(row.status);
  CHECK(bench.after(row.looks) == row.state);
  CHECK(bench.balance() == row.balance);
  CHECK(bench.provider.bought.size() == 1);
  CHECK(bench.violations() == "");
}

TEST_CASE("a reference is bought once, whatever is worked on again", "[work]") {
  Bench bench;
  bench.provider.will_answer({Kind::unknown});
  bench.provider.will_say({Kind::unknown, Kind::unknown, Kind::unknown, Kind::success});
  CHECK(bench.after(5) == OrderState::succeeded);
  REQUIRE(bench.provider.bought.size() == 1);
  CHECK(bench.provider.bought[0].reference == bench.order(bench.id).invoice + "-1");
  CHECK(bench.provider.bought[0].sku == "FF70");
  CHECK(bench.provider.asked.size() == 4);
}

TEST_CASE("what was being sent when the process died is asked about, not sent again", "[work]") {
  Bench bench;
  auto begun = bench.store.transact([&](topup::Tx& tx) {
    return topup::begin_attempt(tx, {}, bench.provider.sheet_, kFirst, bench.clock.now());
  });
  REQUIRE(begun);
  bench.time.advance(2min);
  bench.provider.will_say({Kind::success});
  CHECK(bench.after(2) == OrderState::succeeded);
  CHECK(bench.provider.bought.empty());
}

TEST_CASE("two not-found answers prove absence only where the sheet says so", "[work]") {
  struct Row {
    int proof;
    OrderState state;
  };
  auto row = GENERATE(values<Row>({{0, OrderState::unknown}, {2, OrderState::failed}}));
  Bench bench;
  bench.provider.sheet_.not_found_proof = row.proof;
  bench.provider.will_answer({Kind::unknown});
  bench.provider.will_say({Kind::not_found, Kind::not_found});
  CHECK(bench.after(3) == row.state);
  CHECK(bench.violations() == "");
}

TEST_CASE("not found proves nothing after the clock was set", "[work]") {
  struct Row {
    std::chrono::minutes jump;
    OrderState state;
  };
  auto row = GENERATE(values<Row>({{0min, OrderState::failed}, {10min, OrderState::unknown}}));
  Bench bench;
  bench.provider.sheet_.not_found_proof = 2;
  bench.provider.will_answer({Kind::unknown});
  bench.provider.will_say({Kind::not_found, Kind::not_found});
  bench.after(2);
  bench.time.jump_wall(row.jump);
  CHECK(bench.after(1) == row.state);
}

TEST_CASE("a callback finishes the order before the answer, and repeats change nothing", "[work]") {
  Bench bench;
  Answer success;
  success.kind = Kind::success;
  success.sn = "SN-7";
  bench.provider.will_answer({Kind::pending});
  CHECK(bench.after(1) == OrderState::sent);
  for (int i = 0; i < 4; ++i)
    bench.provider.callback(bench.order(bench.id).invoice + "-1", success);
  CHECK(bench.order(bench.id).state == OrderState::succeeded);
  CHECK(bench.order(bench.id).sn == "SN-7");
  CHECK(bench.violations() == "");
}

TEST_CASE("a callback for what nobody sent changes nothing", "[work]") {
  auto reference = GENERATE(values<std::string>({"INV-9-1", "T1", "-1", "-", ""}));
  CAPTURE(reference);
  Bench bench;
  Answer success;
  success.kind = Kind::success;
  bench.provider.callback(reference, success);
  const auto invoice = bench.order(bench.id).invoice;
  for (const auto* end : {"", "-", "-0", "-2", "-01", "-1x", "-1-1"})
    bench.provider.callback(invoice + end, success);
  CHECK(bench.order(bench.id).state == OrderState::queued);
}

TEST_CASE("a supplier whose answer could not be recorded is not asked again at once", "[work]") {
  struct Row {
    int writes;
    std::size_t asked;
  };
  auto row = GENERATE(values<Row>({{0, 0}, {1, 1}}));
  Bench bench;
  bench.provider.will_answer({Kind::unknown});
  bench.after(1);
  FullStore store{bench.store};
  Workshop shop{store, {}, bench.clock, bench.log, bench.workshop.providers, {}};
  store.writes_left = row.writes;
  for (int i = 0; i < 10; ++i) {
    try {
      work_on(shop, kFirst);
    } catch (const std::runtime_error&) {
      store.writes_left = 0;
    }
    bench.time.advance(5s);
  }
  CHECK(bench.provider.asked.size() == row.asked);
}

TEST_CASE("a request is not sent again while the clock is in doubt", "[work]") {
  Bench bench;
  bench.provider.sheet_.status = topup::StatusBy::resend;
  bench.provider.will_answer({Kind::unknown});
  CHECK(bench.after(1) == OrderState::unknown);
  bench.time.jump_wall(1h);
  CHECK(bench.after(1) == OrderState::review);
  CHECK(bench.provider.asked.empty());
}
