// Each target over its corpus: inputs that the fuzzer found to lead somewhere new, and those that
// once led to a fault.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "catch.h"
#include "fuzz/targets.h"

using namespace topupd::fuzz;
namespace fs = std::filesystem;

namespace {

std::string content(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

void run(std::string_view name) {
  int inputs = 0;
  for (const auto& target : targets()) {
    if (target.name != name) continue;
    target.run("");
    for (const auto& file :
         fs::directory_iterator{fs::path{TOPUP_SOURCE_DIR} / "tests/fuzz" / name}) {
      INFO(file.path());
      CHECK_NOTHROW(target.run(content(file)));
      ++inputs;
    }
  }
  CHECK(inputs > 0);
}

}  // namespace

TEST_CASE("no bytes confuse the framing of requests") { run("framing"); }
TEST_CASE("no bytes are the fault of a route, or put the books out of order") { run("routes"); }
TEST_CASE("no text is a code that asks for another amount") { run("qris"); }
TEST_CASE("no table is read as another") { run("tables"); }
TEST_CASE("no settings are taken that are not allowed") { run("settings"); }
TEST_CASE("no word is taken for another") { run("words"); }
