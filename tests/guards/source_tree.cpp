#include "guards/source_tree.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace fs = std::filesystem;

namespace {

const fs::path kRoot{TOPUP_SOURCE_DIR};

bool ends_in_one_of(const std::string& name, const std::vector<std::string>& endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](const std::string& ending) { return name.ends_with(ending); });
}

bool part_of_word(char c) { return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0; }

}  // namespace

std::vector<std::string> files_of(const std::vector<std::string>& places,
                                  const std::vector<std::string>& endings) {
  std::vector<std::string> found;
  auto take = [&](const fs::path& path) {
    auto name = path.lexically_relative(kRoot).generic_string();
    if (fs::is_regular_file(path) && ends_in_one_of(name, endings)) found.push_back(name);
  };
  for (const auto& place : places) {
    const fs::path path = kRoot / place;
    if (!fs::is_directory(path)) {
      take(path);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator{path})
      take(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<Line> lines_of(const std::string& file) {
  std::vector<Line> lines;
  std::ifstream stream{kRoot / file};
  int number = 0;
  for (std::string text; std::getline(stream, text);)
    lines.push_back({file, ++number, text});
  return lines;
}

bool exists(const std::string& file) { return fs::exists(kRoot / file); }

std::string place(const Line& line) {
  return line.file + ":" + std::to_string(line.number) + ": " + line.text;
}

std::string included(const Line& line) {
  constexpr std::string_view kDirective = "#include ";
  if (!line.text.starts_with(kDirective)) return "";
  auto rest = line.text.substr(kDirective.size());
  auto end = rest.find_first_of(">\"", 1);
  return end == std::string::npos ? "" : rest.substr(0, end + 1);
}

bool has_word(std::string_view text, std::string_view word) {
  bool open_start = !word.empty() && !part_of_word(word.front());
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    auto after = at + word.size();
    bool begins = open_start || at == 0 || !part_of_word(text[at - 1]);
    bool ends = after == text.size() || !part_of_word(text[after]);
    if (begins && ends) return true;
  }
  return false;
}

std::vector<std::string> output_of(const std::string& command) {
  auto* pipe = popen(("cd '" + kRoot.string() + "' && { " + command + "; } 2>&1").c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error{"cannot run: " + command};
  std::string text;
  std::array<char, 4096> part{};
  while (auto count = std::fread(part.data(), 1, part.size(), pipe))
    text.append(part.data(), count);
  if (pclose(pipe) != 0) throw std::runtime_error{command + " failed:\n" + text};
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    auto end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}
