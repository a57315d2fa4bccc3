// The configuration file, in TOML: sections with keys and values, nothing deeper.

#pragma once

#include <string>
#include <vector>

namespace topupd {

struct FileEntry {
  enum class Kind { text, number, boolean, list };

  std::string key;  // "section.key"
  Kind kind;
  std::string value;  // as it would be typed in a flag; a list's items parted by commas
  int line;           // from 1
};

// Throws ConfigError, with file and line, if the file can't be read, is no TOML, or has values of
// other types or tables deeper than one.
std::vector<FileEntry> read_config_file(const std::string& path);

}  // namespace topupd
