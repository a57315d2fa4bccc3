#include "version.h"

#include "build_info.h"
#include "catch.h"

using namespace topupd;

namespace {
bool has(std::string_view text, const std::string& part) {
  return text.find(part) != std::string_view::npos;
}
}  // namespace

TEST_CASE("the version names program, commit, schema and libraries", "[version]") {
  const auto text = version_text(7);
  CHECK(text.rfind("topupd 0.", 0) == 0);
  CHECK(has(text, "\ncommit "));
  CHECK(has(text, "\nschema 7\n"));
  CHECK(has(text, "\nlibsodium 1."));
  CHECK(text.back() == '\n');
}

TEST_CASE("the version does not name a library that the program does not carry", "[version]") {
  CHECK_FALSE(has(version_text(7), "\nOpenSSL "));
}

TEST_CASE("every library in the version has its notice", "[version]") {
  REQUIRE_FALSE(carried_libraries().empty());
  for (const auto& library : carried_libraries()) {
    CAPTURE(library.name);
    CHECK(has(licenses_text(), std::string{"================ "} + library.name + " =="));
  }
  CHECK(has(licenses_text(), "Permission to use, copy, modify"));  // libsodium's
  CHECK(has(licenses_text(), "Apache License"));
  CHECK_FALSE(has(licenses_text(), "had no notice"));
}
