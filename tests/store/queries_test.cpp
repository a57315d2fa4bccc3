// Lists: the right records, page by page.

#include <string>
#include <vector>

#include "catch.h"
#include "store/fixtures.h"
#include "store/listed.h"
#include "store/open.h"
#include "store/queries.h"
#include "store/reader_pool.h"
#include "store/records.h"
#include "store/touched.h"
#include "store/trace.h"

using namespace sample;
using namespace topupd;

TEST_CASE("deposits leave out what is paid for an order", "[store]") {
  Sqlite fixture;
  write(fixture.store, [](Tx& tx) {
    insert_basics(tx);
    tx.insert(order(1));
    for (int id = 1; id <= 4; ++id) {
      auto c = charge(id);
      if (id == 2) c.purpose = ChargePurpose::order, c.order = OrderId{1};
      if (id == 3) c.user = UserId{2};
      tx.insert(c);
    }
  });
  CHECK(ids(deposits(fixture.store, UserId{1}, {})) == "4 1");
  CHECK(ids(deposits(fixture.store, UserId{1}, {0, 1})) == "4 after 4");
}

TEST_CASE("operators find users by the beginning of a name or address", "[store]") {
  Sqlite fixture;
  write(fixture.store, [](Tx& tx) {
    for (int id = 1; id <= 12; ++id)
      tx.insert(user(id));
    auto u = user(20);
    u.username = "other";
    u.email = "user@example.com";
    tx.insert(u);
  });
  CHECK(ids(users(fixture.store, "user1", {})) == "12 11 10 1");
  CHECK(ids(users(fixture.store, "user@", {})) == "20");
  CHECK(ids(users(fixture.store, "o", {})) == "20");
  CHECK(ids(users(fixture.store, "nobody", {})).empty());
  CHECK(ids(users(fixture.store, "", {0, 2})) == "20 12 after 12");
}

TEST_CASE("operators see what waits for them, and its count", "[store]") {
  Sqlite fixture;
  auto& store = fixture.store;
  write(store, [](Tx& tx) {
    insert_orders(tx);
    tx.insert(attempt(1));
    for (int id : {1, 2}) {
      auto w = withdrawal(id);
      if (id == 2) w.state = WithdrawalState::requested;
      tx.insert(w);
      auto a = adjustment(id);
      if (id == 2) a.state = AdjustmentState::proposed, a.decided_by = UserId{};
      tx.insert(a);
      auto i = incident(id);
      if (id == 2) i.closed_at = std::nullopt;
      tx.insert(i);
    }
    tx.insert(charge(1));
    tx.insert(receipt(1));
  });
  CHECK(ids(withdrawals(store, WithdrawalState::requested, {})) == "2");
  CHECK(ids(withdrawals(store, WithdrawalState::paid, {})) == "1");
  CHECK(ids(withdrawals(store, UserId{1}, {})) == "2 1");
  CHECK(ids(adjustments(store, AdjustmentState::proposed, {})) == "2");
  CHECK(ids(waiting_receipts(store, {})) == "1");
  CHECK(ids(receipts(store, ReceiptState::waiting, {})) == "1");
  CHECK(ids(receipts(store, ReceiptState::applied, {})).empty());
  CHECK(ids(open_incidents(store, {})) == "2");
  auto counts = open_counts(store);
  CHECK(counts.orders == std::map<OrderState, std::int64_t>{{OrderState::queued, 1},
                                                            {OrderState::sent, 1},
                                                            {OrderState::unknown, 1}});
  CHECK(counts.due_attempts == 1);
  CHECK(counts.first_due_attempt == at(130));
  CHECK(counts.waiting_receipts == 1);
  CHECK(counts.requested_withdrawals == 1);
  CHECK(counts.proposed_adjustments == 1);
  CHECK(counts.incidents == 1);
}

TEST_CASE("deposits are found by reseller and state", "[store]") {
  Sqlite fixture;
  auto& store = fixture.store;
  write(store, [](Tx& tx) {
    insert_basics(tx);
    for (int id : {1, 2, 3}) {
      auto one = charge(id);
      one.user = UserId{id == 3 ? 2 : 1};
      one.state = id == 2 ? ChargeState::settled : ChargeState::pending;
      tx.insert(one);
    }
    auto paid = receipt(1);
    paid.charge = ChargeId{2};
    tx.insert(paid);
  });
  CHECK(ids(deposits(store, DepositFilter{}, {})) == "3 2 1");
  CHECK(ids(deposits(store, DepositFilter{UserId{1}, {}}, {})) == "2 1");
  CHECK(ids(deposits(store, DepositFilter{{}, ChargeState::pending}, {})) == "3 1");
  CHECK(ids(deposits(store, DepositFilter{UserId{1}, ChargeState::settled}, {})) == "2");
  CHECK(receipts_of(store, ChargeId{2}).front().id == ReceiptId{1});
  CHECK(receipts_of(store, ChargeId{1}).empty());
}

TEST_CASE("postings are found by the slots of their entries", "[store]") {
  Sqlite fixture;
  auto& store = fixture.store;
  write(store, [](Tx& tx) {
    insert_basics(tx);
    int next = 1;
    for (int id : {1, 2, 3}) {
      auto one = entry(id);
      one.ref = 10 + id;
      tx.append(one);
      for (int lines = 0; lines < id; ++lines)
        tx.append(posting(next++, id));
    }
  });
  const auto slot = slot_of(entry(1).kind);
  const auto found = [&](const std::vector<EntryPlace>& places) {
    std::string text;
    for (const auto& posting : postings_at(store, places))
      text += std::to_string(posting.id.value) + " ";
    return text;
  };
  CHECK(found({{slot, 11}}) == "1 ");
  CHECK(found({{slot, 12}}) == "2 3 ");
  CHECK(found({{slot, 13}, {slot, 11}}) == "1 4 5 6 ");
  CHECK(found({{slot, 14}}).empty());
}

TEST_CASE("tiers come by name", "[store]") {
  Sqlite fixture;
  write(fixture.store, [](Tx& tx) {
    tx.put(Tier{"silver", 60});
    tx.put(Tier{"gold", 120});
    tx.put(Tier{"silver", 0});
  });
  CHECK(tiers(fixture.store) == std::vector<Tier>{{"gold", 120}, {"silver", 0}});
}

TEST_CASE("the history of an order holds the steps of its attempts and its charge", "[store]") {
  Sqlite fixture;
  write(fixture.store, [](Tx& tx) {
    insert_basics(tx);
    tx.insert(order(1));
    tx.insert(order(2));
    tx.insert(attempt(5, 1));
    auto c = charge(7);
    c.purpose = ChargePurpose::order;
    c.order = OrderId{1};
    tx.insert(c);
    for (auto [subject, id] : {std::pair{Subject::charge, 7},
                               {Subject::order, 1},
                               {Subject::attempt, 5},
                               {Subject::order, 2},
                               {Subject::attempt, 1},
                               {Subject::order, 1}}) {
      auto s = step(id);
      s.subject = subject;
      tx.append(s, {});
    }
  });
  std::string subjects;
  for (const auto& s : history(fixture.store, OrderId{1}))
    subjects += std::string{name(s.subject)} + " ";
  CHECK(subjects == "charge order attempt order ");
}

TEST_CASE("a statement follows one account of one user and adds up to its balance", "[store]") {
  Sqlite fixture;
  auto& store = fixture.store;
  const LedgerAccount account{AccountKind::user_balance, 1};
  write(store, [&](Tx& tx) {
    insert_basics(tx);
    auto deposit = [](int ref, Money amount) {
      Entry e{EntryKind::deposit_settled, ref, {}, Cause{}};
      e.add({AccountKind::gateway_clearing, 1}, {AccountKind::user_balance, 1}, amount);
      return e;
    };
    REQUIRE(post(tx, deposit(1, 100_idr), at(1)));
    REQUIRE(post(tx, deposit(2, 50_idr), at(2)));
    Entry held{EntryKind::order_held, 1, {}, Cause{}};
    held.add(account, {AccountKind::user_hold, 1}, 30_idr);
    REQUIRE(post(tx, held, at(3)));
  });
  auto lines = [&](const PageRequest& page) {
    auto found = statement(store, account, page);
    std::string result;
    for (const auto& line : found.records)
      result += std::to_string(line.amount.units()) + "=" + std::to_string(line.after.units()) +
                "@" + std::to_string(line.entry.at.time_since_epoch().count()) + " ";
    return result + (found.next != 0 ? "after " + std::to_string(found.next) : "");
  };
  CHECK(lines({}) == "-30=120@3 50=150@2 100=100@1 ");
  CHECK(lines({0, 2}) == "-30=120@3 50=150@2 after 1");
  CHECK(lines({1, 2}) == "100=100@1 ");
  CHECK(lines({99, 2}).empty());
  CHECK(statement(store, {AccountKind::user_profit, 1}, {1, 9}).records.empty());
  CHECK(statement(store, {AccountKind::user_balance, 2}, {1, 9}).records.empty());
}

TEST_CASE("the price list shows the cost that a price would come from", "[store]") {
  Sqlite fixture;
  write(fixture.store, [](Tx& tx) {
    insert_basics(tx);  // its offer and its provider are inactive
    tx.insert(Provider{ProviderId{2}, "active", true});
    tx.insert(service(2));
    int id = 2;
    auto add = [&](int provider, int priority, bool active) {
      auto o = offer(id, 2);
      o.provider = ProviderId{provider};
      o.priority = priority;
      o.active = active;
      o.cost = *Money::from_units(std::int64_t{1'000} * id++);
      tx.insert(o);
    };
    add(1, 1, true);
    add(2, 2, false);
    add(2, 4, true);
    add(2, 3, true);
    tx.insert(price_rule(1));
  });
  auto list = price_list(fixture.store);
  REQUIRE(list.services.size() == 2);
  CHECK(list.services[0].service == service(1));
  CHECK_FALSE(list.services[0].cost);
  CHECK(list.services[1].cost == 5'000_idr);
  CHECK(list.rules == std::vector{price_rule(1)});
}

TEST_CASE("who owns what took a step is found once, from a step on", "[store]") {
  Sqlite fixture;
  write(fixture.store, insert_orders);
  const auto step = [&](Subject subject, std::int64_t id) {
    write(fixture.store, [&](Tx& tx) {
      tx.append(Step{subject, id, "send", "", "sent", {}, at(1)}, "");
    });
  };
  const auto begin = last_step(fixture.store);
  CHECK(touched_since(fixture.store, begin).users.empty());
  step(Subject::order, 1);
  step(Subject::order, 3);
  step(Subject::prefund, 1);
  const auto first = touched_since(fixture.store, begin);
  CHECK(first.users == std::vector{UserId{1}});
  CHECK(first.last == begin + 3);
  step(Subject::order, 2);
  CHECK(touched_since(fixture.store, first.last).users == std::vector{UserId{2}});
  CHECK(touched_since(fixture.store, begin).users.size() == 2);
}
