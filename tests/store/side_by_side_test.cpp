// Whatever is asked, in whatever order: the store in maps and the store in a file
// give the same answers.

#include <functional>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>

#include "catch.h"
#include "store/fixtures.h"
#include "store/records.h"

using namespace sample;

namespace {

// Few and small, so that they collide: ids 1 to 4, of which half the users exist.
class Chance {
 public:
  explicit Chance(unsigned seed) : random_{seed} {}
  int up_to(int most) { return static_cast<int>(random_() % static_cast<unsigned>(most)) + 1; }
  bool once_in(int n) { return up_to(n) == 1; }

 private:
  std::mt19937 random_;
};

Order some_order(Chance& chance, bool is_new) {
  auto r = order(chance.up_to(6));
  r.invoice = "INV-" + std::to_string(is_new ? chance.up_to(9) : 0);
  r.user = UserId{chance.up_to(2)};
  r.previous = OrderId{chance.up_to(static_cast<int>(r.id.value)) - 1};
  r.target = "target" + std::to_string(chance.up_to(2));
  r.ref_id = chance.once_in(2) ? "" : "ref" + std::to_string(chance.up_to(3));
  r.state = static_cast<OrderState>(chance.up_to(12) - 1);
  r.updated_at = at(chance.up_to(9));
  return r;
}

Attempt some_attempt(Chance& chance) {
  auto r = attempt(chance.up_to(6), chance.up_to(3));
  r.number = chance.up_to(3);
  r.state = static_cast<AttemptState>(chance.up_to(10) - 1);
  if (chance.once_in(3))
    r.due_at = std::nullopt;
  else
    r.due_at = at(chance.up_to(5));
  return r;
}

Charge some_charge(Chance& chance) {
  auto r = charge(chance.up_to(5));
  r.code = "C" + std::to_string(chance.up_to(6));
  if (chance.once_in(2)) {
    r.purpose = ChargePurpose::order;
    r.order = OrderId{chance.up_to(4)};
  }
  if (chance.once_in(3))
    r.due_at = std::nullopt;
  else
    r.due_at = at(chance.up_to(5));
  return r;
}

Receipt some_receipt(Chance& chance) {
  auto r = receipt(chance.up_to(4));
  r.payment_id = "pay" + std::to_string(chance.up_to(4));
  r.charge = ChargeId{chance.up_to(4) - 1};
  r.user = UserId{chance.up_to(3) - 1};
  r.state = static_cast<ReceiptState>(chance.up_to(6) - 1);
  return r;
}

using Write = std::function<void(Tx&)>;

Write write_of_people(Chance& chance) {
  auto u = user(chance.up_to(3));
  u.username = "name" + std::to_string(chance.up_to(3));
  u.email = "mail" + std::to_string(chance.up_to(3));
  if (chance.once_in(2)) u.erased_at = std::nullopt;
  if (chance.once_in(2)) u.role = Role::reseller;
  u.credentials.key_hash = chance.once_in(2) ? "" : "key" + std::to_string(chance.up_to(3));
  auto w = wallet(chance.up_to(3));
  w[AccountKind::user_hold].balance = *Money::from_units(chance.up_to(4) - 2);
  w.last_order = OrderId{chance.up_to(7) - 1};
  switch (chance.up_to(4)) {
    case 1: return [u](Tx& tx) { tx.insert(u); };
    case 2: return [u](Tx& tx) { tx.update(u); };
    case 3: return [w](Tx& tx) { tx.put(w); };
    default: return [n = chance.up_to(9)](Tx& tx) { tx.put(Tier{"gold", n}); };
  }
}

Write write_of_catalogue(Chance& chance) {
  auto s = service(chance.up_to(2));
  s.available = chance.once_in(2);
  auto o = offer(chance.up_to(4), chance.up_to(2));
  o.priority = chance.up_to(2);
  auto rule = price_rule(chance.up_to(3));
  rule.flat = *Money::from_units(chance.up_to(9));
  Provider p{ProviderId{chance.up_to(2)}, "p" + std::to_string(chance.up_to(2)), true};
  switch (chance.up_to(9)) {
    case 1: return [s](Tx& tx) { tx.insert(s); };
    case 2: return [s](Tx& tx) { tx.update(s); };
    case 3: return [o](Tx& tx) { tx.insert(o); };
    case 4: return [o](Tx& tx) { tx.update(o); };
    case 5: return [rule](Tx& tx) { tx.insert(rule); };
    case 6: return [rule](Tx& tx) { tx.update(rule); };
    case 7: return [rule](Tx& tx) { tx.erase(rule.id); };
    case 8: return [p](Tx& tx) { tx.insert(p); };
    default: return [p](Tx& tx) { tx.update(p); };
  }
}

Write write_of_orders(Chance& chance) {
  switch (chance.up_to(9)) {
    case 9: return [o = some_order(chance, false)](Tx& tx) { tx.overwrite(o); };
    case 1:
    case 2: return [o = some_order(chance, true)](Tx& tx) { tx.insert(o); };
    case 3: return [o = some_order(chance, false)](Tx& tx) { tx.update(o); };
    case 4: return [a = some_attempt(chance)](Tx& tx) { tx.insert(a); };
    case 5:
      return [a = some_attempt(chance)](Tx& tx) {
        auto changed = tx.attempt(a.id).value_or(a);
        changed.state = a.state;
        changed.due_at = a.due_at;
        tx.update(changed);
      };
    case 6: return [c = some_charge(chance)](Tx& tx) { tx.insert(c); };
    case 7:
      return [c = some_charge(chance)](Tx& tx) {
        auto changed = tx.charge(c.id).value_or(c);
        changed.due_at = c.due_at;
        tx.update(changed);
      };
    default:
      if (chance.once_in(2)) return [r = some_receipt(chance)](Tx& tx) { tx.insert(r); };
      return [r = some_receipt(chance)](Tx& tx) { tx.update(r); };
  }
}

Write write_of_the_rest(Chance& chance) {
  auto i = incident(chance.up_to(3));
  i.subject = chance.up_to(2);
  if (chance.once_in(2)) i.closed_at = std::nullopt;
  IdempotencyRow row{UserId{chance.up_to(2)}, "order", std::to_string(chance.up_to(4)),
                     chance.up_to(3), at(chance.up_to(5))};
  auto e = entry(1);
  e.ref = chance.up_to(4);
  e.kind = static_cast<EntryKind>(chance.up_to(26) - 1);
  bool pays_in = chance.once_in(2);
  LedgerAccount bank{AccountKind::bank, 0};
  LedgerAccount clearing{AccountKind::gateway_clearing, chance.up_to(2)};
  Posting moved{pays_in ? clearing : bank, pays_in ? bank : clearing,
                *Money::from_units(chance.up_to(9))};
  switch (chance.up_to(7)) {
    case 7: return [row](Tx& tx) { tx.forget_idempotency(row.user, 1); };
    case 1: return [i](Tx& tx) { tx.insert(i); };
    case 2: return [i](Tx& tx) { tx.update(i); };
    case 3: return [row](Tx& tx) { tx.insert(row); };
    case 4: return [row](Tx& tx) { tx.erase_idempotency(row.user, row.route, row.subject); };
    case 5: return [row](Tx& tx) { tx.forget_idempotency(row.at, 2); };
    default:
      return [e, moved](Tx& tx) {
        auto next = e;
        next.id.value = tx.journal_head().entry.value + 1;
        tx.append(next);
        auto line = posting(1);
        line.id.value = tx.journal_head().posting.value + 1;
        line.entry = next.id;
        line.debit.previous = PostingId{};
        tx.append(line);
        auto second = line;
        ++second.id.value;
        second.posting = moved;
        second.debit = Mark{};
        tx.append(second);
      };
  }
}

Write some_write(Chance& chance) {
  switch (chance.up_to(5)) {
    case 1: return write_of_people(chance);
    case 2: return write_of_catalogue(chance);
    case 3: return write_of_the_rest(chance);
    default: return write_of_orders(chance);
  }
}

template <class Record>
std::string id_of(const std::optional<Record>& record) {
  return record ? std::to_string(record->id.value) + "," : "-,";
}
template <class Record>
std::string ids_of(const std::vector<Record>& records) {
  std::string ids;
  for (const auto& record : records)
    ids += std::to_string(record.id.value) + ",";
  return ids + ";";
}

template <topup::Table kTable>
std::string ids_of(const std::vector<topup::Id<kTable>>& found) {
  std::string ids;
  for (const auto& id : found)
    ids += std::to_string(id.value) + ",";
  return ids + ";";
}

// What is found by which way: compared as text.
std::string found_by(const View& view) {
  std::ostringstream out;
  for (int n = 1; n <= 9; ++n) {
    auto digit = std::to_string(n);
    out << id_of(view.user_by_username("name" + digit)) << id_of(view.user_by_email("mail" + digit))
        << id_of(view.user_by_key("key" + digit)) << id_of(view.provider_by_name("p" + digit))
        << id_of(view.order_by_invoice("INV-" + digit)) << id_of(view.charge_by_code("C" + digit))
        << id_of(view.charge_of(OrderId{n}))
        << id_of(view.receipt_by_payment(GatewayId{1}, "pay" + digit))
        << ids_of(view.attempts(OrderId{n})) << ids_of(view.due_attempts(ProviderId{1}, at(n), 3))
        << ids_of(view.due_providers(at(n))) << ids_of(view.due_charges(at(n), 3))
        << ids_of(view.offers(ServiceId{n}))
        << ids_of(view.open_incidents(IncidentKind::payment_waiting, n))
        << view.clearing(GatewayId{n}) << ",";
    for (int user = 1; user <= 2; ++user) {
      out << id_of(view.order_by_ref_id(UserId{user}, "ref" + digit));
      auto open = view.open_order(UserId{user}, ServiceId{1}, "target" + digit, "123");
      out << (open ? open->value : 0) << ",";
      auto row = view.idempotency(UserId{user}, "order", digit);
      out << (row ? row->subject : 0) << ",";
    }
  }
  for (int user = 1; user <= 2; ++user) {
    auto open = view.under_way(UserId{user});
    out << open.order.value << "," << open.charge.value << "," << open.receipt.value << ";";
  }
  out << ids_of(view.admins()) << view.erased_users().size() << ",";
  out << id_of(view.user_by_key("")) << view.tier("gold").value_or(Tier{}).api_per_minute;
  for (int table = 0; table < kTableCount; ++table)
    out << "," << view.last_id(static_cast<Table>(table));
  for (int kind = 0; kind < 26; ++kind)
    for (int ref = 1; ref <= 4; ++ref)
      out << view.has_entry(slot_of(static_cast<EntryKind>(kind)), ref);
  return out.str();
}

// True if every field of every record is the same.
bool same_records(const View& a, const View& b) {
  bool same = a.price_rules() == b.price_rules() && a.notices() == b.notices() &&
              a.journal_head() == b.journal_head();
  for (int n = 1; n <= 9; ++n)
    same = same && a.user(UserId{n}) == b.user(UserId{n}) &&
           a.wallet(UserId{n}) == b.wallet(UserId{n}) &&
           a.service(ServiceId{n}) == b.service(ServiceId{n}) &&
           a.offer(OfferId{n}) == b.offer(OfferId{n}) &&
           a.price_rule(PriceRuleId{n}) == b.price_rule(PriceRuleId{n}) &&
           a.provider(ProviderId{n}) == b.provider(ProviderId{n}) &&
           a.order(OrderId{n}) == b.order(OrderId{n}) &&
           a.attempt(AttemptId{n}) == b.attempt(AttemptId{n}) &&
           a.charge(ChargeId{n}) == b.charge(ChargeId{n}) &&
           a.receipt(ReceiptId{n}) == b.receipt(ReceiptId{n}) &&
           a.incident(IncidentId{n}) == b.incident(IncidentId{n}) &&
           a.audit_line(AuditId{n}) == b.audit_line(AuditId{n}) &&
           a.entry(EntryId{n}) == b.entry(EntryId{n}) &&
           a.posting(PostingId{n}) == b.posting(PostingId{n});
  return same;
}

// "done", or why not.
std::string attempted(Store& store, const std::vector<Write>& writes) {
  try {
    write(store, [&](Tx& tx) {
      for (const auto& one : writes)
        one(tx);
    });
    return "done";
  } catch (const std::logic_error&) {
    return "refused";
  }
}

}  // namespace

TEST_CASE("both stores give the same answers, whatever is asked", "[store]") {
  auto seed = GENERATE(range(1u, 9u));
  CAPTURE(seed);
  Chance chance{seed};
  Memory memory;
  // Its orders are no chain, by which their ref_ids would be found while they are in memory alone.
  topupd::SqliteStore::Options options;
  options.ref_ids = {0, 4, 1, 1};
  options.wallets = {3, 2, 6};
  File file;
  auto& sqlite = file.open(options);
  for (Store* store : {static_cast<Store*>(&memory.store), static_cast<Store*>(&sqlite)})
    write(*store, [](Tx& tx) { tx.insert(gateway(1)); });
  int done = 0;
  for (int step = 0; step < 400; ++step) {
    CAPTURE(step);
    std::vector<Write> writes;
    for (int n = chance.up_to(3); n > 0; --n)
      writes.push_back(some_write(chance));
    auto outcome = attempted(memory.store, writes);
    REQUIRE(attempted(sqlite, writes) == outcome);
    done += outcome == "done" ? 1 : 0;
    if (step % 4 != 0) continue;
    memory.store.read([&](const View& in_maps) {
      sqlite.read([&](const View& in_file) {
        REQUIRE(found_by(in_file) == found_by(in_maps));
        REQUIRE(same_records(in_file, in_maps));
        return 0;
      });
      return 0;
    });
  }
  CHECK(done > 40);
  CHECK(done < 400);
}
