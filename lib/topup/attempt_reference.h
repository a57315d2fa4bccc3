// The reference under which a supplier knows an attempt: "INV-57EA2ANACSU3GU-1", the order's
// invoice and the attempt's number.
//
// Stable, unique, and as random as the invoice.  A shop that goes on from an older backup gives the
// ids of what it has forgotten again; it must not ask for something new under a reference that a
// supplier has served, who would answer with the old purchase.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "topup/attempt.h"
#include "topup/store.h"

namespace topup {

std::string reference_of(std::string_view invoice, const Attempt& attempt);
std::string reference_of(const View& view, const Attempt& attempt);

// Empty if it is none of ours.
std::optional<Attempt> attempt_by_reference(const View& view, std::string_view reference);

}  // namespace topup
