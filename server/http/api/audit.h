// What is written to the audit log, in the transaction of the change that somebody asks for.

#pragma once

#include <string>
#include <string_view>

#include "http/api/endpoint.h"
#include "topup/store.h"

namespace topupd::http {

// What the log calls that route: "user/suspend" of /api/admin/user/suspend, "auth/session" of
// /api/auth/session.
std::string_view deed_of(const Endpoint& endpoint);

// What was asked for, as far as the log may keep it: "amount=2500, source=bank".
std::string audit_detail(const Endpoint& endpoint, const Params& params);

// "user:2"; "tier:gold".
template <class Record>
std::string subject_of(const Record& record) {
  if constexpr (requires { topup::audit_subject(record.id); })
    return topup::audit_subject(record.id);
  else
    return "tier:" + record.name;
}

struct AuditNote {
  std::string subject;  // "user:2"; "" if it is about nothing that has a name
  std::string detail;
};

// Once in the body of a change, when nothing in it can be refused any more.
void record_deed(topup::Tx& tx, const Call& call, topup::UserId by, AuditNote note);
// With what was asked for as the detail.
void record_deed(topup::Tx& tx, const Call& call, topup::UserId by, std::string subject);

// A body that records the deed if it is done.  body(Tx&) gives a Result of a record.
template <class Body>
auto audited(const Call& call, Body body) {
  return [&call, body](topup::Tx& tx) {
    auto done = body(tx);
    if (done) record_deed(tx, call, call.user.id, subject_of(*done));
    return done;
  };
}

}  // namespace topupd::http
