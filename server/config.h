// The configuration: flags over environment over file over what is written here.
//
// docs/configuration.md is rendered from the table behind this, config_keys.cpp.

#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "log.h"

namespace topupd {

// The members' names are the keys of the file; ranges stand in config_keys.cpp.
// Amounts are whole rupiah.
struct Config {
  struct Server {
    std::string listen = "127.0.0.1:8080";
    std::string unix_socket = {};  // a path of up to 107 bytes; empty: none
    std::string public_url = {};   // without a slash at the end; see public_url()
    std::string data = "data";
    std::int64_t threads = 64;
    bool insecure_listen = false;
  } server = {};

  struct Edge {
    std::int64_t connections_max = 20'000;
    std::chrono::seconds request_seconds{30};
    std::chrono::seconds idle_seconds{75};
  } edge = {};

  struct Api {
    bool allow_get = false;
  } api = {};

  struct Limits {  // 0: no limit
    std::int64_t api_per_minute = 60;
    std::int64_t login_per_minute = 10;
    std::int64_t register_per_minute = 5;
    std::int64_t public_per_minute = 0;
    std::int64_t connections_per_address = 0;
    std::vector<std::string> trusted_proxies = {};  // addresses, or networks as 10.0.0.0/8
  } limits = {};

  struct Orders {
    std::chrono::seconds payment_expiry_seconds{900};
    std::int64_t dropship_fee = 0;
  } orders = {};

  struct Suppliers {
    std::int64_t calls = 32;
  } suppliers = {};

  struct Deposit {
    std::int64_t min = 10'000;
    std::int64_t max = 10'000'000;
    std::int64_t fee = 0;
  } deposit = {};

  struct Withdraw {
    std::int64_t min = 10'000;
    std::int64_t fee = 0;
  } withdraw = {};

  struct People {
    std::int64_t retention_days = 90;
  } people = {};

  struct Backup {
    std::int64_t keep = 7;
    std::int64_t hour = 3;
    std::string dir = {};  // empty: see backup_dir()
  } backup = {};

  struct Sandbox {
    bool enabled = false;
    bool is_public = false;  // the key is sandbox.public
    std::chrono::milliseconds delay_ms{2'000};
  } sandbox = {};

  struct Metrics {
    std::string token = {};  // a secret; empty: loopback only
  } metrics = {};

  LogOptions log = {};
};

// what() is a sentence for the operator that names the key and where it was given.
struct ConfigError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// One key as a flag of the command line.
struct ConfigFlag {
  std::string key;   // "server.listen"
  std::string flag;  // "--listen", or "--limits.api_per_minute" for those without a short one
  std::string help;  // a sentence with the default and the range
  bool is_switch;    // takes no value where it means "true"
};

// Every key, and last the file itself: {"config", "--config", …}.
std::vector<ConfigFlag> config_flags();

using ConfigTexts = std::map<std::string, std::string>;

struct ConfigSources {
  ConfigTexts flags;        // by key, as typed; a switch without a value is "true"
  ConfigTexts environment;  // by name, the whole environment; others' variables are ignored
};

// Reads and checks all of it.  The file is flags' "config", else TOPUPD_CONFIG, else none.
// Throws ConfigError for a file that can't be read, an unknown key in it, an unknown flag, a value
// of the wrong type or out of range, and values that contradict each other.
Config load_config(const ConfigSources& sources);

// The environment of this process.  Not while another thread changes it.
ConfigTexts environment();

// A variable of the key: "TOPUPD_SERVER_LISTEN".
std::string config_variable(std::string_view key);

// backup.dir, or where that is empty the folder backups in server.data.
std::string backup_dir(const Config& config);

struct ListenAddress {
  std::string host;  // an IPv4 address, an IPv6 address without its brackets, or a name
  int port;          // 0 to 65,535; 0: any free one
  bool is_loopback;
};

// "127.0.0.1:8080", "[::1]:8080", "localhost:0".  Throws ConfigError if it is malformed.
ListenAddress listen_address(const std::string& text);

// server.public_url, or where that is empty http:// and the address listened at; `port` is the one
// that was bound.  0.0.0.0 and [::] become localhost.
std::string public_url(const Config& config, int port);

}  // namespace topupd
