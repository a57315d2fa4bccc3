// People and the books.

#include <algorithm>
#include <type_traits>

#include "topup/memory_tx.h"

namespace topup {

std::optional<User> MemoryTx::user(UserId id) const { return find(s_.users, id); }
std::optional<User> MemoryTx::user_by_username(std::string_view username) const {
  return find_by(s_.users, s_.user_by_username, username);
}
std::optional<User> MemoryTx::user_by_email(std::string_view email) const {
  return find_by(s_.users, s_.user_by_email, email);
}
std::optional<User> MemoryTx::user_by_key(std::string_view key_hash) const {
  return find_by(s_.users, s_.user_by_key, key_hash);
}
std::vector<User> MemoryTx::admins() const {
  std::vector<User> found;
  for (const auto& [id, user] : s_.users)
    if (user.role == Role::admin) found.push_back(user);
  return found;
}
std::vector<UserId> MemoryTx::erased_users() const {
  std::vector<UserId> found;
  for (const auto& [id, user] : s_.users)
    if (user.erased_at) found.push_back(id);
  return found;
}

UnderWay MemoryTx::under_way(UserId user) const {
  // The first of the map that is the user's and open.
  auto first = [&](const auto& map, auto is_open) {
    auto it = std::find_if(map.begin(), map.end(), [&](const auto& item) {
      return item.second.user == user && is_open(item.second);
    });
    return it == map.end() ? typename std::decay_t<decltype(map)>::key_type{} : it->first;
  };
  return {first(s_.orders, [](const Order& r) { return !is_over(r.state); }),
          first(s_.charges, [](const Charge& r) { return r.due_at.has_value(); }),
          first(s_.receipts, [](const Receipt& r) { return r.state == ReceiptState::waiting; }),
          first(s_.withdrawals, [](const Withdrawal& r) { return !is_over(r.state); }),
          first(s_.adjustments, [](const Adjustment& r) { return !is_over(r.state); })};
}

std::optional<Tier> MemoryTx::tier(std::string_view name) const { return find(s_.tiers, name); }

void MemoryTx::index(const User& user) {
  claim(s_.user_by_username, user.username, user.id);
  claim(s_.user_by_email, user.email, user.id);
  const auto& key = user.credentials.key_hash;
  if (!key.empty()) claim(s_.user_by_key, key, user.id);
}
void MemoryTx::unindex(const User& user) {
  undo_.drop(s_.user_by_username, user.username);
  undo_.drop(s_.user_by_email, user.email);
  undo_.drop(s_.user_by_key, user.credentials.key_hash);
}
void MemoryTx::insert(const User& user) {
  atomically([&] {
    add(s_.users, user);
    index(user);
  });
}
void MemoryTx::update(const User& user) {
  atomically([&] {
    unindex(replace(s_.users, user));
    index(user);
  });
}
void MemoryTx::put(const Tier& tier) { undo_.set(s_.tiers, tier.name, tier); }

Wallet MemoryTx::wallet(UserId id) const {
  auto found = find(s_.wallets, id);
  if (found) return *found;
  Wallet empty;
  empty.user = id;
  return empty;
}

void MemoryTx::put(const Wallet& wallet) {
  need(s_.users, wallet.user);
  for (const auto& book : wallet.books)
    if (book.balance < Money{}) throw std::logic_error{"a balance is never negative"};
  undo_.set(s_.wallets, wallet.user, wallet);
}

JournalHead MemoryTx::journal_head() const {
  JournalHead head;
  head.entry = EntryId{static_cast<std::int64_t>(s_.entries.size())};
  head.posting = PostingId{static_cast<std::int64_t>(s_.postings.size())};
  if (!s_.entries.empty()) head.at = s_.entries.back().at;
  head.step = static_cast<std::int64_t>(s_.steps.size());
  if (!s_.postings.empty()) head.posting_seal = s_.postings.back().seal;
  if (s_.steps.empty()) return head;
  head.step_at = s_.steps.back().at;
  head.step_seal = s_.steps.back().seal;
  return head;
}

std::optional<StoredEntry> MemoryTx::entry(EntryId id) const {
  if (id.value < 1 || id > journal_head().entry) return std::nullopt;
  return s_.entries[static_cast<std::size_t>(id.value - 1)];
}
bool MemoryTx::has_entry(EntrySlot slot, std::int64_t ref) const {
  return s_.slots.contains({slot, ref});
}
std::optional<StoredPosting> MemoryTx::posting(PostingId id) const {
  if (id.value < 1 || id > journal_head().posting) return std::nullopt;
  return s_.postings[static_cast<std::size_t>(id.value - 1)];
}

std::int64_t MemoryTx::clearing(GatewayId id) const {
  auto account = of(id, AccountKind::gateway_clearing);
  std::int64_t sum = 0;
  for (const auto& line : s_.postings) {
    if (line.posting.debit == account) sum += line.posting.amount.units();
    if (line.posting.credit == account) sum -= line.posting.amount.units();
  }
  return sum;
}

void MemoryTx::append(const StoredEntry& entry) {
  auto head = journal_head();
  if (entry.id.value != head.entry.value + 1) throw std::logic_error{"a gap between entries"};
  if (entry.at < head.at) throw std::logic_error{"an entry before the one before it"};
  atomically([&] {
    claim(s_.slots, std::pair{slot_of(entry.kind), entry.ref}, entry.id);
    undo_.push(s_.entries, entry);
  });
}

void MemoryTx::append(const StoredPosting& posting) {
  auto head = journal_head();
  if (posting.id.value != head.posting.value + 1) throw std::logic_error{"a gap between postings"};
  if (posting.entry != head.entry) throw std::logic_error{"a posting outside the last entry"};
  if (posting.posting.amount <= Money{}) throw std::logic_error{"an amount is above 0"};
  auto stored = posting;
  stored.seal =
      sealer_ ? seal_of(sealer_.hash, head.posting_seal, s_.entries.back(), posting) : Digest{};
  undo_.push(s_.postings, stored);
}

void MemoryTx::append(const Step& step, std::string_view made) {
  auto stored = step;
  stored.made = sealer_ ? made_of(sealer_.hash, made) : 0;
  stored.seal = sealer_ ? seal_of(sealer_.hash, journal_head().step_seal, stored) : Digest{};
  undo_.push(s_.steps, stored);
}

std::int64_t MemoryTx::salt() { return sealer_.salt ? sealer_.salt() : 0; }

std::int64_t MemoryTx::last_id(Table table) const { return find(s_.last_ids, table).value_or(0); }

}  // namespace topup
