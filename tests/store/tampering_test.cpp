// Whoever changes the file without the key is found, and what he changed is named.

#include <filesystem>
#include <string>
#include <vector>

#include "catch.h"
#include "core/toy_seal.h"
#include "process/temp_dir.h"
#include "store/inspect_file.h"
#include "store/new_keys.h"
#include "store/sqlite.h"
#include "store/sqlite_store.h"
#include "topup/checker.h"
#include "topup/commands.h"
#include "topup/erasure.h"

using namespace topup;
using namespace topup::literals;
using topupd::SqliteStore;

namespace {

constexpr Timestamp kNow{std::chrono::hours{24 * 365 * 56}};

SqliteStore::Options sealed() {
  SqliteStore::Options options;
  options.sealer = testing::toy_sealer();
  return options;
}

// As of another key.
Digest other_hash(std::string_view bytes) {
  auto digest = testing::toy_hash(bytes);
  digest.front() ^= 1U;
  return digest;
}

template <class T>
T must(const Result<T>& result) {
  REQUIRE(result);
  return *result;
}

void deliver(Tx& tx, OrderId order, const std::string& sn) {
  CapabilitySheet sheet;
  auto attempt = tx.attempts(order).back().id;
  must(begin_attempt(tx, {}, sheet, attempt, kNow));
  Outcome outcome;
  outcome.kind = OutcomeKind::succeeded;
  outcome.sn = sn;
  must(record_outcome(tx, {}, sheet, {attempt, outcome, {Actor::provider, 1}}, kNow));
}

PlaceOrder wish(const std::string& target) {
  PlaceOrder command;
  command.user = UserId{3};
  command.service = ServiceId{1};
  command.target = target;
  command.invoice = "INV-" + target;
  command.gateway = GatewayId{1};
  return command;
}

// A deposit, two orders from the balance, one for a customer, whose profit is withdrawn.
void live(Tx& tx) {
  must(register_user(tx, {"admin", "A", "a@shop.id", "", Role::admin}, kNow));
  must(register_user(tx, {"admin2", "B", "b@shop.id", "", Role::admin}, kNow));
  must(register_user(tx, {"toko_a", "T", "t@shop.id", ""}, kNow));
  must(ensure_provider(tx, "supplier"));
  must(ensure_gateway(tx, "qris"));
  must(put_service(tx, {{}, "Games", "Free Fire", "70 Diamond"}));
  must(put_offer(tx, {{}, {1}, {1}, "FF70", 9'500_idr}));
  must(open_deposit(tx, {}, {{3}, 50'000_idr, 100_idr, 0_idr, "DEP-1", {1}, "k"}, kNow));
  must(settle_payment(tx, {}, {{1}, "P-1", "DEP-1", 50'100_idr, 0_idr, kNow}, kNow));
  for (const std::string target : {"1234567890", "1234567891"})
    deliver(tx, must(place_order(tx, {}, wish(target), kNow)).order.id, "SN-" + target);
  auto sold = wish("1234567892");
  sold.selling_price = 30'000_idr;
  must(place_order(tx, {}, sold, kNow));
  must(settle_payment(tx, {}, {{1}, "P-2", sold.invoice, 30'000_idr, 0_idr, kNow}, kNow));
  deliver(tx, OrderId{3}, "SN-3");
  RequestWithdrawal out{{3}, 20'000_idr, "BCA", "123", "Toko", ""};
  must(request_withdrawal(tx, {}, out, kNow));
}

class Shop {
 public:
  Shop() {
    SqliteStore store{file(), sealed()};
    must(store.transact([](Tx& tx) -> Status {
      live(tx);
      return Nothing{};
    }));
  }

  std::filesystem::path file() const { return dir_.path() / "topup.db"; }

  void tamper(const std::string& sql) const {
    topupd::sqlite::Connection db{file().string(), topupd::sqlite::Access::read_write};
    db.run("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
    db.run(sql);
  }

  Report check(const SealCheck& seals = {testing::toy_hash, {}}) const {
    Report report;
    topupd::inspect_file(file(),
                         [&](const Archive& archive) { report = topup::check(archive, seals); });
    return report;
  }

 private:
  TempDir dir_;
};

std::string all_of(const Report& report) {
  std::string lines;
  for (const auto& violation : report.violations)
    lines += violation.invariant + " " + violation.what + "\n";
  return lines;
}

}  // namespace

TEST_CASE("what is changed in the file is found and named", "[store]") {
  struct Row {
    std::string sql, named;
  };
  // clang-format off
  const std::vector<Row> rows{
      {"UPDATE postings SET amount = amount + 1 WHERE id = 2", "I39 posting 2 of entry 1"},
      {"UPDATE postings SET credit_owner = 2 WHERE id = 1", "I39 posting 1 of entry 1"},
      {"UPDATE entries SET cause = 'admin:2' WHERE id = 3", "of entry 3"},
      {"UPDATE entries SET at = at - 1 WHERE id = 1", "I39 posting 1 of entry 1"},
      {"UPDATE postings SET id = -1 WHERE id = 2; UPDATE postings SET id = 2 WHERE id = 3;"
       "UPDATE postings SET id = 3 WHERE id = -1", "I39 posting 2 of"},
      {"DELETE FROM postings WHERE entry_id = 4; DELETE FROM entries WHERE id = 4", "I03 entry 5"},
      {"UPDATE postings SET seal = zeroblob(16) WHERE id = 2", "I39 posting 2 of entry 1"},
      {"UPDATE orders SET state = 'failed' WHERE id = 1", "I39 order 1 is not"},
      {"UPDATE orders SET price = price - 1 WHERE id = 2", "I39 order 2 is not"},
      {"UPDATE orders SET sn = 'SN-X' WHERE id = 2", "I39 order 2 is not"},
      {"UPDATE orders SET target = '999' WHERE id = 3", "I39 order 3 is not"},
      {"UPDATE orders SET target = '', customer_name = '', sn = '', salt = 0 WHERE id = 3",
       "I39 order 3 is not"},
      {"UPDATE orders SET salt = salt + 1 WHERE id = 3", "I39 order 3 is not"},
      {"DELETE FROM orders WHERE id = 2", "order 2"},
      {"UPDATE attempts SET final_cost = 1 WHERE id = 1", "I39 attempt 1 is not"},
      {"UPDATE charges SET nominal = nominal + 1 WHERE id = 1", "I39 charge 1 is not"},
      {"UPDATE charges SET asked_fee = 0 WHERE id = 1", "I39 charge 1 is not"},
      {"UPDATE charges SET settled_at = settled_at + 1 WHERE id = 1", "I39 charge 1 is not"},
      {"UPDATE receipts SET payment_id = 'P-9' WHERE id = 1", "I39 receipt 1 is not"},
      {"UPDATE withdrawals SET account_number = '666' WHERE id = 1", "I39 withdrawal 1 is not"},
      {"UPDATE withdrawals SET amount = amount + 1 WHERE id = 1", "I39 withdrawal 1 is not"},
      {"UPDATE steps SET cause = 'admin:1' WHERE subject = 'order' AND event = 'succeed'",
       "I39 order 1: step succeed"},
      {"UPDATE steps SET at = at + 1 WHERE id = 4", "I39"},
      {"DELETE FROM steps WHERE subject = 'order' AND subject_id = 2 AND event = 'send'",
       "I35 order 2: step succeed"},
      {"INSERT INTO steps SELECT (SELECT max(id) + 1 FROM steps), 'withdrawal', 1, 'pay', "
       "'requested', 'paid', 'admin:1', at, made, seal FROM steps WHERE id = 1;"
       "UPDATE withdrawals SET state = 'paid'", "I39 withdrawal 1: step pay"},
      {"INSERT INTO entries SELECT 99, kind, slot, 99, at, cause FROM entries WHERE id = 1",
       "I03 entry 99"},
  };
  // clang-format on
  Shop untouched;
  CHECK(all_of(untouched.check()) == "");
  CHECK(untouched.check().sealed);
  for (const auto& [sql, named] : rows) {
    Shop shop;
    shop.tamper(sql);
    auto found = all_of(shop.check());
    INFO(sql << "\n" << found);
    CHECK(found.find(named) != std::string::npos);
  }
}

TEST_CASE("another key than the journal was sealed with fits nowhere", "[store]") {
  Shop shop;
  auto report = shop.check({other_hash, {}});
  CHECK(report.violations_found > report.postings);
}

TEST_CASE("an older file in its place is found with the head that was noted since", "[store]") {
  Shop shop;
  auto older = shop.file();
  older += ".older";
  std::filesystem::copy_file(shop.file(), older);
  {
    SqliteStore store{shop.file(), sealed()};
    must(store.transact([](Tx& tx) { return pay_in_capital(tx, UserId{1}, 5_idr, kNow); }));
  }
  auto noted = shop.check().head;
  CHECK(all_of(shop.check({testing::toy_hash, noted})) == "");
  std::filesystem::rename(older, shop.file());
  CHECK(all_of(shop.check()) == "");
  CHECK(all_of(shop.check({testing::toy_hash, noted})).find("cut off") != std::string::npos);
}

TEST_CASE("under new keys the journal is whole, and what the old ones opened is forgotten",
          "[store]") {
  Shop shop;
  shop.tamper("UPDATE users SET key_hash = 'h' || id, key_sealed = 's', password = 'p'");
  shop.tamper("UPDATE users SET otp_sealed = 's' WHERE role = 'admin'");
  auto old_head = shop.check().head;
  auto forgotten = topupd::take_new_keys(shop.file(), other_hash, kNow);
  CHECK(forgotten.api_keys == 3);
  CHECK(forgotten.second_factors == 2);
  CHECK(forgotten.admins_passwords == 2);

  CHECK(all_of(shop.check({other_hash, {}})) == "");
  CHECK_FALSE(shop.check().ok());
  CHECK_FALSE(shop.check({other_hash, old_head}).ok());
  SqliteStore::Options options;
  options.sealer = {other_hash, [] { return std::int64_t{7}; }};
  {
    SqliteStore store{shop.file(), options};
    must(store.transact([](Tx& tx) {
      return pay_withdrawal(tx, {{1}, {1}, 0_idr, "paid"}, kNow);
    }));
    store.read([](const View& view) {
      CHECK(view.user(UserId{1})->credentials == Credentials{});
      CHECK(view.user(UserId{3})->credentials == Credentials{"p", "", "", ""});
      AuditLine line{AuditId{1}, {Actor::console, 0}, "restore/new-keys", "", "", "", kNow};
      CHECK(view.audit_line(AuditId{1}) == line);
      return 0;
    });
  }
  CHECK(all_of(shop.check({other_hash, {}})) == "");
  shop.tamper("UPDATE orders SET price = price + 1 WHERE id = 1");
  CHECK(all_of(shop.check({other_hash, {}})).find("I39 order 1 is not") != std::string::npos);
}

TEST_CASE("erasing a person leaves every seal whole, and what is left is sealed as before",
          "[store]") {
  Shop shop;
  constexpr UserId kGoes{3};
  {
    SqliteStore store{shop.file(), sealed()};
    must(store.transact([&](Tx& tx) -> Status {
      must(pay_withdrawal(tx, {{1}, {1}, 0_idr, "paid"}, kNow));
      auto left = tx.wallet(kGoes);
      if (left.profit() != 0_idr) must(transfer_profit(tx, {kGoes, left.profit(), ""}, kNow));
      ProposeAdjustment empty{{1}, kGoes, -tx.wallet(kGoes).balance(), "goes", ""};
      must(propose_adjustment(tx, empty, kNow));
      must(approve_adjustment(tx, {2}, {1}, kNow));
      must(erase_user(tx, kGoes, {Actor::console, 0}, kNow));
      return Nothing{};
    }));
    EraseRecords all{kGoes, kNow + std::chrono::hours{1}, {Actor::console, 0}};
    CHECK(must(erase_all_records(store, all, kNow)) == ErasedRecords{3, 1, 0});
  }
  CHECK(all_of(shop.check()) == "");
  shop.tamper("UPDATE orders SET price = price + 1 WHERE id = 1");
  shop.tamper("UPDATE withdrawals SET account_number = '666' WHERE id = 1");
  auto found = all_of(shop.check());
  INFO(found);
  CHECK(found.find("I39 order 1 is not") != std::string::npos);
  CHECK(found.find("I39 withdrawal 1 is not") != std::string::npos);
}
