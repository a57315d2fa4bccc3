// Whether each mutant is still aimed at something: what it costs to find that out by `make mutants`
// is minutes.

#include <string_view>

#include "catch.h"
#include "guards/source_tree.h"

namespace {

constexpr std::string_view kLineEnd = "↵";

// The file as one text, with that sign for the end of each line.
std::string joined(const std::string& file) {
  std::string text;
  for (const auto& line : lines_of(file)) {
    text += line.text;
    text += kLineEnd;
  }
  return text;
}

int count(std::string_view text, std::string_view part) {
  int found = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

}  // namespace

TEST_CASE("what a mutant changes stands once in its source", "[guards]") {
  Offences offences;
  std::string source;
  for (const auto& line : lines_of("tests/mutants/list.txt")) {
    if (!line.text.starts_with("- ")) {
      if (!line.text.empty()) source = line.text;
      continue;
    }
    if (count(joined(source), line.text.substr(2)) != 1) offences.push_back(place(line));
  }
  CHECK(offences == Offences{});
}
