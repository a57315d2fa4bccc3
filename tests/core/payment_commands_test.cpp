#include "catch.h"
#include "core/shop.h"

using namespace topup;
using namespace topup::testing;
using std::chrono::milliseconds;
using std::chrono::minutes;

namespace {

// "state of receipt, charge and order", and how many incidents wait for a person.
std::string told(Shop& shop, const SettledPayment& settled) {
  std::string text{name(settled.receipt.state)};
  text += settled.charge ? " " + std::string{name(shop.charge(settled.charge->id).state)} : " -";
  bool has_order = settled.charge && settled.charge->order;
  text += has_order ? " " + std::string{name(shop.order(settled.charge->order).state)} : " -";
  auto waiting = shop.store.read([&](const View& view) {
    return view.open_incidents(IncidentKind::payment_waiting, settled.receipt.id.value).size();
  });
  return text + (waiting == 0 ? "" : " incident");
}

Charge unpaid(Shop& shop, ChargePurpose purpose) {
  if (purpose == ChargePurpose::deposit)
    return shop.open(shop.deposit(shop.ani, 200)).value().charge;
  return shop.place(shop.dropship_order(shop.ani, "08123", 200)).value().charge.value();
}

}  // namespace

TEST_CASE("nobody is blamed for a fee that he did not ask for") {
  Shop shop;
  shop.policy.deposit_max = idr(2'000);
  shop.policy.charge_max = idr(1'000);
  shop.policy.deposit_fee = idr(5);
  const auto refused = shop.open(shop.deposit(shop.ani, 996));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::amount_out_of_range);
  CHECK(refused.error().field == "amount");
}

TEST_CASE("a deposit is refused for its first fault, in the documented order") {
  Shop shop;
  shop.policy.deposit_min = idr(100);
  shop.policy.deposit_max = idr(1'000);
  shop.policy.charge_max = idr(1'001);
  auto earlier = shop.deposit(shop.ani, 500);
  earlier.idempotency_key = "k1";
  shop.open(earlier).value();
  shop.run([&](Tx& tx) { return suspend_user(tx, shop.boss, shop.ani); }).value();
  auto command = shop.deposit(shop.ani, 99);
  command.idempotency_key = "k 1";
  command.fee = idr(100);
  const std::vector<Cure> cures{
      {"nothing", [] {}, "account_suspended"},
      {"suspended",
       [&] { shop.run([&](Tx& tx) { return reinstate_user(tx, shop.boss, shop.ani); }).value(); },
       "invalid_parameter idempotency_key"},
      {"a key with a space", [&] { command.idempotency_key = "k1"; }, "invalid_parameter fee"},
      {"a fee above the amount", [&] { command.fee = idr(99); }, "idempotency_conflict"},
      {"a key used before", [&] { command.idempotency_key = "k2"; }, "amount_out_of_range amount"},
      {"below the minimum", [&] { command.amount = idr(1'001); }, "amount_out_of_range amount"},
      {"above the maximum", [&] { command.amount = idr(1'000); }, "amount_out_of_range fee"},
      {"more than one payment may be", [&] { command.fee = idr(1); }, "ok"},
      {"the same again", [&] { command.code = "another"; }, "ok"},
      {"with another fee", [&] { command.fee = idr(0); }, "idempotency_conflict"},
      {"at the minimum",
       [&] {
         command.amount = idr(100);
         command.idempotency_key = "";
       },
       "ok"},
  };
  for (const auto& [what, cure, answer] : cures) {
    cure();
    INFO(what);
    CHECK(outcome(shop.open(command)) == answer);
  }
}

TEST_CASE("the larger of the asked fee and the operator's is charged") {
  struct Row {
    std::int64_t asked, operators, charged;
  };
  for (const auto& row : {Row{0, 0, 0}, Row{3, 0, 3}, Row{3, 3, 3}, Row{3, 4, 4}, Row{0, 4, 4}}) {
    Shop shop;
    shop.policy.deposit_fee = idr(row.operators);
    auto command = shop.deposit(shop.ani, 100);
    command.fee = idr(row.asked);
    CHECK(shop.open(command).value().charge.fee == idr(row.charged));
  }
}

// What has to be paid is 200; the balance is that of the reseller afterwards.
TEST_CASE("a payment does what its moment and its amount allow") {
  using P = ChargePurpose;
  using M = MoneyBack;
  struct Row {
    P purpose;
    std::int64_t amount;
    milliseconds after_expiry;
    M late;
    std::string states;
    std::int64_t balance;
  };
  const milliseconds one_ms{1};
  const milliseconds on_time{0};
  const std::vector<Row> rows{
      {P::deposit, 200, -minutes{5}, M::to_balance, "applied settled -", 200},
      {P::deposit, 200, on_time, M::to_balance, "applied settled -", 200},
      {P::deposit, 200, one_ms, M::to_balance, "credited settled -", 200},
      {P::deposit, 200, one_ms, M::wait_for_admin, "waiting expired - incident", 0},
      {P::deposit, 199, on_time, M::to_balance, "waiting pending - incident", 0},
      {P::deposit, 201, on_time, M::to_balance, "waiting pending - incident", 0},
      {P::order, 200, on_time, M::to_balance, "applied settled queued", 0},
      {P::order, 200, one_ms, M::to_balance, "credited expired expired", 200},
      {P::order, 200, one_ms, M::wait_for_admin, "waiting expired expired incident", 0},
      {P::order, 199, on_time, M::to_balance, "waiting pending unpaid incident", 0},
      {P::order, 201, on_time, M::to_balance, "waiting pending unpaid incident", 0},
  };
  for (const auto& row : rows) {
    Shop shop;
    shop.policy.late_payment = row.late;
    auto charge = unpaid(shop, row.purpose);
    shop.tick(shop.policy.payment_expiry + row.after_expiry);
    auto settled = shop.settle(shop.payment(charge.code, row.amount)).value();
    INFO(row.amount << " " << row.after_expiry.count() << " ms, " << row.states);
    CHECK(told(shop, settled) == row.states);
    CHECK(shop.wallet(shop.ani).balance() == idr(row.balance));
    CHECK(violations(shop.check()) == "");
  }
}

TEST_CASE("a payment for what is over already never starts an order") {
  using S = ChargeState;
  struct Row {
    ChargePurpose purpose;
    S before;
    std::string states;
  };
  const std::vector<Row> rows{
      {ChargePurpose::deposit, S::settled, "waiting settled - incident"},
      {ChargePurpose::deposit, S::expired, "credited settled -"},
      {ChargePurpose::deposit, S::cancelled, "credited settled -"},
      {ChargePurpose::order, S::settled, "waiting settled queued incident"},
      {ChargePurpose::order, S::expired, "credited expired expired"},
      {ChargePurpose::order, S::cancelled, "credited cancelled cancelled"},
  };
  for (const auto& row : rows) {
    Shop shop;
    auto charge = unpaid(shop, row.purpose);
    auto in_time = shop.payment(charge.code, 200);
    if (row.before == S::settled) shop.settle(in_time).value();
    if (row.before == S::expired) {
      shop.tick(shop.policy.payment_expiry);
      shop.run([&](Tx& tx) { return expire_charge(tx, charge.id, shop.now); }).value();
    }
    if (row.before == S::cancelled)
      shop.run([&](Tx& tx) { return withdraw_offer(tx, charge.id, shop.now); }).value();
    REQUIRE(shop.charge(charge.id).state == row.before);
    auto second = shop.payment(charge.code, 200);
    INFO(row.states);
    CHECK(told(shop, shop.settle(second).value()) == row.states);
    CHECK(violations(shop.check()) == "");
  }
}

// The first payment comes after the expiry; it is credited by the policy, or by an admin.
TEST_CASE("a second payment of one charge waits, however late the first was") {
  using P = ChargePurpose;
  struct Row {
    P purpose;
    MoneyBack late;
    std::string first, second;
  };
  const std::vector<Row> rows{
      {P::order, MoneyBack::to_balance, "credited expired expired",
       "waiting expired expired incident"},
      {P::order, MoneyBack::wait_for_admin, "waiting expired expired incident",
       "waiting expired expired incident"},
      {P::deposit, MoneyBack::to_balance, "credited settled -", "waiting settled - incident"},
      {P::deposit, MoneyBack::wait_for_admin, "waiting expired - incident",
       "waiting settled - incident"},
  };
  for (const auto& row : rows) {
    Shop shop;
    shop.policy.late_payment = row.late;
    auto charge = unpaid(shop, row.purpose);
    shop.tick(shop.policy.payment_expiry * 2);
    auto first = shop.settle(shop.payment(charge.code, 200)).value();
    INFO(row.first);
    CHECK(told(shop, first) == row.first);
    if (row.late == MoneyBack::wait_for_admin)
      shop.run(
              [&](Tx& tx) { return credit_receipt(tx, shop.boss, first.receipt.id, {}, shop.now); })
          .value();
    CHECK(shop.charge(charge.id).settled_at == shop.now);
    shop.policy.late_payment = MoneyBack::to_balance;
    shop.tick();
    auto second = shop.settle(shop.payment(charge.code, 200)).value();
    CHECK(told(shop, second) == row.second);
    CHECK(shop.wallet(shop.ani).balance() == idr(200));
    // What a person decides is done all the same, whole and once.
    shop.run([&](Tx& tx) { return credit_receipt(tx, shop.boss, second.receipt.id, {}, shop.now); })
        .value();
    CHECK(shop.wallet(shop.ani).balance() == idr(400));
    CHECK(violations(shop.check()) == "");
  }
}

TEST_CASE("late money that an admin gives to somebody else does not settle the charge") {
  struct Row {
    ChargePurpose purpose;
    std::string to;
    std::string states;
    std::string again;  // what a second payment does, once late money is credited by policy
    std::int64_t anis, budis;
  };
  const std::vector<Row> rows{
      {ChargePurpose::deposit, "ani", "credited settled -", "waiting settled - incident", 195, 0},
      {ChargePurpose::deposit, "budi", "credited expired -", "credited settled -", 195, 200},
      {ChargePurpose::order, "ani", "credited expired expired", "waiting expired expired incident",
       200, 0},
      {ChargePurpose::order, "budi", "credited expired expired", "credited expired expired", 200,
       200},
  };
  for (const auto& row : rows) {
    Shop shop;
    shop.policy.late_payment = MoneyBack::wait_for_admin;
    shop.policy.deposit_fee = idr(5);
    auto charge = row.purpose == ChargePurpose::deposit
                      ? shop.open(shop.deposit(shop.ani, 195)).value().charge
                      : unpaid(shop, row.purpose);
    shop.tick(shop.policy.payment_expiry * 2);
    auto late = shop.settle(shop.payment(charge.code, 200)).value();
    auto user = row.to == "ani" ? shop.ani : shop.budi;
    late.receipt = shop.run([&](Tx& tx) {
                         return credit_receipt(tx, shop.boss, late.receipt.id, user, shop.now);
                       })
                       .value();
    INFO(row.states << " " << row.to);
    CHECK(told(shop, late) == row.states);
    shop.policy.late_payment = MoneyBack::to_balance;
    CHECK(told(shop, shop.settle(shop.payment(charge.code, 200)).value()) == row.again);
    CHECK(shop.wallet(shop.ani).balance() == idr(row.anis));
    CHECK(shop.wallet(shop.budi).balance() == idr(row.budis));
    CHECK(violations(shop.check()) == "");
  }
}

TEST_CASE("one payment is booked once, whatever is reported of it later") {
  struct Row {
    std::string what;
    std::function<void(SettlePayment&, Shop&)> change;
    bool is_mismatch;
  };
  const std::vector<Row> rows{
      {"the same", [](SettlePayment&, Shop&) {}, false},
      {"after the expiry", [](SettlePayment& p, Shop& s) { p.paid_at = s.now; }, false},
      {"for another code", [](SettlePayment& p, Shop&) { p.code = "DEP-other"; }, false},
      {"another amount", [](SettlePayment& p, Shop&) { p.amount = idr(199); }, true},
  };
  for (const auto& row : rows) {
    Shop shop;
    auto charge = unpaid(shop, ChargePurpose::deposit);
    auto payment = shop.payment(charge.code, 200);
    auto first = shop.settle(payment).value();
    shop.tick(shop.policy.payment_expiry * 2);
    row.change(payment, shop);
    auto again = shop.settle(payment).value();
    INFO(row.what);
    CHECK(again.replayed);
    CHECK(again.receipt == first.receipt);
    CHECK(shop.wallet(shop.ani).balance() == idr(200));
    auto mismatches = shop.store.read([&](const View& view) {
      return view.open_incidents(IncidentKind::payment_mismatch, first.receipt.id.value).size();
    });
    CHECK(mismatches == (row.is_mismatch ? 1 : 0));
  }
}

TEST_CASE("a payment is refused only when it says nothing") {
  Shop shop;
  SettlePayment command{shop.qris, "", "DEP-1", idr(0), idr(-1), shop.now};
  const std::vector<Cure> cures{
      {"nothing", [] {}, "invalid_parameter payment_id"},
      {"no id", [&] { command.payment_id = "p1"; }, "invalid_parameter amount"},
      {"no amount", [&] { command.amount = idr(1'000'000'000'001); }, "invalid_parameter amount"},
      {"more than there is", [&] { command.amount = idr(1); }, "invalid_parameter fee"},
      {"a negative fee", [&] { command.fee = idr(2); }, "invalid_parameter fee"},
      {"a fee above the amount", [&] { command.fee = idr(1); }, "ok"},
  };
  for (const auto& [what, cure, answer] : cures) {
    cure();
    INFO(what);
    CHECK(outcome(shop.settle(command)) == answer);
  }
  CHECK(violations(shop.check()) == "");
}

TEST_CASE("a charge expires when its time is over and not a millisecond sooner") {
  struct Row {
    milliseconds after_expiry;
    std::string answer;
  };
  for (const auto& row : {Row{milliseconds{-1}, "conflict"}, Row{milliseconds{0}, "ok"}}) {
    Shop shop;
    auto charge = unpaid(shop, ChargePurpose::order);
    shop.tick(shop.policy.payment_expiry + row.after_expiry);
    auto expire = [&] {
      return outcome(shop.run([&](Tx& tx) { return expire_charge(tx, charge.id, shop.now); }));
    };
    CHECK(expire() == row.answer);
    CHECK(expire() == "conflict");
  }
}

// Each of an admin's decisions, in each state of a receipt; "-" stands for conflict.
TEST_CASE("a receipt is credited, returned or taken back once") {
  using S = ReceiptState;
  struct Row {
    S state;
    std::string credit, give_back, take_back;
  };
  auto receipt_in = [](Shop& shop, S state) {
    auto charge = unpaid(shop, ChargePurpose::deposit);
    bool exact = state == S::applied || state == S::taken_back;
    auto id = shop.settle(shop.payment(charge.code, exact ? 200 : 199)).value().receipt.id;
    if (state == S::credited)
      shop.run([&](Tx& tx) { return credit_receipt(tx, shop.boss, id, {}, shop.now); }).value();
    if (state == S::returned)
      shop.run([&](Tx& tx) { return return_receipt(tx, shop.boss, id, shop.now); }).value();
    if (state == S::taken_back)
      shop.run([&](Tx& tx) {
            return take_back_payment(tx, shop.boss, id, TakenFrom::clearing, shop.now);
          })
          .value();
    return id;
  };
  auto ask = [&](S state, const std::function<Result<Receipt>(Tx&, Shop&, ReceiptId)>& command) {
    Shop shop;
    auto id = receipt_in(shop, state);
    auto answer = outcome(shop.run([&](Tx& tx) { return command(tx, shop, id); }));
    CHECK(violations(shop.check()) == "");
    return answer == "conflict" ? "-" : answer;
  };
  const std::vector<Row> rows{{S::applied, "-", "-", "ok"},
                              {S::waiting, "ok", "ok", "-"},
                              {S::credited, "-", "-", "ok"},
                              {S::returned, "-", "-", "-"},
                              {S::taken_back, "-", "-", "-"}};
  for (const auto& row : rows) {
    INFO(name(row.state));
    CHECK(ask(row.state, [](Tx& tx, Shop& s, ReceiptId id) {
            return credit_receipt(tx, s.boss, id, s.budi, s.now);
          }) == row.credit);
    CHECK(ask(row.state, [](Tx& tx, Shop& s, ReceiptId id) {
            return return_receipt(tx, s.boss, id, s.now);
          }) == row.give_back);
    CHECK(ask(row.state, [](Tx& tx, Shop& s, ReceiptId id) {
            return take_back_payment(tx, s.boss, id, TakenFrom::bank, s.now);
          }) == row.take_back);
  }
}

TEST_CASE("only an admin decides on receipts, and only for people who exist") {
  Shop shop;
  auto stray = shop.settle(shop.payment("nobody's", 10)).value().receipt.id;
  auto credit = [&](UserId admin, ReceiptId id, UserId user) {
    return outcome(shop.run([&](Tx& tx) { return credit_receipt(tx, admin, id, user, shop.now); }));
  };
  CHECK(credit(shop.ani, stray, shop.ani) == "forbidden");
  CHECK(credit(shop.boss, ReceiptId{99}, shop.ani) == "not_found");
  CHECK(credit(shop.boss, stray, UserId{}) == "not_found");
  CHECK(credit(shop.boss, stray, UserId{99}) == "not_found");
  CHECK(credit(shop.boss, stray, shop.budi) == "ok");
  CHECK(shop.wallet(shop.budi).balance() == idr(10));
}

TEST_CASE("a payment that another gateway reports for a charge is nobody's") {
  Shop shop;
  auto other = shop.run([](Tx& tx) { return ensure_gateway(tx, "other"); }).value().id;
  auto charge = shop.open(shop.deposit(shop.ani, 100)).value().charge;
  auto payment = shop.payment(charge.code, 100);
  payment.gateway = other;
  auto settled = shop.settle(payment).value();
  CHECK((!settled.charge && !settled.receipt.user));
  CHECK(settled.receipt.state == ReceiptState::waiting);
  CHECK(shop.charge(charge.id).state == ChargeState::pending);
}
