#include <chrono>
#include <iostream>

#include "bench/bare_server.h"
#include "bench/load.h"
#include "bench/scene.h"

namespace topupd::bench {
namespace {

constexpr int kConnections = 64;
constexpr std::int64_t kWarmUp = 500;

using Make = std::function<std::string(std::int64_t)>;

struct Read {
  std::string name;
  Make request;
};

std::string get(const std::string& target, const std::string& key,
                const std::string& headers = "") {
  return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" +
         (key.empty() ? "" : "X-API-Key: " + key + "\r\n") + headers + "\r\n";
}

// Any of the finished orders.
std::int64_t some_order(const Scene& scene, std::int64_t number) {
  auto orders = static_cast<std::uint64_t>(scene.size.orders);
  return 1 + static_cast<std::int64_t>(noise(static_cast<std::uint64_t>(number)) % orders);
}

const std::string& owners_key(const Scene& scene, std::int64_t order) {
  return key_of(scene.keys, reseller_of(scene.size, order));
}

const std::string& some_key(const Scene& scene, std::int64_t number) {
  return owners_key(scene, some_order(scene, number));
}

// The value of a header in an answer; empty if there is none.
std::string header_in(const std::string& answer, const std::string& name) {
  auto at = answer.find("\r\n" + name + ": ");
  if (at == std::string::npos) return "";
  at += name.size() + 4;
  return answer.substr(at, answer.find('\r', at) - at);
}

std::vector<Read> reads(const Scene& scene, const Served& served) {
  auto status = [&](std::int64_t number) {
    auto order = some_order(scene, number);
    return get("/api/order/status?id=" + std::to_string(order), owners_key(scene, order));
  };
  auto by_ref_id = [&](std::int64_t number) {
    auto order = some_order(scene, number);
    return get("/api/order/status?ref_id=" + ref_id_of(order), owners_key(scene, order));
  };
  auto history = [&](std::int64_t number) {
    auto order = some_order(scene, number);
    return get("/api/order/history?limit=50&cursor=" + std::to_string(order),
               owners_key(scene, order));
  };
  auto with = [&](const std::string& target, const std::string& headers) -> Make {
    return [&scene, target, headers](std::int64_t number) {
      return get(target, some_key(scene, number), headers);
    };
  };
  std::vector<Read> list{
      {"GET /healthz", [](std::int64_t) { return get("/healthz", ""); }},
      {"GET /api/user/me", with("/api/user/me", "")},
      {"GET /api/order/status by id", status},
      {"GET /api/order/status by ref_id", by_ref_id},
      {"GET /api/order/history, 50 rows", history},
      {"GET /api/services", with("/api/services", "")},
      {"GET /api/services, gzip", with("/api/services", "Accept-Encoding: gzip\r\n")},
  };
  auto tag = header_in(ask(served.port(), get("/api/services", scene.keys.front())), "ETag");
  if (!tag.empty())
    list.push_back(
        {"GET /api/services, 304", with("/api/services", "If-None-Match: " + tag + "\r\n")});
  return list;
}

struct Answered {
  LoadResult load;
  double cpu_us = 0;  // of the server, for each
};

Answered measure(int port, int pid, const Make& request, double seconds) {
  auto warm = run({port, kConnections, kWarmUp, request});
  auto count = std::max<std::int64_t>(kWarmUp, static_cast<std::int64_t>(warm.rate() * seconds));
  auto before = cpu_seconds_of(pid);
  auto load = run({port, kConnections, count, request});
  auto used = cpu_seconds_of(pid) - before;
  return {std::move(load), used * 1e6 / static_cast<double>(count)};
}

}  // namespace

void measure_reads(Scene& scene) {
  std::cout << "reading with 64 connections\n";
  Table table{{"request", "a second", "of hello", "p50 ms", "p99 ms", "p99.9 ms", "CPU us", "bytes",
               "failed"}};
  double hello = 0;
  auto add = [&](const std::string& name, const Answered& answered) {
    const auto& load = answered.load;
    if (hello == 0) hello = load.rate();
    auto answers = static_cast<double>(load.us.size());
    scene.report.add(name, "a second", load.rate());
    scene.report.add(name, "of hello", load.rate() / hello);
    scene.report.add(name, "p99 ms", load.percentile(0.99));
    scene.report.add(name, "CPU us", answered.cpu_us);
    table.row({name, fixed(load.rate(), 0), fixed(load.rate() / hello, 2),
               fixed(load.percentile(0.5), 2), fixed(load.percentile(0.99), 2),
               fixed(load.percentile(0.999), 2), fixed(answered.cpu_us, 0),
               fixed(static_cast<double>(load.bytes) / answers, 0), std::to_string(load.failed)});
  };
  auto seconds = scene.options.seconds / 2;
  {
    BareServer bare;
    auto hello_request = [](std::int64_t) { return get("/", ""); };
    add("hello by cpp-httplib alone", measure(bare.port(), bare.pid(), hello_request, seconds));
  }
  Served served{scene.served()};
  for (const auto& read : reads(scene, served))
    add(read.name, measure(served.port(), served.pid(), read.request, seconds));
  auto resident = static_cast<double>(served.usage().resident_bytes) / 1'048'576;
  scene.report.add("server", "resident MiB after reading", resident);
  table.print();
  std::cout << "the server is " << fixed(resident, 1) << " MiB resident\n\n";
}

}  // namespace topupd::bench
