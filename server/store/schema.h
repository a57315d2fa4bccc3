// schema.sql and the migrations, as they were when the program was built.

#pragma once

#include <span>
#include <string>

namespace topupd {

// Leads from the version before it to version.
struct Migration {
  int version = 0;
  std::string sql;
};

inline constexpr int kSchemaVersion = 1;
inline constexpr int kApplicationId = 0x546f7075;  // "Topu"

std::string schema_sql();
std::span<const Migration> migrations();  // in the order of their versions, without a gap

}  // namespace topupd
