// Every record comes back as it was written, field by field.

#include "store/records.h"
#include "catch.h"
#include "store/columns.h"
#include "store/fixtures.h"

using namespace sample;

namespace {

// Writes a record in one transaction; reads it there, and again from outside.
template <class Record, class Read>
void comes_back(Store& store, const Record& record, Read read) {
  write(store, [&](Tx& tx) {
    tx.insert(record);
    CHECK(read(static_cast<const View&>(tx)) == record);
  });
  CHECK(seen(store, read) == record);
}

// Takes what the field of that number says from a record.
class Blank {
 public:
  explicit Blank(int number) : left_{number} {}

  template <class... Fields>
  void operator()(Fields&&... fields) {
    (take(fields), ...);
  }
  bool was_there() const { return left_ < 0; }
  bool said_something() const { return said_something_; }

 private:
  template <class Field>
  void take(Field& field) {
    if (left_-- != 0) return;
    said_something_ = field != Field{};
    field = Field{};
  }
  template <class Field>
  void take(topupd::NullIfNone<Field>& none) {
    take(none.field);
  }

  int left_;
  bool said_something_ = false;
};

template <class Record>
void differs_by_each_field(const Record& record) {
  for (int number = 0;; ++number) {
    CAPTURE(number);
    auto other = record;
    Blank blank{number};
    topupd::columns(blank, other);
    if (!blank.was_there()) return;
    CHECK((other != record) == blank.said_something());
  }
}

}  // namespace

TEST_CASE("records that differ in one field are not equal", "[store]") {
  differs_by_each_field(user(1));
  differs_by_each_field(Tier{"gold", 5});
  differs_by_each_field(service(1));
  differs_by_each_field(provider(1));
  differs_by_each_field(offer(1));
  differs_by_each_field(price_rule(1));
  differs_by_each_field(order(2));
  differs_by_each_field(attempt(1));
  differs_by_each_field(gateway(1));
  differs_by_each_field(charge(1));
  differs_by_each_field(receipt(1));
  differs_by_each_field(withdrawal(1));
  differs_by_each_field(Transfer{{1}, {1}, 5_idr, at(1)});
  differs_by_each_field(adjustment(1));
  differs_by_each_field(Prefund{{1}, {1}, PrefundState::confirmed, 5_idr, 1_idr, at(1)});
  differs_by_each_field(
      TreasuryMove{{1}, TreasuryMoveKind::gateway_payout, {1}, {1}, 5_idr, at(1)});
  differs_by_each_field(wallet(1));
  differs_by_each_field(posting(2));
  differs_by_each_field(incident(1));
  differs_by_each_field(step(1));
  differs_by_each_field(IdempotencyRow{UserId{1}, "order", "key", 1, at(1)});
}

TEMPLATE_TEST_CASE("people and the catalogue come back as they were written", "[store]", Memory,
                   Sqlite) {
  TestType fixture;
  auto& store = fixture.store;
  comes_back(store, user(1), [](const View& v) { return *v.user(UserId{1}); });
  comes_back(store, service(1), [](const View& v) { return *v.service(ServiceId{1}); });
  comes_back(store, provider(1), [](const View& v) { return *v.provider(ProviderId{1}); });
  comes_back(store, gateway(1), [](const View& v) { return *v.gateway(GatewayId{1}); });
  comes_back(store, offer(1), [](const View& v) { return *v.offer(OfferId{1}); });
  comes_back(store, price_rule(1), [](const View& v) { return *v.price_rule(PriceRuleId{1}); });
  write(store, [](Tx& tx) { tx.put(Tier{"gold", 600}); });
  CHECK(seen(store, [](const View& v) { return v.tier("gold"); }) == Tier{"gold", 600});
}

TEMPLATE_TEST_CASE("orders, payments and the rest come back as they were written", "[store]",
                   Memory, Sqlite) {
  TestType fixture;
  auto& store = fixture.store;
  write(store, insert_basics);
  comes_back(store, order(1), [](const View& v) { return *v.order(OrderId{1}); });
  comes_back(store, order(2), [](const View& v) { return *v.order(OrderId{2}); });
  comes_back(store, attempt(1), [](const View& v) { return *v.attempt(AttemptId{1}); });
  comes_back(store, charge(1), [](const View& v) { return *v.charge(ChargeId{1}); });
  auto of_order = charge(2);
  of_order.purpose = ChargePurpose::order;
  of_order.order = OrderId{1};
  comes_back(store, of_order, [](const View& v) { return *v.charge_of(OrderId{1}); });
  comes_back(store, receipt(1), [](const View& v) { return *v.receipt(ReceiptId{1}); });
  comes_back(store, withdrawal(1), [](const View& v) { return *v.withdrawal(WithdrawalId{1}); });
  comes_back(store, adjustment(1), [](const View& v) { return *v.adjustment(AdjustmentId{1}); });
  comes_back(store, incident(1), [](const View& v) { return *v.incident(IncidentId{1}); });
  comes_back(store, audit_line(1), [](const View& v) { return *v.audit_line(AuditId{1}); });
  comes_back(store, notice(1), [](const View& v) { return *v.notice(NoticeId{1}); });
  comes_back(store, Transfer{TransferId{1}, UserId{1}, 5_idr, at(1)},
             [](const View& v) { return *v.transfer(TransferId{1}); });
  comes_back(store,
             Prefund{PrefundId{1}, ProviderId{1}, PrefundState::confirmed, 5_idr, 1_idr, at(1)},
             [](const View& v) { return *v.prefund(PrefundId{1}); });
  comes_back(store,
             TreasuryMove{TreasuryMoveId{1}, TreasuryMoveKind::debt_by_bank, GatewayId{1},
                          UserId{2}, 5_idr, at(1)},
             [](const View& v) { return *v.treasury_move(TreasuryMoveId{1}); });
  comes_back(store, IdempotencyRow{UserId{1}, "order", "key", 7, at(1)},
             [](const View& v) { return *v.idempotency(UserId{1}, "order", "key"); });
}

TEMPLATE_TEST_CASE("none is kept as none", "[store]", Memory, Sqlite) {
  TestType fixture;
  auto& store = fixture.store;
  write(store, insert_basics);
  Order plain_order = order(1);
  plain_order.ref_id.clear();
  plain_order.nometer.clear();
  comes_back(store, plain_order, [](const View& v) { return *v.order(OrderId{1}); });
  Attempt planned = attempt(1);
  planned.sent_at = planned.inquired_at = planned.due_at = std::nullopt;
  comes_back(store, planned, [](const View& v) { return *v.attempt(AttemptId{1}); });
  Receipt of_nobody = receipt(1);
  of_nobody.charge = ChargeId{};
  of_nobody.user = UserId{};
  comes_back(store, of_nobody, [](const View& v) { return *v.receipt(ReceiptId{1}); });
  PriceRule uncapped = price_rule(1);
  uncapped.cap = std::nullopt;
  comes_back(store, uncapped, [](const View& v) { return *v.price_rule(PriceRuleId{1}); });
  User plain = user(3);
  plain.allowed_addresses.clear();
  plain.credentials = {};
  comes_back(store, plain, [](const View& v) { return *v.user(UserId{3}); });
  Incident open = incident(1);
  open.closed_at = std::nullopt;
  open.closed_by = Cause{};
  comes_back(store, open, [](const View& v) { return *v.incident(IncidentId{1}); });
}

TEMPLATE_TEST_CASE("the books come back as they were written", "[store]", Memory, Sqlite) {
  TestType fixture;
  auto& store = fixture.store;
  write(store, [](Tx& tx) {
    insert_basics(tx);
    tx.append(entry(1));
    tx.append(posting(1));
    tx.put(wallet(1));
    CHECK(tx.journal_head() == JournalHead{EntryId{1}, PostingId{1}, at(101), {}});
    tx.append(step(1), {});
    CHECK(tx.journal_head() == JournalHead{EntryId{1}, PostingId{1}, at(101), at(110), 1});
  });
  CHECK(seen(store, [](const View& v) { return *v.entry(EntryId{1}); }) == entry(1));
  CHECK(seen(store, [](const View& v) { return v.has_entry(EntrySlot::order_hold, 71); }));
  CHECK_FALSE(seen(store, [](const View& v) { return v.has_entry(EntrySlot::order_done, 71); }));
  CHECK(seen(store, [](const View& v) { return *v.posting(PostingId{1}); }) == posting(1));
  CHECK(seen(store, [](const View& v) { return v.wallet(UserId{1}); }) == wallet(1));
  CHECK(seen(store, [](const View& v) { return v.journal_head(); }) ==
        JournalHead{EntryId{1}, PostingId{1}, at(101), at(110), 1});
}

TEMPLATE_TEST_CASE("the archive visits everything once and in order", "[store]", Memory, Sqlite) {
  TestType fixture;
  write(fixture.store, [](Tx& tx) {
    insert_basics(tx);
    for (int id : {1, 2, 3}) {
      tx.insert(order(id));
      tx.append(entry(id));
      tx.append(step(id), {});
    }
    tx.put(wallet(2));
    tx.insert(IdempotencyRow{UserId{1}, "order", "b", 1, at(1)});
    tx.insert(IdempotencyRow{UserId{1}, "order", "a", 2, at(2)});
  });
  std::string visited;
  fixture.store.inspect([&](const Archive& archive) {
    archive.each([&](const User& r) { visited += "u" + std::to_string(r.id.value); });
    archive.each([&](const Order& r) { visited += "o" + std::to_string(r.id.value); });
    archive.each([&](const StoredEntry& r) { visited += "e" + std::to_string(r.id.value); });
    archive.each([&](const Step& r) { visited += r == step(1) ? "S" : "s"; });
    archive.each([&](const Wallet& r) { visited += "w" + std::to_string(r.user.value); });
    archive.each([&](const IdempotencyRow& r) { visited += r.key; });
    archive.each([&](const Attempt&) { visited += "never"; });
  });
  CHECK(visited == "u1u2o1o2o3e1e2e3Sssw2ab");
}
