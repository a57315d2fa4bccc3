#include "metrics.h"

#include <limits>
#include <stdexcept>
#include <thread>
#include <vector>

#include "catch.h"

using namespace topupd;

TEST_CASE("metrics are written as Prometheus reads them", "[metrics]") {
  Metrics metrics;
  metrics.counter({"orders_total", "Orders placed."}, {{"mode", "balance"}}).add(3);
  metrics.counter({"orders_total", "Orders placed."}, {{"mode", "dropship"}}).add();
  metrics.gauge({"queue_length", "Orders waiting."}).set(2.5);
  CHECK(metrics.text() ==
        "# HELP orders_total Orders placed.\n"
        "# TYPE orders_total counter\n"
        "orders_total{mode=\"balance\"} 3\n"
        "orders_total{mode=\"dropship\"} 1\n"
        "# HELP queue_length Orders waiting.\n"
        "# TYPE queue_length gauge\n"
        "queue_length 2.5\n");
}

TEST_CASE("a histogram's buckets add up and include their bound", "[metrics]") {
  Metrics metrics;
  const double bounds[] = {0.5, 1};
  auto& histogram = metrics.histogram({"seconds", "Time."}, bounds, {{"route", "me"}});
  for (const double value : {0.25, 0.5, 0.75, 1.0, 8.0})
    histogram.observe(value);
  CHECK(metrics.text() ==
        "# HELP seconds Time.\n"
        "# TYPE seconds histogram\n"
        "seconds_bucket{route=\"me\",le=\"0.5\"} 2\n"
        "seconds_bucket{route=\"me\",le=\"1\"} 4\n"
        "seconds_bucket{route=\"me\",le=\"+Inf\"} 5\n"
        "seconds_sum{route=\"me\"} 10.5\n"
        "seconds_count{route=\"me\"} 5\n");
}

TEST_CASE("help and label values are escaped", "[metrics]") {
  Metrics metrics;
  metrics.counter({"a", "one\\two\n\"three\""}, {{"l", "q\"b\\n\n"}});
  CHECK(metrics.text() ==
        "# HELP a one\\\\two\\n\"three\"\n"
        "# TYPE a counter\n"
        "a{l=\"q\\\"b\\\\n\\n\"} 0\n");
}

TEST_CASE("numbers that are none have their words", "[metrics]") {
  struct Row {
    double value;
    std::string text;
  };
  for (const auto& [value, text] : {
           Row{0, "0"},
           Row{-1.5, "-1.5"},
           Row{1e15, "1e+15"},
           Row{std::numeric_limits<double>::infinity(), "+Inf"},
           Row{-std::numeric_limits<double>::infinity(), "-Inf"},
           Row{std::numeric_limits<double>::quiet_NaN(), "NaN"},
       }) {
    Metrics metrics;
    metrics.gauge({"g", "G."}).set(value);
    CHECK(metrics.text() == "# HELP g G.\n# TYPE g gauge\ng " + text + "\n");
  }
}

TEST_CASE("the same name and labels are the same metric", "[metrics]") {
  Metrics metrics;
  CHECK(&metrics.counter({"a", "A."}, {{"x", "1"}}) == &metrics.counter({"a", "A."}, {{"x", "1"}}));
  CHECK(&metrics.counter({"a", "A."}, {{"x", "1"}}) != &metrics.counter({"a", "A."}, {{"x", "2"}}));
}

TEST_CASE("a metric that Prometheus would refuse is our bug", "[metrics]") {
  Metrics metrics;
  metrics.counter({"a", "A."});
  const double good[] = {1, 2};
  const double bad[] = {1, 1};
  metrics.histogram({"h", "H."}, good);
  CHECK_THROWS_AS(metrics.gauge({"a", "A."}), std::logic_error);
  CHECK_THROWS_AS(metrics.counter({"", "A."}), std::logic_error);
  CHECK_THROWS_AS(metrics.counter({"1a", "A."}), std::logic_error);
  CHECK_THROWS_AS(metrics.counter({"a-b", "A."}), std::logic_error);
  CHECK_THROWS_AS(metrics.counter({"b", "B."}, {{"x y", "1"}}), std::logic_error);
  CHECK_THROWS_AS(metrics.histogram({"i", "I."}, bad), std::logic_error);
  CHECK_THROWS_AS(metrics.histogram({"h", "H."}, kSecondsBounds, {{"x", "1"}}), std::logic_error);
}

TEST_CASE("threads lose no increment", "[metrics]") {
  Metrics metrics;
  auto& counter = metrics.counter({"a", "A."});
  auto& gauge = metrics.gauge({"g", "G."});
  auto& histogram = metrics.histogram({"h", "H."}, kSecondsBounds);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 1'000; ++i) {
        counter.add();
        gauge.add(1);
        histogram.observe(1);
      }
      metrics.text();
    });
  for (auto& thread : threads)
    thread.join();
  CHECK(counter.value() == 4'000);
  CHECK(gauge.value() == 4'000);
  CHECK(histogram.sum() == 4'000);
}
