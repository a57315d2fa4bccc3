// The figures of a run: printed as tables, kept as JSON, compared with those of another.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace topupd::bench {

struct Figure {
  std::string file;    // "100000 orders, 1000 resellers"
  std::string what;    // "create c=64"
  std::string metric;  // "a second", "p99 ms", …
  double value = 0;
};

using About = std::vector<std::pair<std::string, std::string>>;

class Report {
 public:
  explicit Report(About about) : about_{std::move(about)} {}

  void begin_file(const std::string& file) { file_ = file; }
  void add(const std::string& what, const std::string& metric, double value);

  const std::vector<Figure>& figures() const { return figures_; }
  const About& about() const { return about_; }
  // Throws std::runtime_error if the file can't be written.
  void write_json(const std::filesystem::path& path) const;

 private:
  const About about_;
  std::string file_;
  std::vector<Figure> figures_;
};

// The machine and the builds, in words.
About about_here(const std::filesystem::path& program);

// Prints every figure that both files have, and the second as a multiple of the first.
void print_comparison(const std::filesystem::path& before, const std::filesystem::path& after);

// A table on standard output; the first column is aligned left.
class Table {
 public:
  explicit Table(std::vector<std::string> titles) { rows_.push_back(std::move(titles)); }
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  void print() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

// With as many digits behind the point.
std::string fixed(double value, int digits);

double median(std::vector<double> values);
// "0.71 (0.65-0.80)": the median and the range.
std::string spread(const std::vector<double>& values, int digits);

}  // namespace topupd::bench
