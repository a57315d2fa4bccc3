// Size, width, words and links of every file that people read.

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "catch.h"
#include "guards/source_tree.h"

namespace {

constexpr std::size_t kLinesMax = 400;
constexpr std::size_t kWidthMax = 100;       // characters
constexpr std::size_t kTableWidthMax = 160;  // characters, between clang-format off and on

std::vector<std::string> sources() {
  return files_of({"lib", "server", "tests", "examples", "scripts", "Makefile", ".ci/run"},
                  {".h", ".cpp", ".sh", ".js", ".css", "Makefile", "run"});
}

// Characters, not bytes: continuation bytes of UTF-8 do not count.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

// The line without a string that no line could hold, such as a payment code: people search for
// those in one piece.
std::string without_long_string(const std::string& text) {
  auto begin = text.find('"');
  auto end = text.rfind('"');
  if (begin == end || end - begin <= kWidthMax) return text;
  return text.substr(0, begin + 1) + text.substr(end);
}

// The word in two halves, so that this file does not hold it.
std::vector<std::string> unfinished_words() {
  return {std::string{"TO"} + "DO", std::string{"FIX"} + "ME", std::string{"XX"} + "X",
          std::string{"HA"} + "CK"};
}

// The targets of [text](target) in a line of Markdown.
std::vector<std::string> link_targets(std::string_view text) {
  std::vector<std::string> targets;
  for (auto at = text.find("]("); at != std::string_view::npos; at = text.find("](", at + 2)) {
    auto target = text.substr(at + 2);
    targets.emplace_back(target.substr(0, target.find_first_of(")#")));
  }
  return targets;
}

std::string folder_of(const std::string& file) {
  auto slash = file.rfind('/');
  return slash == std::string::npos ? "" : file.substr(0, slash + 1);
}

}  // namespace

TEST_CASE("no file is longer than 400 lines", "[guards]") {
  Offences offences;
  for (const auto& file : sources()) {
    auto count = lines_of(file).size();
    if (count > kLinesMax) offences.push_back(file + ": " + std::to_string(count) + " lines");
  }
  CHECK(offences == Offences{});
}

TEST_CASE("no line is wider than 100 characters, a table's row than 160", "[guards]") {
  Offences offences;
  for (const auto& file : sources()) {
    auto widest = kWidthMax;
    for (const auto& line : lines_of(file)) {
      if (line.text.find("// clang-format off") != std::string::npos) widest = kTableWidthMax;
      if (line.text.find("// clang-format on") != std::string::npos) widest = kWidthMax;
      if (width(without_long_string(line.text)) > widest) offences.push_back(place(line));
    }
  }
  CHECK(offences == Offences{});
}

// Catch takes a name that begins with a dash for an option, with * or ~ for a pattern; CMake takes
// a semicolon for the name's end.
TEST_CASE("every test's name begins with a letter or a digit and has no semicolon", "[guards]") {
  Offences offences;
  for (const auto& file : files_of({"tests"}, {".cpp"})) {
    for (const auto& line : lines_of(file)) {
      const std::string_view text = line.text;
      const auto name = text.find("_CASE(\"");
      if (!text.starts_with("T") || name == std::string_view::npos) continue;
      const auto words = text.substr(name + 7, text.find('"', name + 7) - name - 7);
      if (std::isalnum(static_cast<unsigned char>(words.at(0))) == 0 ||
          words.find(';') != words.npos)
        offences.push_back(place(line));
    }
  }
  CHECK(offences == Offences{});
}

TEST_CASE("no file says that it is unfinished", "[guards]") {
  const auto words = unfinished_words();
  Offences offences;
  auto files = sources();
  for (const auto& page : files_of({"docs", "README.md", "CHANGELOG.md", "schema.sql"}, {""}))
    files.push_back(page);
  for (const auto& file : files) {
    for (const auto& line : lines_of(file)) {
      if (std::any_of(words.begin(), words.end(),
                      [&](const std::string& word) { return has_word(line.text, word); }))
        offences.push_back(place(line));
    }
  }
  CHECK(offences == Offences{});
}

TEST_CASE("every header says pragma once, every source includes its own header first", "[guards]") {
  Offences offences;
  for (const auto& file : files_of({"lib", "server", "tests"}, {".h"})) {
    auto lines = lines_of(file);
    if (std::none_of(lines.begin(), lines.end(),
                     [](const Line& line) { return line.text == "#pragma once"; }))
      offences.push_back(file + ": no pragma once");
  }
  for (const auto& file : files_of({"lib", "server"}, {".cpp"})) {
    auto own = file.substr(0, file.size() - 4) + ".h";
    if (!exists(own)) continue;
    auto lines = lines_of(file);
    auto first = std::find_if(lines.begin(), lines.end(),
                              [](const Line& line) { return !included(line).empty(); });
    auto wanted = "\"" + own.substr(own.find('/') + 1) + "\"";
    if (first == lines.end() || included(*first) != wanted) offences.push_back(file);
  }
  CHECK(offences == Offences{});
}

TEST_CASE("every source is listed in the CMakeLists.txt that builds it", "[guards]") {
  struct Row {
    std::string folder;
    std::string list;
    std::string prefix;  // taken off a file's path before it is looked for in the list
  };
  Offences offences;
  for (const auto& row : {
           Row{"lib", "CMakeLists.txt", ""},
           Row{"server", "server/CMakeLists.txt", "server/"},
           Row{"tests", "tests/CMakeLists.txt", "tests/"},
           Row{"tests/bench", "tests/bench/CMakeLists.txt", "tests/bench/"},
       }) {
    const auto lines = lines_of(row.list);
    for (const auto& file : files_of({row.folder}, {".cpp"})) {
      if (row.folder == "tests" && file.starts_with("tests/bench/")) continue;  // has its own list
      auto name = file.substr(row.prefix.size());
      if (std::none_of(lines.begin(), lines.end(),
                       [&](const Line& line) { return line.text.find(name) != std::string::npos; }))
        offences.push_back(file + " is not in " + row.list);
    }
  }
  CHECK(offences == Offences{});
}

TEST_CASE("every link between the documents leads to a file", "[guards]") {
  Offences offences;
  for (const auto& page : files_of({"docs", "README.md", "CHANGELOG.md"}, {".md"})) {
    bool code = false;  // between ``` and ```, where a lambda looks like a link
    for (const auto& line : lines_of(page)) {
      if (line.text.starts_with("```")) code = !code;
      if (code) continue;
      for (const auto& target : link_targets(line.text)) {
        bool elsewhere = target.empty() || target.find("://") != std::string::npos ||
                         target.starts_with("mailto:");
        if (!elsewhere && !exists(folder_of(page) + target)) offences.push_back(place(line));
      }
    }
  }
  CHECK(offences == Offences{});
}

TEST_CASE("every script is sound for bash and for shellcheck", "[guards]") {
  for (const auto& script : files_of({"scripts", "tests", ".ci/run"}, {".sh", ".ci/run"})) {
    INFO(script);
    CHECK_NOTHROW(output_of("bash -n '" + script + "'"));
    CHECK_NOTHROW(output_of("! command -v shellcheck || shellcheck -S warning '" + script + "'"));
  }
}
