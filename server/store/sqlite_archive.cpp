#include "store/sqlite_archive.h"

#include <memory>
#include <optional>
#include <utility>

#include "store/ref_ids.h"
#include "store/wallets.h"

namespace topupd {

template <class Record>
void SqliteArchive::walk(const std::string& sql, const Each<Record>& visit) const {
  // Not a kept statement: visit may walk the same table.
  auto statement = db_.prepare(sql);
  auto query = statement.query();
  while (query.next())
    visit(record_of<Record>(query, formats_));
}

SqliteArchive::Next<topup::StoredEntry> SqliteArchive::entry_by_entry() const {
  struct Walk {
    explicit Walk(sqlite::Connection& db)
        : statement{db.prepare("SELECT * FROM entries ORDER BY id")}, query{statement.query()} {}

    sqlite::Connection::Once statement;
    sqlite::Query query;
    bool is_over = false;
  };
  return [walk = std::make_shared<Walk>(db_), &formats = formats_] {
    // Stepped beyond its end a statement would begin anew.
    walk->is_over = walk->is_over || !walk->query.next();
    return walk->is_over ? std::nullopt
                         : std::optional{record_of<topup::StoredEntry>(walk->query, formats)};
  };
}

void SqliteArchive::each(const Each<topup::User>& visit) const {
  walk("SELECT * FROM users ORDER BY id", visit);
}
void SqliteArchive::each(const Each<topup::Wallet>& visit) const {
  walk("SELECT * FROM wallets_now ORDER BY user_id", visit);
}
void SqliteArchive::each(const Each<topup::StoredEntry>& visit) const {
  walk("SELECT * FROM entries ORDER BY id", visit);
}
void SqliteArchive::each(const Each<topup::StoredPosting>& visit) const {
  walk("SELECT * FROM postings ORDER BY id", visit);
}
void SqliteArchive::each(const Each<topup::Step>& visit) const {
  walk(
      "SELECT subject, subject_id, event, from_state, to_state, cause, at, made, seal FROM steps "
      "ORDER BY id",
      visit);
}
void SqliteArchive::each(const Each<topup::Order>& visit) const {
  walk("SELECT * FROM orders ORDER BY id", visit);
}
void SqliteArchive::each(const Each<topup::Attempt>& visit) const {
  walk("SELECT * FROM attempts ORDER BY id", visit);
}
void SqliteArchive::each(const Each<topup::Charge>& visit) const {
  walk("SELECT * FROM charges ORDER BY id", visit);
}
void SqliteArchive::each(const Each<topup::Receipt>& visit) const {
  walk("SELECT * FROM receipts ORDER BY id", visit);
}
void SqliteArchive::each(const Each<topup::Withdrawal>& visit) const {
  walk("SELECT * FROM withdrawals ORDER BY id", visit);
}
void SqliteArchive::each(const Each<topup::Transfer>& visit) const {
  walk("SELECT * FROM transfers ORDER BY id", visit);
}
void SqliteArchive::each(const Each<topup::Adjustment>& visit) const {
  walk("SELECT * FROM adjustments ORDER BY id", visit);
}
void SqliteArchive::each(const Each<topup::Prefund>& visit) const {
  walk("SELECT * FROM prefunds ORDER BY id", visit);
}
void SqliteArchive::each(const Each<topup::TreasuryMove>& visit) const {
  walk("SELECT * FROM treasury_moves ORDER BY id", visit);
}
void SqliteArchive::each(const Each<topup::Incident>& visit) const {
  walk("SELECT * FROM incidents ORDER BY id", visit);
}
void SqliteArchive::each(const Each<topup::IdempotencyRow>& visit) const {
  walk("SELECT * FROM idempotency ORDER BY user_id, route, key", visit);
}

std::vector<std::string> SqliteArchive::faults() const {
  std::vector<std::string> faults;
  for (auto& fault : {fault_of_ref_ids(db_), fault_of_wallets(db_)})
    if (!fault.empty()) faults.push_back(fault);
  return faults;
}

}  // namespace topupd
