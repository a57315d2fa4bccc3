// Forgetting people: who an account belonged to is overwritten at once, what its
// orders and withdrawals say about people once they are old enough.  Amounts, ids
// and the journal stay, so that the books hold as before.

#pragma once

#include <cstdint>
#include <string>

#include "topup/cause.h"
#include "topup/ids.h"
#include "topup/result.h"
#include "topup/time.h"
#include "topup/user.h"

namespace topup {

class Store;
class Tx;

// Overwrites name, e-mail, phone, allowed addresses and credentials, names the
// account as erased_username() does and closes it for ever.  The old username and
// e-mail are free again.  A step is recorded.  Who is erased already stays as he is.
//
// not_found, conflict: `field` says what is in the way, `subject` which one: order, charge
// (not over), receipt (waits for an admin), withdrawal, adjustment (not decided),
// balance, hold, profit, withdraw_hold, receivable (not 0), role (the last admin who can log in)
Result<User> erase_user(Tx& tx, UserId user, Cause cause, Timestamp now);

// "erased-7", which nobody can register.
std::string erased_username(UserId user);

// How far the records of a user have been gone through: the last ones that were looked at.
struct ErasureCursor {
  OrderId order;            // from the newest back
  WithdrawalId withdrawal;  // from the oldest on
  friend bool operator==(const ErasureCursor&, const ErasureCursor&) = default;
};

struct ErasedRecords {
  std::int64_t orders = 0;  // overwritten now
  std::int64_t withdrawals = 0;
  std::int64_t kept = 0;  // orders and withdrawals left as they are, being too young
  friend bool operator==(const ErasedRecords&, const ErasedRecords&) = default;
};

struct ErasedPage {
  ErasedRecords records;
  ErasureCursor next;
  bool is_last = false;
};

// What one call looks at, at most: of each kind this many records, so that it keeps
// the next writer waiting for milliseconds, however many there are.
inline constexpr int kErasedAtOnce = 200;

struct EraseRecords {
  UserId user;
  Timestamp before;
  Cause cause;
};

// Goes on after `after` and overwrites, where an order or a withdrawal was over before
// that moment, and takes a step: target, nometer, ref_id, customer_name, customer_phone and sn of
// the order, sn of its attempts; bank, account_number, account_name and note of the withdrawal. All
// of the user's idempotency keys go, however young.  Overwritten is empty.
//
// not_found: there is no erased user of that id
Result<ErasedPage> erase_records(Tx& tx, const EraseRecords& command, const ErasureCursor& after,
                                 Timestamp now);

// All of a user's records, in as many transactions as it takes.  not_found
Result<ErasedRecords> erase_all_records(Store& store, const EraseRecords& command, Timestamp now);

}  // namespace topup
