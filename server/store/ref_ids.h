// Finds orders by what their resellers call them, among millions, for ever.
//
// A ref_id is as random as its reseller likes, and an index over all of them would have each order
// change a page of its own: as much work as the rest of the order together.  So the table ref_ids
// holds a number for each, in four parts by their heat: a new one goes into the hottest part, which
// is a few pages, and whenever a part is full some that are neighbours in it are moved into the
// cooler one together, where they are neighbours too.  An order so changes half a page.
//
// A new ref_id would still be looked for in a page of the coldest part that nobody has in memory.
// Who alone writes to the file may remember which there are.
//
// Not thread-safe, like its connection.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/number_filter.h"
#include "store/sqlite.h"
#include "topup/ids.h"

namespace topupd {

// How the parts share what there is.
struct RefIdParts {
  static constexpr std::size_t kCount = 4;
  // Rows that each holds at most, by heat; 0 is the coldest and holds all that is left over.  Each
  // a sixteenth of the next, so that what is moved goes into few pages.
  std::array<std::int64_t, kCount> held_most{0, 262'144, 16'384, 1'024};
  std::int64_t moved_at_once = 512;
};

class RefIds {
 public:
  // The connection must outlive it.
  explicit RefIds(sqlite::Connection& db, const RefIdParts& parts = {}) : db_{db}, parts_{parts} {}

  // The order that has it, and seldom another one or more: who asks looks at them.
  std::vector<topup::OrderId> find(topup::UserId user, std::string_view ref_id) const;

  // The last find() was for it and found none.
  bool is_absent(topup::UserId user, std::string_view ref_id) const;

  void add(topup::UserId user, std::string_view ref_id, topup::OrderId order);
  void remove(topup::UserId user, std::string_view ref_id, topup::OrderId order);

  // From now on find() seldom reads when there is none.  Reads all that there are, now and after
  // forget_file(): 0.7 s for five million.  Only for a connection that alone writes, or whose
  // owner says by forget_file() that another has.
  void remember();

  // The file may have changed by a rollback.  What was undone only stays in the filter.
  void forget() const { memory_ = {}; }

  // The file may have changed through another connection.
  void forget_file() const;

 private:
  using ByHeat = std::array<std::int64_t, RefIdParts::kCount>;

  struct Memory {
    std::optional<ByHeat> held;          // rows in each part; those of heat 0 are not counted
    ByHeat cooled;                       // up to that number, in this round
    std::optional<std::int64_t> absent;  // a number that no row has
    Memory() { cooled.fill(-1); }
  };

  void count();
  bool may_have(std::int64_t number) const;
  NumberFilter read_all() const;
  void cool();
  void cool_some(std::int64_t heat);

  sqlite::Connection& db_;
  const RefIdParts parts_;
  mutable Memory memory_;
  bool remembers_ = false;
  mutable std::optional<NumberFilter> filter_;  // of all rows, if remembers_; none: not read yet
};

// Fills the table, which is empty, for all orders that are there.
void fill_ref_ids(sqlite::Connection& db);

// What is wrong with the table in a file that is inside a read transaction: one sentence, or "".
std::string fault_of_ref_ids(sqlite::Connection& db);

}  // namespace topupd
