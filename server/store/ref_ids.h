// Finds orders by what their resellers call them, among millions, for ever.
//
// A ref_id is as random as its reseller likes, and an index over all of them would have each order
// change a page of its own: as much work as the rest of the order together.  So the table ref_ids
// holds a number for each, in two parts.  Who alone writes to the file keeps the newest in memory,
// and whenever they are many moves some that are neighbours into the warm part together; when that
// is full, neighbours in it are moved into the cold one, where they are neighbours too.  An order
// so changes a third of a page at five million.
//
// The table is behind then: its mark says up to which order it has all.  Whoever opens the file,
// and a connection that only reads, goes through the later orders themselves, once.
//
// A new ref_id would still be looked for in a page of the cold part that nobody has in memory.  So
// who alone writes also remembers which there are.
//
// Not thread-safe, like its connection.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/newest_rows.h"
#include "store/number_filter.h"
#include "store/sqlite.h"
#include "topup/ids.h"

namespace topupd {

// How the parts share what there is, in rows.
struct RefIdParts {
  std::int64_t newest_most = 4'096;  // in memory
  // Much more than the newest, and much less than all: what is moved goes into few pages.
  std::int64_t warm_most = 131'072;
  std::int64_t moved_at_once = 512;
  // So many orders the table may be behind, though few of them have a ref_id.
  std::int64_t behind_most = 16'384;
};

class RefIds {
 public:
  // The connection must outlive it.
  explicit RefIds(sqlite::Connection& db, const RefIdParts& parts = {}) : db_{db}, parts_{parts} {}

  // The order that has it, and seldom another one or more: who asks looks at them.
  std::vector<topup::OrderId> find(topup::UserId user, std::string_view ref_id) const;

  // The last find() was for it and nobody has it.
  bool is_absent(topup::UserId user, std::string_view ref_id) const;

  void add(topup::UserId user, std::string_view ref_id, topup::OrderId order);
  // There is a new order without one.
  void pass(topup::OrderId order);
  void remove(topup::UserId user, std::string_view ref_id, topup::OrderId order);

  // From now on the newest are kept in memory, and find() seldom reads when there is none.  Reads
  // all that there are, now and after forget_file(): 0.7 s for five million.  Only for a connection
  // that alone writes, or whose owner says by forget_file() that another has.
  void remember();

  // The file may have changed by a rollback.  What was undone only stays in the filter.
  void forget() const;

  // The file may have changed through another connection.
  void forget_file() const;

 private:
  using Row = NewestRows::Row;

  // All orders up to the mark are in the table; of those after it these are not.
  struct Newest {
    std::int64_t mark = 0;
    NewestRows rows;
  };

  struct Memory {
    std::optional<Newest> newest;        // only if remembers_; none: not read yet
    std::optional<std::int64_t> warm;    // rows in the warm part; none: not counted yet
    std::int64_t cooled = -1;            // of the warm part up to that number, in this round
    std::optional<std::int64_t> absent;  // a number that no row has
  };

  // What was done to the newest since that commit: on a full disk every order is undone, and to
  // read them all anew each time would take tens of ms.
  struct Undo {
    std::int64_t commit = 0;
    std::vector<Row> added;
    bool is_more = false;  // rows were taken out
  };

  // The orders after the mark as a connection that only reads has seen them, all up to last.  Each
  // of its transactions sees what those before it saw.
  struct Seen {
    std::int64_t last = 0;
    NewestRows rows;
  };

  const NewestRows& seen() const;
  Undo& undo() const;
  Newest& newest() const;
  Newest read_newest() const;
  bool has_row(const Row& row) const;
  bool may_have(std::int64_t number) const;
  NumberFilter read_all() const;
  void insert(const Row& row);
  void move(const std::vector<Row>& rows, std::int64_t last_order);
  void count();
  void cool();
  void cool_some();

  sqlite::Connection& db_;
  const RefIdParts parts_;
  mutable Memory memory_;
  mutable Undo undo_;
  mutable Seen seen_;
  bool remembers_ = false;
  mutable std::optional<NumberFilter> filter_;  // of all rows, if remembers_; none: not read yet
};

// Fills the table, which is empty, for all orders that are there.
void fill_ref_ids(sqlite::Connection& db);

// What is wrong with the table in a file that is inside a read transaction: one sentence, or "".
std::string fault_of_ref_ids(sqlite::Connection& db);

}  // namespace topupd
