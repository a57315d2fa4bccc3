#include "catch.h"
#include "core/shop.h"
#include "topup/attempt_reference.h"

using namespace topup;
using namespace topup::testing;

namespace {

void set_service(Shop& shop, ServiceId id, bool available) {
  shop.run([&](Tx& tx) {
        auto service = tx.service(id).value();
        service.available = available;
        return put_service(tx, service);
      })
      .value();
}

void set_offer(Shop& shop, OfferId id, bool active) {
  shop.run([&](Tx& tx) {
        auto offer = tx.offer(id).value();
        offer.active = active;
        return put_offer(tx, offer);
      })
      .value();
}

}  // namespace

TEST_CASE("each order names its user's order before it, and the wallet names the last") {
  Shop shop;
  shop.fund(shop.ani, 260);
  shop.fund(shop.budi, 130);
  CHECK_FALSE(shop.wallet(shop.ani).last_order);
  auto previous = [&](const PlaceOrder& command) {
    auto order = shop.place(command).value().order;
    CHECK(shop.order(order.id).previous == order.previous);
    CHECK(shop.wallet(order.user).last_order == order.id);
    return order.previous.value;
  };
  CHECK(previous(shop.balance_order(shop.ani, "08001")) == 0);
  CHECK(previous(shop.dropship_order(shop.budi, "08002", 200)) == 0);
  CHECK(previous(shop.dropship_order(shop.ani, "08003", 200)) == 1);
  CHECK(previous(shop.balance_order(shop.budi, "08004")) == 2);
  CHECK_FALSE(shop.place(shop.balance_order(shop.budi, "08005")));
  CHECK(previous(shop.balance_order(shop.ani, "08006")) == 3);
  CHECK(previous(shop.dropship_order(shop.budi, "08007", 200)) == 4);
  CHECK(violations(shop.check()) == "");
}

TEST_CASE("an order is refused for its first fault, in the order in which faults are documented") {
  Shop shop;
  auto earlier = shop.dropship_order(shop.ani, "12345", 200);
  earlier.service = shop.token;
  earlier.nometer = "55555";
  earlier.ref_id = "mine";
  earlier.idempotency_key = "k1";
  shop.place(earlier).value();
  shop.run([&](Tx& tx) { return suspend_user(tx, shop.boss, shop.ani); }).value();
  set_service(shop, shop.token, false);
  set_offer(shop, shop.north_token, false);

  auto command = shop.dropship_order(shop.ani, "", 0);
  command.service = ServiceId{99};
  command.nometer = std::string(65, '1');
  command.ref_id = std::string(65, 'r');
  command.idempotency_key = "k 1";
  command.customer_name = std::string(101, 'n');
  command.customer_phone = "call me";
  const std::vector<Cure> cures{
      {"nothing", [] {}, "account_suspended"},
      {"suspended",
       [&] { shop.run([&](Tx& tx) { return reinstate_user(tx, shop.boss, shop.ani); }).value(); },
       "invalid_parameter target"},
      {"no target", [&] { command.target = "1"; }, "invalid_parameter nometer"},
      {"a long nometer", [&] { command.nometer = ""; }, "invalid_parameter ref_id"},
      {"a long ref_id", [&] { command.ref_id = "mine"; }, "invalid_parameter idempotency_key"},
      {"a key with a space", [&] { command.idempotency_key = "k1"; },
       "invalid_parameter selling_price"},
      {"a price of nothing", [&] { command.selling_price = idr(10'000'001); },
       "invalid_parameter customer_name"},
      {"a long name", [&] { command.customer_name = std::string(100, 'n'); },
       "invalid_parameter customer_phone"},
      {"no phone number", [&] { command.customer_phone = "+62 812-000"; }, "idempotency_conflict"},
      {"a key used before", [&] { command.idempotency_key = "k2"; }, "ref_id_conflict ref_id"},
      {"a ref_id used before", [&] { command.ref_id = "mine too"; }, "not_found layanan"},
      {"no such service", [&] { command.service = shop.token; }, "service_unavailable layanan"},
      {"switched off", [&] { set_service(shop, shop.token, true); }, "invalid_parameter nometer"},
      {"no nometer", [&] { command.nometer = "1"; }, "invalid_target target"},
      {"a short target", [&] { command.target = "12345"; }, "invalid_target nometer"},
      {"a short nometer", [&] { command.nometer = "55555"; }, "service_unavailable layanan"},
      {"nobody sells it", [&] { set_offer(shop, shop.north_token, true); },
       "amount_out_of_range selling_price"},
      {"too dear", [&] { command.selling_price = idr(84); }, "price_below_cost selling_price"},
      {"below cost", [&] { command.selling_price = idr(85); }, "duplicate_order"},
      {"pending already", [&] { command.target = "12346"; }, "ok"},
  };
  for (const auto& [what, cure, answer] : cures) {
    cure();
    INFO(what);
    CHECK(outcome(shop.place(command)) == answer);
  }
  CHECK(violations(shop.check()) == "");
}

TEST_CASE("a balance order takes the last rupiah and not one more") {
  struct Row {
    std::int64_t balance;
    std::string answer;
    std::int64_t left;
  };
  for (const auto& row :
       {Row{129, "insufficient_balance", 129}, Row{130, "ok", 0}, Row{131, "ok", 1}}) {
    Shop shop;
    shop.fund(shop.ani, row.balance);
    INFO(row.balance);
    CHECK(outcome(shop.place(shop.balance_order(shop.ani, "08123"))) == row.answer);
    CHECK(shop.wallet(shop.ani).balance() == idr(row.left));
  }
}

TEST_CASE("a repeated order is the same order, whatever has happened to it since") {
  struct Row {
    std::string key;
    std::string ref_id;
  };
  for (const auto& row : {Row{"k1", ""}, Row{"", "mine"}, Row{"k1", "mine"}}) {
    Shop shop;
    shop.fund(shop.ani, 500);
    auto command = shop.balance_order(shop.ani, "08123");
    command.idempotency_key = row.key;
    command.ref_id = row.ref_id;
    auto first = shop.place(command).value();
    shop.begin(first.order.id).value();
    shop.report(first.order.id, OutcomeKind::succeeded).value();
    command.invoice = "another";
    auto second = shop.place(command).value();
    CHECK_FALSE(first.replayed);
    CHECK(second.replayed);
    CHECK(second.order.id == first.order.id);
    CHECK(second.order.state == OrderState::succeeded);
    CHECK(shop.wallet(shop.ani).balance() == idr(370));
  }
}

TEST_CASE("a repeat with any other parameter is a conflict") {
  Shop shop;
  shop.fund(shop.ani, 500);
  auto first = shop.balance_order(shop.ani, "08123");
  first.idempotency_key = "k1";
  shop.place(first).value();
  struct Row {
    std::string what;
    std::function<void(PlaceOrder&)> change;
    std::string answer;
  };
  const std::vector<Row> rows{
      {"nothing", [](PlaceOrder&) {}, "ok"},
      {"a new invoice", [](PlaceOrder& c) { c.invoice = "new"; }, "ok"},
      {"a nometer that is not needed", [](PlaceOrder& c) { c.nometer = "1"; }, "ok"},
      {"service", [&](PlaceOrder& c) { c.service = shop.token; }, "idempotency_conflict"},
      {"target", [](PlaceOrder& c) { c.target = "08124"; }, "idempotency_conflict"},
      {"ref_id", [](PlaceOrder& c) { c.ref_id = "mine"; }, "idempotency_conflict"},
      {"mode", [](PlaceOrder& c) { c.selling_price = idr(200); }, "idempotency_conflict"},
      {"customer_name", [](PlaceOrder& c) { c.customer_name = "A"; }, "idempotency_conflict"},
      {"another's key", [&](PlaceOrder& c) { c.user = shop.budi; }, "insufficient_balance"},
  };
  for (const auto& row : rows) {
    auto again = first;
    row.change(again);
    INFO(row.what);
    CHECK(outcome(shop.place(again)) == row.answer);
  }
}

TEST_CASE("the same target may be ordered again once the order is over") {
  using S = OrderState;
  for (auto [state, answer] :
       {std::pair{S::unpaid, "duplicate_order"}, std::pair{S::queued, "duplicate_order"},
        std::pair{S::sent, "duplicate_order"}, std::pair{S::unknown, "duplicate_order"},
        std::pair{S::review, "duplicate_order"}, std::pair{S::succeeded, "ok"},
        std::pair{S::failed, "ok"}, std::pair{S::expired, "ok"}, std::pair{S::cancelled, "ok"},
        std::pair{S::reversed, "ok"}, std::pair{S::late, "ok"}, std::pair{S::recovered, "ok"}}) {
    Shop shop;
    auto id = shop.order_in(state);
    INFO(name(state));
    REQUIRE(shop.order(id).state == state);
    CHECK(outcome(shop.place(shop.balance_order(shop.ani, "08100"))) == answer);
  }
}

// Which correction is possible in which state; "-" stands for conflict.
TEST_CASE("each command on an order is refused in every state but its own") {
  using S = OrderState;
  struct Row {
    S state;
    std::string cancel, deliver, fail, reverse, recover, refund;
  };
  const std::vector<Row> rows{
      {S::unpaid, "ok", "-", "-", "-", "-", "-"},
      {S::queued, "not_cancellable", "-", "ok", "-", "-", "-"},
      {S::sent, "not_cancellable", "ok", "ok", "-", "-", "-"},
      {S::unknown, "not_cancellable", "ok", "ok", "-", "-", "-"},
      {S::review, "not_cancellable", "ok", "ok", "-", "-", "-"},
      {S::succeeded, "not_cancellable", "-", "-", "ok", "-", "-"},
      {S::failed, "not_cancellable", "-", "-", "-", "-", "-"},
      {S::expired, "not_cancellable", "-", "-", "-", "-", "-"},
      {S::cancelled, "not_cancellable", "-", "-", "-", "-", "-"},
      {S::reversed, "not_cancellable", "-", "-", "-", "-", "-"},
      {S::late, "not_cancellable", "-", "-", "-", "ok", "-"},
      {S::recovered, "not_cancellable", "-", "-", "-", "-", "-"},
  };
  auto ask = [](S state, const std::function<Result<Order>(Tx&, Shop&, OrderId)>& command) {
    Shop shop;
    auto id = shop.order_in(state);
    auto answer = outcome(shop.run([&](Tx& tx) { return command(tx, shop, id); }));
    CHECK(violations(shop.check()) == "");
    return answer == "conflict" ? "-" : answer;
  };
  auto resolve = [](OutcomeKind kind) {
    return [kind](Tx& tx, Shop& s, OrderId id) {
      ResolveOrder command{id, s.boss, {}};
      command.outcome.kind = kind;
      return resolve_order(tx, s.policy, command, s.now);
    };
  };
  for (const auto& row : rows) {
    INFO(name(row.state));
    CHECK(ask(row.state, [](Tx& tx, Shop& s, OrderId id) {
            return cancel_order(tx, s.ani, id, s.now);
          }) == row.cancel);
    CHECK(ask(row.state, resolve(OutcomeKind::succeeded)) == row.deliver);
    CHECK(ask(row.state, resolve(OutcomeKind::failed)) == row.fail);
    CHECK(ask(row.state, [](Tx& tx, Shop& s, OrderId id) {
            return reverse_success(tx, s.policy, s.boss, id, s.now);
          }) == row.reverse);
    CHECK(ask(row.state, [](Tx& tx, Shop& s, OrderId id) {
            return recover_late(tx, s.boss, id, RecoverFrom::balance, s.now);
          }) == row.recover);
    CHECK(ask(row.state, [](Tx& tx, Shop& s, OrderId id) {
            return refund_customer(tx, s.boss, id, RefundTo::balance, s.now);
          }) == row.refund);
  }
}

TEST_CASE("nobody cancels another's order") {
  Shop shop;
  auto id = shop.order_in(OrderState::unpaid);
  auto by = [&](UserId user, OrderId order) {
    return outcome(shop.run([&](Tx& tx) { return cancel_order(tx, user, order, shop.now); }));
  };
  CHECK(by(shop.budi, id) == "not_found");
  CHECK(by(shop.ani, OrderId{99}) == "not_found");
  CHECK(by(shop.ani, id) == "ok");
  CHECK(shop.charge_of(id).state == ChargeState::cancelled);
}

TEST_CASE("commands in another order than their moments let no time run backwards") {
  Shop shop;
  shop.fund(shop.ani, 1'000);
  auto early = shop.now;
  shop.tick();
  auto at = shop.now;
  shop.place(shop.balance_order(shop.ani, "11111")).value();
  shop.now = early;
  auto late = shop.place(shop.balance_order(shop.ani, "22222")).value();
  CHECK(shop.order(late.order.id).created_at == at);
  CHECK(violations(shop.check()) == "");
}

TEST_CASE("a shop that goes on from an older backup asks for nothing under a reference of before") {
  std::vector<std::string> references;
  for (const std::string invoice : {"INV-BEFORE", "INV-AFTER"}) {
    Shop shop;  // of the same moment, with the same ids to give
    shop.fund(shop.ani, 200);
    auto command = shop.balance_order(shop.ani, "12345");
    command.invoice = invoice;
    auto order = shop.place(command).value().order.id;
    auto attempt = shop.last_attempt(order);
    CHECK(attempt.id == AttemptId{1});
    references.push_back(shop.store.read([&](const View& view) {
      auto reference = reference_of(view, attempt);
      CHECK(attempt_by_reference(view, reference) == attempt);
      return reference;
    }));
  }
  CHECK(references.at(0) != references.at(1));
}
