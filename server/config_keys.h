// The one table of configuration keys.

#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config.h"

namespace topupd {

// What a key is stored in: one of Config's members.
using ConfigMember =
    std::variant<bool& (*)(Config&), std::int64_t& (*)(Config&), std::string& (*)(Config&),
                 std::vector<std::string>& (*)(Config&), std::chrono::seconds& (*)(Config&),
                 std::chrono::milliseconds& (*)(Config&), LogLevel& (*)(Config&),
                 LogFormat& (*)(Config&)>;

struct ConfigKey {
  std::string_view name;  // "section.key"
  std::string_view flag;  // "--listen"; empty: "--section.key"
  std::int64_t least;     // of a number; 0 for other types
  std::int64_t most;
  std::string_view help;  // a sentence
  ConfigMember member;
  bool is_secret = false;  // never shown
};

std::span<const ConfigKey> config_keys();

// nullptr if there is no such key.
const ConfigKey* find_config_key(std::string_view name);

// "whole number", "text", …: what a value must be.
std::string_view type_word(const ConfigKey& key);

// "1 to 1024", "trace, debug, info, warn or error"; empty where anything goes.
std::string range_text(const ConfigKey& key);

// As it would be typed; the default if `config` is a new one.
std::string value_text(const ConfigKey& key, const Config& config);

// Sets the member from text as it is typed in a flag or a variable.  `where` begins the sentence
// of the ConfigError: "--listen".
void set_from_text(const ConfigKey& key, Config& config, const std::string& text,
                   const std::string& where);

}  // namespace topupd
