#include "store/wallets.h"

#include <algorithm>
#include <string>

namespace topupd {
namespace {

constexpr std::int64_t kNobody = 0;

bool is_told_by(const topup::StoredPosting& posting, const topup::LedgerAccount& account,
                const topup::Book& book) {
  const auto& mark = posting.posting.debit == account ? posting.debit : posting.credit;
  return (posting.posting.debit == account || posting.posting.credit == account) &&
         mark.after == book.balance && mark.version == book.version;
}

bool is_told(sqlite::Connection& db, Formats& formats, const topup::LedgerAccount& account,
             const topup::Book& book) {
  if (book.last.value == 0) return book == topup::Book{};
  auto query = db.query("SELECT * FROM postings WHERE id = ?");
  query.bind(1, book.last.value);
  const auto posting = one<topup::StoredPosting>(query, formats);
  return posting && is_told_by(*posting, account, book);
}

}  // namespace

std::optional<topup::Wallet> Wallets::find(topup::UserId user) const {
  if (const auto* known = recent_.find(user.value)) return *known;
  auto found = read(user);
  if (found) recent_.put(user.value, *found);
  return found;
}

std::optional<topup::Wallet> Wallets::read(topup::UserId user) const {
  const auto& newest = seen().newest;
  if (const auto at = newest.find(user.value); at != newest.end()) {
    auto query = db_.query("SELECT * FROM wallet_changes WHERE id = ?");
    query.bind(1, at->second);
    if (query.next()) return record_of<topup::Wallet>(query, formats_, 1);
  }
  // Also if his newest change has gone since: then it is here.
  auto query = db_.query("SELECT * FROM wallets WHERE user_id = ?");
  query.bind(1, user.value);
  return one<topup::Wallet>(query, formats_);
}

Wallets::Seen& Wallets::seen() const {
  if (seen_ && remembers_) return *seen_;
  // More than there can be: many of them have gone.
  if (!seen_ || static_cast<std::int64_t>(seen_->newest.size()) > 2 * parts_.most) seen_ = Seen{};
  auto query = db_.query("SELECT id, user_id FROM wallet_changes WHERE id > ? ORDER BY id");
  query.bind(1, seen_->last);
  while (query.next()) {
    seen_->last = query.integer(0);
    seen_->newest[query.integer(1)] = seen_->last;
  }
  return *seen_;
}

void Wallets::put(const topup::Wallet& wallet) {
  const bool is_new = !find(wallet.user);
  if (is_new)
    write_in_place(wallet);
  else
    append(wallet);
  recent_.put(wallet.user.value, wallet);
  if (remembers_ && !is_new && seen().last % parts_.moved_every == 0) move_some();
}

// Makes the row, too, for who has none yet or whose was taken away: his change alone says then what
// he has.
void Wallets::write_in_place(const topup::Wallet& wallet) {
  auto query = db_.query(
      "INSERT INTO wallets VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17) "
      "ON CONFLICT (user_id) DO UPDATE SET balance = ?2, balance_version = ?3, balance_last = ?4, "
      "hold = ?5, hold_version = ?6, hold_last = ?7, profit = ?8, profit_version = ?9, "
      "profit_last = ?10, withdraw_hold = ?11, withdraw_hold_version = ?12, "
      "withdraw_hold_last = ?13, receivable = ?14, receivable_version = ?15, "
      "receivable_last = ?16, last_order = ?17");
  Binder bind{query};
  columns(bind, wallet);
  query.next();
}

void Wallets::append(const topup::Wallet& wallet) {
  auto& seen = this->seen();
  has_written_ = true;
  const auto id = seen.last + 1;
  {
    auto query =
        db_.query("INSERT INTO wallet_changes VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    Binder bind{query};
    bind(id);
    columns(bind, wallet);
    query.next();
  }
  seen.last = id;
  seen.newest[wallet.user.value] = id;
}

void Wallets::forget() const {
  recent_.clear();
  if (has_written_) seen_.reset();
}

void Wallets::forget_file() const {
  recent_.clear();
  seen_.reset();
}

void Wallets::move_some() {
  const auto changed = static_cast<std::int64_t>(seen().newest.size());
  // Where people come in an order of their own a round may not end for long.
  const auto [user, change] = oldest();
  if (seen().last - change > 2 * parts_.round * parts_.moved_every) moved_ = user - 1;
  move(neighbours(static_cast<std::size_t>((changed + parts_.round - 1) / parts_.round)));
  drop_moved();
}

// Of the newest changes of all: whose it is, and its number.  The last one if there is none.
std::pair<std::int64_t, std::int64_t> Wallets::oldest() const {
  std::pair found{kNobody, seen().last};
  for (const auto& [user, change] : seen().newest)
    if (change <= found.second) found = {user, change};
  return found;
}

std::vector<std::int64_t> Wallets::neighbours(std::size_t most) {
  std::vector<std::int64_t> users;
  for (const auto& [user, change] : seen().newest)
    if (user > moved_) users.push_back(user);
  moved_ = kNobody;
  if (users.size() > most) {
    const auto end = users.begin() + static_cast<std::ptrdiff_t>(most);
    std::nth_element(users.begin(), end, users.end());
    users.erase(end, users.end());
    moved_ = *std::max_element(users.begin(), users.end());
  }
  std::sort(users.begin(), users.end());
  return users;
}

void Wallets::move(const std::vector<std::int64_t>& users) {
  for (const auto user : users) {
    const auto* known = recent_.find(user);
    write_in_place(known != nullptr ? *known : read({user}).value());
    seen().newest.erase(user);
  }
}

// All but the last: where it stands says what the next one's number is.
void Wallets::drop_moved() {
  if (seen().last - oldest().second >= parts_.most) {
    moved_ = kNobody;
    move(neighbours(seen().newest.size()));
  }
  auto query = db_.query("DELETE FROM wallet_changes WHERE id < ?");
  query.bind(1, oldest().second);
  query.next();
}

std::string fault_of_wallets(sqlite::Connection& db) {
  const auto stray = db.integer(
      "SELECT ifnull(min(user_id), 0) FROM wallet_changes "
      "WHERE user_id NOT IN (SELECT user_id FROM wallets)");
  if (stray != kNobody)
    return "user " + std::to_string(stray) + " has a row in wallet_changes and none in wallets";
  // An entry changes two wallets for each of its postings at most, and an order one.
  if (db.integer("SELECT ifnull(max(id), 0) > 2 * (SELECT count(*) FROM postings) + "
                 "(SELECT count(*) FROM orders) FROM wallet_changes") != 0)
    return "the number of the last row in wallet_changes is higher than what happened";
  Formats formats;
  auto rows = db.prepare("SELECT * FROM wallets");
  for (auto query = rows.query(); query.next();) {
    const auto wallet = record_of<topup::Wallet>(query, formats);
    for (std::size_t i = 0; i < topup::kUserAccountCount; ++i) {
      const auto kind = static_cast<topup::AccountKind>(i);
      if (is_told(db, formats, of(wallet.user, kind), wallet[kind])) continue;
      return "the row in wallets of user " + std::to_string(wallet.user.value) + " has a " +
             std::string{name(kind)} + " that its last posting did not leave";
    }
  }
  return "";
}

}  // namespace topupd
