#include "master_key.h"

#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "catch.h"
#include "process/temp_dir.h"

using namespace topupd;

namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream{path}.rdbuf();
  return text.str();
}

std::string hex(const MasterKey& key) {
  return to_hex({reinterpret_cast<const char*>(key.bytes().data()), key.bytes().size()});
}

}  // namespace

TEST_CASE("a missing key is made once and found again", "[master_key]") {
  TempDir dir;
  CHECK_FALSE(load_master_key(dir.path()));
  const auto made = load_or_create_master_key(dir.path(), std::nullopt);
  CHECK(text_of(dir.path() / "master.key") == hex(made) + "\n");
  CHECK(hex(*load_master_key(dir.path())) == hex(made));
  CHECK(hex(load_or_create_master_key(dir.path(), std::nullopt)) == hex(made));

  struct stat status {};
  REQUIRE(stat((dir.path() / "master.key").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  const std::filesystem::directory_iterator entries{dir.path()};
  CHECK(std::distance(begin(entries), end(entries)) == 1);  // no draft stays behind
}

TEST_CASE("a key is never overwritten", "[master_key]") {
  TempDir dir;
  const auto made = create_master_key(dir.path());
  CHECK_THROWS_AS(create_master_key(dir.path()), MasterKeyError);
  CHECK(hex(*load_master_key(dir.path())) == hex(made));
}

TEST_CASE("the environment wins and leaves no file", "[master_key]") {
  TempDir dir;
  const std::string text(64, 'a');
  CHECK(hex(load_or_create_master_key(dir.path(), text)) == text);
  CHECK_FALSE(load_master_key(dir.path()));
  CHECK_THROWS_AS(load_or_create_master_key(dir.path(), "short"), MasterKeyError);
  CHECK_THROWS_AS(load_or_create_master_key(dir.path(), ""), MasterKeyError);
}

TEST_CASE("a file that is no key, or that others may read, is refused", "[master_key]") {
  const std::string good(64, 'a');
  struct Row {
    std::string text;
    mode_t mode;
    bool accepted;
  };
  for (const auto& [text, mode, accepted] : {
           Row{good + "\n", 0600, true},
           Row{good, 0400, true},
           Row{good + "\r\n", 0600, true},
           Row{good + "\n", 0640, false},
           Row{good + "\n", 0604, false},
           Row{"", 0600, false},
           Row{good.substr(1), 0600, false},
           Row{good + "aa", 0600, false},
           Row{std::string(1'000, 'a'), 0600, false},
       }) {
    TempDir dir;
    const auto path = dir.path() / "master.key";
    std::ofstream{path} << text;
    REQUIRE(chmod(path.c_str(), mode) == 0);
    CAPTURE(text, mode);
    if (accepted)
      CHECK(hex(*load_master_key(dir.path())) == good);
    else
      CHECK_THROWS_AS(load_master_key(dir.path()), MasterKeyError);
  }
}
