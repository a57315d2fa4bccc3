#include "store/schema.h"

#include <array>
#include <string_view>

#include "store/ref_ids.h"

namespace topupd {

std::string_view embedded_schema();         // schema.sql
std::string_view embedded_migration_002();  // migrations/002.sql
std::string_view embedded_migration_003();
std::string_view embedded_migration_004();
std::string_view embedded_migration_005();

std::string schema_sql() { return std::string{embedded_schema()}; }

std::span<const Migration> migrations() {
  static const std::array<Migration, 4> kAll{
      {{2, std::string{embedded_migration_002()}, &fill_ref_ids},
       {3, std::string{embedded_migration_003()}},
       {4, std::string{embedded_migration_004()}},
       {5, std::string{embedded_migration_005()}}}};
  return kAll;
}

}  // namespace topupd
