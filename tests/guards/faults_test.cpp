// docs/reliability.md says of each fault of the catalogue which test makes it happen.

#include <algorithm>
#include <regex>
#include <set>
#include <string>

#include "catch.h"
#include "guards/source_tree.h"

namespace {

constexpr int kFaults = 59;

using Numbers = std::set<int>;

// "F1–F3, F5" are 1, 2, 3 and 5.
Numbers numbers_in(const std::string& text) {
  static const std::regex kRange{"F([0-9]+)(?:–F([0-9]+))?"};
  Numbers numbers;
  for (std::sregex_iterator found{text.begin(), text.end(), kRange};
       found != std::sregex_iterator{}; ++found) {
    const auto& range = *found;
    int last = std::stoi(range[2].matched ? range[2] : range[1]);
    for (int number = std::stoi(range[1]); number <= last; ++number)
      numbers.insert(number);
  }
  return numbers;
}

struct Row {
  Line line;
  Numbers faults;
  std::string where;
};

std::vector<Row> rows() {
  std::vector<Row> found;
  for (const auto& line : lines_of("docs/reliability.md")) {
    if (!line.text.starts_with("| F")) continue;
    auto middle = line.text.find(" | ");
    found.push_back({line, numbers_in(line.text.substr(0, middle)), line.text.substr(middle)});
  }
  return found;
}

bool holds(const std::string& file, const std::string& test) {
  auto lines = lines_of(file);
  return std::any_of(lines.begin(), lines.end(), [&](const Line& line) {
    return line.text.find('"' + test + '"') != std::string::npos;
  });
}

Numbers of_the_simulator() {
  Numbers numbers;
  for (const auto& line : lines_of("tests/sim/faults.cpp"))
    if (line.text.find("FaultName{F::") != std::string::npos) numbers.merge(numbers_in(line.text));
  return numbers;
}

}  // namespace

TEST_CASE("every fault of the catalogue has its row", "[guards]") {
  Numbers named;
  for (const auto& row : rows())
    named.insert(row.faults.begin(), row.faults.end());
  Numbers all;
  for (int number = 1; number <= kFaults; ++number)
    all.insert(number);
  CHECK(named == all);
}

TEST_CASE("what is said to be the simulator's is what it draws", "[guards]") {
  Numbers said;
  for (const auto& row : rows())
    if (row.where.starts_with(" | the simulator,"))
      said.insert(row.faults.begin(), row.faults.end());
  CHECK(said == of_the_simulator());
}

TEST_CASE("every test that a fault's row names exists", "[guards]") {
  static const std::regex kTest{"`(tests/[a-z_/]+\\.cpp)`: ([^;|]+?) *[;|]"};
  Offences offences;
  for (const auto& row : rows()) {
    std::sregex_iterator found{row.where.begin(), row.where.end(), kTest};
    bool is_the_simulators = row.where.starts_with(" | the simulator,");
    if (found == std::sregex_iterator{} && !is_the_simulators &&
        !row.where.starts_with(" | no test:"))
      offences.push_back(place(row.line));
    for (; found != std::sregex_iterator{}; ++found)
      if (!holds((*found)[1], (*found)[2]))
        offences.push_back((*found)[1].str() + ": " + (*found)[2].str());
  }
  CHECK(offences == Offences{});
}
