#include "config_file.h"

#include <exception>

namespace topupd {
namespace {

struct NotToml : std::exception {};
[[noreturn]] void not_toml() { throw NotToml{}; }

}  // namespace
}  // namespace topupd

// What the library takes for impossible is in a file all the same: "[[[[" would end the program.
#define TOML_ASSERT(condition) ((condition) ? void() : topupd::not_toml())
#include <toml++/toml.h>

#include <algorithm>
#include <fstream>

#include "config.h"

namespace topupd {

namespace {

std::string place(const std::string& path, int line) {
  return path + ":" + std::to_string(line) + ": ";
}

std::string key_text(const toml::key& key) { return std::string{key.str()}; }

int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

std::string list_text(const toml::array& items, const std::string& where) {
  std::string text;
  for (const auto& item : items) {
    const auto word = item.value_exact<std::string>();
    if (!word || word->empty() || word->find(',') != std::string::npos)
      throw ConfigError{where + " must be a list of texts without commas."};
    if (!text.empty()) text += ',';
    text += *word;
  }
  return text;
}

FileEntry entry(const std::string& path, const std::string& key, const toml::node& node) {
  const int line = line_of(node);
  if (const auto text = node.value_exact<std::string>())
    return {key, FileEntry::Kind::text, *text, line};
  if (const auto number = node.value_exact<std::int64_t>())
    return {key, FileEntry::Kind::number, std::to_string(*number), line};
  if (const auto boolean = node.value_exact<bool>())
    return {key, FileEntry::Kind::boolean, *boolean ? "true" : "false", line};
  const std::string where = place(path, line) + key;
  if (const auto* items = node.as_array())
    return {key, FileEntry::Kind::list, list_text(*items, where), line};
  throw ConfigError{where + " must be text, a whole number, true or false, or a list of texts."};
}

bool is_ascii(std::string_view line) {
  return std::all_of(line.begin(), line.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// The text without a byte order mark and without the lines that are comments, which may be in any
// language.  Elsewhere the library takes letters beyond ASCII for what can't be, and no setting
// needs them.
std::string ascii_of(const std::string& path, std::istream& file) {
  std::string text;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    const auto first = line.find_first_not_of(" \t");
    if (first != std::string::npos && line[first] == '#') line.clear();
    if (!is_ascii(line))
      throw ConfigError{place(path, number) + "only a comment line may have letters beyond ASCII."};
    text += line + '\n';
  }
  return text;
}

toml::table parse(const std::string& path) {
  std::ifstream file{path};
  const auto text = ascii_of(path, file);
  if (!file.eof()) throw ConfigError{"Can't read the configuration file " + path + "."};
  try {
    return toml::parse(text, path);
  } catch (const toml::parse_error& error) {
    throw ConfigError{place(path, static_cast<int>(error.source().begin.line)) +
                      std::string{error.description()}};
  } catch (const NotToml&) {
    throw ConfigError{"The configuration file " + path + " is no TOML."};
  }
}

}  // namespace

std::vector<FileEntry> read_config_file(const std::string& path) {
  const toml::table root = parse(path);
  std::vector<FileEntry> entries;
  for (const auto& [name, section] : root) {
    const auto* keys = section.as_table();
    if (keys == nullptr) {
      entries.push_back(entry(path, key_text(name), section));
      continue;
    }
    for (const auto& [key, value] : *keys)
      entries.push_back(entry(path, key_text(name) + "." + key_text(key), value));
  }
  return entries;
}

}  // namespace topupd
