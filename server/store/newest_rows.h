// The rows of ref_ids that are not in the table yet, in memory: see ref_ids.h.
//
// Not thread-safe.

#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace topupd {

class NewestRows {
 public:
  using Row = std::pair<std::int64_t, std::int64_t>;  // number, order

  // A row that is there already changes nothing.
  void add(const Row& row);
  bool erase(const Row& row);

  // No fewer than there are rows.
  std::size_t size() const { return sorted_.size() + fresh_.size(); }
  std::vector<std::int64_t> orders_of(std::int64_t number) const;
  // The lowest order; otherwise if there is none.
  std::int64_t oldest_or(std::int64_t otherwise) const;

  // Take rows out, by number.  Neighbours are those after the ones that were taken last, and after
  // the highest from the lowest on: when all were taken once, as many may be there again, evenly.
  std::vector<Row> take_neighbours(std::int64_t most);
  std::vector<Row> take_all();

 private:
  void sort();

  std::vector<Row> sorted_;
  std::vector<Row> fresh_;   // as they came; few
  std::int64_t taken_ = -1;  // up to that number, in this round
};

}  // namespace topupd
