// Parameters that several routes share.

#pragma once

#include <optional>

#include "http/api/lists.h"
#include "http/api/params.h"

namespace topupd::http {

inline constexpr int kListDefault = 50;

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

inline Page read_page(Reader& in) {
  Page page{0, kListDefault};
  if (const auto limit = in.count(kLimit)) page.limit = static_cast<int>(*limit);
  if (const auto cursor = in.count(kCursor)) page.before = *cursor;
  return page;
}

// Where the next page begins: asked for one more than the page holds, there is one if it came.
template <class Record>
std::string cut_to_page(std::vector<Record>& records, int limit) {
  if (records.size() <= static_cast<std::size_t>(limit)) return "";
  records.resize(static_cast<std::size_t>(limit));
  return std::to_string(records.back().id.value);
}

}  // namespace topupd::http
