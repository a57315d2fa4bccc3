// People and the books.

#include <stdexcept>

#include "store/sqlite_tx.h"

namespace topupd {

using topup::Step;
using topup::StoredEntry;
using topup::StoredPosting;
using topup::Tier;
using topup::User;
using topup::Wallet;

std::int64_t SqliteTx::changed_by(sqlite::Query& query) {
  auto before = db_.changes();
  query.next();
  return db_.changes() - before;
}

void SqliteTx::need_one(std::int64_t changed) {
  if (changed == 0) throw std::logic_error{"there is no such record"};
}

std::optional<User> SqliteTx::user(topup::UserId id) const {
  return find<User>("SELECT * FROM users WHERE id = ?", id);
}
std::optional<topup::Standing> SqliteTx::standing(topup::UserId id) const {
  if (const auto* known = memory_.standings.find(id.value)) return *known;
  auto found = View::standing(id);
  if (found) memory_.standings.put(id.value, *found);
  return found;
}
std::optional<User> SqliteTx::user_by_username(std::string_view username) const {
  return find<User>("SELECT * FROM users WHERE username = ?", username);
}
std::optional<User> SqliteTx::user_by_email(std::string_view email) const {
  return find<User>("SELECT * FROM users WHERE email = ?", email);
}
std::optional<User> SqliteTx::user_by_key(std::string_view key_hash) const {
  return find<User>("SELECT * FROM users WHERE key_hash = ? AND key_hash <> ''", key_hash);
}

std::vector<User> SqliteTx::admins() const {
  return list<User>("SELECT * FROM users WHERE role = 'admin' ORDER BY id");
}
std::vector<topup::UserId> SqliteTx::erased_users() const {
  std::vector<topup::UserId> ids;
  auto query = db_.query("SELECT id FROM users WHERE erased_at IS NOT NULL ORDER BY id");
  while (query.next())
    ids.push_back({query.integer(0)});
  return ids;
}

// Named indexes: each holds only what is open, of everybody.
topup::UnderWay SqliteTx::under_way(topup::UserId user) const {
  static const auto kOpenOrder = "SELECT min(id) FROM orders INDEXED BY orders_open WHERE " +
                                 open_condition() + " AND user_id = ?";
  return {{first(kOpenOrder, user)},
          {first("SELECT min(id) FROM charges INDEXED BY charges_due WHERE due_at IS NOT NULL "
                 "AND user_id = ?",
                 user)},
          {first("SELECT min(id) FROM receipts INDEXED BY receipts_waiting "
                 "WHERE state = 'waiting' AND user_id = ?",
                 user)},
          {first("SELECT min(id) FROM withdrawals INDEXED BY withdrawals_by_state "
                 "WHERE state = 'requested' AND user_id = ?",
                 user)},
          {first("SELECT min(id) FROM adjustments INDEXED BY adjustments_by_state "
                 "WHERE state = 'proposed' AND user_id = ?",
                 user)}};
}

void SqliteTx::insert(const User& user) {
  touched_.people = true;
  write_new("INSERT INTO users VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", user);
}
void SqliteTx::update(const User& user) {
  touched_.people = true;
  write_over(
      "UPDATE users SET username = ?2, name = ?3, email = ?4, phone = ?5, role = ?6, tier = ?7, "
      "suspended = ?8, allowed_addresses = ?9, password = ?10, key_hash = ?11, key_sealed = ?12, "
      "otp_sealed = ?13, created_at = ?14, erased_at = ?15 WHERE id = ?1",
      user);
  memory_.standings.erase(user.id.value);
}

std::optional<Tier> SqliteTx::tier(std::string_view name) const {
  auto it = memory_.tiers.find(name);
  if (it != memory_.tiers.end()) return it->second;
  auto found = find<Tier>("SELECT * FROM tiers WHERE name = ?", name);
  if (found) memory_.tiers.emplace(name, *found);
  return found;
}
void SqliteTx::put(const Tier& tier) {
  touched_.people = true;
  memory_.tiers.clear();
  write("INSERT OR REPLACE INTO tiers VALUES (?,?)", tier);
}

Wallet SqliteTx::wallet(topup::UserId id) const {
  Wallet empty;
  empty.user = id;
  return wallets_.find(id).value_or(empty);
}
void SqliteTx::put(const Wallet& wallet) { wallets_.put(wallet); }

topup::JournalHead SqliteTx::journal_head() const {
  if (memory_.head) return *memory_.head;
  topup::JournalHead head;
  auto entry = find<StoredEntry>("SELECT * FROM entries ORDER BY id DESC LIMIT 1");
  if (entry) {
    head.entry = entry->id;
    head.at = entry->at;
    memory_.entry = *entry;
  }
  auto posting = find<StoredPosting>("SELECT * FROM postings ORDER BY id DESC LIMIT 1");
  if (posting) {
    head.posting = posting->id;
    head.posting_seal = posting->seal;
  }
  auto query = db_.query("SELECT id, at, seal FROM steps ORDER BY id DESC LIMIT 1");
  if (query.next()) {
    Reader read{query, formats_};
    read(head.step, head.step_at, head.step_seal);
  }
  memory_.head = head;
  return head;
}

std::optional<StoredEntry> SqliteTx::entry(topup::EntryId id) const {
  return find<StoredEntry>("SELECT * FROM entries WHERE id = ?", id);
}
bool SqliteTx::has_entry(topup::EntrySlot slot, std::int64_t ref) const {
  auto query = db_.query("SELECT 1 FROM entries WHERE slot = ? AND ref = ?");
  bind_all(query, slot, ref);
  return query.next();
}
std::optional<StoredPosting> SqliteTx::posting(topup::PostingId id) const {
  return find<StoredPosting>("SELECT * FROM postings WHERE id = ?", id);
}

std::int64_t SqliteTx::clearing(topup::GatewayId id) const {
  auto query = db_.query(
      "SELECT (SELECT ifnull(sum(amount), 0) FROM postings "
      "WHERE debit_account = 'gateway_clearing' AND debit_owner = ?1) - "
      "(SELECT ifnull(sum(amount), 0) FROM postings "
      "WHERE credit_account = 'gateway_clearing' AND credit_owner = ?1)");
  bind_all(query, id);
  query.next();
  return query.integer(0);
}

void SqliteTx::append(const StoredEntry& entry) {
  auto head = journal_head();
  if (entry.id.value != head.entry.value + 1) throw std::logic_error{"a gap between entries"};
  if (entry.at < head.at) throw std::logic_error{"an entry before the one before it"};
  write("INSERT INTO entries VALUES (?,?,?,?,?,?)", entry);
  memory_.head->entry = entry.id;
  memory_.head->at = entry.at;
  memory_.entry = entry;
}

void SqliteTx::append(const StoredPosting& posting) {
  auto head = journal_head();
  if (posting.id.value != head.posting.value + 1) throw std::logic_error{"a gap between postings"};
  if (posting.entry != head.entry) throw std::logic_error{"a posting outside the last entry"};
  auto sealed = posting;
  if (sealer_)
    sealed.seal = topup::seal_of(sealer_.hash, head.posting_seal, memory_.entry, posting);
  write("INSERT INTO postings VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", sealed);
  memory_.head->posting = posting.id;
  memory_.head->posting_seal = sealed.seal;
}

void SqliteTx::append(const Step& step, std::string_view made) {
  auto head = journal_head();
  auto sealed = step;
  if (sealer_) {
    sealed.made = topup::made_of(sealer_.hash, made);
    sealed.seal = topup::seal_of(sealer_.hash, head.step_seal, sealed);
  }
  write(
      "INSERT INTO steps (subject, subject_id, event, from_state, to_state, cause, at, made, seal) "
      "VALUES (?,?,?,?,?,?,?,?,?)",
      sealed);
  ++memory_.head->step;
  memory_.head->step_at = step.at;
  memory_.head->step_seal = sealed.seal;
}

}  // namespace topupd
