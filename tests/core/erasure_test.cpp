// Forgetting people, and keeping the books.

#include <functional>
#include <string>
#include <vector>

#include "catch.h"
#include "core/shop.h"

using namespace topup;
using namespace topup::testing;

namespace {

constexpr Cause kConsole{Actor::console, 0};

Result<User> erase(Shop& shop, UserId user) {
  return shop.run([&](Tx& tx) { return erase_user(tx, user, kConsole, shop.now); });
}

// Brings a balance to 0, as two admins do.
void take_balance(Shop& shop, UserId user) {
  auto left = shop.wallet(user).balance();
  if (left == Money{}) return;
  ProposeAdjustment command{shop.boss, user, -left, "paid out", ""};
  auto proposed =
      shop.run([&](Tx& tx) { return propose_adjustment(tx, command, shop.now); }).value();
  shop.run([&](Tx& tx) {
        return approve_adjustment(tx, shop.clerk, proposed.adjustment.id, shop.now);
      })
      .value();
}

void withdraw(Shop& shop, UserId user, std::int64_t amount) {
  RequestWithdrawal command{user, idr(amount), "BCA", "123", "Ani", ""};
  auto asked =
      shop.run([&](Tx& tx) { return request_withdrawal(tx, shop.policy, command, shop.now); })
          .value();
  PayWithdrawal paid{asked.withdrawal.id, shop.boss, {}, "to Ani"};
  shop.run([&](Tx& tx) { return pay_withdrawal(tx, paid, shop.now); }).value();
}

// An order of the customer Citra, delivered with a profit of 65, which is withdrawn.
OrderId sold(Shop& shop, const std::string& target) {
  auto command = shop.dropship_order(shop.ani, target, 200);
  command.customer_name = "Citra";
  command.customer_phone = "0812";
  command.ref_id = "for citra " + target;
  auto placed = shop.place(command).value();
  shop.settle(shop.payment(placed.charge.value().code, 200)).value();
  shop.begin(placed.order.id).value();
  Outcome outcome;
  outcome.kind = OutcomeKind::succeeded;
  outcome.sn = "1234/CITRA";
  shop.report(shop.last_attempt(placed.order.id).id, outcome).value();
  withdraw(shop, shop.ani, 65);
  return placed.order.id;
}

ErasedRecords erase_records_of(Shop& shop, UserId user, Timestamp before) {
  return erase_all_records(shop.store, {user, before, {Actor::timer, 0}}, shop.now).value();
}

}  // namespace

TEST_CASE("an erasure is refused while something is in the way, in the documented order") {
  Shop shop;
  auto adjust = [&](std::int64_t amount) {
    ProposeAdjustment command{shop.boss, shop.ani, idr(amount), "r", ""};
    return shop.run([&](Tx& tx) { return propose_adjustment(tx, command, shop.now); })
        .value()
        .adjustment.id;
  };
  shop.fund(shop.ani, 130);
  auto id = shop.sent_order(shop.ani, "08123");
  auto deposit = shop.open(shop.deposit(shop.ani, 10)).value().charge;
  auto adjustment = adjust(3);
  auto reject = [&](AdjustmentId which) {
    shop.run([&](Tx& tx) { return reject_adjustment(tx, shop.clerk, which, shop.now); }).value();
  };
  const std::vector<Cure> cures{
      {"everything", [] {}, "conflict order"},
      {"an order under way", [&] { shop.report(id, OutcomeKind::succeeded).value(); },
       "conflict charge"},
      {"a charge", [&] { shop.settle(shop.payment(deposit.code, 9)).value(); }, "conflict charge"},
      {"a wrong amount", [&] { shop.settle(shop.payment(deposit.code, 10)).value(); },
       "conflict receipt"},
      {"a payment in suspense",
       [&] {
         shop.run([&](Tx& tx) {
               return credit_receipt(tx, shop.boss, ReceiptId{2}, shop.ani, shop.now);
             })
             .value();
       },
       "conflict adjustment"},
      {"an adjustment", [&] { reject(adjustment); }, "conflict balance"},
      {"a balance", [&] { take_balance(shop, shop.ani); }, "ok"},
      {"once more", [] {}, "ok"},
  };
  for (const auto& [what, cure, answer] : cures) {
    cure();
    INFO(what);
    CHECK(outcome(erase(shop, shop.ani)) == answer);
  }
  CHECK(outcome(erase(shop, UserId{99})) == "not_found");
  CHECK(violations(shop.check()) == "");
}

TEST_CASE("profit and its withdrawal are in the way of an erasure") {
  Shop shop;
  auto id = shop.paid_dropship(shop.ani, "08123", 200);
  shop.begin(id).value();
  shop.report(id, OutcomeKind::succeeded).value();
  CHECK(outcome(erase(shop, shop.ani)) == "conflict profit");
  RequestWithdrawal command{shop.ani, idr(65), "BCA", "123", "Ani", ""};
  auto asked =
      shop.run([&](Tx& tx) { return request_withdrawal(tx, shop.policy, command, shop.now); })
          .value();
  auto refused = erase(shop, shop.ani);
  CHECK(outcome(refused) == "conflict withdrawal");
  CHECK(refused.error().subject == asked.withdrawal.id.value);
  PayWithdrawal paid{asked.withdrawal.id, shop.boss, {}, ""};
  shop.run([&](Tx& tx) { return pay_withdrawal(tx, paid, shop.now); }).value();
  CHECK(outcome(erase(shop, shop.ani)) == "ok");
}

TEST_CASE("the last admin who can log in is not erased") {
  Shop shop;
  CHECK(outcome(erase(shop, shop.boss)) == "ok");
  CHECK(outcome(erase(shop, shop.clerk)) == "conflict role");
  CHECK(outcome(shop.run([&](Tx& tx) { return suspend_user(tx, shop.boss, shop.ani); })) ==
        "forbidden");
  RegisterUser third{"third", "T", "t@x.com", "", Role::admin, "basic", {}};
  auto admin = shop.run([&](Tx& tx) { return register_user(tx, third, shop.now); }).value().id;
  shop.run([&](Tx& tx) { return suspend_user(tx, shop.clerk, admin); }).value();
  CHECK(outcome(erase(shop, shop.clerk)) == "conflict role");
  shop.run([&](Tx& tx) { return reinstate_user(tx, shop.clerk, admin); }).value();
  CHECK(outcome(erase(shop, shop.clerk)) == "ok");
}

TEST_CASE("who is erased leaves an id behind and never comes back") {
  Shop shop;
  auto before = shop.store.read([&](const View& v) { return v.user(shop.ani).value(); });
  auto erased = erase(shop, shop.ani).value();
  User expected;
  expected.id = shop.ani;
  expected.username = "erased-3";
  expected.name = "erased";
  expected.email = "erased-3";
  expected.suspended = true;
  expected.tier = before.tier;
  expected.created_at = before.created_at;
  expected.erased_at = shop.now;
  CHECK(erased == expected);
  shop.store.read([&](const View& view) {
    CHECK(view.user(shop.ani) == expected);
    CHECK_FALSE(view.user_by_key("hash of ani"));
    CHECK_FALSE(view.user_by_username("ani"));
    CHECK_FALSE(view.user_by_email("ani@example.com"));
    CHECK(view.erased_users() == std::vector{shop.ani});
    return 0;
  });
  auto tried = [&](auto body) { return outcome(shop.run(body)); };
  auto id = shop.ani;
  CHECK(tried([&](Tx& tx) { return reinstate_user(tx, shop.boss, id); }) == "not_found");
  CHECK(tried([&](Tx& tx) { return replace_key(tx, id, "k", "s"); }) == "not_found");
  CHECK(tried([&](Tx& tx) { return replace_password(tx, id, "p"); }) == "not_found");
  CHECK(tried([&](Tx& tx) { return set_allowed_addresses(tx, id, {}); }) == "not_found");
  CHECK(outcome(shop.place(shop.balance_order(id, "08123"))) == "account_suspended");
  // The names are free for others, those of the erased are not.
  RegisterUser again{"ani", "Ani", "ani@example.com", "", Role::reseller, "basic", {}};
  CHECK(tried([&](Tx& tx) { return register_user(tx, again, shop.now); }) == "ok");
  RegisterUser like{"Erased-77", "A", "b@x.com", "", Role::reseller, "basic", {}};
  CHECK(tried([&](Tx& tx) { return register_user(tx, like, shop.now); }) ==
        "invalid_parameter username");
  CHECK(violations(shop.check()) == "");
}

TEST_CASE("money that comes too late for who was erased waits for an admin") {
  Shop shop;
  auto charge = shop.open(shop.deposit(shop.ani, 10)).value().charge;
  shop.tick(shop.policy.payment_expiry);
  shop.run([&](Tx& tx) { return expire_charge(tx, charge.id, shop.now); }).value();
  erase(shop, shop.ani).value();
  auto settled = shop.settle(shop.payment(charge.code, 10)).value();
  CHECK(settled.receipt.state == ReceiptState::waiting);
  CHECK(shop.wallet(shop.ani).balance() == idr(0));
  auto credit_to = [&](UserId user) {
    return outcome(shop.run(
        [&](Tx& tx) { return credit_receipt(tx, shop.boss, settled.receipt.id, user, shop.now); }));
  };
  CHECK(credit_to({}) == "not_found");
  CHECK(credit_to(shop.ani) == "not_found");
  CHECK(credit_to(shop.budi) == "ok");
  CHECK(violations(shop.check()) == "");
}

TEST_CASE("old records lose their people and keep their amounts, young ones keep both") {
  Shop shop;
  auto old = sold(shop, "08111");
  shop.tick();
  auto edge = shop.now;
  auto young = sold(shop, "08222");
  auto others = shop.sent_order((shop.fund(shop.budi, 130), shop.budi), "08333");
  CHECK(erase_all_records(shop.store, {shop.ani, shop.now, {}}, shop.now).error().code ==
        Code::not_found);
  erase(shop, shop.ani).value();
  auto expected = shop.order(old);
  auto totals = shop.check().totals;

  CHECK(erase_records_of(shop, shop.ani, edge) == ErasedRecords{1, 1, 2});
  for (auto* text : {&expected.target, &expected.ref_id, &expected.customer_name,
                     &expected.customer_phone, &expected.sn}) {
    CHECK_FALSE(text->empty());
    text->clear();
  }
  CHECK(expected.salt != 0);
  expected.salt = 0;
  CHECK(shop.order(old) == expected);
  CHECK(shop.last_attempt(old).sn == "");
  CHECK(shop.order(young).target == "08222");
  CHECK(shop.last_attempt(young).sn == "1234/CITRA");
  CHECK(shop.order(others).target == "08333");
  shop.store.read([&](const View& view) {
    auto gone = view.withdrawal(WithdrawalId{1}).value();
    CHECK(gone.bank + gone.account_number + gone.account_name + gone.note == "");
    CHECK(gone.amount == idr(65));
    CHECK(view.withdrawal(WithdrawalId{2})->account_name == "Ani");
    CHECK_FALSE(view.order_by_ref_id(shop.ani, "for citra 08111"));
    return 0;
  });
  CHECK(violations(shop.check()) == "");
  CHECK(shop.check().totals == totals);

  // Again, and later.
  CHECK(erase_records_of(shop, shop.ani, edge) == ErasedRecords{0, 0, 2});
  CHECK(erase_records_of(shop, shop.ani, shop.now + std::chrono::milliseconds{1}) ==
        ErasedRecords{1, 1, 0});
  CHECK(erase_records_of(shop, shop.ani, shop.now) == ErasedRecords{0, 0, 0});
  CHECK(violations(shop.check()) == "");
}

TEST_CASE("the keys that made requests safe to repeat go at once") {
  Shop shop;
  auto command = shop.deposit(shop.ani, 5);
  command.idempotency_key = "citra";
  auto opened = shop.open(command).value();
  shop.settle(shop.payment(opened.charge.code, 5)).value();
  take_balance(shop, shop.ani);
  erase(shop, shop.ani).value();
  erase_records_of(shop, shop.ani, Timestamp{});
  int left = 0;
  shop.store.inspect([&](const Archive& archive) {
    archive.each(Archive::Each<IdempotencyRow>{
        [&](const IdempotencyRow& row) { left += row.user == shop.ani ? 1 : 0; }});
  });
  CHECK(left == 0);
}

TEST_CASE("however many records there are, one transaction touches few") {
  Shop shop;
  constexpr int kOrders = 2 * kErasedAtOnce;
  shop.fund(shop.ani, 130);
  for (int i = 0; i < kOrders; ++i)
    shop.report(shop.sent_order(shop.ani, "08123"), OutcomeKind::failed).value();
  take_balance(shop, shop.ani);
  erase(shop, shop.ani).value();
  shop.tick();
  ErasureCursor after;
  std::vector<std::int64_t> pages;
  for (bool is_last = false; !is_last;) {
    auto page =
        shop.run([&](Tx& tx) {
              return erase_records(tx, {shop.ani, shop.now, {Actor::timer, 0}}, after, shop.now);
            })
            .value();
    pages.push_back(page.records.orders);
    after = page.next;
    is_last = page.is_last;
    REQUIRE(pages.size() < 9);
  }
  CHECK(pages == std::vector<std::int64_t>{kErasedAtOnce, kErasedAtOnce, 0});
  CHECK(violations(shop.check()) == "");
}
