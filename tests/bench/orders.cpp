#include <iostream>
#include <stdexcept>

#include "bench/limits.h"
#include "bench/load.h"
#include "bench/scene.h"

namespace topupd::bench {
namespace {

constexpr int kMainConnections = 64;
constexpr std::int64_t kWarmUp = 1'500;  // requests, from which the rate is guessed

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

LoadResult place_some(Scene& scene, const Served& served, int connections, std::int64_t count) {
  auto first = scene.next_order;
  scene.next_order += count;
  auto result = run({served.port(), connections, count, [&](std::int64_t number) {
                       return request_of(scene.size, first + number, scene.keys);
                     }});
  if (result.failed > 0)
    throw std::runtime_error{std::to_string(result.failed) +
                             " orders failed: " + result.first_failure};
  return result;
}

Placed place_many(Scene& scene, const Served& served, int connections) {
  auto warm = place_some(scene, served, connections,
                         std::min<std::int64_t>(kWarmUp, 200 + 25 * connections));
  auto count = std::max<std::int64_t>(
      4 * connections, static_cast<std::int64_t>(warm.rate() * scene.options.seconds));
  served.settle();
  auto before = served.usage();
  auto begin = std::chrono::steady_clock::now();
  Placed placed;
  placed.load = place_some(scene, served, connections, count);
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

void add(Scene& scene, Table& table, int connections, const Placed& placed) {
  const auto& load = placed.load;
  auto& report = scene.report;
  auto what = "create c=" + std::to_string(connections);
  auto delivered = static_cast<double>(load.us.size()) / placed.seconds_whole;
  auto cpu = per_order(placed, placed.used.cpu_seconds * 1e6);
  auto syncs = per_order(placed, static_cast<double>(placed.used.syncs));
  auto written = per_order(placed, static_cast<double>(placed.used.written_bytes));
  report.add(what, "a second", load.rate());
  report.add(what, "delivered a second", delivered);
  report.add(what, "p50 ms", load.percentile(0.5));
  report.add(what, "p99 ms", load.percentile(0.99));
  report.add(what, "p99.9 ms", load.percentile(0.999));
  report.add(what, "server CPU us an order", cpu);
  report.add(what, "fsyncs an order", syncs);
  report.add(what, "bytes written an order", written);
  table.row({std::to_string(connections), fixed(load.rate(), 0), fixed(delivered, 0),
             fixed(load.percentile(0.5), 2), fixed(load.percentile(0.99), 2),
             fixed(load.percentile(0.999), 2), fixed(placed.used.cpu_seconds, 2), fixed(cpu, 0),
             fixed(syncs, 3), fixed(per_order(placed, static_cast<double>(placed.used.commits)), 3),
             fixed(written, 0), fixed(100 * placed.unfinished, 0) + " %"});
}

Table load_table() {
  return Table{{"connections", "orders/s", "delivered/s", "p50 ms", "p99 ms", "p99.9 ms", "CPU s",
                "CPU us/order", "fsyncs/order", "commits/order", "bytes written/order",
                "open at end"}};
}

// What each round gave; the same index is the same round.
struct Rounds {
  std::vector<double> create, delivered, raw_place, raw_life, raw_single, store_place, store_life,
      queue_place;
  std::vector<double> of_raw_place, of_raw_life, of_store_place, of_queue_place, p99_of_p50;
  std::vector<double> place_log, life_log;

  void add(const Placed& placed, const Limits& limits) {
    auto rate = placed.load.rate();
    auto life = static_cast<double>(placed.load.us.size()) / placed.seconds_whole;
    create.push_back(rate);
    delivered.push_back(life);
    raw_place.push_back(limits.raw_place.rate);
    raw_life.push_back(limits.raw_life.rate);
    raw_single.push_back(limits.raw_single.rate);
    store_place.push_back(limits.store_place);
    store_life.push_back(limits.store_life);
    queue_place.push_back(limits.queue_place);
    place_log.push_back(limits.raw_place.log_bytes);
    life_log.push_back(limits.raw_life.log_bytes);
    of_raw_place.push_back(rate / limits.raw_place.rate);
    of_raw_life.push_back(life / limits.raw_life.rate);
    of_store_place.push_back(rate / limits.store_place);
    of_queue_place.push_back(rate / limits.queue_place);
    p99_of_p50.push_back(placed.load.percentile(0.99) / placed.load.percentile(0.5));
  }
};

void print(Scene& scene, const Rounds& rounds) {
  struct Row {
    const char* what;
    const char* metric;
    const std::vector<double>& values;
    int digits;
  };
  Table table{{"64 connections against the limits of the same file", "median (range)"}};
  for (const auto& row : {
           Row{"main create", "a second", rounds.create, 0},
           Row{"main create", "delivered a second", rounds.delivered, 0},
           Row{"main create", "p99 / p50", rounds.p99_of_p50, 2},
           Row{"limit raw place", "a second", rounds.raw_place, 0},
           Row{"limit raw life", "a second", rounds.raw_life, 0},
           Row{"limit raw place, one a commit", "a second", rounds.raw_single, 0},
           Row{"limit store place", "a second", rounds.store_place, 0},
           Row{"limit store life", "a second", rounds.store_life, 0},
           Row{"limit queue place", "a second", rounds.queue_place, 0},
           Row{"limit raw place", "log bytes an order", rounds.place_log, 0},
           Row{"limit raw life", "log bytes an order", rounds.life_log, 0},
           Row{"ratio create / raw place", "of 1", rounds.of_raw_place, 2},
           Row{"ratio delivered / raw life", "of 1", rounds.of_raw_life, 2},
           Row{"ratio create / store place", "of 1", rounds.of_store_place, 2},
           Row{"ratio create / queue place", "of 1", rounds.of_queue_place, 2},
       }) {
    scene.report.add(row.what, row.metric, median(row.values));
    table.row({std::string{row.what} + ", " + row.metric, spread(row.values, row.digits)});
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

void main_comparison(Scene& scene) {
  Rounds rounds;
  auto table = load_table();
  std::vector<Recording> recorded;
  for (int round = 0; round < scene.options.rounds; ++round) {
    Placed placed;
    {
      Served served{scene.served()};
      placed = place_many(scene, served, kMainConnections);
    }
    add(scene, table, kMainConnections, placed);
    LimitOptions options;
    options.first = scene.next_order;
    options.orders = static_cast<std::int64_t>(4'000 * scene.options.seconds);
    auto limits = measure_limits(scene.dir / "topup.db", scene.size, options);
    scene.next_order += limits.made;
    rounds.add(placed, limits);
    recorded = std::move(limits.recorded);
  }
  table.print();
  print(scene, rounds);
  if (scene.options.show_statements) print(recorded);
}

}  // namespace

void measure_orders(Scene& scene) {
  std::cout << "POST /api/order/create, one round a line\n";
  main_comparison(scene);
  std::cout << "POST /api/order/create by connections\n";
  auto table = load_table();
  Served served{scene.served()};
  for (int connections : scene.options.connections)
    add(scene, table, connections, place_many(scene, served, connections));
  table.print();
}

}  // namespace topupd::bench
