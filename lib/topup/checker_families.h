// The invariants that compare what stands with what the books say, by family,
// once everything is gathered and the journal replayed.  Internal to the checker.

#pragma once

#include "topup/checker_facts.h"
#include "topup/store.h"

namespace topup::checking {

// I11 (existence of entries), I17 to I21, I23, I24, I36 and the sums I08, I10, I11.
void check_orders(Facts& facts, Findings& findings);

// I25, I29, I30, I32, and the open items of I12 and I23.
void check_payments(Facts& facts, Findings& findings);

// I09, I13, I16, I34.
void check_people(Facts& facts, Findings& findings);

// I28, I44 and what else is unique; forgets what it read before it returns.
void check_unique(const Archive& archive, Findings& findings);

// I35, I36, I39, I20 and I40 over the history of everything that has a state.
void check_steps(const Archive& archive, const Pass& pass);

}  // namespace topup::checking
