// The real hledger and beancount on a book of 20,000 entries.

#include <fstream>
#include <map>
#include <mutex>
#include <sstream>

#include "catch.h"
#include "csv_reader.h"
#include "ledger_export.h"
#include "process/random_book.h"
#include "process/temp_dir.h"
#include "server/child_process.h"

using namespace topupd;

namespace {

using Balances = std::map<std::string, std::int64_t>;

// One book for all tests: it takes longer to make than to export.
topup::MemoryStore& book() {
  static topup::MemoryStore store;
  static std::once_flag filled;
  std::call_once(filled, [] { fill_at_random(store, 20'000, 1); });
  return store;
}

std::string exported(topup::Store& store, LedgerFormat format) {
  std::ostringstream out;
  store.inspect([&](const topup::Archive& archive) { export_ledger(archive, format, out); });
  return out.str();
}

std::string written(const TempDir& dir, const std::string& text) {
  auto file = (dir.path() / "book").string();
  std::ofstream{file} << text;
  return file;
}

// The balance of every account that has one, "user_balance:toko_a", debits positive: the stored
// wallets, and the sums of postings of the other accounts.
Balances balances() {
  Balances all;
  std::map<std::int64_t, std::string> names;
  book().inspect([&](const topup::Archive& archive) {
    archive.each(topup::Archive::Each<topup::User>{
        [&](const topup::User& user) { names[user.id.value] = user.username; }});
    archive.each(topup::Archive::Each<topup::Wallet>{[&](const topup::Wallet& wallet) {
      for (std::size_t i = 0; i < topup::kUserAccountCount; ++i) {
        auto kind = static_cast<topup::AccountKind>(i);
        auto units = wallet.books.at(i).balance.units();
        all[std::string{topup::name(kind)} + ":" + names.at(wallet.user.value)] =
            topup::grows_by_debit(kind) ? units : -units;
      }
    }});
    auto add = [&](topup::LedgerAccount account, std::int64_t debited) {
      if (topup::is_user_account(account.kind)) return;
      std::string name{topup::name(account.kind)};
      all[account.owner == 0 ? name : name + ":" + std::to_string(account.owner)] += debited;
    };
    archive.each(topup::Archive::Each<topup::StoredPosting>{[&](const topup::StoredPosting& each) {
      add(each.posting.debit, each.posting.amount.units());
      add(each.posting.credit, -each.posting.amount.units());
    }});
  });
  std::erase_if(all, [](const auto& row) { return row.second == 0; });
  return all;
}

// The accounts that differ, with both balances.
std::vector<std::string> differences(const Balances& found, const Balances& kept) {
  std::vector<std::string> list;
  auto all = found;
  all.insert(kept.begin(), kept.end());
  for (const auto& [account, ignored] : all) {
    auto here = found.find(account);
    auto there = kept.find(account);
    auto text = [](auto at, const Balances& of) {
      return at == of.end() ? "none" : std::to_string(at->second);
    };
    if (text(here, found) != text(there, kept))
      list.push_back(account + ": " + text(here, found) + ", kept " + text(there, kept));
  }
  return list;
}

// Without the block before the last, which holds the balances.
std::string without_last_entry(std::string text) {
  auto end = text.rfind("\n\n");
  auto begin = text.rfind("\n\n", end - 1);
  return text.erase(begin, end - begin);
}

}  // namespace

TEST_CASE("hledger finds the balance of every account that topupd keeps", "[ledger]") {
  TempDir dir;
  auto file = written(dir, exported(book(), LedgerFormat::hledger));
  auto said = test::run({"hledger", "-f", file, "balance", "--flat", "-N", "-O", "csv"});
  INFO("the package hledger must be installed\n" << said.err);
  REQUIRE(said.exit_code == 0);
  Balances found;
  for (const auto& [line, fields] : read_csv(said.out)) {
    if (line == 1) continue;  // headings
    auto name = fields.at(0).substr(fields.at(0).find(':') + 1);
    found[name] = std::stoll(fields.at(1));
  }
  CHECK(found.size() > 150);
  CHECK(differences(found, balances()) == std::vector<std::string>{});
}

TEST_CASE("beancount confirms the balance of every account that topupd keeps", "[ledger]") {
  TempDir dir;
  auto text = exported(book(), LedgerFormat::beancount);
  std::size_t asserted = 0;
  for (auto at = text.find(" balance "); at != text.npos; at = text.find(" balance ", at + 1))
    ++asserted;
  CHECK(asserted >= balances().size());
  auto said = test::run({"bean-check", written(dir, text)});
  INFO("the package beancount must be installed\n" << said.err.substr(0, 2'000));
  CHECK(said.exit_code == 0);
}

TEST_CASE("neither program is content with a book that lacks an entry", "[ledger]") {
  TempDir dir;
  topup::MemoryStore store;
  fill_at_random(store, 1'000, 2);
  auto file = written(dir, without_last_entry(exported(store, LedgerFormat::hledger)));
  CHECK(test::run({"hledger", "-f", file, "check"}).err.find("assertion") != std::string::npos);
  file = written(dir, without_last_entry(exported(store, LedgerFormat::beancount)));
  CHECK(test::run({"bean-check", file}).err.find("Balance failed") != std::string::npos);
}

TEST_CASE("the rows of the CSV add up to the balance of every account", "[ledger]") {
  Balances found;
  for (const auto& [line, fields] : read_csv(exported(book(), LedgerFormat::csv))) {
    if (line == 1) continue;
    auto name = fields.at(5);
    auto username = fields.at(7);
    if (username.starts_with('\'')) username.erase(0, 1);  // the guard before a dash
    if (!username.empty())
      name += ":" + username;
    else if (fields.at(6) != "0")
      name += ":" + fields.at(6);
    found[name] += std::stoll(fields.at(8));
  }
  std::erase_if(found, [](const auto& row) { return row.second == 0; });
  CHECK(differences(found, balances()) == std::vector<std::string>{});
}
