#include "store/newest_rows.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace topupd {

void NewestRows::add(const Row& row) {
  constexpr std::size_t kFew = 512;
  fresh_.push_back(row);
  if (fresh_.size() >= kFew) sort();
}

bool NewestRows::erase(const Row& row) {
  sort();
  const auto at = std::lower_bound(sorted_.begin(), sorted_.end(), row);
  if (at == sorted_.end() || *at != row) return false;
  sorted_.erase(at);
  return true;
}

std::vector<std::int64_t> NewestRows::orders_of(std::int64_t number) const {
  std::vector<std::int64_t> orders;
  auto row = std::lower_bound(sorted_.begin(), sorted_.end(), Row{number, 0});
  for (; row != sorted_.end() && row->first == number; ++row)
    orders.push_back(row->second);
  for (const auto& [other, order] : fresh_)
    if (other == number) orders.push_back(order);
  return orders;
}

std::int64_t NewestRows::oldest_or(std::int64_t otherwise) const {
  auto oldest = std::numeric_limits<std::int64_t>::max();
  for (const auto* rows : {&sorted_, &fresh_})
    for (const auto& row : *rows)
      oldest = std::min(oldest, row.second);
  return size() == 0 ? otherwise : oldest;
}

std::vector<NewestRows::Row> NewestRows::take_neighbours(std::int64_t most) {
  sort();
  const auto first = std::upper_bound(sorted_.begin(), sorted_.end(),
                                      Row{taken_, std::numeric_limits<std::int64_t>::max()});
  const auto end = first + std::min(most, std::int64_t{std::distance(first, sorted_.end())});
  std::vector<Row> taken{first, end};
  taken_ = end == sorted_.end() ? -1 : taken.back().first;
  sorted_.erase(first, end);
  return taken;
}

std::vector<NewestRows::Row> NewestRows::take_all() {
  sort();
  taken_ = -1;
  return std::exchange(sorted_, {});
}

void NewestRows::sort() {
  std::sort(fresh_.begin(), fresh_.end());
  const auto middle = sorted_.insert(sorted_.end(), fresh_.begin(), fresh_.end());
  std::inplace_merge(sorted_.begin(), middle, sorted_.end());
  sorted_.erase(std::unique(sorted_.begin(), sorted_.end()), sorted_.end());
  fresh_.clear();
}

}  // namespace topupd
