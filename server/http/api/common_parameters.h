// Parameters that several routes share.

#pragma once

#include <cstdint>
#include <string>

#include "http/api/lists.h"
#include "http/api/params.h"

namespace topupd::http {

inline constexpr Parameter kLimit{.name = "limit",
                                  .type = ParameterType::count,
                                  .min = 1,
                                  .max = 200,
                                  .summary = "How many, 50 by default",
                                  .example = "50"};
inline constexpr Parameter kCursor{.name = "cursor",
                                   .type = ParameterType::count,
                                   .min = 1,
                                   .max = INT64_MAX,
                                   .summary = "next_cursor of the answer before",
                                   .example = "120"};

inline PageRequest read_page(Reader& in) {
  PageRequest page;
  if (const auto limit = in.count(kLimit)) page.limit = static_cast<int>(*limit);
  if (const auto cursor = in.count(kCursor)) page.after = *cursor;
  return page;
}

inline std::string cursor_text(std::int64_t next) { return next == 0 ? "" : std::to_string(next); }

}  // namespace topupd::http
