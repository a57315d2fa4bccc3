#include "ledger_export.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "ledger_formats.h"

namespace topupd {
namespace {

using topup::Archive;
using topup::LedgerAccount;

class Export {
 public:
  Export(const Archive& archive, const LedgerText& text, std::ostream& out)
      : archive_{archive}, text_{text}, out_{out} {}

  void run() {
    read_names_and_entries();
    out_ << text_.head();
    archive_.each(Archive::Each<topup::StoredPosting>{
        [&](const topup::StoredPosting& posting) { take(posting); }});
    if (lines_.empty()) return;  // not one entry
    write_entry();
    write_balances();
  }

 private:
  void read_names_and_entries() {
    archive_.each(Archive::Each<topup::User>{
        [&](const topup::User& user) { usernames_[user.id.value] = user.username; }});
    archive_.each(Archive::Each<topup::StoredEntry>{
        [&](const topup::StoredEntry& entry) { entries_.push_back(entry); }});
  }

  // Postings come in the order of their entries, so an entry is whole when the next one begins.
  void take(const topup::StoredPosting& stored) {
    if (stored.entry != current_ && !lines_.empty()) write_entry();
    current_ = stored.entry;
    const auto& [debit, credit, amount] = stored.posting;
    change(debit, amount.units());
    change(credit, -amount.units());
  }

  void change(LedgerAccount account, std::int64_t debited) {
    auto line = std::ranges::find_if(
        lines_, [&](const LedgerLine& known) { return known.account.account == account; });
    if (line == lines_.end()) line = lines_.insert(line, {named(account), 0});
    line->debited += debited;
  }

  void write_entry() {
    auto found = std::ranges::lower_bound(entries_, current_, {}, &topup::StoredEntry::id);
    if (found == entries_.end() || found->id != current_)
      throw std::runtime_error{"a posting's entry is missing: run topupd verify"};
    std::erase_if(lines_, [](const LedgerLine& line) { return line.debited == 0; });
    for (const auto& [account, debited] : lines_) {
      auto [balance, is_new] = balances_.try_emplace(account.account, 0);
      if (is_new) out_ << text_.opened(account, found->at);
      if (!topup::is_user_account(account.account.kind)) balance->second += debited;
    }
    out_ << text_.entry(*found, lines_);
    lines_.clear();
  }

  void write_balances() {
    archive_.each(Archive::Each<topup::Wallet>{[&](const topup::Wallet& wallet) { keep(wallet); }});
    std::vector<LedgerLine> balances;
    for (const auto& [account, balance] : balances_)
      balances.push_back({named(account), balance});
    out_ << text_.balances(balances, entries_.back().at);
  }

  void keep(const topup::Wallet& wallet) {
    for (std::size_t i = 0; i < topup::kUserAccountCount; ++i) {
      LedgerAccount account{static_cast<topup::AccountKind>(i), wallet.user.value};
      auto units = wallet.books.at(i).balance.units();
      if (units == 0) continue;  // as every account of the map is, until here
      balances_[account] = topup::grows_by_debit(account.kind) ? units : -units;
    }
  }

  NamedAccount named(LedgerAccount account) const {
    if (!topup::is_user_account(account.kind)) return {account, {}};
    auto found = usernames_.find(account.owner);
    return {account, found == usernames_.end() ? std::string_view{} : found->second};
  }

  const Archive& archive_;
  const LedgerText& text_;
  std::ostream& out_;
  std::unordered_map<std::int64_t, std::string> usernames_;
  std::vector<topup::StoredEntry> entries_;  // by id
  topup::EntryId current_;
  std::vector<LedgerLine> lines_;  // of the current entry
  std::map<LedgerAccount, std::int64_t> balances_;
};

}  // namespace

void export_ledger(const Archive& archive, LedgerFormat format, std::ostream& out) {
  auto text = ledger_text(format);
  Export{archive, *text, out}.run();
}

}  // namespace topupd
