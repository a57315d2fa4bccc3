// An archive that a test may damage: everything of a store in plain vectors.

#pragma once

#include <string>
#include <vector>

#include "topup/store.h"

namespace topup::testing {

class ArchiveCopy final : public Archive {
 public:
  explicit ArchiveCopy(Store& store);

  std::vector<User> users;
  std::vector<Wallet> wallets;
  std::vector<StoredEntry> entries;
  std::vector<StoredPosting> postings;
  std::vector<Step> steps;
  std::vector<Order> orders;
  std::vector<Attempt> attempts;
  std::vector<Charge> charges;
  std::vector<Receipt> receipts;
  std::vector<Withdrawal> withdrawals;
  std::vector<Transfer> transfers;
  std::vector<Adjustment> adjustments;
  std::vector<Prefund> prefunds;
  std::vector<TreasuryMove> moves;
  std::vector<Incident> incidents;
  std::vector<IdempotencyRow> keys;
  std::vector<std::string> at_odds;  // what the store would say of itself

  void each(const Each<User>& visit) const override { visit_all(users, visit); }
  void each(const Each<Wallet>& visit) const override { visit_all(wallets, visit); }
  void each(const Each<StoredEntry>& visit) const override { visit_all(entries, visit); }
  void each(const Each<StoredPosting>& visit) const override { visit_all(postings, visit); }
  void each(const Each<Step>& visit) const override { visit_all(steps, visit); }
  void each(const Each<Order>& visit) const override { visit_all(orders, visit); }
  void each(const Each<Attempt>& visit) const override { visit_all(attempts, visit); }
  void each(const Each<Charge>& visit) const override { visit_all(charges, visit); }
  void each(const Each<Receipt>& visit) const override { visit_all(receipts, visit); }
  void each(const Each<Withdrawal>& visit) const override { visit_all(withdrawals, visit); }
  void each(const Each<Transfer>& visit) const override { visit_all(transfers, visit); }
  void each(const Each<Adjustment>& visit) const override { visit_all(adjustments, visit); }
  void each(const Each<Prefund>& visit) const override { visit_all(prefunds, visit); }
  void each(const Each<TreasuryMove>& visit) const override { visit_all(moves, visit); }
  void each(const Each<Incident>& visit) const override { visit_all(incidents, visit); }
  void each(const Each<IdempotencyRow>& visit) const override { visit_all(keys, visit); }
  Next<StoredEntry> entry_by_entry() const override { return one_by_one(entries); }
  std::vector<std::string> faults() const override { return at_odds; }

  // The first entry of that kind, and the first posting of such an entry.
  StoredEntry& entry(EntryKind kind);
  StoredPosting& posting(EntryKind kind);

  // Records an entry with its postings at the end of the journal, as the store
  // would; the wallets follow.
  void book(EntryKind kind, std::int64_t ref, const std::vector<Posting>& lines);

 private:
  template <class Record>
  static void visit_all(const std::vector<Record>& records, const Each<Record>& visit) {
    for (const auto& record : records)
      visit(record);
  }

  Mark mark(LedgerAccount account, Money change);
};

}  // namespace topup::testing
