// Orders that fit a filter, page by page, newest first.  Safe to call from many threads.
//
// A search that finds little must not read a file that is larger than memory from one end to the
// other: nobody waits for that, and meanwhile the log can't begin anew.  So a page ends after so
// many orders, full or not, with a cursor to go on from.

#pragma once

#include <optional>
#include <string>

#include "store/page.h"
#include "store/sqlite_store.h"
#include "topup/order.h"
#include "topup/time.h"

namespace topupd {

// Empty fields let everything pass.
struct OrderFilter {
  topup::UserId user;
  std::optional<topup::OrderStatus> status;
  topup::ServiceId service;
  std::string target;
  std::optional<topup::Timestamp> from;   // created then or later
  std::optional<topup::Timestamp> until;  // created before then
};

// How many orders a page looks at, whatever passes.
struct LookedAt {
  int links = 20'000;  // of one user, each found by the one after it: some 2 us, in memory
  int rows = 50'000;   // of everybody, one after the other: some 0.3 us, in memory; or of all that
                       // is pending, of which nobody measured how long it takes
};

// A page may hold fewer than its limit, or none, and still have a next one: see LookedAt.  A cursor
// that is no order of the filter's user gives an empty page, unless only those that are pending
// are asked for.
Page<topup::Order> orders(const SqliteStore& store, const OrderFilter& filter,
                          const PageRequest& page, const LookedAt& most = {});

}  // namespace topupd
