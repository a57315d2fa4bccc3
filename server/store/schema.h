// schema.sql and the migrations, as they were when the program was built.

#pragma once

#include <span>
#include <string>

namespace topupd {

namespace sqlite {
class Connection;
}

// Leads from the version before it to version.
struct Migration {
  int version = 0;
  std::string sql;
  void (*then)(sqlite::Connection& db) = nullptr;  // what SQL can't say, in the same transaction
};

inline constexpr int kSchemaVersion = 5;
inline constexpr int kApplicationId = 0x546f7075;  // "Topu"

std::string schema_sql();
std::span<const Migration> migrations();  // in the order of their versions, without a gap

}  // namespace topupd
