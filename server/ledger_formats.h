// How each bookkeeping program wants the ledger written: used by ledger_export.cpp alone.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger_export.h"
#include "topup/ledger.h"

namespace topupd {

// An account and whose it is.
struct NamedAccount {
  topup::LedgerAccount account;
  std::string_view username;  // of a user's account, else empty
};

// What one entry changes an account by; never 0.
struct LedgerLine {
  NamedAccount account;
  std::int64_t debited = 0;
};

// Each function returns text to be written, in this order: the head, the entries by time, each
// account before the first entry that changes it, the balances after the last entry.
class LedgerText {
 public:
  virtual ~LedgerText() = default;
  virtual std::string head() const = 0;
  virtual std::string opened(NamedAccount account, topup::Timestamp at) const = 0;
  virtual std::string entry(const topup::StoredEntry& entry,
                            const std::vector<LedgerLine>& lines) const = 0;
  virtual std::string balances(const std::vector<LedgerLine>& balances,
                               topup::Timestamp last) const = 0;
};

std::unique_ptr<LedgerText> ledger_text(LedgerFormat format);

}  // namespace topupd
