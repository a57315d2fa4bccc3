#include "store/schema.h"

#include <string_view>

namespace topupd {

std::string_view embedded_schema();  // schema.sql

std::string schema_sql() { return std::string{embedded_schema()}; }

std::span<const Migration> migrations() { return {}; }

}  // namespace topupd
