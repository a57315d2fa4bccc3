#include "config.h"

#include <arpa/inet.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "config_file.h"
#include "config_keys.h"

namespace topupd {

namespace {

constexpr std::string_view kFileFlag = "--config";
constexpr std::string_view kFileKey = "config";
constexpr std::size_t kUnixPathBytesMax = 107;

std::string flag_of(const ConfigKey& key) {
  return key.flag.empty() ? "--" + std::string{key.name} : std::string{key.flag};
}

bool fits(const ConfigKey& key, FileEntry::Kind kind) {
  switch (kind) {
    case FileEntry::Kind::boolean: return std::holds_alternative<bool& (*)(Config&)>(key.member);
    case FileEntry::Kind::list:
      return std::holds_alternative<std::vector<std::string>& (*)(Config&)>(key.member);
    case FileEntry::Kind::number:
      return std::holds_alternative<std::int64_t& (*)(Config&)>(key.member) ||
             std::holds_alternative<std::chrono::seconds& (*)(Config&)>(key.member) ||
             std::holds_alternative<std::chrono::milliseconds& (*)(Config&)>(key.member);
    case FileEntry::Kind::text:
      return std::holds_alternative<std::string& (*)(Config&)>(key.member) ||
             std::holds_alternative<LogLevel& (*)(Config&)>(key.member) ||
             std::holds_alternative<LogFormat& (*)(Config&)>(key.member);
  }
  return false;
}

void apply_file(Config& config, const std::string& path) {
  for (const auto& entry : read_config_file(path)) {
    const std::string where = path + ":" + std::to_string(entry.line) + ": ";
    const auto* key = find_config_key(entry.key);
    if (key == nullptr) throw ConfigError{where + "there is no key " + entry.key + "."};
    if (!fits(*key, entry.kind))
      throw ConfigError{where + entry.key + " must be " + std::string{type_word(*key)} + "."};
    set_from_text(*key, config, entry.value, where + entry.key);
  }
}

void apply_environment(Config& config, const ConfigTexts& environment) {
  for (const auto& key : config_keys()) {
    const auto variable = config_variable(key.name);
    const auto found = environment.find(variable);
    if (found != environment.end()) set_from_text(key, config, found->second, variable);
  }
}

void apply_flags(Config& config, const ConfigTexts& flags) {
  for (const auto& [name, text] : flags) {
    if (name == kFileKey) continue;
    const auto* key = find_config_key(name);
    if (key == nullptr) throw ConfigError{"There is no key " + name + "."};
    set_from_text(*key, config, text, flag_of(*key));
  }
}

std::string file_of(const ConfigSources& sources) {
  if (const auto flag = sources.flags.find(std::string{kFileKey}); flag != sources.flags.end())
    return flag->second;
  const auto variable = sources.environment.find(config_variable(kFileKey));
  return variable == sources.environment.end() ? std::string{} : variable->second;
}

bool is_address(const std::string& text) {
  in6_addr ignored{};
  return inet_pton(AF_INET, text.c_str(), &ignored) == 1 ||
         inet_pton(AF_INET6, text.c_str(), &ignored) == 1;
}

// An address, or an address, a slash and the number of its leading bits.
bool is_network(const std::string& text) {
  const auto slash = text.find('/');
  const auto address = text.substr(0, slash);
  if (!is_address(address)) return false;
  if (slash == std::string::npos) return true;
  const auto bits = text.substr(slash + 1);
  int number = -1;
  const auto read = std::from_chars(bits.data(), bits.data() + bits.size(), number);
  return read.ec == std::errc{} && read.ptr == bits.data() + bits.size() && number >= 0 &&
         number <= (address.find(':') == std::string::npos ? 32 : 128);
}

void check_public_url(std::string& url) {
  while (!url.empty() && url.back() == '/')
    url.pop_back();
  if (url.empty()) return;
  const auto host = url.rfind("https://", 0) == 0 ? 8U : url.rfind("http://", 0) == 0 ? 7U : 0U;
  const bool plain = std::all_of(url.begin(), url.end(), [](char c) {
    return c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\';
  });
  if (host == 0 || url.size() == host || !plain || url.find_first_of("?#@") != std::string::npos)
    throw ConfigError{
        "server.public_url must be like https://topup.example, without query or user."};
}

void check(Config& config) {
  const auto address = listen_address(config.server.listen);
  if (!address.is_loopback && !config.server.insecure_listen)
    throw ConfigError{"server.listen is " + config.server.listen +
                      ", which other machines can reach without TLS. Listen on 127.0.0.1 behind a "
                      "proxy, or set server.insecure_listen = true."};
  if (config.server.unix_socket.size() > kUnixPathBytesMax)
    throw ConfigError{"server.unix_socket must have at most 107 bytes."};
  if (config.server.data.empty()) throw ConfigError{"server.data must not be empty."};
  check_public_url(config.server.public_url);
  for (const auto& proxy : config.limits.trusted_proxies)
    if (!is_network(proxy))
      throw ConfigError{"limits.trusted_proxies has " + proxy +
                        ", which is no address and no network."};
  if (config.deposit.min > config.deposit.max)
    throw ConfigError{"deposit.min is above deposit.max."};
  if (config.withdraw.fee >= config.withdraw.min)
    throw ConfigError{"withdraw.fee must be below withdraw.min."};
}

}  // namespace

std::vector<ConfigFlag> config_flags() {
  std::vector<ConfigFlag> flags;
  for (const auto& key : config_keys()) {
    std::string help{key.help};
    if (const auto range = range_text(key); !range.empty()) help += " Range: " + range + ".";
    if (const auto value = value_text(key, {}); !value.empty()) help += " Default: " + value + ".";
    flags.push_back({std::string{key.name}, flag_of(key), help,
                     std::holds_alternative<bool& (*)(Config&)>(key.member)});
  }
  flags.push_back({std::string{kFileKey}, std::string{kFileFlag},
                   "A configuration file in TOML, with any of these keys.", false});
  return flags;
}

Config load_config(const ConfigSources& sources) {
  Config config;
  if (const auto file = file_of(sources); !file.empty()) apply_file(config, file);
  apply_environment(config, sources.environment);
  apply_flags(config, sources.flags);
  check(config);
  return config;
}

ConfigTexts environment() {
  ConfigTexts texts;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string text{*entry};
    const auto equals = text.find('=');
    if (equals != std::string::npos) texts[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return texts;
}

std::string config_variable(std::string_view key) {
  std::string variable = "TOPUPD_";
  for (const char c : key) {
    const bool lower = c >= 'a' && c <= 'z';
    variable += c == '.' ? '_' : lower ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return variable;
}

ListenAddress listen_address(const std::string& text) {
  const auto malformed = [&] {
    return ConfigError{"server.listen is " + text + ", which is not HOST:PORT."};
  };
  const auto colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) throw malformed();
  std::string host = text.substr(0, colon);
  const std::string digits = text.substr(colon + 1);
  int port = -1;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || port < 0 ||
      port > 65'535)
    throw malformed();

  in6_addr six{};
  if (host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
    if (inet_pton(AF_INET6, host.c_str(), &six) != 1) throw malformed();
    return {host, port, IN6_IS_ADDR_LOOPBACK(&six)};
  }
  const bool named = std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-';
  });
  if (!named) throw malformed();
  in_addr four{};
  const bool is_four = inet_pton(AF_INET, host.c_str(), &four) == 1;
  return {host, port, is_four ? (ntohl(four.s_addr) >> 24) == 127 : host == "localhost"};
}

std::string backup_dir(const Config& config) {
  return config.backup.dir.empty() ? config.server.data + "/backups" : config.backup.dir;
}

std::string public_url(const Config& config, int port) {
  if (!config.server.public_url.empty()) return config.server.public_url;
  auto host = listen_address(config.server.listen).host;
  if (host == "0.0.0.0" || host == "::") host = "localhost";
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  return "http://" + host + (port == 80 ? "" : ":" + std::to_string(port));
}

}  // namespace topupd
