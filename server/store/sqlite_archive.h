// Everything in the file, as of one moment.

#pragma once

#include <string>
#include <vector>

#include "store/record.h"
#include "store/sqlite.h"
#include "topup/store.h"

namespace topupd {

class SqliteArchive final : public topup::Archive {
 public:
  // A connection that is inside a read transaction, and outlives this object.
  SqliteArchive(sqlite::Connection& db, Formats& formats) : db_{db}, formats_{formats} {}

  void each(const Each<topup::User>& visit) const override;
  void each(const Each<topup::Wallet>& visit) const override;
  void each(const Each<topup::StoredEntry>& visit) const override;
  void each(const Each<topup::StoredPosting>& visit) const override;
  void each(const Each<topup::Step>& visit) const override;
  void each(const Each<topup::Order>& visit) const override;
  void each(const Each<topup::Attempt>& visit) const override;
  void each(const Each<topup::Charge>& visit) const override;
  void each(const Each<topup::Receipt>& visit) const override;
  void each(const Each<topup::Withdrawal>& visit) const override;
  void each(const Each<topup::Transfer>& visit) const override;
  void each(const Each<topup::Adjustment>& visit) const override;
  void each(const Each<topup::Prefund>& visit) const override;
  void each(const Each<topup::TreasuryMove>& visit) const override;
  void each(const Each<topup::Incident>& visit) const override;
  void each(const Each<topup::IdempotencyRow>& visit) const override;
  Next<topup::StoredEntry> entry_by_entry() const override;
  std::vector<std::string> faults() const override;

 private:
  template <class Record>
  void walk(const std::string& sql, const Each<Record>& visit) const;

  sqlite::Connection& db_;
  Formats& formats_;
};

}  // namespace topupd
