// Finds a reseller's open orders for the same thing.
//
// What two of them may not both be for is as random as a target, and a unique index over it would
// have each order change a page of its own when it comes and another when it ends: more than the
// rest of the order together.  So who alone writes to the file keeps a hash of it in memory, about
// 50 bytes for each open order, and the file itself only has an index over what is open, by number.
// That no two are for the same thing is then checked by whoever writes, and by the checker (I44).
//
// Not thread-safe, like its connection.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/short_hash.h"
#include "store/sqlite.h"
#include "topup/order.h"

namespace topupd {

// "(state = 'queued' OR state = 'sent')", of the states of which that is true.
std::string state_condition(const std::function<bool(topup::OrderState)>& is_wanted);

// What the index orders_open holds, literally as the schema says it: otherwise it could not serve.
std::string open_condition();

class OpenOrders {
 public:
  // The connection must outlive it.
  explicit OpenOrders(sqlite::Connection& db) : db_{db} {}

  // The order that is open for that, if one is, and seldom others: who asks looks at them.
  std::vector<topup::OrderId> find(topup::UserId user, topup::ServiceId service,
                                   std::string_view target, std::string_view nometer) const;

  // For an order that is open now, or was until now; without remember() they do nothing.
  void add(const topup::Order& order);
  void remove(const topup::Order& order);

  // From now on they are kept in memory; find() reads all that is open otherwise.  Only for a
  // connection that alone writes, or whose owner says by forget_file() that another has.
  void remember();

  // The file may have changed by a rollback.
  void forget() const;

  // The file may have changed through another connection.
  void forget_file() const;

 private:
  using Known = std::unordered_multimap<std::uint64_t, std::int64_t>;  // number, order

  struct Change {
    std::uint64_t number;
    std::int64_t order;
    bool was_added;
  };
  // Since that commit.
  struct Undo {
    std::int64_t commit = 0;
    std::vector<Change> changes;
  };

  // Of read_at_, which is the commit since which they were read: before any transaction.
  static constexpr std::int64_t kBefore = -1;

  std::uint64_t number_of(topup::UserId user, topup::ServiceId service, std::string_view target,
                          std::string_view nometer) const;
  std::vector<topup::OrderId> look_up(topup::UserId user, topup::ServiceId service,
                                      std::string_view target, std::string_view nometer) const;
  Known& known() const;
  Known read_all() const;
  static Known::iterator place_in(Known& known, const Change& change);
  static void erase(Known& known, const Change& change);
  void note(const Change& change);

  sqlite::Connection& db_;
  ShortHashKey key_ = random_short_hash_key();  // nobody can choose targets that meet
  bool remembers_ = false;
  mutable std::optional<Known> known_;  // only if remembers_; none: not read yet
  mutable std::int64_t read_at_ = kBefore;
  mutable Undo undo_;
};

}  // namespace topupd
