// Nanoseconds, and instructions where the machine counts them, for each command of the
// library on the memory store: what the rules cost without a database, a thread or a socket.

#include <benchmark/benchmark.h>

#include <stdexcept>
#include <string>

#include "bench/instructions.h"
#include "topup/checker.h"
#include "topup/commands.h"
#include "topup/memory_store.h"
#include "topup/statement.h"

namespace {

using namespace topup::literals;
using topup::Tx;

constexpr int kServices = 1'000;
constexpr std::int64_t kOrdersBefore = 1'000;  // of the same reseller

// A shop with one reseller, on a clock that stands still.
class Shop {
 public:
  Shop() {
    policy_.deposit_max = policy_.charge_max = 1'000'000'000'000_idr;
    run([&](Tx& tx) -> topup::Status {
      auto supplier = topup::ensure_provider(tx, "supplier").value();
      gateway_ = topup::ensure_gateway(tx, "qris").value().id;
      topup::RegisterUser toko;
      toko.username = "toko";
      toko.name = "A";
      toko.email = "a@x.com";
      user_ = topup::register_user(tx, toko, now_).value().id;
      topup::Service service;
      service.tipe = service.kategori = service.layanan = "X";
      for (int i = 0; i < kServices; ++i) {
        auto id = topup::put_service(tx, service).value().id;
        topup::put_offer(tx, {{}, id, supplier.id, "S", 9'500_idr}).value();
      }
      return topup::Nothing{};
    });
    deposit(900'000'000'000_idr);
    for (std::int64_t i = 0; i < kOrdersBefore; ++i)
      succeed(begin(place()));
  }

  topup::AttemptId place() { return ask(next_order()); }
  void place_again() { ask(last_); }

  topup::AttemptId begin(topup::AttemptId attempt) {
    run([&](Tx& tx) { return topup::begin_attempt(tx, policy_, sheet_, attempt, now_); });
    return attempt;
  }
  void succeed(topup::AttemptId attempt) {
    end(attempt, {topup::OutcomeKind::succeeded, topup::FailOver::useless, "SN", {}, "", ""});
  }
  void fail(topup::AttemptId attempt) {
    end(attempt, {topup::OutcomeKind::failed, topup::FailOver::useless, "", {}, "", "closed"});
  }

  void deposit(topup::Money amount) {
    auto code = "DEP-" + std::to_string(++codes_);
    run([&](Tx& tx) {
      topup::open_deposit(tx, policy_, {user_, amount, {}, {}, code, gateway_, ""}, now_).value();
      return topup::settle_payment(tx, policy_, {gateway_, code, code, amount, {}, now_}, now_);
    });
  }

  // A page of the reseller's movements.
  std::size_t statement() {
    return store_
        .read([&](const topup::View& view) {
          return topup::statement(view, user_, topup::AccountKind::user_balance, {}, 50);
        })
        .lines.size();
  }
  bool is_priced() {
    return store_.read([&](const topup::View& view) {
      auto service = view.service(topup::ServiceId{1 + codes_++ % kServices});
      return topup::price_of(view, *service, topup::kDefaultTier).has_value();
    });
  }
  bool is_sound() {
    bool sound = false;
    store_.inspect([&](const topup::Archive& archive) { sound = topup::check(archive).ok(); });
    return sound;
  }

 private:
  template <class Body>
  void run(Body body) {
    if (!store_.transact(body)) throw std::logic_error{"refused"};
  }
  void end(topup::AttemptId attempt, const topup::Outcome& outcome) {
    topup::RecordOutcome command{attempt, outcome, {topup::Actor::provider, 1}};
    run([&](Tx& tx) { return topup::record_outcome(tx, policy_, sheet_, command, now_); });
  }

  topup::PlaceOrder& next_order() {
    auto number = std::to_string(++codes_);
    last_.user = user_;
    last_.service = topup::ServiceId{1 + codes_ % kServices};
    last_.target = std::to_string(10'000'000 + codes_);
    last_.ref_id = "ref-" + number;
    last_.invoice = "INV-" + number;
    return last_;
  }
  topup::AttemptId ask(const topup::PlaceOrder& command) {
    topup::AttemptId attempt;
    run([&](Tx& tx) {
      auto placed = topup::place_order(tx, policy_, command, now_);
      attempt.value = tx.last_id(topup::Table::attempts);
      return placed;
    });
    return attempt;
  }

  topup::MemoryStore store_;
  topup::Policy policy_;
  topup::CapabilitySheet sheet_;
  topup::Timestamp now_{};
  topup::UserId user_;
  topup::GatewayId gateway_;
  topup::PlaceOrder last_;
  std::int64_t codes_ = 0;
};

// Measures act; prepare runs before it, unmeasured.
template <class Prepare, class Act>
void measure(benchmark::State& state, Prepare prepare, Act act) {
  Shop shop;
  topupd::bench::Instructions instructions;
  std::int64_t executed = 0;
  for (auto _ : state) {
    state.PauseTiming();
    auto prepared = prepare(shop);
    state.ResumeTiming();
    auto before = instructions.so_far();
    act(shop, prepared);
    executed += instructions.so_far() - before;
  }
  if (instructions.is_counted())
    state.counters["instructions"] =
        benchmark::Counter(static_cast<double>(executed), benchmark::Counter::kAvgIterations);
  if (!shop.is_sound()) state.SkipWithError("the books are wrong");
}

auto nothing = [](Shop& /*shop*/) { return 0; };
auto placed = [](Shop& shop) { return shop.place(); };
auto begun = [](Shop& shop) { return shop.begin(shop.place()); };

void place_order(benchmark::State& state) {
  measure(state, nothing, [](Shop& shop, int) { shop.place(); });
}
void place_order_repeated(benchmark::State& state) {
  measure(state, placed, [](Shop& shop, topup::AttemptId) { shop.place_again(); });
}
void begin_attempt(benchmark::State& state) {
  measure(state, placed, [](Shop& shop, topup::AttemptId attempt) { shop.begin(attempt); });
}
void record_success(benchmark::State& state) {
  measure(state, begun, [](Shop& shop, topup::AttemptId attempt) { shop.succeed(attempt); });
}
void record_failure(benchmark::State& state) {
  measure(state, begun, [](Shop& shop, topup::AttemptId attempt) { shop.fail(attempt); });
}
void open_and_settle_deposit(benchmark::State& state) {
  measure(state, nothing, [](Shop& shop, int) { shop.deposit(10'000_idr); });
}
void price_of(benchmark::State& state) {
  measure(state, nothing, [](Shop& shop, int) { benchmark::DoNotOptimize(shop.is_priced()); });
}
void statement_of_50_lines(benchmark::State& state) {
  measure(state, nothing, [](Shop& shop, int) { benchmark::DoNotOptimize(shop.statement()); });
}

BENCHMARK(place_order);
BENCHMARK(place_order_repeated);
BENCHMARK(begin_attempt);
BENCHMARK(record_success);
BENCHMARK(record_failure);
BENCHMARK(open_and_settle_deposit);
BENCHMARK(price_of);
BENCHMARK(statement_of_50_lines);

}  // namespace

BENCHMARK_MAIN();
