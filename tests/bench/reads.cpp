#include <chrono>
#include <iostream>
#include <memory>

#include "bench/bare_server.h"
#include "bench/load.h"
#include "bench/nginx_hello.h"
#include "bench/scene.h"

namespace topupd::bench {
namespace {

constexpr int kConnections = 64;
constexpr int kMany = 1'000;
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
      {"GET /api/services?q=, made for each", with("/api/services?q=layanan", "")},
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

Answered measure(int port, int pid, const Make& request, double seconds,
                 int connections = kConnections) {
  auto least = std::max(kWarmUp, std::int64_t{4} * connections);
  auto warm = run({port, connections, least, request});
  auto count = std::max(least, static_cast<std::int64_t>(warm.rate() * seconds));
  auto before = cpu_seconds_of(pid);
  auto load = run({port, connections, count, request});
  auto used = cpu_seconds_of(pid) - before;
  return {std::move(load), used * 1e6 / static_cast<double>(count)};
}

// The rows, each beside a hello of the HTTP library and one of nginx.
class ReadTable {
 public:
  explicit ReadTable(Report& report) : report_{report} {}

  // What the rows after it are compared with.
  void hello(const std::string& name, const Answered& answered) {
    hello_ = answered.load.rate();
    row(name, answered);
  }
  void nginx(const std::string& name, const Answered& answered) {
    nginx_ = answered.load.rate();
    row(name, answered);
  }

  void row(const std::string& name, const Answered& answered) {
    const auto& load = answered.load;
    auto answers = static_cast<double>(load.us.size());
    report_.add(name, "a second", load.rate());
    report_.add(name, "of hello", load.rate() / hello_);
    if (nginx_ > 0) report_.add(name, "of nginx", load.rate() / nginx_);
    report_.add(name, "p99 ms", load.percentile(0.99));
    report_.add(name, "CPU us", answered.cpu_us);
    table_.row({name, fixed(load.rate(), 0), fixed(load.rate() / hello_, 2),
                nginx_ > 0 ? fixed(load.rate() / nginx_, 2) : "-", fixed(load.percentile(0.5), 2),
                fixed(load.percentile(0.99), 2), fixed(load.percentile(0.999), 2),
                fixed(answered.cpu_us, 0), fixed(static_cast<double>(load.bytes) / answers, 0),
                std::to_string(load.failed)});
  }

  void print() const { table_.print(); }

 private:
  Report& report_;
  Table table_{{"request", "a second", "of hello", "of nginx", "p50 ms", "p99 ms", "p99.9 ms",
                "CPU us", "bytes", "failed"}};
  double hello_ = 0;
  double nginx_ = 0;  // with as many connections; 0: it is not installed
};

std::string hello_request(std::int64_t) { return get("/", ""); }

// The server's own with many connections, beside nginx's.
void measure_many(ReadTable& table, const Served& served, const NginxHello* nginx, const Read& read,
                  double seconds) {
  const auto with = ", " + std::to_string(kMany) + " connections";
  if (nginx != nullptr)
    table.nginx("hello by nginx" + with,
                measure(nginx->port(), nginx->pid(), hello_request, seconds, kMany));
  table.row(read.name + with, measure(served.port(), served.pid(), read.request, seconds, kMany));
}

}  // namespace

void measure_reads(Scene& scene) {
  std::cout << "reading with " << kConnections << " connections\n";
  ReadTable table{scene.report};
  auto seconds = scene.options.seconds / 2;
  {
    const BareServer bare;
    table.hello("hello by cpp-httplib alone",
                measure(bare.port(), bare.pid(), hello_request, seconds));
  }
  std::unique_ptr<NginxHello> nginx;
  if (NginxHello::is_installed()) {
    nginx = std::make_unique<NginxHello>(scene.dir / "nginx");
    table.nginx("hello by nginx", measure(nginx->port(), nginx->pid(), hello_request, seconds));
  }
  const Served served{scene.served()};
  const auto list = reads(scene, served);
  for (const auto& read : list)
    if (read.name.find(scene.options.only) != std::string::npos)
      table.row(read.name, measure(served.port(), served.pid(), read.request, seconds));
  measure_many(table, served, nginx.get(), list.front(), seconds);
  auto resident = static_cast<double>(served.usage().resident_bytes) / 1'048'576;
  scene.report.add("server", "resident MiB after reading", resident);
  table.print();
  std::cout << "the server is " << fixed(resident, 1) << " MiB resident\n\n";
}

}  // namespace topupd::bench
