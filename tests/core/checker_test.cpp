// Each invariant is shown to fire: one thing in a sound archive is damaged, and
// the checker must name the invariant that this breaks.

#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "catch.h"
#include "core/archive_copy.h"
#include "core/story.h"

using namespace topup;
using namespace topup::testing;

namespace {

using K = EntryKind;
using A = AccountKind;

// The story, and after it a few things left open.
struct Lived : Story {
  OrderId open_order;
  OrderId queued_order;
  OrderId open_dropship;
  ReceiptId waiting_receipt;

  Lived() {
    live_through(*this);
    shop.fund(shop.ani, 1'000);
    open_order = shop.sent_order(shop.ani, "09001");
    auto place = shop.balance_order(shop.ani, "09002");
    place.ref_id = "mine-1";
    place.idempotency_key = "key-1";
    queued_order = shop.place(place).value().order.id;
    auto again = shop.balance_order(shop.ani, "09003");
    again.ref_id = "mine-2";
    again.idempotency_key = "key-2";
    auto reviewed = shop.place(again).value().order.id;
    shop.begin(reviewed).value();
    shop.report(reviewed, OutcomeKind::unknown).value();
    shop.report(reviewed, OutcomeKind::gave_up).value();
    open_dropship = shop.paid_dropship(shop.budi, "09004", 200);
    waiting_receipt = shop.settle(shop.payment("DEP-lost", 33)).value().receipt.id;
    SendPrefund prefund{shop.boss, shop.south, idr(500), {}};
    shop.run([&](Tx& tx) { return topup::send_prefund(tx, prefund, shop.now); }).value();
    auto earned = shop.paid_dropship(shop.ani, "09005", 200);
    shop.begin(earned).value();
    shop.report(earned, OutcomeKind::succeeded).value();
    RequestWithdrawal withdrawal{shop.ani, idr(20), "BCA", "1", "Ani", ""};
    shop.run([&](Tx& tx) { return request_withdrawal(tx, shop.policy, withdrawal, shop.now); })
        .value();
  }
};

const Lived& lived() {
  static Lived lived;
  return lived;
}

template <class Record, class AnyId>
Record& of(std::vector<Record>& records, AnyId id) {
  return records.at(static_cast<std::size_t>(id.value - 1));
}

struct Damage {
  std::string_view what;
  std::function<void(ArchiveCopy&)> damage;
  std::string_view breaks;
};

const std::vector<Damage>& book_damages() {
  static const std::vector<Damage> kDamages{
      {"an amount that no balance can hold",
       [](ArchiveCopy& a) {
         a.posting(K::gateway_paid_out).posting.amount = idr(Money::kMaxUnits);
       },
       "I01"},
      {"an amount of nothing", [](ArchiveCopy& a) { a.posting(K::order_held).posting.amount = {}; },
       "I02"},
      {"a negative amount",
       [](ArchiveCopy& a) { a.posting(K::capital_paid_in).posting.amount = idr(-1); }, "I02"},
      {"a pair that is not in the chart",
       [](ArchiveCopy& a) { a.posting(K::order_held).posting.credit.kind = A::user_profit; },
       "I02"},
      {"a user who does not exist",
       [](ArchiveCopy& a) { a.posting(K::order_held).posting.debit.owner = 99; }, "I02"},
      {"an owner where there is none",
       [](ArchiveCopy& a) { a.posting(K::capital_paid_in).posting.debit.owner = 1; }, "I02"},
      {"an entry without postings",
       [](ArchiveCopy& a) {
         auto entry = a.entries.back();
         ++entry.id.value;
         a.entries.push_back(entry);
       },
       "I02"},
      {"an attempt's cost that was not what was sent",
       [](ArchiveCopy& a) { a.attempts.front().cost = idr(99); }, "I02"},
      {"a missing entry", [](ArchiveCopy& a) { a.entries.erase(a.entries.begin() + 3); }, "I03"},
      {"a missing posting", [](ArchiveCopy& a) { a.postings.erase(a.postings.begin() + 3); },
       "I03"},
      {"postings out of order",
       [](ArchiveCopy& a) { std::swap(a.postings.at(4), a.postings.at(9)); }, "I03"},
      {"the same hold twice",
       [](ArchiveCopy& a) {
         auto line = a.posting(K::order_held).posting;
         a.book(K::order_held, a.entry(K::order_held).ref, {line});
       },
       "I04"},
      {"a hold that the balance does not cover",
       [](ArchiveCopy& a) { a.posting(K::deposit_settled).posting.amount = idr(1); }, "I05"},
      {"more in transit than was sent",
       [](ArchiveCopy& a) { a.posting(K::prefund_confirmed).posting.amount = idr(20'001); }, "I05"},
      {"a wallet that says more",
       [](ArchiveCopy& a) {
         a.wallets.front()[A::user_balance].balance =
             a.wallets.front()[A::user_balance].balance + idr(1);
       },
       "I06"},
      {"a wallet that says more, seen from the equation",
       [](ArchiveCopy& a) {
         a.wallets.front()[A::user_balance].balance =
             a.wallets.front()[A::user_balance].balance + idr(1);
       },
       "I07"},
      {"a lost wallet", [](ArchiveCopy& a) { a.wallets.pop_back(); }, "I06"},
      {"a wallet of nobody", [](ArchiveCopy& a) { a.wallets.front().user = UserId{77}; }, "I06"},
      {"a wallet that ends elsewhere",
       [](ArchiveCopy& a) { --a.wallets.front()[A::user_balance].last.value; }, "I06"},
      {"a mark with another balance",
       [](ArchiveCopy& a) { a.posting(K::order_held).debit.after = idr(1); }, "I06"},
      {"a mark with another version",
       [](ArchiveCopy& a) { ++a.posting(K::order_held).debit.version; }, "I06"},
      {"a mark that follows another line",
       [](ArchiveCopy& a) { ++a.posting(K::order_held).debit.previous.value; }, "I06"},
      {"a mark on a system account",
       [](ArchiveCopy& a) { a.posting(K::capital_paid_in).debit.version = 1; }, "I06"},
      {"an entry earlier than the one before",
       [](ArchiveCopy& a) { a.entries.back().at -= std::chrono::hours{1}; }, "I40"},
      {"a step earlier than the one before",
       [](ArchiveCopy& a) { a.steps.back().at -= std::chrono::hours{1}; }, "I40"},
  };
  return kDamages;
}

const std::vector<Damage>& order_damages() {
  static const std::vector<Damage> kDamages{
      {"an open order that is over",
       [](ArchiveCopy& a) { of(a.orders, lived().open_order).state = OrderState::failed; }, "I08"},
      {"an open order whose price changed",
       [](ArchiveCopy& a) { of(a.orders, lived().open_order).price = idr(131); }, "I08"},
      {"a paid dropship order that is unpaid",
       [](ArchiveCopy& a) { of(a.orders, lived().open_dropship).state = OrderState::unpaid; },
       "I10"},
      {"an open attempt that failed in silence",
       [](ArchiveCopy& a) {
         for (auto& attempt : a.attempts)
           if (attempt.order == lived().open_order) attempt.state = AttemptState::failed;
       },
       "I11"},
      {"a success that is a failure",
       [](ArchiveCopy& a) { of(a.orders, lived().captured).state = OrderState::failed; }, "I17"},
      {"an end without its entry",
       [](ArchiveCopy& a) { of(a.orders, lived().queued_order).state = OrderState::succeeded; },
       "I17"},
      {"captured and voided",
       [](ArchiveCopy& a) {
         a.book(K::order_voided, lived().captured.value,
                {{{A::user_hold, lived().shop.ani.value},
                  {A::user_balance, lived().shop.ani.value},
                  idr(130)}});
       },
       "I17"},
      {"refunded after a capture",
       [](ArchiveCopy& a) {
         a.book(K::order_voided, lived().captured.value,
                {{{A::user_hold, lived().shop.ani.value},
                  {A::user_balance, lived().shop.ani.value},
                  idr(130)}});
       },
       "I18"},
      {"a customer refunded who is owed nothing",
       [](ArchiveCopy& a) { a.entry(K::customer_refunded).ref = lived().open_dropship.value; },
       "I18"},
      {"profit credited twice",
       [](ArchiveCopy& a) {
         a.book(K::dropship_succeeded, lived().refunded.value,
                {{{A::dropship_escrow, 0}, {A::user_profit, lived().shop.budi.value}, idr(1)}});
       },
       "I19"},
      {"two attempts at work", [](ArchiveCopy& a) { a.attempts.back().order = lived().open_order; },
       "I20"},
      {"an attempt planned before the one before it failed",
       [](ArchiveCopy& a) {
         for (auto& step : a.steps)
           if (step.subject == Subject::attempt && step.event == "fail") step.to = "review";
       },
       "I20"},
      {"an attempt with another number", [](ArchiveCopy& a) { ++a.attempts.front().number; },
       "I20"},
      {"a queued order whose attempt is under way",
       [](ArchiveCopy& a) { of(a.orders, lived().open_order).state = OrderState::queued; }, "I20"},
      {"an order over with an attempt at work",
       [](ArchiveCopy& a) { of(a.orders, lived().open_order).state = OrderState::failed; }, "I21"},
      {"a late success that nobody was told of",
       [](ArchiveCopy& a) {
         std::erase_if(a.incidents,
                       [](const Incident& i) { return i.kind == IncidentKind::late_success; });
       },
       "I23"},
      {"a late success without its entry",
       [](ArchiveCopy& a) {
         for (auto& attempt : a.attempts)
           if (attempt.state == AttemptState::late) attempt.state = AttemptState::failed;
       },
       "I23"},
      {"a review that nobody was told of",
       [](ArchiveCopy& a) {
         std::erase_if(a.incidents,
                       [](const Incident& i) { return i.kind == IncidentKind::order_in_review; });
       },
       "I23"},
      {"a success that nobody delivered",
       [](ArchiveCopy& a) {
         for (auto& attempt : a.attempts)
           if (attempt.state == AttemptState::succeeded) attempt.state = AttemptState::failed;
       },
       "I24"},
      {"a hold of another amount than the price",
       [](ArchiveCopy& a) { a.posting(K::order_held).posting.amount = idr(129); }, "I26"},
      {"a release of another amount than the price",
       [](ArchiveCopy& a) { a.posting(K::order_voided).posting.amount = idr(131); }, "I26"},
      {"a capture at a new price",
       [](ArchiveCopy& a) { of(a.orders, lived().captured).price = idr(140); }, "I26"},
      {"an order that was never held",
       [](ArchiveCopy& a) { a.entry(K::order_held).ref = lived().sold.value; }, "I26"},
      {"a recovered order that is late",
       [](ArchiveCopy& a) { of(a.orders, lived().late).state = OrderState::late; }, "I36"},
      {"a late order of which nothing was late",
       [](ArchiveCopy& a) { of(a.orders, lived().failed_over).state = OrderState::late; }, "I36"},
      {"an end undone",
       [](ArchiveCopy& a) {
         auto step = a.steps.back();
         step = {Subject::order, lived().captured.value, "send", "succeeded", "sent", step.cause,
                 step.at};
         a.steps.push_back(step);
       },
       "I36"},
  };
  return kDamages;
}

const std::vector<Damage>& payment_damages() {
  static const std::vector<Damage> kDamages{
      {"a waiting payment that was credited",
       [](ArchiveCopy& a) {
         of(a.receipts, lived().waiting_receipt).state = ReceiptState::credited;
       },
       "I12"},
      {"a prefund under way that arrived",
       [](ArchiveCopy& a) { a.prefunds.back().state = PrefundState::confirmed; }, "I12"},
      {"a refund that is due and was not paid",
       [](ArchiveCopy& a) { of(a.orders, lived().waiting).selling = idr(161); }, "I26"},
      {"a refund booked for another order",
       [](ArchiveCopy& a) { a.entry(K::customer_refunded).ref = lived().waiting.value; }, "I12"},
      {"a gateway that paid out more", [](ArchiveCopy& a) { a.moves.back().amount = idr(601); },
       "I12"},
      {"a dropship order started by nobody",
       [](ArchiveCopy& a) { of(a.orders, lived().unpaid).state = OrderState::queued; }, "I25"},
      {"a charge of another order",
       [](ArchiveCopy& a) {
         for (auto& charge : a.charges)
           if (charge.order == lived().sold) charge.order = lived().unpaid;
       },
       "I25"},
      {"a dropship order started by another amount",
       [](ArchiveCopy& a) {
         for (auto& charge : a.charges)
           if (charge.order == lived().sold) charge.unique_code = idr(1);
       },
       "I25"},
      {"a deposit settled by another amount",
       [](ArchiveCopy& a) { a.charges.front().nominal = idr(1'001); }, "I29"},
      {"a deposit credited with another amount",
       [](ArchiveCopy& a) { a.posting(K::deposit_settled).posting.amount = idr(1'000); }, "I29"},
      {"a deposit settled twice",
       [](ArchiveCopy& a) {
         auto receipt = a.receipts.front();
         receipt.id.value = static_cast<std::int64_t>(a.receipts.size()) + 1;
         receipt.payment_id = "another";
         a.receipts.push_back(receipt);
         a.book(K::deposit_settled, receipt.id.value, {a.posting(K::deposit_settled).posting});
       },
       "I30"},
      {"one payment in two receipts",
       [](ArchiveCopy& a) { a.receipts.back().payment_id = a.receipts.front().payment_id; }, "I30"},
      {"two charges with one code",
       [](ArchiveCopy& a) { a.charges.back().code = a.charges.front().code; }, "I30"},
      {"a payment without its entry",
       [](ArchiveCopy& a) { a.entry(K::payment_unallocated).ref = 1; }, "I30"},
      {"a payment that is still undecided",
       [](ArchiveCopy& a) { a.receipts.front().state = ReceiptState::received; }, "I30"},
      {"a settled charge that expired",
       [](ArchiveCopy& a) { a.charges.front().state = ChargeState::expired; }, "I30"},
      {"a late payment settled as in time",
       [](ArchiveCopy& a) { a.receipts.front().paid_at += std::chrono::hours{1}; }, "I32"},
      {"suspense decided by a reseller",
       [](ArchiveCopy& a) {
         a.entry(K::suspense_credited).cause = {Actor::reseller, 3};
       },
       "I32"},
      {"a payment in suspense that nobody was told of",
       [](ArchiveCopy& a) {
         std::erase_if(a.incidents, [](const Incident& i) {
           return i.kind == IncidentKind::payment_waiting && !i.closed_at;
         });
       },
       "I23"},
  };
  return kDamages;
}

const std::vector<Damage>& people_damages() {
  static const std::vector<Damage> kDamages{
      {"a requested withdrawal that was paid",
       [](ArchiveCopy& a) { a.withdrawals.back().state = WithdrawalState::paid; }, "I09"},
      {"a withdrawal of another amount",
       [](ArchiveCopy& a) { a.withdrawals.back().amount = idr(21); }, "I09"},
      {"a sale with another profit", [](ArchiveCopy& a) { a.orders.back().selling = idr(201); },
       "I13"},
      {"a transfer without its entry",
       [](ArchiveCopy& a) {
         auto transfer = a.transfers.back();
         ++transfer.id.value;
         a.transfers.push_back(transfer);
       },
       "I13"},
      {"profit from a deposit",
       [](ArchiveCopy& a) { a.posting(K::deposit_settled).posting.credit.kind = A::user_profit; },
       "I14"},
      {"a withdrawal from the balance",
       [](ArchiveCopy& a) {
         a.posting(K::withdrawal_requested).posting.debit.kind = A::user_balance;
       },
       "I15"},
      {"a withdrawal from another's profit",
       [](ArchiveCopy& a) { --a.posting(K::withdrawal_requested).posting.debit.owner; }, "I15"},
      {"withdrawals beyond the profit",
       [](ArchiveCopy& a) { a.withdrawals.back().amount = idr(10'000); }, "I16"},
      {"a user lost", [](ArchiveCopy& a) { a.users.pop_back(); }, "I27"},
      {"an order lost", [](ArchiveCopy& a) { a.orders.erase(a.orders.begin() + 1); }, "I27"},
      {"the last order lost", [](ArchiveCopy& a) { a.orders.pop_back(); }, "I27"},
      {"an entry about nothing", [](ArchiveCopy& a) { a.entry(K::order_held).ref = 1'000; }, "I27"},
      {"a step of nothing", [](ArchiveCopy& a) { a.steps.front().id = 1'000; }, "I27"},
      {"an order with an id out of all proportion",
       [](ArchiveCopy& a) { a.orders.back().id.value = INT64_MAX; }, "I27"},
      {"a ref_id used twice", [](ArchiveCopy& a) { of(a.orders, OrderId{1}).ref_id = "mine-1"; },
       "I28"},
      {"an idempotency key used twice", [](ArchiveCopy& a) { a.keys.push_back(a.keys.front()); },
       "I28"},
      {"an invoice used twice",
       [](ArchiveCopy& a) { a.orders.back().invoice = a.orders.front().invoice; }, "I28"},
      {"an adjustment approved by its proposer",
       [](ArchiveCopy& a) { a.adjustments.front().decided_by = a.adjustments.front().proposed_by; },
       "I34"},
      {"an adjustment without a reason",
       [](ArchiveCopy& a) { a.adjustments.front().reason.clear(); }, "I34"},
      {"an adjustment that was never approved",
       [](ArchiveCopy& a) { a.adjustments.front().state = AdjustmentState::proposed; }, "I34"},
      {"a step that is no row", [](ArchiveCopy& a) { a.steps.back().event = "reverse"; }, "I35"},
      {"a step that does not follow",
       [](ArchiveCopy& a) { a.steps.erase(a.steps.end() - 4, a.steps.end() - 1); }, "I35"},
      {"a thing without steps",
       [](ArchiveCopy& a) {
         std::erase_if(a.steps, [](const Step& s) { return s.subject == Subject::withdrawal; });
       },
       "I35"},
      {"a state that its steps do not lead to",
       [](ArchiveCopy& a) { of(a.orders, lived().open_order).state = OrderState::unknown; }, "I35"},
      {"a step caused by nobody",
       [](ArchiveCopy& a) {
         a.steps.back().cause = {Actor::admin, 0};
       },
       "I35"},
  };
  return kDamages;
}

std::vector<Damage> all_damages() {
  std::vector<Damage> all;
  for (const auto* damages :
       {&book_damages(), &order_damages(), &payment_damages(), &people_damages()})
    all.insert(all.end(), damages->begin(), damages->end());
  return all;
}

ArchiveCopy sound_copy() { return ArchiveCopy{const_cast<Lived&>(lived()).shop.store}; }

std::set<std::string, std::less<>> broken(const Report& report) {
  std::set<std::string, std::less<>> ids;
  for (const auto& violation : report.violations)
    ids.insert(violation.invariant);
  return ids;
}

}  // namespace

TEST_CASE("a sound archive has no violation and is counted") {
  auto archive = sound_copy();
  auto report = check(archive);
  CHECK(violations(report) == "");
  CHECK(report.ok());
  CHECK(report.users == 4);
  CHECK(report.orders == static_cast<std::int64_t>(archive.orders.size()));
  CHECK(report.entries == static_cast<std::int64_t>(archive.entries.size()));
  CHECK(report.postings == static_cast<std::int64_t>(archive.postings.size()));
}

TEST_CASE("an empty archive is sound") {
  MemoryStore store;
  auto report = check(ArchiveCopy{store});
  CHECK(report.ok());
  CHECK(report.entries == 0);
}

TEST_CASE("whatever is damaged, the checker names the invariant that it breaks") {
  for (const auto& [what, damage, breaks] : all_damages()) {
    auto archive = sound_copy();
    damage(archive);
    auto report = check(archive);
    INFO(what << "\n" << violations(report));
    CHECK(broken(report).count(breaks) == 1);
  }
}

TEST_CASE("every invariant is shown to fire by some damage") {
  std::set<std::string_view> fired;
  for (const auto& damage : all_damages())
    fired.insert(damage.breaks);
  for (const auto& invariant : invariants()) {
    INFO(invariant.id << " " << invariant.sentence);
    CHECK(fired.count(invariant.id) == 1);
  }
}

TEST_CASE("a hundred violations are kept and all are counted") {
  auto archive = sound_copy();
  for (int i = 0; i < 150; ++i)
    archive.keys.push_back({UserId{1}, "route", std::to_string(i), 1, {}});
  auto twice = archive.keys;
  archive.keys.insert(archive.keys.end(), twice.begin(), twice.end());
  auto report = check(archive);
  CHECK(report.violations.size() == 100);
  CHECK(report.violations_found >= 150);
}
