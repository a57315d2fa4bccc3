// Withdrawals, transfers, adjustments and the operator's own money.

#include "catch.h"
#include "core/archive_copy.h"
#include "core/shop.h"

using namespace topup;
using namespace topup::testing;

namespace {

// Gives ani a profit of 65.
void earn(Shop& shop) {
  auto id = shop.paid_dropship(shop.ani, "08123", 200);
  shop.begin(id).value();
  shop.report(id, OutcomeKind::succeeded).value();
}

RequestWithdrawal withdrawal_of(Shop& shop, std::int64_t amount) {
  return {shop.ani, idr(amount), "BCA", "123", "Ani", ""};
}

Result<RequestedWithdrawal> request(Shop& shop, const RequestWithdrawal& command) {
  return shop.run([&](Tx& tx) { return request_withdrawal(tx, shop.policy, command, shop.now); });
}

Result<TransferredProfit> transfer(Shop& shop, const TransferProfit& command) {
  return shop.run([&](Tx& tx) { return transfer_profit(tx, command, shop.now); });
}

}  // namespace

TEST_CASE("a withdrawal is refused for its first fault, in the documented order") {
  Shop shop;
  earn(shop);
  shop.policy.withdraw_min = idr(10);
  shop.policy.withdraw_fee = idr(10);
  auto earlier = withdrawal_of(shop, 11);
  earlier.idempotency_key = "k1";
  request(shop, earlier).value();
  shop.run([&](Tx& tx) { return suspend_user(tx, shop.boss, shop.ani); }).value();
  RequestWithdrawal command{shop.ani, idr(9), "", "", std::string(101, 'n'), "k 1"};
  const std::vector<Cure> cures{
      {"nothing", [] {}, "account_suspended"},
      {"suspended",
       [&] { shop.run([&](Tx& tx) { return reinstate_user(tx, shop.boss, shop.ani); }).value(); },
       "invalid_parameter bank"},
      {"no bank", [&] { command.bank = "BCA"; }, "invalid_parameter account_number"},
      {"no number", [&] { command.account_number = "123"; }, "invalid_parameter account_name"},
      {"a long name", [&] { command.account_name = "Ani"; }, "invalid_parameter idempotency_key"},
      {"a key with a space", [&] { command.idempotency_key = "k1"; }, "idempotency_conflict"},
      {"a key used before", [&] { command.idempotency_key = "k2"; }, "amount_out_of_range amount"},
      {"below the minimum", [&] { command.amount = idr(10); }, "amount_out_of_range amount"},
      {"nothing but the fee", [&] { command.amount = idr(55); }, "insufficient_balance"},
      {"one rupiah too much", [&] { command.amount = idr(54); }, "ok"},
      {"the same again", [] {}, "ok"},
      {"another amount", [&] { command.amount = idr(11); }, "idempotency_conflict"},
  };
  for (const auto& [what, cure, answer] : cures) {
    cure();
    INFO(what);
    CHECK(outcome(request(shop, command)) == answer);
  }
  CHECK(shop.wallet(shop.ani).profit() == idr(0));
  CHECK(violations(shop.check()) == "");
}

TEST_CASE("a balance can't be withdrawn as profit") {
  Shop shop;
  shop.fund(shop.ani, 1'000);
  CHECK(outcome(request(shop, withdrawal_of(shop, 1))) == "insufficient_balance");
  CHECK(outcome(transfer(shop, {shop.ani, idr(1), ""})) == "insufficient_balance");
}

TEST_CASE("a withdrawal is decided once, by an admin") {
  Shop shop;
  earn(shop);
  auto id = request(shop, withdrawal_of(shop, 65)).value().withdrawal.id;
  PayWithdrawal pay{WithdrawalId{99}, shop.ani, idr(-1), std::string(201, 'x')};
  auto paid = [&] {
    return outcome(shop.run([&](Tx& tx) { return pay_withdrawal(tx, pay, shop.now); }));
  };
  CHECK(paid() == "forbidden");
  pay.admin = shop.boss;
  CHECK(paid() == "not_found");
  pay.withdrawal = id;
  CHECK(paid() == "invalid_parameter bank_fee");
  pay.bank_fee = idr(65);
  CHECK(paid() == "invalid_parameter note");
  pay.note = "done";
  CHECK(paid() == "ok");
  CHECK(paid() == "conflict");
  auto rejected = [&](UserId admin, WithdrawalId which, const std::string& note) {
    return outcome(
        shop.run([&](Tx& tx) { return reject_withdrawal(tx, admin, which, note, shop.now); }));
  };
  CHECK(rejected(shop.ani, id, "") == "forbidden");
  CHECK(rejected(shop.boss, WithdrawalId{99}, "") == "not_found");
  CHECK(rejected(shop.boss, id, std::string(201, 'x')) == "invalid_parameter note");
  CHECK(rejected(shop.boss, id, "") == "conflict");
  CHECK(violations(shop.check()) == "");
}

TEST_CASE("profit is transferred to the last rupiah and only once for a key") {
  Shop shop;
  earn(shop);
  TransferProfit command{shop.ani, idr(66), "k 1"};
  const std::vector<Cure> cures{
      {"nothing", [] {}, "invalid_parameter idempotency_key"},
      {"a key with a space", [&] { command.idempotency_key = "k1"; }, "insufficient_balance"},
      {"one rupiah too much", [&] { command.amount = idr(0); }, "amount_out_of_range amount"},
      {"nothing at all", [&] { command.amount = idr(65); }, "ok"},
      {"the same again", [] {}, "ok"},
      {"another amount", [&] { command.amount = idr(1); }, "idempotency_conflict"},
  };
  for (const auto& [what, cure, answer] : cures) {
    cure();
    INFO(what);
    CHECK(outcome(transfer(shop, command)) == answer);
  }
  CHECK(shop.wallet(shop.ani).profit() == idr(0));
  CHECK(shop.wallet(shop.ani).balance() == idr(65));
}

TEST_CASE("an adjustment is refused for its first fault, in the documented order") {
  Shop shop;
  ProposeAdjustment command{shop.ani, UserId{99}, idr(0), "", "k 1"};
  const std::vector<Cure> cures{
      {"nothing", [] {}, "forbidden"},
      {"no admin", [&] { command.admin = shop.boss; }, "not_found"},
      {"no such user", [&] { command.user = shop.ani; }, "amount_out_of_range amount"},
      {"no amount", [&] { command.amount = idr(5); }, "invalid_parameter reason"},
      {"no reason", [&] { command.reason = "counted"; }, "invalid_parameter idempotency_key"},
      {"a key with a space", [&] { command.idempotency_key = "k1"; }, "ok"},
      {"the same again", [] {}, "ok"},
      {"another amount", [&] { command.amount = idr(6); }, "idempotency_conflict"},
      {"another admin's key", [&] { command.admin = shop.clerk; }, "ok"},
  };
  for (const auto& [what, cure, answer] : cures) {
    cure();
    INFO(what);
    CHECK(outcome(shop.run([&](Tx& tx) { return propose_adjustment(tx, command, shop.now); })) ==
          answer);
  }
  CHECK(shop.wallet(shop.ani).balance() == idr(0));
}

TEST_CASE("an adjustment needs a second admin and a balance that covers it") {
  struct Row {
    std::string by;
    std::int64_t balance;
    std::int64_t amount;
    std::string answer;
    std::int64_t left;
  };
  for (const auto& row : {Row{"boss", 10, 5, "forbidden", 10}, Row{"ani", 10, 5, "forbidden", 10},
                          Row{"clerk", 10, 5, "ok", 15}, Row{"clerk", 10, -10, "ok", 0},
                          Row{"clerk", 10, -11, "insufficient_balance", 10}}) {
    Shop shop;
    shop.fund(shop.ani, row.balance);
    ProposeAdjustment command{shop.boss, shop.ani, idr(row.amount), "counted", ""};
    auto id = shop.run([&](Tx& tx) { return propose_adjustment(tx, command, shop.now); })
                  .value()
                  .adjustment.id;
    auto by = shop.store.read([&](const View& view) { return view.user_by_username(row.by); });
    INFO(row.by << " " << row.amount);
    CHECK(outcome(shop.run([&](Tx& tx) {
            return approve_adjustment(tx, by.value().id, id, shop.now);
          })) == row.answer);
    CHECK(shop.wallet(shop.ani).balance() == idr(row.left));
    bool is_open = row.answer != "ok";
    CHECK(outcome(shop.run([&](Tx& tx) {
            return reject_adjustment(tx, shop.boss, id, shop.now);
          })) == (is_open ? "ok" : "conflict"));
    CHECK(violations(shop.check()) == "");
  }
}

TEST_CASE("the operator's money moves only for an admin, to and from what exists") {
  Shop shop;
  SendPrefund prefund{shop.ani, ProviderId{99}, idr(0), idr(11)};
  auto sent = [&] {
    return outcome(shop.run([&](Tx& tx) { return send_prefund(tx, prefund, shop.now); }));
  };
  CHECK(sent() == "forbidden");
  prefund.admin = shop.boss;
  CHECK(sent() == "not_found");
  prefund.provider = shop.north;
  CHECK(sent() == "amount_out_of_range amount");
  prefund.amount = idr(10);
  CHECK(sent() == "amount_out_of_range bank_fee");
  prefund.bank_fee = idr(10);
  CHECK(sent() == "ok");
  auto confirmed = [&](UserId admin, PrefundId id) {
    return outcome(shop.run([&](Tx& tx) { return confirm_prefund(tx, admin, id, shop.now); }));
  };
  CHECK(confirmed(shop.ani, PrefundId{1}) == "forbidden");
  CHECK(confirmed(shop.boss, PrefundId{2}) == "not_found");
  CHECK(confirmed(shop.boss, PrefundId{1}) == "ok");
  auto entries = shop.check().entries;
  CHECK(confirmed(shop.boss, PrefundId{1}) == "ok");
  CHECK(shop.check().entries == entries);
  auto capital = [&](UserId admin, std::int64_t units) {
    return outcome(
        shop.run([&](Tx& tx) { return pay_in_capital(tx, admin, idr(units), shop.now); }));
  };
  CHECK(capital(shop.ani, 0) == "forbidden");
  CHECK(capital(shop.boss, 0) == "amount_out_of_range amount");
  CHECK(capital(shop.boss, 1) == "ok");
  auto payout = [&](UserId admin, GatewayId gateway, std::int64_t units) {
    return outcome(shop.run(
        [&](Tx& tx) { return record_gateway_payout(tx, admin, gateway, idr(units), shop.now); }));
  };
  CHECK(payout(shop.ani, GatewayId{9}, 0) == "forbidden");
  CHECK(payout(shop.boss, GatewayId{9}, 0) == "not_found");
  CHECK(payout(shop.boss, shop.qris, 0) == "amount_out_of_range amount");
  CHECK(payout(shop.boss, shop.qris, 1) == "insufficient_balance amount");
}

TEST_CASE("the books hold more in all than one amount may be") {
  Shop shop;
  auto most = idr(1'000'000'000'000);
  for (int i = 0; i < 101; ++i)
    REQUIRE(shop.run([&](Tx& tx) { return pay_in_capital(tx, shop.boss, most, shop.now); }));
  auto report = shop.check();
  CHECK(violations(report) == "");
  CHECK(report.totals[AccountKind::bank] == 101 * most.units());
}

TEST_CASE("no balance is made larger than an amount may be") {
  Shop shop;
  auto most = idr(1'000'000'000'000);
  auto credit = [&](int number) {
    auto id = shop.settle(shop.payment("nobody's " + std::to_string(number), most.units()))
                  .value()
                  .receipt.id;
    return outcome(
        shop.run([&](Tx& tx) { return credit_receipt(tx, shop.boss, id, shop.ani, shop.now); }));
  };
  for (int i = 0; i < 100; ++i)
    REQUIRE(credit(i) == "ok");
  CHECK(shop.wallet(shop.ani).balance() == idr(Money::kMaxUnits));
  CHECK(credit(100) == "amount_out_of_range");
  ProposeAdjustment more{shop.boss, shop.ani, idr(1), "counted", ""};
  auto id = shop.run([&](Tx& tx) { return propose_adjustment(tx, more, shop.now); })
                .value()
                .adjustment.id;
  CHECK(outcome(shop.run([&](Tx& tx) {
          return approve_adjustment(tx, shop.clerk, id, shop.now);
        })) == "amount_out_of_range");
  CHECK(violations(shop.check()) == "");
}

namespace {

std::string pay_out(Shop& shop, std::int64_t units) {
  return outcome(shop.run([&](Tx& tx) {
    return record_gateway_payout(tx, shop.boss, shop.qris, idr(units), shop.now);
  }));
}

std::string take_back(Shop& shop, ReceiptId id, TakenFrom source) {
  return outcome(
      shop.run([&](Tx& tx) { return take_back_payment(tx, shop.boss, id, source, shop.now); }));
}

}  // namespace

TEST_CASE("a gateway pays out what it has taken in, to the last rupiah and no more") {
  Shop shop;
  auto other = shop.run([](Tx& tx) { return ensure_gateway(tx, "other"); }).value();
  auto opened = shop.open(shop.deposit(shop.ani, 100)).value();
  auto payment = shop.payment(opened.charge.code, 100);
  payment.fee = idr(10);
  shop.settle(payment).value();
  shop.settle(shop.payment("nobody's", 5)).value();
  auto elsewhere = shop.payment("nobody's", 1'000);
  elsewhere.gateway = other.id;
  shop.settle(elsewhere).value();
  CHECK(pay_out(shop, 96) == "insufficient_balance amount");
  CHECK(pay_out(shop, 60) == "ok");
  CHECK(pay_out(shop, 36) == "insufficient_balance amount");
  CHECK(pay_out(shop, 35) == "ok");
  CHECK(pay_out(shop, 1) == "insufficient_balance amount");
  CHECK(violations(shop.check()) == "");
}

TEST_CASE("what a reseller owes goes down as he pays it, by bank or from his balance") {
  Shop shop;
  auto opened = shop.open(shop.deposit(shop.ani, 100)).value();
  auto receipt = shop.settle(shop.payment(opened.charge.code, 100)).value().receipt.id;
  ProposeAdjustment less{shop.boss, shop.ani, idr(-70), "counted", ""};
  auto id = shop.run([&](Tx& tx) { return propose_adjustment(tx, less, shop.now); })
                .value()
                .adjustment.id;
  shop.run([&](Tx& tx) { return approve_adjustment(tx, shop.clerk, id, shop.now); }).value();
  REQUIRE(take_back(shop, receipt, TakenFrom::clearing) == "ok");
  auto owed = [&] { return shop.wallet(shop.ani)[AccountKind::user_receivable].balance; };
  REQUIRE(owed() == idr(70));

  RepayDebt command{shop.ani, UserId{99}, idr(0), RepaidFrom::balance};
  const std::vector<Cure> cures{
      {"nothing", [] {}, "forbidden"},
      {"no admin", [&] { command.admin = shop.boss; }, "not_found"},
      {"no such user", [&] { command.user = shop.ani; }, "amount_out_of_range amount"},
      {"no amount", [&] { command.amount = idr(71); }, "amount_out_of_range amount"},
      {"more than is owed", [&] { command.amount = idr(70); }, "insufficient_balance amount"},
      {"no balance", [&] { shop.fund(shop.ani, 69); }, "insufficient_balance amount"},
      {"one rupiah too little", [&] { command.amount = idr(69); }, "ok"},
      {"the same again", [] {}, "amount_out_of_range amount"},
      {"more than is left", [&] { command.amount = idr(1); }, "insufficient_balance amount"},
      {"no balance", [&] { command.source = RepaidFrom::bank; }, "ok"},
      {"all is paid", [] {}, "amount_out_of_range amount"},
      {"somebody else", [&] { command.user = shop.budi; }, "amount_out_of_range amount"},
  };
  for (const auto& [what, cure, answer] : cures) {
    cure();
    INFO(what);
    CHECK(outcome(shop.run([&](Tx& tx) { return repay_debt(tx, command, shop.now); })) == answer);
  }
  CHECK(owed() == idr(0));
  CHECK(shop.wallet(shop.ani).balance() == idr(0));
  auto report = shop.check();
  CHECK(violations(report) == "");
  CHECK(report.totals[AccountKind::bank] == 1);
  ArchiveCopy archive{shop.store};
  CHECK(archive.moves.at(1).user == shop.ani);
  archive.moves.at(1).user = shop.budi;
  CHECK(violations(check(archive)).find("I02") != std::string::npos);
}

// 100 were paid, of which the gateway keeps 10.
TEST_CASE("a payment is taken back from clearing only while all of it is there") {
  struct Row {
    std::int64_t paid_out;
    TakenFrom source;
    std::string answer;
    std::int64_t left;  // that the gateway can still pay out
  };
  for (const auto& row : {Row{0, TakenFrom::clearing, "ok", 0}, Row{0, TakenFrom::bank, "ok", 90},
                          Row{1, TakenFrom::clearing, "insufficient_balance source", 89},
                          Row{1, TakenFrom::bank, "ok", 89}, Row{90, TakenFrom::bank, "ok", 0}}) {
    Shop shop;
    auto opened = shop.open(shop.deposit(shop.ani, 100)).value();
    auto payment = shop.payment(opened.charge.code, 100);
    payment.fee = idr(10);
    auto id = shop.settle(payment).value().receipt.id;
    if (row.paid_out != 0) REQUIRE(pay_out(shop, row.paid_out) == "ok");
    INFO(row.paid_out << " " << row.answer);
    CHECK(take_back(shop, id, row.source) == row.answer);
    CHECK(shop.wallet(shop.ani).balance() == idr(row.answer == "ok" ? 0 : 100));
    CHECK(pay_out(shop, row.left + 1) == "insufficient_balance amount");
    if (row.left != 0) CHECK(pay_out(shop, row.left) == "ok");
    CHECK(violations(shop.check()) == "");
  }
}
