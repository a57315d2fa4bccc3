// Statements that are kept.

#include "store/sqlite.h"

#include <stdexcept>

#include "catch.h"

using namespace topupd::sqlite;

TEST_CASE("a text is one statement, wherever it is written", "[store]") {
  static const char kHere[] = "SELECT 1";
  static const char kThere[] = "SELECT 1";
  Connection db{":memory:", Access::read_write};
  for (int round = 0; round < 2; ++round) {
    auto query = db.query(kHere);
    CHECK_THROWS_AS(db.query(kThere), std::logic_error);
    CHECK_THROWS_AS(db.query(std::string{kHere}), std::logic_error);
  }
  CHECK(db.query(kThere).next());
  CHECK(db.query(std::string{kHere}).next());
  CHECK(db.kept_statements() == std::vector<std::string>{kHere});
}

TEST_CASE("a text that is no statement is refused each time", "[store]") {
  Connection db{":memory:", Access::read_write};
  for (int round = 0; round < 2; ++round)
    CHECK_THROWS(db.query("SELECT nothing FROM nowhere"));
}
