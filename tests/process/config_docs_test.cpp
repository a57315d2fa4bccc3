// docs/configuration.md is rendered from the table that the program reads.

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "catch.h"
#include "config.h"
#include "config_keys.h"
#include "config_words.h"

using namespace topupd;

namespace {

std::string quoted(const std::string& text) { return text.empty() ? "" : "`" + text + "`"; }

std::string page() {
  std::string text =
      "# Configuration\n\n"
      "Rendered from `server/config_keys.cpp` by the tests; `UPDATE_DOCS=1` rewrites it.\n\n"
      "Every key can be given as a flag, as an environment variable, or in the TOML file that\n"
      "`--config` or `TOPUPD_CONFIG` names. Flags win over the environment, which wins over the\n"
      "file. In a flag or a variable the items of a list are parted by commas. An unknown key in\n"
      "the file, and a value out of range, end the start with a sentence.\n\n"
      "```toml\n[server]\nlisten = \"127.0.0.1:8080\"\npublic_url = \"https://topup.example\"\n\n"
      "[limits]\napi_per_minute = 120\ntrusted_proxies = [\"127.0.0.1\"]\n```\n\n"
      "`TOPUPD_MASTER_KEY` (64 hex digits or base 64, 32 bytes) replaces the file `master.key` in\n"
      "the data directory. It is no key of the file and no flag, because others can see those.\n";
  std::string section;
  for (const auto& key : config_keys()) {
    const std::string name{key.name};
    if (const auto here = name.substr(0, name.find('.')); here != section) {
      section = here;
      text += "\n## " + section + "\n\n| key | type | default | meaning |\n|---|---|---|---|\n";
    }
    const auto range = range_text(key);
    text += "| `" + name + "` | " + std::string{type_word(key)} + (range.empty() ? "" : ", ") +
            range + " | " + quoted(value_text(key, {})) + " | " + std::string{key.help} + " |\n";
  }
  text += "\n## Flags and variables\n\n| key | flag | variable |\n|---|---|---|\n";
  for (const auto& flag : config_flags())
    text += "| `" + flag.key + "` | `" + flag.flag + "` | `" + config_variable(flag.key) + "` |\n";
  return text;
}

}  // namespace

TEST_CASE("docs/configuration.md shows the keys that the program reads", "[docs]") {
  const std::string path = TOPUP_SOURCE_DIR "/docs/configuration.md";
  // NOLINTNEXTLINE(concurrency-mt-unsafe): there is one thread here
  if (std::getenv("UPDATE_DOCS") != nullptr) std::ofstream{path} << page();
  std::stringstream written;
  written << std::ifstream{path}.rdbuf();
  CHECK(written.str() == page());
}

TEST_CASE("every key has its meaning in Indonesian", "[docs]") {
  for (const auto& key : config_keys()) {
    INFO(key.name);
    CHECK(!bantuan_of(key.name).empty());
  }
  CHECK(bantuan_of("no.key").empty());
}
