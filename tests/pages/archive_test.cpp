#include "http/pages/archive.h"

#include <stdexcept>
#include <string>

#include "catch.h"

using topupd::http::files_in;

namespace {

// One entry as POSIX has it: a header of 512 bytes, then the content, padded.
std::string entry(const std::string& path, const std::string& size, char type,
                  const std::string& content) {
  std::string header(512, '\0');
  header.replace(0, path.size(), path);
  header.replace(124, size.size(), size);
  header[156] = type;
  std::string padded = content;
  padded.resize((content.size() + 511) / 512 * 512);
  return header + padded;
}

const std::string kEnd(1024, '\0');

}  // namespace

TEST_CASE("an archive's files come out as they went in") {
  const std::string long_text(1500, 'x');
  const auto tar = entry("a.js", "00000000003", '0', "abc") + entry("pages", "0", '5', "") +
                   entry("pages/b.js", "00000002734", '0', long_text) +
                   entry("empty.js", "00000000000", '0', "") + kEnd;
  const auto files = files_in(tar);
  REQUIRE(files.size() == 3);
  CHECK(files[0].path == "a.js");
  CHECK(files[0].content == "abc");
  CHECK(files[1].path == "pages/b.js");
  CHECK(files[1].content == long_text);
  CHECK(files[2].content.empty());
  CHECK(files_in(kEnd).empty());
}

TEST_CASE("what is no archive of files is refused") {
  CHECK_THROWS_AS(files_in(entry("a", "00000001001", '0', "abc")), std::logic_error);
  CHECK_THROWS_AS(files_in(entry("a", "0000000000z", '0', "")), std::logic_error);
  CHECK_THROWS_AS(files_in(entry("a", "00000000000", '2', "")), std::logic_error);
}
