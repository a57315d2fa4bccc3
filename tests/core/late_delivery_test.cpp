// Suppliers that deliver what they had said was refused.

#include "catch.h"
#include "core/shop.h"

using namespace topup;
using namespace topup::testing;

namespace {

Outcome of_kind(OutcomeKind kind) {
  Outcome outcome;
  outcome.kind = kind;
  if (kind == OutcomeKind::succeeded) outcome.sn = "SN";
  return outcome;
}

// An order of ani's, refused at north, planned or under way at south.
struct FailedOver {
  Shop shop;
  OrderId order;
  AttemptId first;
  AttemptId second;

  FailedOver(OrderMode mode, AttemptState second_state) {
    using S = AttemptState;
    shop.fund(shop.ani, 130);
    order = mode == OrderMode::balance
                ? shop.place(shop.balance_order(shop.ani, "08123")).value().order.id
                : shop.paid_dropship(shop.ani, "08123", 200);
    shop.begin(order).value();
    first = shop.last_attempt(order).id;
    shop.report(order, OutcomeKind::failed, FailOver::allowed).value();
    second = shop.last_attempt(order).id;
    if (second_state == S::planned) return;
    shop.begin(order).value();
    if (second_state == S::pending) say(second, OutcomeKind::pending);
    if (second_state == S::unknown || second_state == S::review) say(second, OutcomeKind::unknown);
    if (second_state == S::review) say(second, OutcomeKind::gave_up);
  }

  void say(AttemptId attempt, OutcomeKind kind) { shop.report(attempt, of_kind(kind)).value(); }

  std::string reverse_late(AttemptId attempt) {
    return outcome(
        shop.run([&](Tx& tx) { return topup::reverse_late(tx, shop.boss, attempt, shop.now); }));
  }

  // "order: first second", and how many incidents a person must look at.
  std::string told() {
    auto text = std::string{name(shop.order(order).state)} + ": " +
                std::string{name(shop.attempt(first).state)} + " " +
                std::string{name(shop.attempt(second).state)};
    auto open = shop.store.read([&](const View& view) {
      return view.open_incidents(IncidentKind::late_success, first.value).size() +
             view.open_incidents(IncidentKind::order_in_review, second.value).size();
    });
    return open == 0 ? text : text + ", " + std::to_string(open) + " open";
  }
};

}  // namespace

// The first attempt costs 100 and delivers although it had been refused; then the
// second, at 110, ends as the row says.
TEST_CASE("an order that is delivered late while another attempt is under way is charged once") {
  using S = AttemptState;
  using K = OutcomeKind;
  constexpr auto kBalance = OrderMode::balance;
  constexpr auto kDropship = OrderMode::dropship;
  struct Row {
    OrderMode mode;
    S second;
    K end;
    std::string before, after;
    std::int64_t cogs, loss;
  };
  const std::string won{"succeeded: succeeded failed"};
  const std::string twice{"succeeded: late succeeded, 1 open"};
  const std::vector<Row> rows{
      {kBalance, S::planned, K::failed, "succeeded: succeeded dropped", "", 100, 0},
      {kBalance, S::sending, K::failed, "sent: late sending, 1 open", won, 100, 0},
      {kBalance, S::pending, K::failed, "sent: late pending, 1 open", won, 100, 0},
      {kBalance, S::unknown, K::failed, "unknown: late unknown, 1 open", won, 100, 0},
      {kBalance, S::review, K::failed, "review: late review, 2 open", won, 100, 0},
      {kBalance, S::sending, K::succeeded, "sent: late sending, 1 open", twice, 110, 100},
      {kBalance, S::review, K::succeeded, "review: late review, 2 open", twice, 110, 100},
      {kDropship, S::planned, K::failed, "succeeded: succeeded dropped", "", 100, 0},
      {kDropship, S::unknown, K::failed, "unknown: late unknown, 1 open", won, 100, 0},
      {kDropship, S::unknown, K::succeeded, "unknown: late unknown, 1 open", twice, 110, 100},
  };
  for (const auto& row : rows) {
    FailedOver is{row.mode, row.second};
    is.say(is.first, K::succeeded);
    INFO(name(row.mode) << " " << row.before);
    CHECK(is.told() == row.before);
    CHECK(violations(is.shop.check()) == "");
    if (!row.after.empty()) {
      is.say(is.second, row.end);
      CHECK(is.told() == row.after);
    }
    auto report = is.shop.check();
    CHECK(violations(report) == "");
    CHECK(is.shop.order(is.order).sn == "SN");
    CHECK(is.shop.wallet(is.shop.ani).balance() == idr(row.mode == kBalance ? 0 : 130));
    CHECK(is.shop.wallet(is.shop.ani).profit() == idr(row.mode == kBalance ? 0 : 65));
    CHECK(report.totals[AccountKind::cogs] == row.cogs);
    CHECK(report.totals[AccountKind::late_success_loss] == row.loss);
    // Said again, nothing moves.
    is.say(is.first, K::succeeded);
    if (!row.after.empty()) is.say(is.second, row.end);
    CHECK(is.shop.check().entries == report.entries);
  }
}

TEST_CASE("nothing more is bought for an order that was delivered late") {
  FailedOver is{OrderMode::balance, AttemptState::sending};
  auto third = is.shop.run([&](Tx& tx) { return ensure_provider(tx, "east"); }).value().id;
  is.shop
      .run([&](Tx& tx) {
        return put_offer(tx, Offer{{}, is.shop.pulsa, third, "sku", idr(120), 3, true});
      })
      .value();
  is.say(is.first, OutcomeKind::succeeded);
  auto ended = is.shop.report(is.order, OutcomeKind::failed, FailOver::allowed).value();
  CHECK(ended.state == OrderState::succeeded);
  CHECK(is.shop.last_attempt(is.order).id == is.second);
}

TEST_CASE("a person who finds the other attempt undelivered ends a late delivery likewise") {
  FailedOver is{OrderMode::balance, AttemptState::review};
  is.say(is.first, OutcomeKind::succeeded);
  ResolveOrder command{is.order, is.shop.boss, of_kind(OutcomeKind::failed)};
  auto ended =
      is.shop.run([&](Tx& tx) { return resolve_order(tx, is.shop.policy, command, is.shop.now); });
  CHECK(ended.value().state == OrderState::succeeded);
  CHECK(is.told() == "succeeded: succeeded failed");
  CHECK(violations(is.shop.check()) == "");
}

TEST_CASE("a late delivery that an order was charged for can be reversed") {
  for (auto mode : {OrderMode::balance, OrderMode::dropship}) {
    FailedOver is{mode, AttemptState::sending};
    is.say(is.first, OutcomeKind::succeeded);
    is.say(is.second, OutcomeKind::failed);
    is.shop
        .run([&](Tx& tx) {
          return reverse_success(tx, is.shop.policy, is.shop.boss, is.order, is.shop.now);
        })
        .value();
    CHECK(is.told() == "reversed: reversed failed");
    auto report = is.shop.check();
    CHECK(violations(report) == "");
    CHECK(is.shop.wallet(is.shop.ani).balance() == idr(mode == OrderMode::balance ? 130 : 330));
    CHECK(report.totals[AccountKind::cogs] == 0);
    CHECK(report.totals[AccountKind::late_success_loss] == 0);
  }
}

TEST_CASE("no money goes back for one of two deliveries that was taken back") {
  for (auto mode : {OrderMode::balance, OrderMode::dropship}) {
    FailedOver is{mode, AttemptState::sending};
    Outcome late = of_kind(OutcomeKind::succeeded);
    late.sn = "LATE";
    is.shop.report(is.first, late).value();
    is.say(is.second, OutcomeKind::succeeded);
    is.say(is.second, OutcomeKind::failed);
    const auto reverse = [&] {
      return outcome(is.shop.run([&](Tx& tx) {
        return reverse_success(tx, is.shop.policy, is.shop.boss, is.order, is.shop.now);
      }));
    };
    const auto paid = is.shop.wallet(is.shop.ani);
    CHECK(is.told() == "succeeded: late succeeded, 1 open");
    CHECK(reverse() == "ok");
    CHECK(is.told() == "succeeded: succeeded reversed");
    CHECK(is.shop.order(is.order).sn == "LATE");
    CHECK(is.shop.wallet(is.shop.ani) == paid);
    auto report = is.shop.check();
    CHECK(violations(report) == "");
    CHECK(report.totals[AccountKind::cogs] == 100);
    CHECK(report.totals[AccountKind::late_success_loss] == 0);
    CHECK(report.totals[AccountKind::sales_refunds] == 0);
    CHECK(is.shop.store.read([&](const View& view) {
      return view.open_incidents(IncidentKind::failure_after_success, is.second.value).empty();
    }));

    CHECK(reverse() == "ok");
    CHECK(is.told() == "reversed: reversed reversed");
    CHECK(is.shop.wallet(is.shop.ani).balance() == idr(mode == OrderMode::balance ? 130 : 330));
    report = is.shop.check();
    CHECK(violations(report) == "");
    CHECK(report.totals[AccountKind::cogs] == 0);
    CHECK(reverse() == "conflict");
  }
}

TEST_CASE("deliveries take each other's place as often as there is another") {
  FailedOver is{OrderMode::balance, AttemptState::sending};
  auto east = is.shop.run([&](Tx& tx) { return ensure_provider(tx, "east"); }).value().id;
  is.shop
      .run([&](Tx& tx) {
        return put_offer(tx, Offer{{}, is.shop.pulsa, east, "sku", idr(120), 3, true});
      })
      .value();
  is.shop.report(is.order, OutcomeKind::failed, FailOver::allowed).value();
  is.shop.begin(is.order).value();
  auto third = is.shop.last_attempt(is.order).id;
  is.say(is.second, OutcomeKind::succeeded);
  is.say(third, OutcomeKind::failed);
  is.say(is.first, OutcomeKind::succeeded);
  is.say(third, OutcomeKind::succeeded);
  CHECK(is.told() == "succeeded: late succeeded, 1 open");
  for (const auto* told : {"succeeded: succeeded reversed", "succeeded: reversed reversed",
                           "reversed: reversed reversed"}) {
    is.shop
        .run([&](Tx& tx) {
          return reverse_success(tx, is.shop.policy, is.shop.boss, is.order, is.shop.now);
        })
        .value();
    CHECK(is.told() == told);
    CHECK(violations(is.shop.check()) == "");
  }
  CHECK(is.shop.wallet(is.shop.ani).balance() == idr(130));
}

// The first attempt, at 100, delivers although it was refused, and takes that back.
TEST_CASE("a late delivery that was taken back is no loss any more") {
  using S = AttemptState;
  using K = OutcomeKind;
  constexpr auto kBalance = OrderMode::balance;
  constexpr auto kDropship = OrderMode::dropship;
  struct Row {
    OrderMode mode;
    S second;
    std::optional<K> end;  // of the second attempt, before the first delivers
    std::string before, after;
    std::int64_t balance, cogs;
  };
  // clang-format off
  const std::vector<Row> rows{
      {kBalance, S::sending, K::failed, "late: late failed, 1 open", "failed: reversed failed", 130, 0},
      {kDropship, S::sending, K::failed, "late: late failed, 1 open", "failed: reversed failed", 330, 0},
      {kBalance, S::sending, K::succeeded, "succeeded: late succeeded, 1 open", "succeeded: reversed succeeded", 0, 110},
      {kBalance, S::pending, {}, "sent: late pending, 1 open", "sent: reversed pending", 0, 0},
      {kBalance, S::review, {}, "review: late review, 2 open", "review: reversed review, 1 open", 0, 0},
  };
  // clang-format on
  for (const auto& row : rows) {
    FailedOver is{row.mode, row.second};
    if (row.end) is.say(is.second, *row.end);
    is.say(is.first, K::succeeded);
    is.say(is.first, K::failed);
    INFO(name(row.mode) << " " << row.before);
    CHECK(is.told() == row.before);
    CHECK(is.reverse_late(is.second) == "conflict");
    CHECK(is.reverse_late(is.first) == "ok");
    CHECK(is.told() == row.after);
    auto report = is.shop.check();
    CHECK(violations(report) == "");
    CHECK(is.shop.wallet(is.shop.ani).balance() == idr(row.balance));
    CHECK(report.totals[AccountKind::cogs] == row.cogs);
    CHECK(report.totals[AccountKind::late_success_loss] == 0);
    CHECK(is.shop.store.read([&](const View& view) {
      return view.open_incidents(IncidentKind::failure_after_success, is.first.value).empty();
    }));
    CHECK(is.reverse_late(is.first) == "conflict");
    CHECK(is.reverse_late(AttemptId{99}) == "not_found");
    if (row.second == S::pending) {
      is.say(is.second, K::failed);
      CHECK(is.told() == "failed: reversed failed");
      CHECK(is.shop.wallet(is.shop.ani).balance() == idr(130));
      CHECK(violations(is.shop.check()) == "");
    }
  }
}

TEST_CASE("who paid for a late delivery gets it back when that was taken back, once") {
  for (auto source : {RecoverFrom::balance, RecoverFrom::receivable}) {
    FailedOver is{OrderMode::balance, AttemptState::sending};
    is.say(is.second, OutcomeKind::failed);
    is.say(is.first, OutcomeKind::succeeded);
    const auto recover = [&] {
      return outcome(is.shop.run(
          [&](Tx& tx) { return recover_late(tx, is.shop.boss, is.order, source, is.shop.now); }));
    };
    CHECK(recover() == "ok");
    CHECK(is.reverse_late(is.first) == "ok");
    CHECK(is.told() == "failed: reversed failed");
    const auto wallet = is.shop.wallet(is.shop.ani);
    CHECK(wallet.balance() - wallet[AccountKind::user_receivable].balance == idr(130));
    auto report = is.shop.check();
    CHECK(violations(report) == "");
    CHECK(report.totals[AccountKind::late_success_loss] +
              report.totals[AccountKind::sales_refunds] -
              report.totals[AccountKind::sales_balance] ==
          0);
    is.say(is.second, OutcomeKind::succeeded);
    CHECK(is.told() == "late: reversed late");
    CHECK(recover() == "conflict");
    CHECK(violations(is.shop.check()) == "");
  }
}

TEST_CASE("an order stays delivered late as long as one late delivery is left") {
  for (bool is_paid_for : {false, true}) {
    FailedOver is{OrderMode::balance, AttemptState::sending};
    is.say(is.second, OutcomeKind::failed);
    is.say(is.first, OutcomeKind::succeeded);
    is.say(is.second, OutcomeKind::succeeded);
    if (is_paid_for)
      is.shop
          .run([&](Tx& tx) {
            return recover_late(tx, is.shop.boss, is.order, RecoverFrom::balance, is.shop.now);
          })
          .value();
    const std::string state = is_paid_for ? "recovered" : "late";
    CHECK(is.reverse_late(is.second) == "ok");
    CHECK(is.told().find(state + ": late reversed") == 0);
    CHECK(violations(is.shop.check()) == "");
    CHECK(is.reverse_late(is.first) == "ok");
    CHECK(is.told() == "failed: reversed reversed");
    CHECK(violations(is.shop.check()) == "");
    CHECK(is.shop.wallet(is.shop.ani).balance() == idr(130));
  }
}

TEST_CASE("a second late delivery after the first was paid for is one more loss") {
  FailedOver is{OrderMode::balance, AttemptState::sending};
  is.say(is.second, OutcomeKind::failed);
  is.say(is.first, OutcomeKind::succeeded);
  CHECK(is.told() == "late: late failed, 1 open");
  is.shop
      .run([&](Tx& tx) {
        return recover_late(tx, is.shop.boss, is.order, RecoverFrom::balance, is.shop.now);
      })
      .value();
  is.say(is.second, OutcomeKind::succeeded);
  CHECK(is.told() == "recovered: late late");
  auto report = is.shop.check();
  CHECK(violations(report) == "");
  CHECK(report.totals[AccountKind::late_success_loss] == 110);
}
