// Sums of the accounts that have no row, and of what is new since.

#include "store/system_balances.h"

#include <string>

#include "catch.h"
#include "store/fixtures.h"

using namespace topup;
using namespace topup::literals;
using namespace topupd;

namespace {

void pay_in(Store& store, Money amount) {
  write(store, [&](Tx& tx) {
    REQUIRE(post(tx,
                 {.kind = EntryKind::capital_paid_in,
                  .ref = tx.journal_head().entry.value + 1,
                  .postings = {{of(AccountKind::bank), of(AccountKind::owner_capital), amount}},
                  .cause = {}},
                 Timestamp{}));
  });
}

std::string told(const std::optional<std::vector<SystemBalance>>& balances) {
  if (!balances) return "not yet";
  std::string text;
  for (const auto& [account, amount] : *balances)
    text.append(name(account.kind)).append(" ").append(std::to_string(amount)).append("; ");
  return text;
}

}  // namespace

TEST_CASE("the shop's own accounts are summed, and what is new is added", "[store]") {
  Sqlite fixture;
  SystemBalances balances{fixture.store};
  CHECK(told(balances.now()).empty());
  pay_in(fixture.store, 500_idr);
  CHECK(told(balances.now()) == "bank 500; owner_capital 500; ");
  pay_in(fixture.store, 20_idr);
  CHECK(told(balances.now()) == "bank 520; owner_capital 520; ");
  CHECK(told(balances.now()) == "bank 520; owner_capital 520; ");
}

TEST_CASE("a long journal is summed some at a time, by whoever asks", "[store]") {
  Sqlite fixture;
  for (int i = 0; i < 5; ++i)
    pay_in(fixture.store, 1_idr);
  SystemBalances balances{fixture.store, 2};
  CHECK(told(balances.now()) == "not yet");
  CHECK(told(balances.now()) == "not yet");
  CHECK(told(balances.now()) == "bank 5; owner_capital 5; ");
}
