// Who did what with an operator's rights: a line for each change, written in one transaction with
// it, so that there is never one without the other.

#pragma once

#include <string>
#include <string_view>

#include "topup/cause.h"
#include "topup/ids.h"
#include "topup/time.h"

namespace topup {

struct AuditLine {
  AuditId id;
  Cause by;             // an admin, or the console
  std::string deed;     // "user/suspend"
  std::string subject;  // "user:2", "tier:gold"; "" if it is about nothing that has a name
  // "amount=2500, source=bank": what was asked for.  Neither secrets nor what tells of a person.
  std::string detail;
  std::string address;  // it was asked from there; "" for the console
  Timestamp at{};
  friend bool operator==(const AuditLine&, const AuditLine&) = default;
};

// What one record of that table is called: "user".
std::string_view noun(Table table);

// "user:2"
template <Table kTable>
std::string audit_subject(Id<kTable> id) {
  return std::string{noun(kTable)} + ":" + std::to_string(id.value);
}

}  // namespace topup
