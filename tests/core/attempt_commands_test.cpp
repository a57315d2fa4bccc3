#include "catch.h"
#include "core/shop.h"

using namespace topup;
using namespace topup::testing;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr OutcomeKind kKinds[] = {OutcomeKind::succeeded, OutcomeKind::failed,
                                  OutcomeKind::pending,   OutcomeKind::unknown,
                                  OutcomeKind::not_found, OutcomeKind::gave_up};

std::string state_after(Shop& shop, AttemptId id, OutcomeKind kind) {
  Outcome said;
  said.kind = kind;
  auto recorded = shop.report(id, said);
  if (!recorded) return outcome(recorded);
  return std::string{name(shop.attempt(id).state)};
}

}  // namespace

// One column for each kind of outcome, in the order of kKinds.
TEST_CASE("an outcome moves an attempt by its state and is never booked twice") {
  using S = AttemptState;
  struct Row {
    S state;
    std::vector<std::string> after;
  };
  // clang-format off
  const std::vector<Row> rows{
      //             succeeded    failed      pending     unknown     not_found   gave_up
      {S::planned,   {"conflict", "conflict", "conflict", "conflict", "conflict", "conflict"}},
      {S::sending,   {"succeeded","failed",   "pending",  "unknown",  "unknown",  "review"}},
      {S::pending,   {"succeeded","failed",   "pending",  "pending",  "pending",  "review"}},
      {S::unknown,   {"succeeded","failed",   "pending",  "unknown",  "unknown",  "review"}},
      {S::review,    {"succeeded","failed",   "review",   "review",   "review",   "review"}},
      {S::succeeded, {"succeeded","succeeded","succeeded","succeeded","succeeded","succeeded"}},
      {S::failed,    {"late",     "failed",   "failed",   "failed",   "failed",   "failed"}},
      {S::dropped,   {"conflict", "conflict", "conflict", "conflict", "conflict", "conflict"}},
      {S::late,      {"late",     "late",     "late",     "late",     "late",     "late"}},
      {S::reversed,  {"reversed", "reversed", "reversed", "reversed", "reversed", "reversed"}},
  };
  // clang-format on
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < std::size(kKinds); ++i) {
      Shop shop;
      auto id = shop.attempt_in(row.state);
      INFO(name(row.state) << ", outcome " << i);
      REQUIRE(shop.attempt(id).state == row.state);
      CHECK(state_after(shop, id, kKinds[i]) == row.after.at(i));
      auto after_once = shop.check();
      CHECK(violations(after_once) == "");
      // Again: whatever it says, nothing moves a second time.
      if (state_after(shop, id, kKinds[i]) == row.after.at(i))
        CHECK(shop.check().entries == after_once.entries);
    }
  }
}

TEST_CASE("a failure after a success is not booked and opens an incident") {
  for (auto state : {AttemptState::succeeded, AttemptState::late}) {
    INFO(name(state));
    Shop shop;
    auto id = shop.attempt_in(state);
    auto before = shop.check().entries;
    Outcome failed;
    failed.kind = OutcomeKind::failed;
    auto order = shop.report(id, failed).value();
    CHECK(order.state == (state == AttemptState::late ? OrderState::late : OrderState::succeeded));
    CHECK(shop.check().entries == before);
    auto open = shop.store.read([&](const View& view) {
      return view.open_incidents(IncidentKind::failure_after_success, id.value).size();
    });
    CHECK(open == 1);
  }
}

TEST_CASE("not found proves absence only when said twice, far enough apart") {
  struct Row {
    int proof;
    AttemptState state;
    milliseconds gap;
    std::string after;
  };
  for (const auto& row : {Row{2, AttemptState::unknown, seconds{60}, "failed"},
                          Row{2, AttemptState::unknown, milliseconds{59'999}, "unknown"},
                          Row{2, AttemptState::sending, seconds{60}, "failed"},
                          Row{2, AttemptState::pending, seconds{60}, "pending"},
                          Row{1, AttemptState::unknown, milliseconds{0}, "failed"},
                          Row{3, AttemptState::unknown, hours{5}, "unknown"},
                          Row{0, AttemptState::unknown, hours{5}, "unknown"}}) {
    Shop shop;
    shop.sheet.not_found_proof = row.proof;
    auto id = shop.attempt_in(row.state);
    state_after(shop, id, OutcomeKind::not_found);
    shop.tick(row.gap);
    INFO(row.proof << " " << name(row.state) << " " << row.gap.count());
    CHECK(state_after(shop, id, OutcomeKind::not_found) == row.after);
  }
}

TEST_CASE("a fail-over needs permission, another offer and a cost below the ceiling") {
  struct Row {
    FailOver fail_over;
    std::int64_t second_cost;
    OrderState after;
  };
  for (const auto& row : {Row{FailOver::allowed, 130, OrderState::queued},
                          Row{FailOver::allowed, 131, OrderState::failed},
                          Row{FailOver::useless, 130, OrderState::failed}}) {
    Shop shop;
    shop.fund(shop.ani, 130);
    auto id = shop.sent_order(shop.ani, "08123");
    shop.run([&](Tx& tx) {
          auto offer = tx.offer(shop.south_pulsa).value();
          offer.cost = idr(row.second_cost);
          return put_offer(tx, offer);
        })
        .value();
    CHECK(shop.report(id, OutcomeKind::failed, row.fail_over).value().state == row.after);
    if (row.after != OrderState::queued) continue;
    shop.begin(id).value();
    CHECK(shop.report(id, OutcomeKind::failed, FailOver::allowed).value().state ==
          OrderState::failed);
    CHECK(shop.wallet(shop.ani).balance() == idr(130));
  }
}

TEST_CASE("an attempt that would cost more than the order may is dropped, not sent") {
  struct Row {
    std::int64_t cost;
    bool is_sent;
  };
  for (const auto& row : {Row{130, true}, Row{131, false}}) {
    Shop shop;
    shop.fund(shop.ani, 130);
    auto id = shop.place(shop.balance_order(shop.ani, "08123")).value().order.id;
    shop.run([&](Tx& tx) {
          auto offer = tx.offer(shop.north_pulsa).value();
          offer.cost = idr(row.cost);
          return put_offer(tx, offer);
        })
        .value();
    auto begun = shop.begin(id).value();
    CHECK(begun.attempt.has_value() == row.is_sent);
    CHECK(shop.last_attempt(id).provider == (row.is_sent ? shop.north : shop.south));
  }
}

TEST_CASE("an attempt is dropped when its offer was given to another supplier or service") {
  struct Row {
    std::string what;
    std::function<void(Offer&, Shop&)> change;
    bool is_sent;
  };
  const std::vector<Row> rows{
      {"another sku", [](Offer& offer, Shop&) { offer.sku = "new"; }, true},
      {"another supplier", [](Offer& offer, Shop& shop) { offer.provider = shop.south; }, false},
      {"another service", [](Offer& offer, Shop& shop) { offer.service = shop.token; }, false},
  };
  for (const auto& row : rows) {
    Shop shop;
    shop.fund(shop.ani, 130);
    auto id = shop.place(shop.balance_order(shop.ani, "08123")).value().order.id;
    shop.run([&](Tx& tx) {
          auto offer = tx.offer(shop.north_pulsa).value();
          row.change(offer, shop);
          return put_offer(tx, offer);
        })
        .value();
    INFO(row.what);
    auto begun = shop.begin(id).value();
    CHECK(begun.attempt.has_value() == row.is_sent);
    CHECK(shop.last_attempt(id).offer == (row.is_sent ? shop.north_pulsa : shop.south_pulsa));
    if (row.is_sent) CHECK(shop.last_attempt(id).sku == "new");
    CHECK(violations(shop.check()) == "");
  }
}

TEST_CASE("what a supplier says it took counts only where it can be true") {
  struct Row {
    std::optional<std::int64_t> said;
    std::int64_t final_cost;
  };
  for (const auto& row :
       {Row{std::nullopt, 100}, Row{0, 100}, Row{-1, 100}, Row{1, 1}, Row{99, 99}, Row{101, 101},
        Row{1'000'000'000, 1'000'000'000}, Row{1'000'000'001, 100}, Row{Money::kMaxUnits, 100}}) {
    Shop shop;
    shop.fund(shop.ani, 130);
    auto id = shop.sent_order(shop.ani, "08123");
    Outcome delivered;
    delivered.kind = OutcomeKind::succeeded;
    if (row.said) delivered.cost = idr(*row.said);
    shop.report(shop.last_attempt(id).id, delivered).value();
    CHECK(shop.last_attempt(id).final_cost == idr(row.final_cost));
    CHECK(violations(shop.check()) == "");
  }
}

TEST_CASE("an attempt begins once") {
  Shop shop;
  auto order = shop.order_in(OrderState::queued);
  CHECK(outcome(shop.begin(order)) == "ok");
  CHECK(outcome(shop.begin(order)) == "conflict");
  auto missing = shop.run(
      [&](Tx& tx) { return begin_attempt(tx, shop.policy, shop.sheet, AttemptId{99}, shop.now); });
  CHECK(outcome(missing) == "not_found");
}

TEST_CASE("only an admin decides on orders, before anything else is looked at") {
  Shop shop;
  auto nobody = OrderId{99};
  for (auto [user, answer] : {std::pair{shop.ani, "forbidden"}, std::pair{UserId{99}, "forbidden"},
                              std::pair{shop.boss, "not_found"}}) {
    auto by = user;
    CHECK(outcome(shop.run([&](Tx& tx) {
            return resolve_order(tx, shop.policy, {nobody, by, {}}, shop.now);
          })) == answer);
    CHECK(outcome(shop.run([&](Tx& tx) {
            return reverse_success(tx, shop.policy, by, nobody, shop.now);
          })) == answer);
    CHECK(outcome(shop.run([&](Tx& tx) {
            return recover_late(tx, by, nobody, RecoverFrom::balance, shop.now);
          })) == answer);
    CHECK(outcome(shop.run([&](Tx& tx) {
            return refund_customer(tx, by, nobody, RefundTo::payer, shop.now);
          })) == answer);
  }
  auto queued = shop.order_in(OrderState::queued);
  Outcome pending;
  pending.kind = OutcomeKind::pending;
  CHECK(outcome(shop.run([&](Tx& tx) {
          return resolve_order(tx, shop.policy, {queued, shop.boss, pending}, shop.now);
        })) == "invalid_parameter outcome");
}

TEST_CASE("a late delivery is paid for from the balance only as far as it covers the price") {
  struct Row {
    std::int64_t balance;
    std::string answer;
  };
  for (const auto& row : {Row{129, "insufficient_balance"}, Row{130, "ok"}}) {
    Shop shop;
    shop.fund(shop.budi, 130);
    auto id = shop.sent_order(shop.budi, "08123");
    shop.report(id, OutcomeKind::failed).value();
    shop.report(id, OutcomeKind::succeeded).value();
    auto cut = shop.run([&](Tx& tx) {
      return propose_adjustment(tx, {shop.boss, shop.budi, idr(row.balance - 131), "cut", ""},
                                shop.now);
    });
    shop.fund(shop.budi, 1);
    shop.run([&](Tx& tx) {
          return approve_adjustment(tx, shop.clerk, cut.value().adjustment.id, shop.now);
        })
        .value();
    REQUIRE(shop.wallet(shop.budi).balance() == idr(row.balance));
    CHECK(outcome(shop.run([&](Tx& tx) {
            return recover_late(tx, shop.boss, id, RecoverFrom::balance, shop.now);
          })) == row.answer);
  }
}

TEST_CASE("a failed dropship order waits for an admin where the policy says so") {
  Shop shop;
  shop.policy.failed_dropship = MoneyBack::wait_for_admin;
  auto id = shop.paid_dropship(shop.ani, "08123", 200);
  shop.begin(id).value();
  auto refund = [&] {
    return outcome(shop.run(
        [&](Tx& tx) { return refund_customer(tx, shop.boss, id, RefundTo::balance, shop.now); }));
  };
  CHECK(refund() == "conflict");
  shop.report(id, OutcomeKind::failed).value();
  CHECK(shop.wallet(shop.ani).balance() == idr(0));
  CHECK(refund() == "ok");
  CHECK(refund() == "conflict");
  CHECK(shop.wallet(shop.ani).balance() == idr(200));
}

TEST_CASE("what to do with an attempt that is due follows from the sheet and its age") {
  using S = AttemptState;
  using I = Inquiry;
  struct Row {
    StatusBy status;
    bool client_reference;
    S state;
    milliseconds due_in;
    milliseconds age;
    I todo;
  };
  constexpr auto kQuery = StatusBy::query;
  constexpr auto kResend = StatusBy::resend;
  constexpr auto kNone = StatusBy::none;
  const milliseconds due{0};
  const milliseconds one_ms{1};
  const std::vector<Row> rows{
      {kQuery, true, S::planned, due, hours{1}, I::send},
      {kQuery, true, S::planned, one_ms, hours{1}, I::nothing},
      {kQuery, true, S::sending, due, hours{1}, I::lost},
      {kQuery, true, S::sending, one_ms, hours{1}, I::nothing},
      {kQuery, true, S::pending, due, hours{1}, I::ask},
      {kQuery, true, S::unknown, due, hours{1}, I::ask},
      {kQuery, false, S::unknown, due, hours{1}, I::ask},
      {kQuery, true, S::unknown, one_ms, hours{1}, I::nothing},
      {kQuery, true, S::unknown, due, hours{24} - one_ms, I::ask},
      {kQuery, true, S::unknown, due, hours{24}, I::hand_over},
      {kResend, true, S::unknown, due, hours{1}, I::resend},
      {kResend, true, S::pending, due, hours{12} - one_ms, I::resend},
      {kResend, true, S::pending, due, hours{12}, I::hand_over},
      {kResend, false, S::unknown, due, hours{1}, I::hand_over},
      {kNone, true, S::unknown, due, hours{1}, I::hand_over},
      {kNone, true, S::pending, due, hours{24}, I::hand_over},
      {kQuery, true, S::review, due, hours{1}, I::nothing},
      {kQuery, true, S::succeeded, due, hours{1}, I::nothing},
      {kQuery, true, S::failed, due, hours{1}, I::nothing},
      {kQuery, true, S::dropped, due, hours{1}, I::nothing},
  };
  const Timestamp now{hours{1'000}};
  for (const auto& row : rows) {
    CapabilitySheet sheet;
    sheet.status = row.status;
    sheet.client_reference = row.client_reference;
    sheet.horizon = hours{12};
    sheet.give_up_after = hours{24};
    Attempt attempt;
    attempt.state = row.state;
    attempt.sent_at = now - row.age;
    attempt.due_at = now + row.due_in;
    INFO(name(row.status) << " " << name(row.state) << " " << row.age.count());
    CHECK(plan_inquiry(sheet, attempt, now) == row.todo);
    attempt.due_at = std::nullopt;
    CHECK(plan_inquiry(sheet, attempt, now) == I::nothing);
  }
}

TEST_CASE("an attempt that is asked about is due again only after the sheet's gap") {
  struct Row {
    AttemptState state;
    milliseconds later;
    std::string answer;
  };
  for (const auto& row : {Row{AttemptState::planned, hours{1}, "conflict"},
                          Row{AttemptState::sending, hours{1}, "conflict"},
                          Row{AttemptState::unknown, seconds{60} - milliseconds{1}, "conflict"},
                          Row{AttemptState::unknown, seconds{60}, "ok"},
                          Row{AttemptState::pending, seconds{60}, "ok"},
                          Row{AttemptState::pending, hours{24}, "conflict"},
                          Row{AttemptState::failed, hours{1}, "conflict"}}) {
    Shop shop;
    auto id = shop.attempt_in(row.state);
    shop.tick(row.later);
    auto ask = [&] {
      return outcome(shop.run([&](Tx& tx) { return begin_inquiry(tx, shop.sheet, id, shop.now); }));
    };
    INFO(name(row.state) << " " << row.later.count());
    CHECK(ask() == row.answer);
    CHECK(ask() == "conflict");
    if (row.answer == "ok") CHECK(shop.attempt(id).due_at == shop.now + shop.sheet.min_gap);
  }
  Shop shop;
  CHECK(outcome(shop.run([&](Tx& tx) {
          return begin_inquiry(tx, shop.sheet, AttemptId{9}, shop.now);
        })) == "not_found");
}

TEST_CASE("the next inquiry is never nearer than the sheet's gap, and rarer with age") {
  struct Row {
    milliseconds age;
    milliseconds next;
  };
  for (const auto& row : {Row{seconds{1}, seconds{60}}, Row{seconds{240}, seconds{60}},
                          Row{seconds{400}, seconds{100}}, Row{hours{20}, hours{1}}}) {
    Shop shop;
    auto id = shop.attempt_in(AttemptState::sending);
    shop.tick(row.age);
    state_after(shop, id, OutcomeKind::unknown);
    INFO(row.age.count());
    CHECK(shop.attempt(id).due_at == shop.now + row.next);
  }
}
