// The line of the audit log for what was done by a verb, with the database in its hands.

#pragma once

#include <string>

#include "topup/store.h"

namespace topupd::cli {

struct ConsoleDeed {
  std::string deed;  // as on the command line: "user/erase"
  std::string subject;
  std::string detail = {};
};

// In the transaction of what was done.
inline void record_deed(topup::Tx& tx, const ConsoleDeed& deed, topup::Timestamp now) {
  topup::AuditLine line;
  line.id = topup::next_id<topup::AuditId>(tx);
  line.by = {topup::Actor::console, 0};
  line.deed = deed.deed;
  line.subject = deed.subject;
  line.detail = deed.detail;
  line.at = now;
  tx.insert(line);
}

}  // namespace topupd::cli
