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
  Replay(const Archive& archive, const Pass& pass, const EachEntry& visit)
      : facts_{&pass.facts},
        seals_{&pass.seals},
        findings_{&pass.findings},
        visit_{&visit},
        next_{archive.entry_by_entry()} {}

  void posting(const StoredPosting& posting);
  void finish();
  std::int64_t entries() const { return entries_; }
  std::int64_t postings() const { return postings_; }

 private:
  void fault(std::string_view invariant, const std::string& what) {
    findings_->add(invariant, what);
  }
  std::string entry_name() const;
  void find_entry(const StoredPosting& posting);
  bool next_entry();
  void finish_entry();
  void allowed(const StoredPosting& stored);
  void move(LedgerAccount account, std::int64_t debited, PostingId id, const Mark& mark);
  void chained(LedgerAccount account, UserRow& user, PostingId id, const Mark& mark);

  Facts* facts_;
  Seals* seals_;
  Findings* findings_;
  const EachEntry* visit_;
  Archive::Next<StoredEntry> next_;
  StoredEntry entry_;  // the one whose postings are being read, and how many there were with it
  std::int64_t entries_ = 0;
  std::int64_t postings_ = 0;
  bool has_postings_ = false;  // the entry
  Lines lines_;
};

std::string Replay::entry_name() const {
  return named("entry", entries_) + " (" + std::string{name(entry_.kind)} + " " +
         std::to_string(entry_.ref) + ")";
}

void Replay::posting(const StoredPosting& posting) {
  ++postings_;
  find_entry(posting);
  const bool found = posting.entry.value == entries_ && entries_ != 0;
  seals_->posting(found ? entry_ : StoredEntry{}, posting);
  if (posting.id.value != postings_)
    fault("I03", named("posting", posting.id.value) + " stands where " +
                     named("posting", postings_) + " belongs");
  if (!found) {
    fault("I03", named("posting", posting.id.value) + " is of " +
                     named("entry", posting.entry.value) + ", out of order");
    return;
  }
  has_postings_ = true;
  allowed(posting);
  std::int64_t amount = posting.posting.amount.units();
  lines_.debit(posting.posting.debit, amount);
  lines_.credit(posting.posting.credit, amount);
  move(posting.posting.debit, amount, posting.id, posting.debit);
  move(posting.posting.credit, -amount, posting.id, posting.credit);
}

// Entries are counted, as their numbers have no gap.  One that is far ahead is not looked for, or
// a single wrong number would hide all that follows.
void Replay::find_entry(const StoredPosting& posting) {
  constexpr std::int64_t kAheadMax = 1'000;
  if (posting.entry.value <= entries_) return;
  const auto ahead = posting.entry.value - entries_;
  if (ahead > 1)
    fault("I03", named("posting", posting.id.value) + " of " + named("entry", posting.entry.value) +
                     " follows one of " + named("entry", entries_));
  if (ahead > kAheadMax) return;
  while (entries_ < posting.entry.value && next_entry()) {
  }
}

bool Replay::next_entry() {
  auto next = next_();
  if (!next) return false;
  finish_entry();
  ++entries_;
  if (next->id.value != entries_)
    fault("I03", named("entry", next->id.value) + " stands where " + named("entry", entries_) +
                     " belongs");
  if (next->at < entry_.at && entries_ != 1)
    fault("I40", named("entry", next->id.value) + " is earlier than the entry before it");
  entry_ = *next;
  has_postings_ = false;
  lines_.clear();
  return true;
}

void Replay::finish() {
  while (next_entry()) {
  }
  finish_entry();
}

void Replay::finish_entry() {
  if (entries_ == 0) return;
  if (!has_postings_) return fault("I02", entry_name() + " has no postings");
  for (const auto& [account, debited] : lines_.rows()) {
    if (is_guarded(account.kind) && facts_->balance(account) < 0)
      fault("I05",
            text(account) + " is " + rupiah(facts_->balance(account)) + " after " + entry_name());
  }
  (*visit_)({entries_, entry_.kind, entry_.ref, entry_.cause.actor}, lines_);
}

// What a single posting may be, whatever it is about.
void Replay::allowed(const StoredPosting& stored) {
  const auto& [debit, credit, amount] = stored.posting;
  std::string where = named("posting", stored.id.value) + " of " + entry_name();
  auto kind = entry_.kind;
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
    fault("I01", text(account) + " leaves its range with " + entry_name());
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
  Replay replay{archive, pass, visit};
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
