#include <iostream>

#include "bench/limits.h"
#include "bench/naive.h"
#include "bench/peers.h"
#include "bench/scene.h"
#include "bench/shop.h"

namespace topupd::bench {
namespace {

constexpr int kMainConnections = 64;
constexpr std::int64_t kWarmUp = 1'500;  // requests, from which the rate is guessed
constexpr std::int64_t kVisits = 2;      // of a reseller, on average: see warm_up()
constexpr std::int64_t kNaiveWarmUp = 300;

// One load of orders, and what it cost the server.
struct Placed {
  LoadResult load;
  Usage used;                // by the load alone
  double unfinished = 0;     // share of the orders that were still to be delivered at its end
  double seconds_whole = 0;  // until all were delivered
};

Usage operator-(const Usage& after, const Usage& before) {
  return {after.cpu_seconds - before.cpu_seconds,
          after.syncs - before.syncs,
          after.written_bytes - before.written_bytes,
          after.resident_bytes - before.resident_bytes,
          after.commits - before.commits,
          after.transactions - before.transactions};
}

// A server that has just begun knows nobody yet, and a file of ten times as many resellers would be
// measured by how long it takes to meet them.
std::int64_t warm_up(const ShopSize& size, int connections) {
  if (connections < kMainConnections)
    return std::min<std::int64_t>(kWarmUp, 200 + 25 * connections);
  return std::max(kWarmUp, kVisits * size.resellers);
}

Placed place_many(Scene& scene, const Served& served, int connections) {
  auto together = static_cast<std::int64_t>(connections);
  const Shopfront front{served.port(), scene.keys, connections};
  auto warm = place_orders(scene, front, warm_up(scene.size, connections));
  auto expected = static_cast<std::int64_t>(warm.rate() * scene.options.seconds);
  auto count = std::max(4 * together, expected);
  served.settle();
  auto before = served.usage();
  auto begin = std::chrono::steady_clock::now();
  Placed placed;
  placed.load = place_orders(scene, front, count);
  placed.unfinished = static_cast<double>(served.unfinished()) / static_cast<double>(count);
  served.settle();
  placed.used = served.usage() - before;
  placed.seconds_whole =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return placed;
}

double per_order(const Placed& placed, double amount) {
  return amount / static_cast<double>(placed.load.us.size());
}

double life_rate(const Placed& placed) {
  return static_cast<double>(placed.load.us.size()) / placed.seconds_whole;
}
double cpu_us(const Placed& placed) { return per_order(placed, placed.used.cpu_seconds * 1e6); }

void keep(Report& report, int connections, const Placed& placed) {
  const auto& load = placed.load;
  auto what = "create c=" + std::to_string(connections);
  report.add(what, "a second", load.rate());
  report.add(what, "delivered a second", life_rate(placed));
  report.add(what, "p50 ms", load.percentile(0.5));
  report.add(what, "p99 ms", load.percentile(0.99));
  report.add(what, "p99.9 ms", load.percentile(0.999));
  report.add(what, "CPU us an order", cpu_us(placed));
  report.add(what, "fsyncs an order", per_order(placed, static_cast<double>(placed.used.syncs)));
  report.add(what, "bytes written an order",
             per_order(placed, static_cast<double>(placed.used.written_bytes)));
}

void show(Table& table, int connections, const Placed& placed) {
  const auto& load = placed.load;
  const auto& used = placed.used;
  table.row({std::to_string(connections), fixed(load.rate(), 0), fixed(life_rate(placed), 0),
             fixed(load.percentile(0.5), 2), fixed(load.percentile(0.99), 2),
             fixed(load.percentile(0.999), 2), fixed(used.cpu_seconds, 2), fixed(cpu_us(placed), 0),
             fixed(per_order(placed, static_cast<double>(used.syncs)), 3),
             fixed(per_order(placed, static_cast<double>(used.commits)), 3),
             fixed(per_order(placed, static_cast<double>(used.written_bytes)), 0),
             fixed(100 * placed.unfinished, 0) + " %"});
}

Table load_table() {
  return Table{{"connections", "orders/s", "delivered/s", "p50 ms", "p99 ms", "p99.9 ms", "CPU s",
                "CPU us/order", "fsyncs/order", "commits/order", "bytes written/order",
                "open at end"}};
}

// Right after each other on the same file.
struct Round {
  Placed accepted;            // nothing is delivered meanwhile
  Placed whole;               // as delivered to the operator
  double naive = 0;           // orders a second, see naive.h
  std::vector<double> peers;  // likewise, as in the options
  Limits limits;
};

// One row of the comparison: the same index is the same round.
struct Compared {
  std::string what;
  const char* metric;
  int digits;
  std::function<double(const Round&)> value;
  std::vector<double> values = {};
};

// clang-format off
std::vector<Compared> comparison() {
  using R = const Round&;
  constexpr const char* kRate = "a second";
  constexpr const char* kCpu = "CPU us an order";
  constexpr const char* kLog = "log bytes an order";
  return {
      {"main accept", kRate, 0, [](R r) { return r.accepted.load.rate(); }},
      {"main accept", kCpu, 0, [](R r) { return cpu_us(r.accepted); }},
      {"main accept", "p50 ms", 2, [](R r) { return r.accepted.load.percentile(0.5); }},
      {"main accept", "p99 / p50", 2, [](R r) { return r.accepted.load.percentile(0.99) / r.accepted.load.percentile(0.5); }},
      {"naive create", kRate, 0, [](R r) { return r.naive; }},
      {"ratio accept / naive", kRate, 1, [](R r) { return r.accepted.load.rate() / r.naive; }},
      {"main create", kRate, 0, [](R r) { return r.whole.load.rate(); }},
      {"main create", "delivered a second", 0, [](R r) { return life_rate(r.whole); }},
      {"main create", kCpu, 0, [](R r) { return cpu_us(r.whole); }},
      {"main create", "p99 / p50", 2, [](R r) { return r.whole.load.percentile(0.99) / r.whole.load.percentile(0.5); }},
      {"limit raw place", kRate, 0, [](R r) { return r.limits.raw_place.pace.rate; }},
      {"limit raw place", kCpu, 0, [](R r) { return r.limits.raw_place.pace.cpu_us; }},
      {"limit raw place", kLog, 0, [](R r) { return r.limits.raw_place.log_bytes; }},
      {"limit raw place, one a commit", kRate, 0, [](R r) { return r.limits.raw_single.pace.rate; }},
      {"limit raw life", kRate, 0, [](R r) { return r.limits.raw_life.pace.rate; }},
      {"limit raw life", kCpu, 0, [](R r) { return r.limits.raw_life.pace.cpu_us; }},
      {"limit raw life", kLog, 0, [](R r) { return r.limits.raw_life.log_bytes; }},
      {"limit store place", kRate, 0, [](R r) { return r.limits.store_place.rate; }},
      {"limit store place", kCpu, 0, [](R r) { return r.limits.store_place.cpu_us; }},
      {"limit store life", kRate, 0, [](R r) { return r.limits.store_life.rate; }},
      {"limit store life", kCpu, 0, [](R r) { return r.limits.store_life.cpu_us; }},
      {"limit queue place", kRate, 0, [](R r) { return r.limits.queue_place.rate; }},
      {"limit queue place", kCpu, 0, [](R r) { return r.limits.queue_place.cpu_us; }},
      {"ratio accept / raw place", kRate, 2, [](R r) { return r.accepted.load.rate() / r.limits.raw_place.pace.rate; }},
      {"ratio create / accept", kRate, 2, [](R r) { return r.whole.load.rate() / r.accepted.load.rate(); }},
      {"ratio create / raw place", kRate, 2, [](R r) { return r.whole.load.rate() / r.limits.raw_place.pace.rate; }},
      {"ratio delivered / raw life", kRate, 2, [](R r) { return life_rate(r.whole) / r.limits.raw_life.pace.rate; }},
      {"ratio create / queue place", kRate, 2, [](R r) { return r.whole.load.rate() / r.limits.queue_place.rate; }},
      {"ratio server / raw life", kCpu, 2, [](R r) { return cpu_us(r.whole) / r.limits.raw_life.pace.cpu_us; }},
      {"ratio server / store life", kCpu, 2, [](R r) { return cpu_us(r.whole) / r.limits.store_life.cpu_us; }},
  };
}
// clang-format on

void add_peers(std::vector<Compared>& rows, const std::vector<Peer>& peers) {
  for (std::size_t i = 0; i < peers.size(); ++i) {
    const auto& name = peers[i].name;
    rows.push_back({name, "a second", 0, [i](const Round& round) { return round.peers.at(i); }});
    rows.push_back({"ratio accept / " + name, "a second", 1, [i](const Round& round) {
                      return round.accepted.load.rate() / round.peers.at(i);
                    }});
  }
}

void print(Scene& scene, const std::vector<Compared>& rows) {
  Table table{{"64 connections against the limits of the same file", "", "median (range)"}};
  for (const auto& row : rows) {
    scene.report.add(row.what, row.metric, median(row.values));
    table.row({row.what, row.metric, spread(row.values, row.digits)});
  }
  table.print();
}

void print(const std::vector<Recording>& recorded) {
  const char* const names[] = {"place_order", "begin_attempt", "record_outcome"};
  for (std::size_t i = 0; i < recorded.size(); ++i) {
    Table table{{std::string{"statements of "} + names[i], "times"}};
    double sum = 0;
    for (const auto& [text, count] : recorded[i].per_command()) {
      table.row({text.substr(0, 100), fixed(count, 2)});
      sum += count;
    }
    table.row({"all", fixed(sum, 2)});
    table.print();
  }
}

Placed serve_and_place(Scene& scene, Deliveries deliveries) {
  Served served{scene.served(deliveries)};
  return place_many(scene, served, kMainConnections);
}

double place_naively(Scene& scene) {
  const BareServer server{[&scene] { return naive_shop(scene); }};
  return place_for_a_while(scene, {server.port(), scene.keys}, kNaiveWarmUp).rate();
}

Round play(Scene& scene, const std::vector<Peer>& peers) {
  Round round;
  for (const auto& peer : peers)
    round.peers.push_back(rate_of(scene, peer));
  round.naive = place_naively(scene);
  round.accepted = serve_and_place(scene, Deliveries::none);
  round.whole = serve_and_place(scene, Deliveries::meanwhile);
  LimitOptions options;
  options.first = scene.next_order;
  options.orders = static_cast<std::int64_t>(2'500 * scene.options.seconds);
  round.limits = measure_limits(scene.dir / "topup.db", scene.size, options);
  scene.next_order += round.limits.made;
  return round;
}

void main_comparison(Scene& scene) {
  if (scene.options.rounds == 0) return;
  std::vector<Peer> peers;
  for (const auto& text : scene.options.peers)
    peers.push_back(peer_of(text));
  auto rows = comparison();
  add_peers(rows, peers);
  auto table = load_table();
  std::vector<Recording> recorded;
  for (int number = 0; number < scene.options.rounds; ++number) {
    auto round = play(scene, peers);
    show(table, kMainConnections, round.accepted);
    show(table, kMainConnections, round.whole);
    for (auto& row : rows)
      row.values.push_back(row.value(round));
    recorded = std::move(round.limits.recorded);
  }
  table.print();
  print(scene, rows);
  if (scene.options.show_statements) print(recorded);
}

}  // namespace

void measure_orders(Scene& scene) {
  std::cout << "POST /api/order/create, one round a line\n";
  main_comparison(scene);
  std::cout << "POST /api/order/create by connections\n";
  auto table = load_table();
  Served served{scene.served()};
  for (int connections : scene.options.connections) {
    auto placed = place_many(scene, served, connections);
    keep(scene.report, connections, placed);
    show(table, connections, placed);
  }
  table.print();
  auto resident = static_cast<double>(served.usage().resident_bytes) / 1'048'576;
  auto log =
      static_cast<double>(std::filesystem::file_size(database(scene.dir).string() + "-wal")) /
      1'048'576;
  scene.report.add("server", "resident MiB after writing", resident);
  scene.report.add("server", "log MiB after writing", log);
  std::cout << "the server is " << fixed(resident, 1) << " MiB resident, its log " << fixed(log, 1)
            << " MiB\n\n";
}

}  // namespace topupd::bench
