// A part of a list, newest first, and where the next one begins.

#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace topupd {

inline constexpr int kPageMost = 200;

struct PageRequest {
  std::int64_t after = 0;  // the cursor of the page before; 0: from the newest on
  int limit = 50;          // 1 to kPageMost; more is cut
};

template <class Record>
struct Page {
  std::vector<Record> records;
  std::int64_t next = 0;  // the cursor of the page after it; 0: there is none
};

inline int limit_of(const PageRequest& page) { return std::clamp(page.limit, 1, kPageMost); }

// Ids smaller than this one are on the page.
inline std::int64_t bound_of(const PageRequest& page) {
  return page.after > 0 ? page.after : std::numeric_limits<std::int64_t>::max();
}

// One record more than the page holds was asked for, to know whether there is more.
template <class Record>
Page<Record> cut(std::vector<Record> found, const PageRequest& page) {
  auto limit = static_cast<std::size_t>(limit_of(page));
  Page<Record> result{std::move(found), 0};
  if (result.records.size() <= limit) return result;
  result.records.resize(limit);
  result.next = result.records.back().id.value;
  return result;
}

}  // namespace topupd
