#include "config.h"

#include <fstream>
#include <set>

#include "catch.h"
#include "config_keys.h"
#include "process/temp_dir.h"

using namespace topupd;

namespace {

// A file with this text, and the configuration that it gives or the sentence of the error, in
// which FILE stands for the path.
class File {
 public:
  explicit File(const std::string& text) : path_{(dir_.path() / "topupd.toml").string()} {
    std::ofstream{path_} << text;
  }

  Config load(ConfigTexts flags = {}, const ConfigTexts& environment = {}) const {
    flags["config"] = path_;
    return load_config({flags, environment});
  }

  std::string outcome() const {
    try {
      load();
      return "read";
    } catch (const ConfigError& error) {
      std::string text = error.what();
      if (const auto at = text.find(path_); at != std::string::npos)
        text.replace(at, path_.size(), "FILE");
      return text;
    }
  }

 private:
  TempDir dir_;
  std::string path_;
};

std::string flag_outcome(const std::string& key, const std::string& text) {
  try {
    load_config({{{key, text}}, {}});
    return "read";
  } catch (const ConfigError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("with nothing given every key has its default", "[config]") {
  const auto config = load_config({});
  CHECK(config.server.listen == "127.0.0.1:8080");
  CHECK(config.server.data == "data");
  CHECK(public_url(config, 8080) == "http://127.0.0.1:8080");
  CHECK(config.limits.api_per_minute == 60);
  CHECK(config.limits.login_per_minute == 10);
  CHECK(config.limits.register_per_minute == 5);
  CHECK(config.limits.public_per_minute == 0);
  CHECK(config.limits.connections_per_address == 0);
  CHECK(config.deposit.min == 10'000);
  CHECK(config.deposit.max == 10'000'000);
  CHECK(config.withdraw.min == 10'000);
  CHECK(config.sandbox.delay_ms == std::chrono::milliseconds{2'000});
  CHECK(config.log.level == LogLevel::info);
}

TEST_CASE("every default is within its own range", "[config]") {
  for (const auto& key : config_keys()) {
    CAPTURE(key.name);
    Config config;
    const auto value = value_text(key, config);
    set_from_text(key, config, value, "");
    CHECK(value_text(key, config) == value);
  }
}

TEST_CASE("every key has its own place, flag and variable", "[config]") {
  std::set<std::string> flags;
  std::set<std::string> variables;
  for (const auto& flag : config_flags()) {
    CHECK(flags.insert(flag.flag).second);
    CHECK(variables.insert(config_variable(flag.key)).second);
  }
  Config one;
  for (const auto& key : config_keys()) {
    CAPTURE(key.name);
    CHECK(find_config_key(key.name) == &key);
    const Config before = one;
    const auto most = std::to_string(key.most);
    const std::string changed = std::string{range_text(key)}.rfind("trace", 0) == 0  ? "error"
                                : std::string{range_text(key)}.rfind("text", 0) == 0 ? "json"
                                : type_word(key) == "true or false"                  ? "true"
                                : value_text(key, one) != most                       ? most
                                                               : std::to_string(key.most - 1);
    set_from_text(key, one, changed, "");
    for (const auto& other : config_keys())
      CHECK((value_text(other, one) != value_text(other, before)) == (&other == &key));
  }
}

TEST_CASE("flags win over the environment, which wins over the file", "[config]") {
  const File file{"[limits]\napi_per_minute = 1\nlogin_per_minute = 1\nregister_per_minute = 1\n"};
  const auto config =
      file.load({{"limits.api_per_minute", "3"}}, {{"TOPUPD_LIMITS_API_PER_MINUTE", "2"},
                                                   {"TOPUPD_LIMITS_LOGIN_PER_MINUTE", "2"},
                                                   {"TOPUPD_UNKNOWN", "x"},
                                                   {"PATH", "/bin"}});
  CHECK(config.limits.api_per_minute == 3);
  CHECK(config.limits.login_per_minute == 2);
  CHECK(config.limits.register_per_minute == 1);
}

TEST_CASE("the environment can name the file", "[config]") {
  TempDir dir;
  const auto path = (dir.path() / "x.toml").string();
  std::ofstream{path} << "api.allow_get = true\n";
  CHECK(load_config({{}, {{"TOPUPD_CONFIG", path}}}).api.allow_get);
}

TEST_CASE("a file may hold every type", "[config]") {
  const auto config = File{R"(
[server]
public_url = "https://topup.example/"
insecure_listen = true
listen = "[::]:80"
[limits]
trusted_proxies = ["127.0.0.1", "2001:db8::/32"]
[orders]
payment_expiry_seconds = 60
[log]
level = "debug"
format = "json"
)"}
                          .load();
  CHECK(config.server.public_url == "https://topup.example");
  CHECK(config.server.insecure_listen);
  CHECK(config.limits.trusted_proxies == std::vector<std::string>{"127.0.0.1", "2001:db8::/32"});
  CHECK(config.orders.payment_expiry_seconds == std::chrono::seconds{60});
  CHECK(config.log.level == LogLevel::debug);
  CHECK(config.log.format == LogFormat::json);
}

TEST_CASE("what is wrong in a file is named with its line", "[config]") {
  struct Row {
    std::string text;
    std::string outcome;
  };
  for (const auto& [text, outcome] : {
           Row{"", "read"},
           Row{"[server]\n", "read"},
           Row{"[server]\nlisten = \"localhost:1\"\n", "read"},
           Row{"[server]\n\nlisen = \"x\"\n", "FILE:3: there is no key server.lisen."},
           Row{"listen = \"x\"\n", "FILE:1: there is no key listen."},
           Row{"[servers]\nlisten = \"x\"\n", "FILE:2: there is no key servers.listen."},
           Row{"[server.listen]\nx = 1\n",
               "FILE:1: server.listen must be text, a whole number, true or false, or a list of "
               "texts."},
           Row{"[server]\nthreads = \"4\"\n", "FILE:2: server.threads must be a whole number."},
           Row{"[server]\nthreads = 4.0\n",
               "FILE:2: server.threads must be text, a whole number, true or false, or a list of "
               "texts."},
           Row{"\xEF\xBB\xBF[server]\n  # \xC3\xA9\n", "read"},
           Row{"[server]\n\xEF\xBB\xBB = 1\n",
               "FILE:2: only a comment line may have letters beyond ASCII."},
           Row{"[server]\nlisten = 80\n", "FILE:2: server.listen must be text."},
           Row{"[server]\nthreads = 0\n",
               "FILE:2: server.threads must be a whole number, 1 to 1024."},
           Row{"[api]\nallow_get = 1\n", "FILE:2: api.allow_get must be true or false."},
           Row{"[log]\nlevel = \"loud\"\n",
               "FILE:2: log.level must be one word, trace, debug, info, warn or error."},
           Row{"[limits]\ntrusted_proxies = \"127.0.0.1\"\n",
               "FILE:2: limits.trusted_proxies must be a list of texts."},
           Row{"[limits]\ntrusted_proxies = [1]\n",
               "FILE:2: limits.trusted_proxies must be a list of texts without commas."},
           Row{"[limits]\ntrusted_proxies = [\"here\"]\n",
               "limits.trusted_proxies has here, which is no address and no network."},
       }) {
    CAPTURE(text);
    CHECK(File{text}.outcome() == outcome);
  }
  CHECK(File{"[server\n"}.outcome().rfind("FILE:1: ", 0) == 0);
  CHECK(flag_outcome("config", "/nowhere/x.toml") ==
        "Can't read the configuration file /nowhere/x.toml.");
}

TEST_CASE("a number is refused just outside its range", "[config]") {
  struct Row {
    std::string key;
    std::string text;
    std::string outcome;
  };
  const std::string range = "--server.threads must be a whole number, 1 to 1024.";
  for (const auto& [key, text, outcome] : {
           Row{"server.threads", "1", "read"},
           Row{"server.threads", "1024", "read"},
           Row{"server.threads", "0", range},
           Row{"server.threads", "1025", range},
           Row{"server.threads", "-1", range},
           Row{"server.threads", "", range},
           Row{"server.threads", "4 ", range},
           Row{"server.threads", "4x", range},
           Row{"server.threads", "99999999999999999999", range},
           Row{"sandbox.delay_ms", "3600001",
               "--sandbox.delay_ms must be a whole number of milliseconds, 0 to 3600000."},
           Row{"api.allow_get", "true", "read"},
           Row{"api.allow_get", "0", "read"},
           Row{"api.allow_get", "yes", "--api.allow_get must be true or false."},
           Row{"limits.trusted_proxies", "", "read"},
           Row{"limits.trusted_proxies", "::1 , 10.0.0.0/8", "read"},
           Row{"limits.trusted_proxies", "::1,,::2",
               "--limits.trusted_proxies must be a list of texts."},
           Row{"limits.trusted_proxies", "10.0.0.0/33",
               "limits.trusted_proxies has 10.0.0.0/33, which is no address and no network."},
           Row{"limits.trusted_proxies", "::/128", "read"},
           Row{"deposit.min", "10000000", "read"},
           Row{"deposit.max", "10000001", "--deposit.max must be a whole number, 1 to 10000000."},
           Row{"deposit.max", "9999", "deposit.min is above deposit.max."},
           Row{"withdraw.fee", "9999", "read"},
           Row{"withdraw.fee", "10000", "withdraw.fee must be below withdraw.min."},
           Row{"nothing", "1", "There is no key nothing."},
       }) {
    CAPTURE(key, text);
    CHECK(flag_outcome(key, text) == outcome);
  }
}

TEST_CASE("listening beyond this machine must be asked for", "[config]") {
  struct Row {
    std::string listen;
    bool alone;  // without server.insecure_listen
  };
  for (const auto& [listen, alone] : {
           Row{"127.0.0.1:8080", true},
           Row{"127.8.8.8:0", true},
           Row{"[::1]:65535", true},
           Row{"localhost:80", true},
           Row{"0.0.0.0:80", false},
           Row{"[::]:80", false},
           Row{"192.0.2.1:80", false},
           Row{"topup.example:80", false},
       }) {
    CAPTURE(listen);
    CHECK((flag_outcome("server.listen", listen) == "read") == alone);
    CHECK_NOTHROW(
        load_config({{{"server.listen", listen}, {"server.insecure_listen", "true"}}, {}}));
  }
}

TEST_CASE("what is not HOST:PORT is refused", "[config]") {
  for (const std::string listen :
       {"", ":", "8080", ":8080", "localhost", "localhost:", "localhost:65536", "localhost:-1",
        "localhost:80x", "::1:80", "[::1]", "[::1:80", "[]:80", "[localhost]:80", "a b:80"}) {
    CAPTURE(listen);
    CHECK_THROWS_AS(listen_address(listen), ConfigError);
  }
}

TEST_CASE("the public address is checked, or derived from where we listen", "[config]") {
  struct Row {
    std::string given;
    std::string listen;
    std::string url;
  };
  for (const auto& [given, listen, url] : {
           Row{"", "127.0.0.1:0", "http://127.0.0.1:4711"},
           Row{"", "0.0.0.0:0", "http://localhost:4711"},
           Row{"", "[::]:0", "http://localhost:4711"},
           Row{"", "[::1]:0", "http://[::1]:4711"},
           Row{"https://topup.example", "127.0.0.1:0", "https://topup.example"},
           Row{"https://topup.example/shop//", "127.0.0.1:0", "https://topup.example/shop"},
       }) {
    const auto config = load_config({{{"server.public_url", given},
                                      {"server.listen", listen},
                                      {"server.insecure_listen", "true"}},
                                     {}});
    CHECK(public_url(config, 4711) == url);
  }
  for (const std::string url : {"topup.example", "ftp://topup.example", "http://", "https:///",
                                "http://a b", "http://a?b", "http://a#b", "http://user@a"}) {
    CAPTURE(url);
    CHECK(flag_outcome("server.public_url", url) != "read");
  }
}

TEST_CASE("this process's environment is read", "[config]") {
  CHECK(environment().count("PATH") == 1);
}
