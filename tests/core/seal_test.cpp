// What is sealed, and the head as people write it down.

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "catch.h"
#include "core/damages.h"
#include "core/toy_seal.h"

using namespace topup;
using namespace topup::testing;

namespace {

std::string broken_by(const ArchiveCopy& archive, const SealCheck& seals) {
  std::string found;
  for (const auto& violation : check(archive, seals).violations)
    if (violation.invariant == "I39") found += violation.what + "\n";
  return found;
}

NotedHead head_of(const ArchiveCopy& archive) { return check(archive).head; }

// Cuts what came after a moment off, as whoever puts an older file in its place does.
void cut(ArchiveCopy& archive, std::size_t postings, std::size_t steps) {
  archive.postings.resize(archive.postings.size() - postings);
  archive.steps.resize(archive.steps.size() - steps);
}

// What canonical() is said to make, without its buffers: numbers of eight bytes, the lowest first,
// and texts behind their lengths.
std::string plain(std::int64_t number) {
  std::string bytes;
  for (int i = 0; i < 8; ++i)
    bytes += static_cast<char>(static_cast<std::uint64_t>(number) >> 8 * i & 0xffU);
  return bytes;
}
std::string plain(const std::string& text) {
  return plain(static_cast<std::int64_t>(text.size())) + text;
}

Withdrawal with_texts(std::size_t bank, std::size_t number, std::size_t note) {
  Withdrawal r;
  r.id.value = 7;
  r.amount = idr(258);
  r.bank = std::string(bank, 'b');
  r.account_number = std::string(number, '1');
  r.note = std::string(note, 'n');
  r.salt = -2;
  return r;
}

std::string plain(const Withdrawal& r) {
  return plain("withdrawal") + plain(r.id.value) + plain(r.user.value) + plain("requested") +
         plain(r.amount.units()) + plain(r.fee.units()) + plain(r.bank) + plain(r.account_number) +
         plain(r.account_name) + plain(r.note) + plain(r.salt) + plain(0) + plain(0);
}

}  // namespace

TEST_CASE("a head is written as two counts and a seal, and read back") {
  NotedHead head{120, 344, {0x01, 0xab}};
  CHECK(text(head) == "120-344-01ab0000000000000000000000000000");
  CHECK(noted_head_from(text(head)) == head);
  for (const std::string wrong :
       {"", "-", "1-2", "1-2-", "1-2-01ab", "-1-2-01ab0000000000000000000000000000",
        "01-2-01ab0000000000000000000000000000", "1-2-01AB0000000000000000000000000000",
        "1-2-01ab00000000000000000000000000000", "1 -2-01ab0000000000000000000000000000",
        "x-2-01ab0000000000000000000000000000",
        "99999999999999999999-2-01ab0000000000000000000000000000"}) {
    INFO(wrong);
    CHECK_FALSE(noted_head_from(wrong));
  }
}

TEST_CASE("a head that was noted is found again, also when more has happened since") {
  ArchiveCopy archive{lived().shop.store};
  auto now = head_of(archive);
  CHECK(now.postings == static_cast<std::int64_t>(archive.postings.size()));
  CHECK(now.steps == static_cast<std::int64_t>(archive.steps.size()));
  CHECK(broken_by(archive, {toy_hash, now}) == "");
  ArchiveCopy earlier{archive};
  cut(earlier, 3, 4);
  CHECK(broken_by(archive, {{}, head_of(earlier)}) == "");
  CHECK(broken_by(archive, {{}, NotedHead{}}) == "");
}

TEST_CASE("an end that was cut off is found with the head that was noted") {
  ArchiveCopy archive{lived().shop.store};
  auto noted = head_of(archive);
  cut(archive, 1, 0);
  CHECK(broken_by(archive, {{}, noted}).find("cut off") != std::string::npos);
  auto other = head_of(archive);
  other.seal.at(3) ^= 1U;
  CHECK(broken_by(archive, {{}, other}).find("another history") != std::string::npos);
}

TEST_CASE("each field of a record is in its seal, but those that change without a step") {
  Order order;
  Withdrawal withdrawal;
  Charge charge;
  std::set<std::string> seen{canonical(order), canonical(withdrawal), canonical(charge)};
  auto differs = [&](const std::string& bytes) { CHECK(seen.insert(bytes).second); };
  for (auto* text : {&order.invoice, &order.target, &order.nometer, &order.ref_id,
                     &order.price_trace, &order.customer_name, &order.customer_phone, &order.sn}) {
    *text = "x";
    differs(canonical(order));
  }
  order.previous.value = 1;
  differs(canonical(order));
  order.salt = 1;
  differs(canonical(order));
  for (auto* text :
       {&withdrawal.bank, &withdrawal.account_number, &withdrawal.account_name, &withdrawal.note}) {
    *text = "x";
    differs(canonical(withdrawal));
  }
  for (auto* amount : {&charge.nominal, &charge.fee, &charge.asked_fee, &charge.unique_code}) {
    *amount = idr(1);
    differs(canonical(charge));
  }
  charge.qr_text = "offered";
  CHECK_FALSE(seen.insert(canonical(charge)).second);
}

TEST_CASE("a record of any length is sealed byte for byte") {
  const auto shortest = plain(with_texts(0, 0, 0)).size();
  for (std::size_t length :
       {shortest, shortest + 1, std::size_t{511}, std::size_t{512}, std::size_t{513},
        std::size_t{1'024}, std::size_t{1'025}, std::size_t{5'000}}) {
    CAPTURE(length);
    const auto last = with_texts(0, 0, length - shortest);
    CHECK(plain(last).size() == length);
    CHECK(canonical(last) == plain(last));
    const auto first = with_texts(length - shortest, 0, 0);
    CHECK(canonical(first) == plain(first));
  }
  const auto grown_again = with_texts(600, 3'000, 20'000);
  CHECK(canonical(grown_again) == plain(grown_again));
}

TEST_CASE("a seal stands for all that came before") {
  Digest other{};
  other.back() = 1;
  CHECK(seal_of(toy_hash, {}, {}, {}) != seal_of(toy_hash, other, {}, {}));
  CHECK(seal_of(toy_hash, {}, Step{}) != seal_of(toy_hash, other, Step{}));
  Step step;
  step.made = 1;
  CHECK(seal_of(toy_hash, {}, Step{}) != seal_of(toy_hash, {}, step));
}

TEST_CASE("nothing is sealed without a hash, and what is not sealed is no seal") {
  MemoryStore store;
  auto filled = store.transact([](Tx& tx) {
    CHECK(tx.salt() == 0);
    return register_user(tx, {"admin", "A", "a@shop.id", "", Role::admin}, Timestamp{});
  });
  REQUIRE(filled);
  REQUIRE(store.transact([&](Tx& tx) { return pay_in_capital(tx, filled->id, idr(5), {}); }));
  ArchiveCopy archive{store};
  CHECK(archive.postings.front().seal == Digest{});
  CHECK(check(archive).ok());
  CHECK_FALSE(check(archive).sealed);
  CHECK(broken_by(archive, {toy_hash, {}}).find("posting 1") != std::string::npos);
}
