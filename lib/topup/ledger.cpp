#include "topup/ledger.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "topup/store.h"

namespace topup {
namespace {

// The wallets that an entry touches, read once and written once.
class Wallets {
 public:
  explicit Wallets(Tx& tx) : tx_{tx} {}

  Wallet& of(std::int64_t user) {
    auto [found, is_new] = wallets_.try_emplace(user);
    if (is_new) found->second = tx_.wallet(UserId{user});
    return found->second;
  }

  bool none_negative() const {
    return std::ranges::all_of(wallets_, [](const auto& item) {
      return std::ranges::all_of(item.second.books,
                                 [](const Book& book) { return book.balance >= Money{}; });
    });
  }

  // An account would hold more than any amount of money may be.
  void mark_full() { is_full_ = true; }
  bool is_full() const { return is_full_; }

  void write() const {
    for (const auto& [user, wallet] : wallets_)
      tx_.put(wallet);
  }

 private:
  Tx& tx_;
  std::map<std::int64_t, Wallet> wallets_;
  bool is_full_ = false;
};

enum class Side { debit, credit };

// Moves one user account by one side of a posting; a system account has no row to move.
Mark move(Wallets& wallets, LedgerAccount account, Side side, Money amount, PostingId posting) {
  if (!is_user_account(account.kind)) return {};
  auto& book = wallets.of(account.owner)[account.kind];
  bool grows = grows_by_debit(account.kind) == (side == Side::debit);
  auto after = Money::from_units(book.balance.units() + (grows ? amount : -amount).units());
  if (!after) wallets.mark_full();
  Mark mark{after.value_or(book.balance), book.version + 1, book.last};
  book = Book{mark.after, mark.version, posting};
  return mark;
}

void refuse_what_no_command_may_ask(const Entry& entry) {
  if (entry.postings.empty()) throw std::logic_error{"an entry without postings"};
  for (const auto& posting : entry.postings) {
    if (posting.amount <= Money{}) throw std::logic_error{"a posting of nothing"};
    if (!is_in_chart(entry.kind, posting.debit.kind, posting.credit.kind))
      throw std::logic_error{"a posting outside the chart of accounts"};
  }
}

}  // namespace

void Entry::add(LedgerAccount debit, LedgerAccount credit, Money amount) {
  if (amount != Money{}) postings.push_back({debit, credit, amount});
}

void Entry::add(std::vector<Leg> debits, std::vector<Leg> credits) {
  auto debit = debits.begin();
  auto credit = credits.begin();
  while (debit != debits.end() && credit != credits.end()) {
    auto amount = std::min(debit->amount, credit->amount);
    add(debit->account, credit->account, amount);
    debit->amount = debit->amount - amount;
    credit->amount = credit->amount - amount;
    if (debit->amount == Money{}) ++debit;
    if (credit != credits.end() && credit->amount == Money{}) ++credit;
  }
  auto nothing = [](const Leg& leg) { return leg.amount == Money{}; };
  if (!std::all_of(debit, debits.end(), nothing) || !std::all_of(credit, credits.end(), nothing))
    throw std::logic_error{"an entry that does not balance"};
}

Status post(Tx& tx, const Entry& entry, Timestamp now) {
  refuse_what_no_command_may_ask(entry);
  auto head = tx.journal_head();
  StoredEntry stored{EntryId{head.entry.value + 1}, entry.kind, entry.ref, std::max(now, head.at),
                     entry.cause};

  Wallets wallets{tx};
  std::vector<StoredPosting> lines;
  lines.reserve(entry.postings.size());
  for (const auto& posting : entry.postings) {
    PostingId id{head.posting.value + 1 + static_cast<std::int64_t>(lines.size())};
    auto debit = move(wallets, posting.debit, Side::debit, posting.amount, id);
    auto credit = move(wallets, posting.credit, Side::credit, posting.amount, id);
    lines.push_back({id, stored.id, posting, debit, credit});
    if (wallets.is_full()) return Error{Code::amount_out_of_range};
    if (!wallets.none_negative()) return Error{Code::insufficient_balance};
  }

  if (entry.kind == EntryKind::order_held)
    wallets.of(entry.postings.front().debit.owner).last_order = OrderId{entry.ref};

  // From here on the entry succeeds.
  tx.append(stored);
  for (const auto& line : lines)
    tx.append(line);
  wallets.write();
  return Nothing{};
}

}  // namespace topup
