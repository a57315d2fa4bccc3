#include "work/payments.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "process/temp_dir.h"
#include "work/expiry.h"
#include "work/small_shop.h"

using namespace topupd;
using namespace topupd::tests;
using namespace std::chrono_literals;
using topup::ChargeState;
using topup::OrderState;

namespace {

struct Bench : SmallShop {
  int woken = 0;
  Payments payments{workshop, [this] { ++woken; }};
  Expiry expiry{workshop, payments, {}};
  topup::PlacedOrder placed = place("123456789", 12'000_idr);

  Bench() : SmallShop{0_idr} {}

  Notice payment(std::int64_t amount = 12'000, std::string id = "P1") {
    return {placed.charge->code, std::move(id), amount, 84, clock.now(), ChargeStatus::settled};
  }
  topup::Charge charge() {
    return store.read([&](const topup::View& v) { return v.charge(placed.charge->id).value(); });
  }
};

ChargeReport paid(topup::Timestamp at) { return {ChargeStatus::settled, "P1", 12'000, at, 84}; }

}  // namespace

TEST_CASE("a payment starts its order once, however often it is told", "[work]") {
  Bench bench;
  for (int i = 0; i < 3; ++i)
    bench.gateway.notice(bench.payment());
  CHECK(bench.order(bench.placed.order.id).state == OrderState::queued);
  CHECK(bench.charge().state == ChargeState::settled);
  CHECK(bench.woken > 0);
  CHECK(bench.violations() == "");
}

TEST_CASE("a payment that is told again is not logged as booked again", "[work]") {
  const TempDir dir;
  const auto file = dir.path() / "log";
  Bench bench;
  Log log{{LogLevel::info, LogFormat::text, file.string()}};
  Workshop workshop{bench.store, {}, bench.clock, log, {}, {{SmallShop::kGateway, &bench.gateway}}};
  Payments payments{workshop, [] {}};
  for (int i = 0; i < 3; ++i)
    payments.take_notice(SmallShop::kGateway, bench.payment());
  CHECK(log.flush(std::chrono::minutes{1}));
  std::ifstream lines{file};
  const std::string text{std::istreambuf_iterator<char>{lines}, {}};
  CHECK(std::count(text.begin(), text.end(), '\n') == 1);
  CHECK(text.find("payment booked") != std::string::npos);
}

TEST_CASE("money that does not fit waits for a person", "[work]") {
  Bench bench;
  bench.gateway.notice(bench.payment(11'999));
  CHECK(bench.order(bench.placed.order.id).state == OrderState::unpaid);
  bench.gateway.notice(bench.payment(12'000, "P2"));
  bench.gateway.notice(bench.payment(12'000, "P3"));
  CHECK(bench.order(bench.placed.order.id).state == OrderState::queued);
  CHECK(bench.balance() == 0_idr);
  CHECK(bench.violations() == "");
}

TEST_CASE("a charge ends only when its time is over and its gateway knows of no payment",
          "[work]") {
  struct Row {
    std::chrono::minutes later;
    ChargeStatus says;
    ChargeState charge;
    OrderState order;
  };
  auto row = GENERATE(values<Row>({
      {14min, ChargeStatus::pending, ChargeState::pending, OrderState::unpaid},
      {15min, ChargeStatus::pending, ChargeState::expired, OrderState::expired},
      {15min, ChargeStatus::not_found, ChargeState::expired, OrderState::expired},
      {15min, ChargeStatus::unknown, ChargeState::pending, OrderState::unpaid},
      {15min, ChargeStatus::settled, ChargeState::settled, OrderState::queued},
  }));
  Bench bench;
  auto paid_at = bench.clock.now();
  bench.time.advance(row.later);
  bench.gateway.report = paid(paid_at);
  bench.gateway.report.state = row.says;
  bench.expiry.look();
  CHECK(bench.charge().state == row.charge);
  CHECK(bench.order(bench.placed.order.id).state == row.order);
  CHECK(bench.violations() == "");
}

TEST_CASE("a payment after the end goes to the reseller and never starts the order", "[work]") {
  Bench bench;
  bench.time.advance(16min);
  bench.gateway.report.state = ChargeStatus::pending;
  bench.expiry.look();
  bench.gateway.notice(bench.payment());
  CHECK(bench.order(bench.placed.order.id).state == OrderState::expired);
  CHECK(bench.balance() == 12'000_idr);
  CHECK(bench.violations() == "");
}

TEST_CASE("a charge that its gateway reports as expired ends early if the gateway still says so",
          "[work]") {
  struct Row {
    ChargeStatus says;
    ChargeState charge;
    OrderState order;
  };
  auto row = GENERATE(values<Row>({
      {ChargeStatus::expired, ChargeState::expired, OrderState::expired},
      {ChargeStatus::settled, ChargeState::settled, OrderState::queued},
      {ChargeStatus::pending, ChargeState::pending, OrderState::unpaid},
      {ChargeStatus::unknown, ChargeState::pending, OrderState::unpaid},
  }));
  Bench bench;
  bench.gateway.report = paid(bench.clock.now());
  bench.gateway.report.state = row.says;
  for (int i = 0; i < 2; ++i)
    bench.gateway.notice({bench.placed.charge->code, "", 0, 0, {}, ChargeStatus::expired});
  CHECK(bench.charge().state == row.charge);
  CHECK(bench.order(bench.placed.order.id).state == row.order);
  CHECK(bench.violations() == "");
}

TEST_CASE("a key is kept for a day after the clock leapt ahead and after a start", "[work]") {
  struct Row {
    std::chrono::hours leap, later;
    bool restarted, kept;
  };
  auto row = GENERATE(values<Row>({{0h, 47h, false, true},
                                   {0h, 49h, false, false},
                                   {72h, 0h, false, true},
                                   {72h, 23h, false, true},
                                   {72h, 24h, false, false},
                                   {72h, 0h, true, true},
                                   {72h, 23h, true, true},
                                   {72h, 24h, true, false},
                                   {800h, 0h, true, false}}));
  CAPTURE(row.leap.count(), row.later.count(), row.restarted);
  Bench bench;
  auto made = bench.clock.now();
  REQUIRE(bench.store.transact([&](topup::Tx& tx) -> topup::Status {
    tx.insert(topup::IdempotencyRow{SmallShop::kReseller, "place_order", "k", 1, made});
    return topup::Nothing{};
  }));
  bench.expiry.look();
  bench.time.jump_wall(row.leap);
  Clock clock{bench.time, made};
  Workshop shop{bench.store, {}, row.restarted ? clock : bench.clock,
                bench.log,   {}, bench.workshop.gateways};
  Expiry expiry{shop, bench.payments, {}};
  auto& looks = row.restarted ? expiry : bench.expiry;
  looks.look();
  bench.time.advance(row.later);
  looks.look();
  bool kept = bench.store.read([](const topup::View& view) {
    return view.idempotency(SmallShop::kReseller, "place_order", "k").has_value();
  });
  CHECK(kept == row.kept);
}
