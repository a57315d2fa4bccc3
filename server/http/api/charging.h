// Asking a gateway to take a charge, once it is on record.

#pragma once

#include <string>
#include <variant>
#include <vector>

#include "app.h"
#include "http/api/errors.h"
#include "topup/payment.h"

namespace topupd::http {

// The charge with its QR code.  One that has none yet is created at its gateway, with the same
// code however often this is called; one that is over stays as it is.
//
// unavailable: the gateway did not take it, so it and its order were cancelled and its keys are
// free.
// outcome_unknown: it is on record, and the store failed since.  Asked again, it is offered.
std::variant<topup::Charge, Fault> with_offer(App& app, const topup::Charge& charge,
                                              topup::Timestamp now);

// What a repeatable request holds while it runs, so that two threads never create one charge.
// in_progress: another holds it.
std::variant<InFlight::Lease, Fault> hold(App& app, topup::UserId user, std::string_view route,
                                          const std::vector<std::string>& keys);

}  // namespace topupd::http
