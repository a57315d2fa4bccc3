// What store.h promises, of every Store.

#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

#include "catch.h"
#include "store/fixtures.h"
#include "store/records.h"

using namespace sample;

namespace {

template <class Body>
void is_refused(Store& store, Body body) {
  CHECK_THROWS_AS(write(store, body), std::logic_error);
}

}  // namespace

TEMPLATE_TEST_CASE("a transaction returns what its body returned", "[store]", Memory, Sqlite) {
  TestType fixture;
  auto good = fixture.store.transact([](Tx&) -> Result<int> { return 7; });
  CHECK(*good == 7);
  auto refused = fixture.store.transact([](Tx&) -> Result<int> {
    return Error{Code::not_found, "field", 3};
  });
  CHECK(refused.error().code == Code::not_found);
  CHECK(refused.error().field == "field");
}

TEMPLATE_TEST_CASE("who does not wait is told what the transaction came to", "[store]", Memory,
                   Sqlite) {
  TestType fixture;
  using Outcome = Store::Outcome<Result<int>>;
  const auto told = [&](auto body) {
    std::promise<Outcome> promise;
    fixture.store.transact_later(body,
                                 [&](Outcome outcome) { promise.set_value(std::move(outcome)); });
    return promise.get_future().get();
  };
  auto good = told([](Tx& tx) -> Result<int> {
    tx.put(Tier{"gold", 1});
    return 7;
  });
  CHECK(*good.take() == 7);
  CHECK(seen(fixture.store, [](const View& view) { return view.tier("gold"); }));
  auto refused = told([](Tx&) -> Result<int> { return Error{Code::not_found}; });
  CHECK(refused.take().error().code == Code::not_found);
  auto thrown = told([](Tx& tx) -> Result<int> {
    tx.put(Tier{"gold", 2});
    throw std::runtime_error{"boom"};
  });
  // By then the writer has let go of the exception: the thread sanitizer does not see how the
  // library counts who still has it.
  told([](Tx&) -> Result<int> { return 0; });
  CHECK_THROWS_WITH(thrown.take(), "boom");
  CHECK(seen(fixture.store, [](const View& view) { return view.tier("gold"); })->api_per_minute ==
        1);
}

TEMPLATE_TEST_CASE("an exception leaves nothing behind and reaches the caller", "[store]", Memory,
                   Sqlite) {
  TestType fixture;
  CHECK_THROWS_WITH(write(fixture.store,
                          [](Tx& tx) {
                            insert_basics(tx);
                            tx.append(entry(1));
                            throw std::runtime_error{"boom"};
                          }),
                    "boom");
  fixture.store.read([](const View& view) {
    CHECK_FALSE(view.user(UserId{1}));
    CHECK_FALSE(view.provider_by_name("provider1"));
    return 0;
  });
  // Nor in what the store remembers.
  write(fixture.store, [](Tx& tx) {
    CHECK(tx.last_id(Table::users) == 0);
    CHECK(tx.journal_head() == JournalHead{});
    CHECK_FALSE(tx.service(ServiceId{1}));
    CHECK(tx.offers(ServiceId{1}).empty());
    insert_basics(tx);
    tx.append(entry(1));
  });
}

TEMPLATE_TEST_CASE("a body that refuses must not have written", "[store]", Memory, Sqlite) {
  TestType fixture;
  CHECK_THROWS_AS(fixture.store.transact([](Tx& tx) -> Status {
    tx.put(Tier{"gold", 1});
    return Error{Code::conflict};
  }),
                  std::logic_error);
  CHECK_FALSE(seen(fixture.store, [](const View& view) { return view.tier("gold"); }));
}

TEMPLATE_TEST_CASE("what must be unique is refused a second time", "[store]", Memory, Sqlite) {
  TestType fixture;
  auto& store = fixture.store;
  write(store, [](Tx& tx) {
    insert_basics(tx);
    tx.insert(order(1));
    tx.insert(attempt(1));
    tx.insert(charge(1));
    tx.insert(receipt(1));
    tx.append(entry(1));
    tx.insert(IdempotencyRow{UserId{1}, "order", "key", 1, at(1)});
  });
  auto third = [](auto change) {
    auto record = user(3);
    change(record);
    return [record](Tx& tx) { tx.insert(record); };
  };
  is_refused(store, third([](User& u) { u.id = UserId{1}; }));
  is_refused(store, third([](User& u) { u.id = UserId{0}; }));
  is_refused(store, third([](User& u) { u.username = "user1"; }));
  is_refused(store, third([](User& u) { u.email = "user1@example.com"; }));
  is_refused(store, third([](User& u) { u.credentials.key_hash = "key1"; }));
  is_refused(store, [](Tx& tx) { tx.insert(Provider{ProviderId{2}, "provider1", true}); });
  is_refused(store, [](Tx& tx) { tx.insert(Gateway{GatewayId{2}, "gateway1", true}); });
  auto second = [](auto change) {
    auto record = order(2);
    change(record);
    return [record](Tx& tx) { tx.insert(record); };
  };
  is_refused(store, second([](Order& o) { o.invoice = "INV-1"; }));
  is_refused(store, second([](Order& o) { o.ref_id = "ref1"; }));
  is_refused(store, second([](Order& o) { o.target = "target1"; }));
  is_refused(store, [](Tx& tx) {
    auto same_number = attempt(2);
    same_number.number = 1;
    tx.insert(same_number);
  });
  is_refused(store, [](Tx& tx) {
    auto same_code = charge(2);
    same_code.code = "DEP-1";
    tx.insert(same_code);
  });
  is_refused(store, [](Tx& tx) {
    auto same_payment = receipt(2);
    same_payment.payment_id = "pay1";
    tx.insert(same_payment);
  });
  is_refused(store, [](Tx& tx) { tx.insert(IdempotencyRow{UserId{1}, "order", "key", 2, at(2)}); });
  is_refused(store, [](Tx& tx) {
    auto same_slot = entry(2);
    same_slot.ref = entry(1).ref;
    tx.append(same_slot);
  });
}

TEMPLATE_TEST_CASE("what is not there can't be updated or referred to", "[store]", Memory, Sqlite) {
  TestType fixture;
  auto& store = fixture.store;
  is_refused(store, [](Tx& tx) { tx.update(user(1)); });
  is_refused(store, [](Tx& tx) { tx.update(order(1)); });
  is_refused(store, [](Tx& tx) { tx.update(receipt(1)); });
  is_refused(store, [](Tx& tx) { tx.update(incident(1)); });
  is_refused(store, [](Tx& tx) { tx.insert(order(1)); });
  is_refused(store, [](Tx& tx) { tx.insert(charge(1)); });
  is_refused(store, [](Tx& tx) { tx.insert(withdrawal(1)); });
  is_refused(store, [](Tx& tx) { tx.put(wallet(1)); });
  is_refused(store, [](Tx& tx) { tx.append(posting(1)); });
}

TEMPLATE_TEST_CASE("the journal has no gaps and no balance is negative", "[store]", Memory,
                   Sqlite) {
  TestType fixture;
  auto& store = fixture.store;
  write(store, [](Tx& tx) {
    insert_basics(tx);
    tx.append(entry(1));
    tx.append(posting(1));
  });
  is_refused(store, [](Tx& tx) { tx.append(entry(1)); });
  is_refused(store, [](Tx& tx) { tx.append(entry(3)); });
  is_refused(store, [](Tx& tx) { tx.append(posting(3)); });
  is_refused(store, [](Tx& tx) { tx.append(posting(2, 2)); });
  is_refused(store, [](Tx& tx) {
    auto earlier = entry(2);
    earlier.at = at(100);
    tx.append(earlier);
  });
  is_refused(store, [](Tx& tx) {
    auto nothing = posting(2);
    nothing.posting.amount = 0_idr;
    tx.append(nothing);
  });
  auto refuses_negative_wallets = [&] {
    for (std::size_t book = 0; book < kUserAccountCount; ++book)
      is_refused(store, [&](Tx& tx) {
        auto negative = wallet(1);
        negative.books.at(book).balance = -(1_idr);
        tx.put(negative);
      });
  };
  refuses_negative_wallets();
  write(store, [](Tx& tx) {
    tx.append(entry(2));
    tx.append(posting(2, 2));
    tx.put(wallet(1));
  });
  refuses_negative_wallets();
}

TEMPLATE_TEST_CASE("an order's update keeps what may change and nothing else", "[store]", Memory,
                   Sqlite) {
  TestType fixture;
  write(fixture.store, [](Tx& tx) {
    insert_basics(tx);
    tx.insert(order(1));
    Order other = order(2);
    other.id = OrderId{1};
    other.state = OrderState::failed;
    other.ref_id.clear();
    other.sn = "SN9";
    other.updated_at = at(999);
    tx.update(other);
  });
  Order expected = order(1);
  expected.state = OrderState::failed;
  expected.ref_id.clear();
  expected.sn = "SN9";
  expected.updated_at = at(999);
  fixture.store.read([&](const View& view) {
    CHECK(view.order(OrderId{1}) == expected);
    CHECK_FALSE(view.order_by_ref_id(UserId{1}, "ref1"));
    CHECK_FALSE(view.open_order(UserId{1}, ServiceId{1}, "target1", "123"));
    return 0;
  });
  // Its ref_id and its target are free again.
  write(fixture.store, [](Tx& tx) {
    auto next = order(2);
    next.ref_id = "ref1";
    next.target = "target1";
    tx.insert(next);
  });
}

TEMPLATE_TEST_CASE("an attempt's update keeps what becomes of it", "[store]", Memory, Sqlite) {
  TestType fixture;
  Attempt expected = attempt(2);
  expected.id = AttemptId{1};
  expected.number = 1;
  expected.sku = "another";
  write(fixture.store, [&](Tx& tx) {
    insert_basics(tx);
    tx.insert(order(1));
    tx.insert(attempt(1));
    tx.update(expected);
  });
  CHECK(seen(fixture.store, [](const View& v) { return *v.attempt(AttemptId{1}); }) == expected);
}

TEMPLATE_TEST_CASE("a receipt's update keeps its state and user", "[store]", Memory, Sqlite) {
  TestType fixture;
  write(fixture.store, [](Tx& tx) {
    insert_basics(tx);
    tx.insert(charge(1));
    tx.insert(receipt(1));
    Receipt other = receipt(1);
    other.state = ReceiptState::credited;
    other.user = UserId{2};
    other.amount = 1_idr;
    other.payment_id = "another";
    tx.update(other);
  });
  Receipt expected = receipt(1);
  expected.state = ReceiptState::credited;
  expected.user = UserId{2};
  CHECK(seen(fixture.store, [](const View& v) { return *v.receipt(ReceiptId{1}); }) == expected);
}

TEMPLATE_TEST_CASE("an open order is found by what it is for", "[store]", Memory, Sqlite) {
  TestType fixture;
  struct Row {
    OrderState state;
    bool open;
  };
  const Row rows[] = {
      {OrderState::unpaid, true},    {OrderState::queued, true},   {OrderState::sent, true},
      {OrderState::unknown, true},   {OrderState::review, true},   {OrderState::succeeded, false},
      {OrderState::failed, false},   {OrderState::expired, false}, {OrderState::cancelled, false},
      {OrderState::reversed, false}, {OrderState::late, false},    {OrderState::recovered, false},
  };
  write(fixture.store, [](Tx& tx) {
    insert_basics(tx);
    tx.insert(order(1));
  });
  for (const auto& row : rows)
    write(fixture.store, [&](Tx& tx) {
      auto changed = order(1);
      changed.state = row.state;
      tx.update(changed);
      CAPTURE(name(row.state));
      CHECK(tx.open_order(UserId{1}, ServiceId{1}, "target1", "123").has_value() == row.open);
      CHECK_FALSE(tx.open_order(UserId{1}, ServiceId{1}, "target1", ""));
      CHECK_FALSE(tx.open_order(UserId{2}, ServiceId{1}, "target1", "123"));
    });
}

TEMPLATE_TEST_CASE("offers come by priority and then by id", "[store]", Memory, Sqlite) {
  TestType fixture;
  write(fixture.store, [](Tx& tx) {
    insert_basics(tx);
    tx.insert(service(2));
    for (auto [id, priority] : {std::pair{2, 5}, {3, -1}, {4, 5}}) {
      auto o = offer(id);
      o.priority = priority;
      tx.insert(o);
    }
    tx.insert(offer(5, 2));
    std::string order;
    for (const auto& o : tx.offers(ServiceId{1}))
      order += std::to_string(o.id.value);
    CHECK(order == "3241");
    // A change is seen at once.
    auto first = offer(4);
    first.priority = -9;
    tx.update(first);
    CHECK(tx.offers(ServiceId{1}).front().id == OfferId{4});
  });
}

TEMPLATE_TEST_CASE("ids are never used again, not even an erased rule's", "[store]", Memory,
                   Sqlite) {
  TestType fixture;
  write(fixture.store, [](Tx& tx) {
    CHECK(next_id<PriceRuleId>(tx) == PriceRuleId{1});
    tx.insert(price_rule(1));
    tx.insert(price_rule(2));
    tx.erase(PriceRuleId{2});
    CHECK(next_id<PriceRuleId>(tx) == PriceRuleId{3});
    CHECK(tx.price_rules() == std::vector{price_rule(1)});
  });
  CHECK(seen(fixture.store, [](const View& v) { return v.last_id(Table::price_rules); }) == 2);
}

TEMPLATE_TEST_CASE("idempotency keys are forgotten oldest first or erased with their subject",
                   "[store]", Memory, Sqlite) {
  TestType fixture;
  write(fixture.store, [](Tx& tx) {
    insert_basics(tx);
    tx.insert(IdempotencyRow{UserId{1}, "order", "a", 1, at(30)});
    tx.insert(IdempotencyRow{UserId{1}, "order", "b", 2, at(10)});
    tx.insert(IdempotencyRow{UserId{1}, "deposit", "a", 1, at(20)});
    tx.insert(IdempotencyRow{UserId{2}, "order", "a", 1, at(40)});
    tx.erase_idempotency(UserId{1}, "order", 1);
    CHECK_FALSE(tx.idempotency(UserId{1}, "order", "a"));
    CHECK(tx.idempotency(UserId{1}, "deposit", "a"));
    CHECK(tx.idempotency(UserId{2}, "order", "a"));
    CHECK(tx.forget_idempotency(at(10), 9) == 0);
    CHECK(tx.forget_idempotency(at(21), 1) == 1);
    CHECK_FALSE(tx.idempotency(UserId{1}, "order", "b"));
    CHECK(tx.forget_idempotency(at(99), 9) == 2);
  });
}

TEMPLATE_TEST_CASE("incidents stay open until they are closed", "[store]", Memory, Sqlite) {
  TestType fixture;
  write(fixture.store, [](Tx& tx) {
    for (int id : {1, 2}) {
      auto open = incident(id);
      open.closed_at = std::nullopt;
      tx.insert(open);
    }
    CHECK(tx.open_incidents(IncidentKind::payment_waiting, 7).size() == 2);
    CHECK(tx.open_incidents(IncidentKind::payment_waiting, 8).empty());
    CHECK(tx.open_incidents(IncidentKind::late_success, 7).empty());
    tx.update(incident(1));
    CHECK(tx.open_incidents(IncidentKind::payment_waiting, 7).front().id == IncidentId{2});
  });
}

TEMPLATE_TEST_CASE("writers at the same moment never lose each other's work", "[store]", Memory,
                   Sqlite) {
  TestType fixture;
  write(fixture.store, insert_basics);
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 25; ++i)
        write(fixture.store, [](Tx& tx) {
          auto mine = tx.wallet(UserId{1});
          mine[AccountKind::user_balance].balance = mine[AccountKind::user_balance].balance + 1_idr;
          tx.put(mine);
        });
    });
  for (auto& thread : threads)
    thread.join();
  CHECK(seen(fixture.store, [](const View& v) { return v.wallet(UserId{1}).balance(); }) ==
        200_idr);
}
