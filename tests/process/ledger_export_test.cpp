#include "ledger_export.h"

#include <sstream>

#include "catch.h"
#include "process/random_book.h"

using namespace topupd;
using namespace topup::literals;
using topup::AccountKind;

namespace {

constexpr topup::ProviderId kNorth{2};
constexpr topup::GatewayId kQris{3};

// A deposit and a held order of toko_a; the second entry's two postings touch one account twice.
void fill(topup::MemoryStore& store) {
  auto toko = add_user(store, "toko_a");
  topup::Entry deposit{topup::EntryKind::deposit_settled, 5, {}, {topup::Actor::gateway, 3}};
  auto balance = topup::of(toko, AccountKind::user_balance);
  deposit.add(topup::of(kQris, AccountKind::gateway_clearing), balance, 90_idr);
  deposit.add(topup::of(AccountKind::gateway_fees), balance, 10_idr);
  REQUIRE(post_into(store, deposit, topup::Timestamp{std::chrono::hours{20}}));
  topup::Entry sent{topup::EntryKind::attempt_submitted, 8, {}, {topup::Actor::timer, 0}};
  sent.add(topup::of(kNorth, AccountKind::provider_inflight),
           topup::of(kNorth, AccountKind::provider_float), 60_idr);
  REQUIRE(post_into(store, sent, topup::Timestamp{std::chrono::hours{30}}));
}

std::string exported(topup::MemoryStore& store, LedgerFormat format) {
  std::ostringstream out;
  store.inspect([&](const topup::Archive& archive) { export_ledger(archive, format, out); });
  return out.str();
}

}  // namespace

TEST_CASE("hledger gets a line an account, and the balances as assertions", "[ledger]") {
  topup::MemoryStore store;
  fill(store);
  CHECK(exported(store, LedgerFormat::hledger) ==
        "; The ledger of a topupd, debits positive, in whole rupiah.\n"
        "commodity 1000. IDR\n"
        "account assets:gateway_clearing:3\n"
        "account liabilities:user_balance:toko_a\n"
        "account expenses:gateway_fees\n"
        "\n"
        "1970-01-02 * (1) deposit_settled"
        "  ; ref:5, cause:gateway:3, at:1970-01-02T03:00:00.000+07:00\n"
        "    assets:gateway_clearing:3  90 IDR\n"
        "    liabilities:user_balance:toko_a  -100 IDR\n"
        "    expenses:gateway_fees  10 IDR\n"
        "account assets:provider_inflight:2\n"
        "account assets:provider_float:2\n"
        "\n"
        "1970-01-02 * (2) attempt_submitted"
        "  ; ref:8, cause:timer, at:1970-01-02T13:00:00.000+07:00\n"
        "    assets:provider_inflight:2  60 IDR\n"
        "    assets:provider_float:2  -60 IDR\n"
        "\n"
        "1970-01-02 * what topupd keeps as balances\n"
        "    liabilities:user_balance:toko_a  0 IDR = -100 IDR\n"
        "    assets:gateway_clearing:3  0 IDR = 90 IDR\n"
        "    assets:provider_float:2  0 IDR = -60 IDR\n"
        "    assets:provider_inflight:2  0 IDR = 60 IDR\n"
        "    expenses:gateway_fees  0 IDR = 10 IDR\n");
}

TEST_CASE("beancount gets names that it can read, and the balances on the day after", "[ledger]") {
  topup::MemoryStore store;
  fill(store);
  auto text = exported(store, LedgerFormat::beancount);
  for (const auto* part : {
           "\n1970-01-02 open Liabilities:User-balance:UtokoX5fa IDR\n  username: \"toko_a\"\n",
           "\n1970-01-02 open Assets:Provider-float:2 IDR\n",
           "\n1970-01-02 * \"deposit_settled\"\n  entry: 1\n  ref: 5\n  cause: \"gateway:3\"\n"
           "  at: \"1970-01-02T03:00:00.000+07:00\"\n  Assets:Gateway-clearing:3  90 IDR\n"
           "  Liabilities:User-balance:UtokoX5fa  -100 IDR\n  Expenses:Gateway-fees  10 IDR\n",
           "\n1970-01-03 balance Liabilities:User-balance:UtokoX5fa  -100 IDR\n",
       }) {
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
  }
}

TEST_CASE("a spreadsheet gets a row for each account that an entry changes", "[ledger]") {
  topup::MemoryStore store;
  fill(store);
  CHECK(exported(store, LedgerFormat::csv) ==
        "entry,at,kind,ref,cause,account,owner,username,debited\r\n"
        "1,1970-01-02T03:00:00.000+07:00,deposit_settled,5,gateway:3,gateway_clearing,3,,90\r\n"
        "1,1970-01-02T03:00:00.000+07:00,deposit_settled,5,gateway:3,user_balance,1,toko_a,-100\r\n"
        "1,1970-01-02T03:00:00.000+07:00,deposit_settled,5,gateway:3,gateway_fees,0,,10\r\n"
        "2,1970-01-02T13:00:00.000+07:00,attempt_submitted,8,timer,provider_inflight,2,,60\r\n"
        "2,1970-01-02T13:00:00.000+07:00,attempt_submitted,8,timer,provider_float,2,,-60\r\n");
}

TEST_CASE("a book without entries is a head and nothing else", "[ledger]") {
  topup::MemoryStore store;
  add_user(store, "toko_a");
  CHECK(exported(store, LedgerFormat::beancount).find("balance") == std::string::npos);
  CHECK(exported(store, LedgerFormat::hledger).find("balances") == std::string::npos);
}

TEST_CASE("a username comes back from its part of a beancount account", "[ledger]") {
  for (const std::string name : {"demo", "toko_a", "-._", "0.9-x5f", "erased-12"}) {
    auto part = beancount_part(name);
    CAPTURE(part);
    CHECK(username_of_beancount_part(part) == name);
    CHECK(part.find_first_not_of("0123456789-abcdefghijklmnopqrstuvwxyzUX") == std::string::npos);
  }
  for (const std::string wrong : {"", "toko", "UX", "UX5", "UX5g", "UA", "Utoko_a"})
    CHECK(username_of_beancount_part(wrong) == "");
}
