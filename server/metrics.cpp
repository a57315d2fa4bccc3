#include "metrics.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace topupd {

namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
}

void check_name(std::string_view name) {
  const bool ok = !name.empty() && is_letter(name.front()) &&
                  std::all_of(name.begin(), name.end(),
                              [](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
  if (!ok) throw std::logic_error{"malformed metric or label name: " + std::string{name}};
}

std::string escaped(std::string_view text, std::string_view also) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') {
      result += "\\n";
      continue;
    }
    if (c == '\\' || also.find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

// name="value",name="value": what stands between the braces.
std::string written(const Labels& labels) {
  std::string text;
  for (const auto& [name, value] : labels) {
    check_name(name);
    if (!text.empty()) text += ',';
    text.append(name).append("=\"").append(escaped(value, "\"")).append("\"");
  }
  return text;
}

std::string written(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value).ptr;
  return {text, end};
}

void append_line(std::string& out, const std::string& name, const std::string& labels,
                 const std::string& value) {
  out += name;
  if (!labels.empty()) out.append("{").append(labels).append("}");
  out.append(" ").append(value).append("\n");
}

void append_histogram(std::string& out, const std::string& name, const std::string& labels,
                      const Histogram& histogram) {
  const auto counts = histogram.counts();
  const std::string before = labels.empty() ? "" : labels + ',';
  std::uint64_t up_to = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    up_to += counts[i];
    const bool above = i == histogram.bounds().size();
    const std::string bound = above ? "+Inf" : written(histogram.bounds()[i]);
    std::string with_bound = before;
    with_bound.append("le=\"").append(bound).append("\"");
    append_line(out, name + "_bucket", with_bound, std::to_string(up_to));
  }
  append_line(out, name + "_sum", labels, written(histogram.sum()));
  append_line(out, name + "_count", labels, std::to_string(up_to));
}

}  // namespace

Histogram::Histogram(std::vector<double> bounds)
    : bounds_{std::move(bounds)}, counts_(bounds_.size() + 1) {
  if (std::adjacent_find(bounds_.begin(), bounds_.end(), std::greater_equal<>{}) != bounds_.end())
    throw std::logic_error{"histogram bounds must ascend"};
}

void Histogram::observe(double value) {
  const auto bound = std::lower_bound(bounds_.begin(), bounds_.end(), value);
  const auto i = static_cast<std::size_t>(bound - bounds_.begin());
  counts_[i].fetch_add(1, std::memory_order_relaxed);
  sum_.fetch_add(value, std::memory_order_relaxed);
}

std::vector<std::uint64_t> Histogram::counts() const {
  std::vector<std::uint64_t> result;
  for (const auto& count : counts_)
    result.push_back(count.load(std::memory_order_relaxed));
  return result;
}

Metrics::Family& Metrics::family(const MetricName& name, std::string_view kind) {
  check_name(name.name);
  auto& family =
      families_.try_emplace(name.name, Family{name.help, std::string{kind}}).first->second;
  if (family.kind != kind) throw std::logic_error{name.name + " is a " + family.kind};
  return family;
}

Counter& Metrics::counter(const MetricName& name, const Labels& labels) {
  std::lock_guard lock{mutex_};
  auto& slot = family(name, "counter").counters[written(labels)];
  if (!slot) slot = std::make_unique<Counter>();
  return *slot;
}

Gauge& Metrics::gauge(const MetricName& name, const Labels& labels) {
  std::lock_guard lock{mutex_};
  auto& slot = family(name, "gauge").gauges[written(labels)];
  if (!slot) slot = std::make_unique<Gauge>();
  return *slot;
}

Histogram& Metrics::histogram(const MetricName& name, std::span<const double> bounds,
                              const Labels& labels) {
  std::lock_guard lock{mutex_};
  auto& all = family(name, "histogram").histograms;
  if (!all.empty() &&
      !std::equal(bounds.begin(), bounds.end(), all.begin()->second->bounds().begin(),
                  all.begin()->second->bounds().end()))
    throw std::logic_error{name.name + " has other bounds"};
  auto& slot = all[written(labels)];
  if (!slot) slot = std::make_unique<Histogram>(std::vector<double>(bounds.begin(), bounds.end()));
  return *slot;
}

std::string Metrics::text() const {
  std::lock_guard lock{mutex_};
  std::string out;
  for (const auto& [name, family] : families_) {
    out += "# HELP " + name + ' ' + escaped(family.help, "") + '\n';
    out += "# TYPE " + name + ' ' + family.kind + '\n';
    for (const auto& [labels, counter] : family.counters)
      append_line(out, name, labels, std::to_string(counter->value()));
    for (const auto& [labels, gauge] : family.gauges)
      append_line(out, name, labels, written(gauge->value()));
    for (const auto& [labels, histogram] : family.histograms)
      append_histogram(out, name, labels, *histogram);
  }
  return out;
}

}  // namespace topupd
