// What is left of a shop is not built over.

#include "lost_shop.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "catch.h"
#include "process/temp_dir.h"
#include "store/errors.h"

using namespace topupd;

namespace {

namespace fs = std::filesystem;

void make(const fs::path& file, const std::string& content = "something") {
  fs::create_directories(file.parent_path());
  std::ofstream{file} << content;
}

// The refusal, or "".
std::string refusal(const fs::path& dir, const fs::path& backups) {
  try {
    refuse_lost_shop(dir, backups);
  } catch (const StoreUnusable& refused) {
    return refused.what();
  }
  return "";
}

}  // namespace

TEST_CASE("what only a shop leaves is refused where its database is missing or empty") {
  struct Row {
    std::vector<std::string> files;  // in the data directory; ".." is beside it
    std::string named;               // by the refusal; "" if there is none
  };
  const auto row = GENERATE(values<Row>({
      {{}, ""},
      {{"master.key", "lock", "sandbox.db"}, ""},
      {{"sessions.db"}, "sessions.db"},
      {{"backups/topup-20261130.db"}, "backups"},
      {{"backups/notes.txt"}, ""},
      {{"../elsewhere/topup-20261130.db"}, "elsewhere"},
  }));
  const bool is_there = GENERATE(false, true);
  CAPTURE(row.named, is_there);
  const TempDir temporary;
  const auto dir = temporary.path() / "data";
  const auto elsewhere = temporary.path() / "elsewhere";
  fs::create_directories(dir);
  for (const auto& file : row.files)
    make(dir / file);
  if (is_there) make(dir / "topup.db", "");
  const auto refused = refusal(dir, elsewhere);
  CAPTURE(refused);
  CHECK(refused.empty() == row.named.empty());
  CHECK(refused.find(row.named) != std::string::npos);
  // Its header alone, and then with a log that holds the rest.
  make(dir / "topup.db", std::string(4'096, 'x'));
  CHECK(refusal(dir, elsewhere) == refused);
  make(dir / "topup.db-wal");
  CHECK(refusal(dir, elsewhere).empty());
  fs::remove(dir / "topup.db-wal");
  make(dir / "topup.db", std::string(4'097, 'x'));
  CHECK(refusal(dir, elsewhere).empty());
}
