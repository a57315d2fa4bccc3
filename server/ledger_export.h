// The whole ledger as other bookkeeping programs read it, so that its balances can be checked, and
// its figures used, without this one.
//
// Every entry becomes one transaction with a line for each account that it changes: debits are
// positive, credits negative, in whole rupiah (IDR), on its day in WIB.  hledger and beancount also
// get what this program keeps as the balance of each account, as assertions that they check: the
// stored wallet of a user's, the sum of its postings of any other.

#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "topup/store.h"

namespace topupd {

enum class LedgerFormat {
  hledger,
  beancount,
  csv,  // a row for each account that an entry changes, below a line of headings
};

// Writes everything to out, whose state the caller checks.
void export_ledger(const topup::Archive& archive, LedgerFormat format, std::ostream& out);

// A username as part of a beancount account, whose parts begin with a capital or a digit and go on
// with letters, digits and dashes: "U", then the name with every byte but a-z 0-9 - as X and two
// hexadecimal digits.  toko_a is UtokoX5fa.
std::string beancount_part(std::string_view username);

// The username again; empty if the part was not made so.
std::string username_of_beancount_part(std::string_view part);

}  // namespace topupd
