// Counters, gauges and histograms, and their Prometheus text (format 0.0.4).
//
// Ask once for a metric with its fixed labels and keep the reference: adding to it is one atomic
// operation.  Labels hold words from a short fixed list (a route, a status class), never a user,
// an order or anything else a client can choose.

#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace topupd {

// Only goes up.  Thread-safe.
class Counter {
 public:
  void add(std::uint64_t n = 1) { value_.fetch_add(n, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  alignas(64) std::atomic<std::uint64_t> value_{0};  // alone on its cache line
};

// Goes up and down.  Thread-safe.
class Gauge {
 public:
  void set(double value) { value_.store(value, std::memory_order_relaxed); }
  void add(double by) { value_.fetch_add(by, std::memory_order_relaxed); }
  double value() const { return value_.load(std::memory_order_relaxed); }

 private:
  alignas(64) std::atomic<double> value_{0};
};

// How often values up to each bound were seen.  Thread-safe.
class Histogram {
 public:
  // Upper bounds, ascending; a last one for everything above is added.
  explicit Histogram(std::vector<double> bounds);

  void observe(double value);

  const std::vector<double>& bounds() const { return bounds_; }
  std::vector<std::uint64_t> counts() const;  // one a bound and one above; not cumulative
  double sum() const { return sum_.load(std::memory_order_relaxed); }

 private:
  const std::vector<double> bounds_;
  std::vector<std::atomic<std::uint64_t>> counts_;
  std::atomic<double> sum_{0};
};

// Bounds for a duration in seconds, 1 ms to 10 s.
inline constexpr double kSecondsBounds[] = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                            0.25,  0.5,    1,     2.5,  5,     10};

using Labels = std::vector<std::pair<std::string, std::string>>;

struct MetricName {
  std::string name;  // [a-zA-Z_:][a-zA-Z0-9_:]*, with the unit: "topupd_http_request_seconds"
  std::string help;  // a sentence
};

// Owns the metrics.  Thread-safe.  The same name and labels give the same object; references stay
// valid as long as this lives.  A malformed name or label, one name as two kinds of metric, or
// other bounds for one name throw std::logic_error.
class Metrics {
 public:
  Counter& counter(const MetricName& name, const Labels& labels = {});
  Gauge& gauge(const MetricName& name, const Labels& labels = {});
  Histogram& histogram(const MetricName& name, std::span<const double> bounds,
                       const Labels& labels = {});

  // Content-Type: text/plain; version=0.0.4.  In order of name and labels.
  std::string text() const;

 private:
  struct Family {
    std::string help;
    std::string kind;                                               // the word after "# TYPE name"
    std::map<std::string, std::unique_ptr<Counter>> counters = {};  // by labels as written
    std::map<std::string, std::unique_ptr<Gauge>> gauges = {};
    std::map<std::string, std::unique_ptr<Histogram>> histograms = {};
  };

  Family& family(const MetricName& name, std::string_view kind);  // mutex_ is held

  mutable std::mutex mutex_;
  std::map<std::string, Family> families_;
};

}  // namespace topupd
