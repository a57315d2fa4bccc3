#include "core/archive_copy.h"

#include <algorithm>

namespace topup::testing {
namespace {

template <class Record>
void copy(const Archive& archive, std::vector<Record>& records) {
  archive.each(Archive::Each<Record>{[&](const Record& record) { records.push_back(record); }});
}

}  // namespace

ArchiveCopy::ArchiveCopy(Store& store) {
  store.inspect([&](const Archive& archive) {
    copy(archive, users);
    copy(archive, wallets);
    copy(archive, entries);
    copy(archive, postings);
    copy(archive, steps);
    copy(archive, orders);
    copy(archive, attempts);
    copy(archive, charges);
    copy(archive, receipts);
    copy(archive, withdrawals);
    copy(archive, transfers);
    copy(archive, adjustments);
    copy(archive, prefunds);
    copy(archive, moves);
    copy(archive, incidents);
    copy(archive, keys);
    at_odds = archive.faults();
  });
}

StoredEntry& ArchiveCopy::entry(EntryKind kind) {
  return *std::find_if(entries.begin(), entries.end(),
                       [=](const StoredEntry& entry) { return entry.kind == kind; });
}

StoredPosting& ArchiveCopy::posting(EntryKind kind) {
  auto id = entry(kind).id;
  return *std::find_if(postings.begin(), postings.end(),
                       [=](const StoredPosting& posting) { return posting.entry == id; });
}

Mark ArchiveCopy::mark(LedgerAccount account, Money change) {
  if (!is_user_account(account.kind)) return {};
  auto wallet = std::find_if(wallets.begin(), wallets.end(), [&](const Wallet& each_wallet) {
    return each_wallet.user.value == account.owner;
  });
  auto& book = (*wallet)[account.kind];
  Mark mark{book.balance + change, book.version + 1, book.last};
  book = Book{mark.after, mark.version, postings.back().id};
  return mark;
}

void ArchiveCopy::book(EntryKind kind, std::int64_t ref, const std::vector<Posting>& lines) {
  StoredEntry entry{{entries.back().id.value + 1}, kind, ref, entries.back().at, {Actor::admin, 1}};
  entries.push_back(entry);
  for (const auto& line : lines) {
    StoredPosting stored{{postings.back().id.value + 1}, entry.id, line, {}, {}};
    postings.push_back(stored);
    bool debit_grows = grows_by_debit(line.debit.kind);
    bool credit_grows = !grows_by_debit(line.credit.kind);
    postings.back().debit = mark(line.debit, debit_grows ? line.amount : -line.amount);
    postings.back().credit = mark(line.credit, credit_grows ? line.amount : -line.amount);
  }
}

}  // namespace topup::testing
