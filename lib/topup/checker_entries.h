// What an entry must say, derived from the thing it is about: the postings of
// docs/ledger.md, written a second time.  Internal to the checker.

#pragma once

#include "topup/checker_books.h"
#include "topup/checker_facts.h"

namespace topup::checking {

// Compares one entry with the record it names and notes on the record that such
// an entry exists.  I04: no two entries in one slot; I27: what it is about
// exists; I26, I29 and I32 where they speak of its content, else I02.
void check_entry(const JournalEntry& entry, const Lines& lines, Facts& facts, Findings& findings);

}  // namespace topup::checking
