#include "topup/checker_books.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "topup/checker_seals.h"

namespace topup::checking {
namespace {

constexpr std::size_t kAccountKinds = static_cast<std::size_t>(AccountKind::sales_refunds) + 1;

bool has_owner(AccountKind kind) {
  return is_user_account(kind) || kind == AccountKind::gateway_clearing ||
         kind == AccountKind::provider_float || kind == AccountKind::provider_in_transit ||
         kind == AccountKind::provider_inflight;
}

class Replay {
 public:
  Replay(const Pass& pass, const EachEntry& visit)
      : facts_{&pass.facts}, seals_{&pass.seals}, findings_{&pass.findings}, visit_{&visit} {}

  void entry(const StoredEntry& entry);
  void posting(const StoredPosting& posting);
  void finish();
  std::int64_t entries() const { return static_cast<std::int64_t>(journal_.size()); }
  std::int64_t postings() const { return postings_; }

 private:
  struct Kept {
    std::int64_t ref;
    Timestamp at;
    std::int64_t causer;
    std::uint16_t kind;
    std::uint16_t actor;
  };

  void fault(std::string_view invariant, const std::string& what) {
    findings_->add(invariant, what);
  }
  std::string entry_name(std::int64_t id) const;
  const Kept& kept(std::int64_t entry) const {
    return journal_[static_cast<std::size_t>(entry - 1)];
  }
  StoredEntry stored(std::int64_t entry) const;
  void advance_to(std::int64_t entry);
  void finish_entry();
  void allowed(const StoredPosting& stored);
  void move(LedgerAccount account, std::int64_t debited, PostingId id, const Mark& mark);
  void chained(LedgerAccount account, UserRow& user, PostingId id, const Mark& mark);

  Facts* facts_;
  Seals* seals_;
  Findings* findings_;
  const EachEntry* visit_;
  std::vector<Kept> journal_;
  std::optional<Timestamp> last_at_;
  std::int64_t postings_ = 0;
  std::int64_t current_ = 0;  // the entry whose postings are being read; 0 before the first
  Lines lines_;
};

std::string Replay::entry_name(std::int64_t id) const {
  if (id < 1 || id > entries()) return named("entry", id);
  return named("entry", id) + " (" + std::string{name(static_cast<EntryKind>(kept(id).kind))} +
         " " + std::to_string(kept(id).ref) + ")";
}

StoredEntry Replay::stored(std::int64_t entry) const {
  const Kept& row = kept(entry);
  return {EntryId{entry},
          static_cast<EntryKind>(row.kind),
          row.ref,
          row.at,
          {static_cast<Actor>(row.actor), row.causer}};
}

void Replay::entry(const StoredEntry& entry) {
  journal_.push_back({entry.ref, entry.at, entry.cause.id, static_cast<std::uint16_t>(entry.kind),
                      static_cast<std::uint16_t>(entry.cause.actor)});
  if (entry.id.value != entries())
    fault("I03", named("entry", entry.id.value) + " stands where " + named("entry", entries()) +
                     " belongs");
  if (last_at_ && entry.at < *last_at_)
    fault("I40", entry_name(entries()) + " is earlier than the entry before it");
  last_at_ = entry.at;
}

void Replay::posting(const StoredPosting& posting) {
  ++postings_;
  auto of = posting.entry.value;
  seals_->posting(of > 0 && of <= entries() ? stored(of) : StoredEntry{}, posting);
  if (posting.id.value != postings_)
    fault("I03", named("posting", posting.id.value) + " stands where " +
                     named("posting", postings_) + " belongs");
  if (posting.entry.value < current_ || posting.entry.value > entries()) {
    fault("I03", named("posting", posting.id.value) + " is of " +
                     named("entry", posting.entry.value) + ", out of order");
    return;
  }
  advance_to(posting.entry.value);
  allowed(posting);
  std::int64_t amount = posting.posting.amount.units();
  lines_.debit(posting.posting.debit, amount);
  lines_.credit(posting.posting.credit, amount);
  move(posting.posting.debit, amount, posting.id, posting.debit);
  move(posting.posting.credit, -amount, posting.id, posting.credit);
}

void Replay::finish() { advance_to(entries() + 1); }

void Replay::advance_to(std::int64_t entry) {
  if (entry == current_) return;
  if (current_ != 0) finish_entry();
  for (std::int64_t skipped = current_ + 1; skipped < entry; ++skipped)
    fault("I02", entry_name(skipped) + " has no postings");
  current_ = entry;
  lines_.clear();
}

void Replay::finish_entry() {
  for (const auto& [account, debited] : lines_.rows()) {
    if (is_guarded(account.kind) && facts_->balance(account) < 0)
      fault("I05", text(account) + " is " + rupiah(facts_->balance(account)) + " after " +
                       entry_name(current_));
  }
  auto entry = stored(current_);
  (*visit_)({current_, entry.kind, entry.ref, entry.cause.actor}, lines_);
}

// What a single posting may be, whatever it is about.
void Replay::allowed(const StoredPosting& stored) {
  const auto& [debit, credit, amount] = stored.posting;
  std::string where = named("posting", stored.id.value) + " of " + entry_name(current_);
  auto kind = static_cast<EntryKind>(kept(current_).kind);
  if (amount <= Money{}) fault("I02", where + " moves " + rupiah(amount.units()));
  if (!is_in_chart(kind, debit.kind, credit.kind))
    fault("I02", where + ": " + text(debit) + " to " + text(credit) + " is not in the chart");
  for (const auto& account : {debit, credit}) {
    bool exists = !has_owner(account.kind)        ? account.owner == 0
                  : is_user_account(account.kind) ? facts_->users.find(account.owner) != nullptr
                                                  : account.owner > 0;
    if (!exists) fault("I02", where + ": there is no account " + text(account));
  }
  if (credit.kind == AccountKind::user_profit && kind != EntryKind::dropship_succeeded &&
      kind != EntryKind::withdrawal_rejected)
    fault("I14", where + " credits " + text(credit));
  if (credit.kind == AccountKind::user_withdraw_hold &&
      (debit.kind != AccountKind::user_profit || debit.owner != credit.owner))
    fault("I15", where + " funds a withdrawal from " + text(debit));
}

void Replay::move(LedgerAccount account, std::int64_t debited, PostingId id, const Mark& mark) {
  std::int64_t change = grows_by_debit(account.kind) ? debited : -debited;
  UserRow* user = is_user_account(account.kind) ? facts_->users.find(account.owner) : nullptr;
  std::int64_t& balance = user == nullptr
                              ? facts_->system[account]
                              : user->balance.at(static_cast<std::size_t>(account.kind));
  std::int64_t sum = 0;
  bool fits = !__builtin_add_overflow(balance, change, &sum);
  if (!fits || (user != nullptr && !Money::from_units(sum)))
    fault("I01", text(account) + " leaves its range with " + entry_name(current_));
  else
    balance = sum;
  if (user != nullptr)
    chained(account, *user, id, mark);
  else if (mark != Mark{})
    fault("I06",
          named("posting", id.value) + " marks " + text(account) + ", which is kept as a sum");
}

void Replay::chained(LedgerAccount account, UserRow& user, PostingId id, const Mark& mark) {
  auto index = static_cast<std::size_t>(account.kind);
  std::int64_t version = ++user.version.at(index);
  std::int64_t previous = user.last.at(index);
  user.last.at(index) = id.value;
  std::string where = named("posting", id.value) + " on " + text(account);
  if (mark.after.units() != user.balance.at(index))
    fault("I06", where + " says " + rupiah(mark.after.units()) + " after it, the journal " +
                     rupiah(user.balance.at(index)));
  if (mark.version != version)
    fault("I06", where + " has version " + std::to_string(mark.version) + " instead of " +
                     std::to_string(version));
  if (mark.previous.value != previous)
    fault("I06", where + " follows " + named("posting", mark.previous.value) + " instead of " +
                     std::to_string(previous));
}

// By account kind, on the normal side: the wallets as stored, the rest replayed.
using Totals = std::array<std::int64_t, kAccountKinds>;

void check_wallet(const Wallet& wallet, Facts& facts, Findings& findings, Totals& totals) {
  UserRow* user = facts.users.find(wallet.user.value);
  for (std::size_t i = 0; i < kUserAccountCount; ++i) {
    const Book& book = wallet.books.at(i);
    totals.at(i) += book.balance.units();
    if (user == nullptr) continue;
    LedgerAccount account{static_cast<AccountKind>(i), wallet.user.value};
    if (book.balance.units() != user->balance.at(i))
      findings.add("I06", text(account) + " stands at " + rupiah(book.balance.units()) +
                              ", the journal leads to " + rupiah(user->balance.at(i)));
    if (book.version != user->version.at(i) || book.last.value != user->last.at(i))
      findings.add("I06", text(account) + " does not end with its last posting, " +
                              std::to_string(user->last.at(i)));
  }
  if (user == nullptr) {
    findings.add("I06", "a wallet of " + named("user", wallet.user.value) + ", who does not exist");
    return;
  }
  user->wallet_seen = true;
  if (wallet.last_order.value != user->last_order)
    findings.add("I41", "the wallet of " + named("user", wallet.user.value) + " ends with " +
                            named("order", wallet.last_order.value) + " instead of " +
                            std::to_string(user->last_order));
}

void check_equation(const Totals& totals, Findings& findings) {
  std::int64_t left = 0;
  std::int64_t right = 0;
  for (std::size_t i = 0; i < kAccountKinds; ++i) {
    auto kind = static_cast<AccountKind>(i);
    (grows_by_debit(kind) ? left : right) += totals.at(i);
  }
  if (left != right)
    findings.add("I07", "assets and expenses are " + rupiah(left) +
                            ", liabilities, income and equity " + rupiah(right));
}

}  // namespace

void Lines::debit(LedgerAccount account, std::int64_t amount) {
  if (amount == 0) return;
  for (auto& [known, debited] : rows_)
    if (known == account) {
      debited += amount;
      return;
    }
  rows_.emplace_back(account, amount);
}

std::int64_t Lines::debited(LedgerAccount account) const {
  for (const auto& [known, debited] : rows_)
    if (known == account) return debited;
  return 0;
}

std::int64_t Lines::debited(AccountKind kind) const {
  std::int64_t sum = 0;
  for (const auto& [known, debited] : rows_)
    if (known.kind == kind) sum += debited;
  return sum;
}

bool operator==(const Lines& a, const Lines& b) {
  auto covers = [](const Lines& outer, const Lines& inner) {
    return std::all_of(inner.rows_.begin(), inner.rows_.end(),
                       [&](const auto& row) { return outer.debited(row.first) == row.second; });
  };
  return covers(a, b) && covers(b, a);
}

std::string text(LedgerAccount account) {
  std::string word{name(account.kind)};
  return account.owner == 0 ? word : word + ":" + std::to_string(account.owner);
}

std::string text(const Lines& lines) {
  std::string list;
  for (const auto& [account, debited] : lines.rows()) {
    if (!list.empty()) list += ", ";
    list += text(account) + (debited > 0 ? " +" : " ") + std::to_string(debited);
  }
  return list;
}

void replay(const Archive& archive, const Pass& pass, Report& report, const EachEntry& visit) {
  Replay replay{pass, visit};
  archive.each(Archive::Each<StoredEntry>{[&](const StoredEntry& entry) { replay.entry(entry); }});
  archive.each(
      Archive::Each<StoredPosting>{[&](const StoredPosting& posting) { replay.posting(posting); }});
  replay.finish();
  report.entries = replay.entries();
  report.postings = replay.postings();
}

void check_balances(const Archive& archive, Facts& facts, Findings& findings, Report& report) {
  Totals stored{};
  archive.each(Archive::Each<Wallet>{
      [&](const Wallet& wallet) { check_wallet(wallet, facts, findings, stored); }});
  Totals replayed{};
  for (const auto& [account, balance] : facts.system)
    stored.at(static_cast<std::size_t>(account.kind)) += balance;
  for (std::size_t i = kUserAccountCount; i < kAccountKinds; ++i)
    replayed.at(i) = stored.at(i);
  facts.users.each([&](std::int64_t id, const UserRow& user) {
    if (!user.wallet_seen && user.last_order != 0)
      findings.add("I41", named("user", id) + " has orders and no wallet");
    for (std::size_t i = 0; i < kUserAccountCount; ++i) {
      replayed.at(i) += user.balance.at(i);
      if (!user.wallet_seen && user.version.at(i) != 0)
        findings.add("I06",
                     text({static_cast<AccountKind>(i), id}) + " has postings and no wallet");
    }
  });
  check_equation(stored, findings);
  for (std::size_t i = 0; i < kAccountKinds; ++i) {
    report.totals[static_cast<AccountKind>(i)] = replayed.at(i);
  }
}

}  // namespace topup::checking
