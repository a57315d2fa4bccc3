// What erasing people asks of a store: to find what is theirs, and to keep no copy.

#include "topup/erasure.h"

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "catch.h"
#include "store/fixtures.h"
#include "store/records.h"
#include "store/sqlite.h"

using namespace sample;

namespace {

template <class Record>
std::vector<std::int64_t> ids(const std::vector<Record>& records) {
  std::vector<std::int64_t> result;
  for (const auto& record : records)
    result.push_back(record.id.value);
  return result;
}

Order over(int id, UserId user) {
  auto r = order(id);
  r.user = user;
  r.state = OrderState::succeeded;
  return r;
}

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

TEMPLATE_TEST_CASE("people are found by role and by having been erased", "[store]", Memory,
                   Sqlite) {
  TestType fixture;
  write(fixture.store, [](Tx& tx) {
    CHECK(tx.admins().empty());
    CHECK(tx.erased_users().empty());
    auto reseller = user(1);
    reseller.role = Role::reseller;
    auto present = user(3);
    present.erased_at = std::nullopt;
    tx.insert(user(2));
    tx.insert(reseller);
    tx.insert(present);
    CHECK(tx.admins() == std::vector{user(2), present});
    CHECK(tx.erased_users() == std::vector{UserId{1}, UserId{2}});
  });
}

TEMPLATE_TEST_CASE("what is under way is the oldest of each kind that is open", "[store]", Memory,
                   Sqlite) {
  TestType fixture;
  write(fixture.store, [](Tx& tx) {
    insert_basics(tx);
    CHECK(tx.under_way(UserId{1}) == UnderWay{});
    tx.insert(over(1, UserId{1}));
    tx.insert(order(2));
    tx.insert(order(3));
    auto idle = charge(1);
    idle.due_at = std::nullopt;
    tx.insert(idle);
    tx.insert(charge(2));
    auto settled = receipt(1);
    settled.state = ReceiptState::credited;
    tx.insert(settled);
    tx.insert(receipt(2));
    tx.insert(withdrawal(1));
    auto requested = withdrawal(2);
    requested.state = WithdrawalState::requested;
    tx.insert(requested);
    tx.insert(adjustment(1));
    auto proposed = adjustment(2);
    proposed.state = AdjustmentState::proposed;
    proposed.decided_by = {};
    tx.insert(proposed);
    CHECK(tx.under_way(UserId{1}) ==
          UnderWay{OrderId{2}, ChargeId{2}, ReceiptId{2}, WithdrawalId{2}, AdjustmentId{2}});
    CHECK(tx.under_way(UserId{2}) == UnderWay{});
  });
}

TEMPLATE_TEST_CASE("a user's withdrawals come in pages, oldest first", "[store]", Memory, Sqlite) {
  TestType fixture;
  write(fixture.store, [](Tx& tx) {
    insert_basics(tx);
    for (int id = 1; id <= 5; ++id) {
      auto w = withdrawal(id);
      w.user = UserId{id == 2 ? 2 : 1};
      tx.insert(w);
    }
    using Ids = std::vector<std::int64_t>;
    CHECK(ids(tx.withdrawals_of(UserId{1}, {}, 3)) == Ids{1, 3, 4});
    CHECK(ids(tx.withdrawals_of(UserId{1}, WithdrawalId{3}, 9)) == Ids{4, 5});
    CHECK(tx.withdrawals_of(UserId{1}, WithdrawalId{5}, 9).empty());
    CHECK(ids(tx.withdrawals_of(UserId{2}, {}, 3)) == Ids{2});
  });
}

TEMPLATE_TEST_CASE("overwriting an order changes what it says of people and nothing else",
                   "[store]", Memory, Sqlite) {
  TestType fixture;
  write(fixture.store, [](Tx& tx) {
    insert_basics(tx);
    tx.insert(over(1, UserId{1}));
    auto other = over(1, UserId{2});
    other.price = 1_idr;
    other.state = OrderState::failed;
    other.updated_at = at(999);
    for (auto* text : {&other.target, &other.nometer, &other.ref_id, &other.customer_name,
                       &other.customer_phone, &other.sn})
      text->clear();
    other.salt = 0;
    tx.overwrite(other);
    auto expected = over(1, UserId{1});
    expected.salt = 0;
    for (auto* text : {&expected.target, &expected.nometer, &expected.ref_id,
                       &expected.customer_name, &expected.customer_phone, &expected.sn})
      text->clear();
    CHECK(tx.order(OrderId{1}) == expected);
    CHECK_FALSE(tx.order_by_ref_id(UserId{1}, "ref1"));
    CHECK(tx.order_by_invoice("INV-1") == expected);
  });
  CHECK_THROWS_AS(write(fixture.store, [](Tx& tx) { tx.overwrite(order(7)); }), std::logic_error);
}

TEMPLATE_TEST_CASE("a user's idempotency keys go whatever their age, others' stay", "[store]",
                   Memory, Sqlite) {
  TestType fixture;
  write(fixture.store, [](Tx& tx) {
    insert_basics(tx);
    for (const std::string key : {"a", "b", "c"})
      tx.insert(IdempotencyRow{UserId{1}, "order", key, 1, at(10)});
    tx.insert(IdempotencyRow{UserId{2}, "order", "a", 1, at(10)});
    CHECK(tx.forget_idempotency(UserId{1}, 2) == 2);
    CHECK(tx.forget_idempotency(UserId{1}, 2) == 1);
    CHECK(tx.forget_idempotency(UserId{1}, 2) == 0);
    CHECK(tx.idempotency(UserId{2}, "order", "a"));
  });
}

TEST_CASE("what was overwritten is neither in the file nor in the log beside it", "[store]") {
  File file;
  auto& store = file.open();
  constexpr int kOrders = 300;  // enough to split pages of every index
  write(store, [](Tx& tx) {
    insert_basics(tx);
    auto erasable = user(3);
    erasable.role = Role::reseller;
    erasable.erased_at = std::nullopt;
    erasable.name = "Siti Terlupa";
    erasable.email = "terlupa@example.com";
    tx.insert(erasable);
  });
  for (int id = 1; id <= kOrders; ++id)
    write(store, [&](Tx& tx) {
      auto open = order(id);
      open.user = UserId{3};
      open.target = "terlupa-" + std::to_string(id * 7'919 % 1'000);
      open.ref_id = "terlupa-" + std::to_string(id * 6'133 % 1'000);
      open.customer_name = "Budi Terlupa" + std::string(static_cast<std::size_t>(id % 40), '!');
      insert_newest(tx, open);
      open.state = OrderState::succeeded;
      open.sn = "0011/TERLUPA/R1";
      tx.update(open);
      auto tried = attempt(id, id);
      tried.sn = open.sn;
      tried.due_at = std::nullopt;
      tx.insert(tried);
    });
  auto holds = [&](const std::string& word) {
    auto log = file.path();
    log += "-wal";
    return content_of(file.path()).find(word) != std::string::npos ||
           content_of(log).find(word) != std::string::npos;
  };
  for (const std::string word : {"Terlupa", "terlupa", "TERLUPA"})
    REQUIRE(holds(word));

  auto erased = store.transact([](Tx& tx) {
    return erase_user(tx, UserId{3}, {Actor::console, 0}, at(1'000));
  });
  REQUIRE(erased);
  CHECK(erase_all_records(store, {UserId{3}, at(1'000), {Actor::timer, 0}}, at(1'000))->orders ==
        kOrders);
  CHECK(store.empty_log());
  for (const std::string word : {"Terlupa", "terlupa", "TERLUPA"}) {
    INFO(word);
    CHECK_FALSE(holds(word));
  }
  CHECK(holds("INV-300"));
}

TEST_CASE("the log is not emptied while another program reads it", "[store]") {
  File file;
  auto& store = file.open();
  write(store, insert_basics);
  topupd::sqlite::Connection other{file.path().string(), topupd::sqlite::Access::read_only};
  other.run("BEGIN");
  other.integer("SELECT count(*) FROM users");
  CHECK_FALSE(store.empty_log());
  other.run("COMMIT");
  CHECK(store.empty_log());
}
