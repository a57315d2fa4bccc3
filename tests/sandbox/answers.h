// Purchases to ask for, and answers as words.

#pragma once

#include <string>

#include "gateways/gateway.h"
#include "providers/provider.h"

namespace sandbox_test {

using topupd::Answer;
using topupd::Purchase;

inline Purchase to(const std::string& target) { return {"A-" + target, "FF70", target, 9'500}; }

// The kind, and after a failure whether another supplier may be tried.
inline std::string word(const Answer& answer) {
  switch (answer.kind) {
    case Answer::Kind::success: return "success";
    case Answer::Kind::pending: return "pending";
    case Answer::Kind::not_found: return "not_found";
    case Answer::Kind::unknown: return "unknown";
    case Answer::Kind::failure: break;
  }
  return answer.fail_over == Answer::FailOver::safe ? "failure, safe" : "failure, useless";
}

inline bool same(const Answer& a, const Answer& b) {
  return a.kind == b.kind && a.fail_over == b.fail_over && a.sn == b.sn && a.cost == b.cost &&
         a.provider_reference == b.provider_reference && a.code == b.code && a.raw == b.raw;
}

inline std::string word(topupd::ChargeStatus state) {
  switch (state) {
    case topupd::ChargeStatus::pending: return "pending";
    case topupd::ChargeStatus::settled: return "settled";
    case topupd::ChargeStatus::expired: return "expired";
    case topupd::ChargeStatus::cancelled: return "cancelled";
    case topupd::ChargeStatus::not_found: return "not_found";
    case topupd::ChargeStatus::unknown: return "unknown";
  }
  return "";
}

inline bool same(const topupd::Notice& a, const topupd::Notice& b) {
  return a.code == b.code && a.payment_id == b.payment_id && a.amount == b.amount &&
         a.fee == b.fee && a.paid_at == b.paid_at && a.state == b.state;
}

}  // namespace sandbox_test
