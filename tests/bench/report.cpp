#include "bench/report.h"

#include <sys/utsname.h>

#include <algorithm>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "server/child_process.h"

namespace topupd::bench {
namespace {

std::string processor() {
  std::ifstream stream{"/proc/cpuinfo"};
  for (std::string line; std::getline(stream, line);)
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  return "unknown";
}

std::string kernel() {
  utsname names{};
  ::uname(&names);
  return std::string{names.sysname} + " " + names.release;
}

using Key = std::tuple<std::string, std::string, std::string>;

std::map<Key, double> read_figures(const std::filesystem::path& path) {
  std::ifstream stream{path};
  if (!stream) throw std::runtime_error{"can't read " + path.string()};
  auto json = nlohmann::json::parse(stream);
  std::map<Key, double> figures;
  for (const auto& figure : json.at("figures"))
    figures[{figure.at("file"), figure.at("what"), figure.at("metric")}] = figure.at("value");
  return figures;
}

}  // namespace

void Report::add(const std::string& what, const std::string& metric, double value) {
  figures_.push_back({file_, what, metric, value});
}

void Report::write_json(const std::filesystem::path& path) const {
  nlohmann::ordered_json json;
  for (const auto& [name, text] : about_)
    json["about"][name] = text;
  json["figures"] = nlohmann::ordered_json::array();
  for (const auto& figure : figures_)
    json["figures"].push_back({{"file", figure.file},
                               {"what", figure.what},
                               {"metric", figure.metric},
                               {"value", figure.value}});
  std::ofstream stream{path};
  stream << json.dump(1) << '\n';
  if (!stream.flush()) throw std::runtime_error{"can't write " + path.string()};
}

About about_here(const std::filesystem::path& program) {
  std::istringstream version{test::run({program.string(), "--version"}).out};
  std::string server;
  std::string commit;
  std::getline(version, server);
  std::getline(version, commit);
  return {{"server", server + ", " + commit},
          {"processor", processor()},
          {"processors", std::to_string(std::thread::hardware_concurrency())},
          {"kernel", kernel()}};
}

void print_comparison(const std::filesystem::path& before, const std::filesystem::path& after) {
  auto old = read_figures(before);
  Table table{{"figure", "before", "after", "after / before"}};
  for (const auto& [key, value] : read_figures(after)) {
    auto found = old.find(key);
    if (found == old.end()) continue;
    const auto& [file, what, metric] = key;
    auto ratio = found->second == 0 ? std::string{"-"} : fixed(value / found->second, 2);
    table.row(
        {file + ": " + what + ", " + metric, fixed(found->second, 2), fixed(value, 2), ratio});
  }
  table.print();
}

void Table::print() const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (widths.size() <= i) widths.push_back(0);
      widths[i] = std::max(widths[i], row[i].size());
    }
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i)
      std::cout << (i == 0 ? std::left : std::right) << std::setw(static_cast<int>(widths[i]))
                << row[i] << "  ";
    std::cout << '\n';
  }
  std::cout << std::endl;
}

std::string fixed(double value, int digits) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(digits) << value;
  return text.str();
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  auto middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::string spread(const std::vector<double>& values, int digits) {
  auto text = fixed(median(values), digits);
  if (values.size() < 2) return text;
  auto [low, high] = std::minmax_element(values.begin(), values.end());
  return text + " (" + fixed(*low, digits) + "-" + fixed(*high, digits) + ")";
}

}  // namespace topupd::bench
