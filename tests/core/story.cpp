#include "core/story.h"

namespace topup::testing {
namespace {

void pay_in(Story& s) {
  s.shop.run([&](Tx& tx) { return pay_in_capital(tx, s.shop.boss, idr(100'000), s.shop.now); })
      .value();
}

void send_prefund_north(Story& s) {
  SendPrefund command{s.shop.boss, s.shop.north, idr(20'000), idr(25)};
  s.prefund = s.shop.run([&](Tx& tx) { return send_prefund(tx, command, s.shop.now); }).value().id;
}

void confirm(Story& s) {
  s.shop.run([&](Tx& tx) { return confirm_prefund(tx, s.shop.boss, s.prefund, s.shop.now); })
      .value();
}

void pay_deposit(Story& s) {
  auto command = s.shop.deposit(s.shop.ani, 1'000);
  command.fee = idr(10);
  command.unique_code = idr(7);
  auto opened = s.shop.open(command).value();
  s.deposit_payment = s.shop.payment(opened.charge.code, 1'017);
  s.deposit_payment.fee = idr(3);
  s.shop.settle(s.deposit_payment).value();
}

void repeat_payment(Story& s) { s.shop.settle(s.deposit_payment).value(); }

void pay_partly(Story& s) {
  auto opened = s.shop.open(s.shop.deposit(s.shop.ani, 1'000)).value();
  s.partial = s.shop.settle(s.shop.payment(opened.charge.code, 900)).value().receipt.id;
}

void credit_partial(Story& s) {
  s.shop
      .run([&](Tx& tx) { return credit_receipt(tx, s.shop.boss, s.partial, UserId{}, s.shop.now); })
      .value();
}

void pay_nobody(Story& s) {
  s.stray = s.shop.settle(s.shop.payment("DEP-nobody", 50)).value().receipt.id;
}

void return_stray(Story& s) {
  s.shop.run([&](Tx& tx) { return return_receipt(tx, s.shop.boss, s.stray, s.shop.now); }).value();
}

void pay_deposit_late(Story& s) {
  auto command = s.shop.deposit(s.shop.budi, 500);
  command.fee = idr(20);
  auto opened = s.shop.open(command).value();
  s.late_deposit = opened.charge.id;
  s.shop.tick(s.shop.policy.payment_expiry + std::chrono::seconds{1});
  s.shop.run([&](Tx& tx) { return expire_charge(tx, s.late_deposit, s.shop.now); }).value();
  s.shop.settle(s.shop.payment(opened.charge.code, 520)).value();
}

void pay_out_gateway(Story& s) {
  s.shop
      .run([&](Tx& tx) {
        return record_gateway_payout(tx, s.shop.boss, s.shop.qris, idr(600), s.shop.now);
      })
      .value();
}

void hold(Story& s) {
  s.captured = s.shop.place(s.shop.balance_order(s.shop.ani, "08001")).value().order.id;
}
void send(Story& s) { s.shop.begin(s.captured).value(); }
void lose(Story& s) { s.shop.report(s.captured, OutcomeKind::unknown).value(); }

void capture_dearer(Story& s) {
  Outcome outcome;
  outcome.kind = OutcomeKind::succeeded;
  outcome.sn = "SN1";
  outcome.cost = idr(102);
  s.shop.report(s.shop.last_attempt(s.captured).id, outcome).value();
}

void reverse_capture(Story& s) {
  s.shop
      .run([&](Tx& tx) {
        return reverse_success(tx, s.shop.policy, s.shop.boss, s.captured, s.shop.now);
      })
      .value();
}

void fail_first(Story& s) {
  s.failed_over = s.shop.sent_order(s.shop.ani, "08002");
  s.shop.report(s.failed_over, OutcomeKind::failed, FailOver::allowed).value();
}
void send_second(Story& s) { s.shop.begin(s.failed_over).value(); }
void fail_second(Story& s) {
  s.shop.report(s.failed_over, OutcomeKind::failed, FailOver::allowed).value();
}

void fail_then_deliver(Story& s) {
  s.late = s.shop.sent_order(s.shop.ani, "08003");
  s.shop.report(s.late, OutcomeKind::failed).value();
  s.shop.report(s.late, OutcomeKind::succeeded).value();
}

void recover(Story& s) {
  s.shop
      .run([&](Tx& tx) {
        return recover_late(tx, s.shop.boss, s.late, RecoverFrom::receivable, s.shop.now);
      })
      .value();
}

void deliver_first_late(Story& s) {
  s.adopted = s.shop.sent_order(s.shop.ani, "08008");
  auto first = s.shop.last_attempt(s.adopted).id;
  s.shop.report(s.adopted, OutcomeKind::failed, FailOver::allowed).value();
  s.shop.begin(s.adopted).value();
  Outcome delivered;
  delivered.kind = OutcomeKind::succeeded;
  s.shop.report(first, delivered).value();
}

void fail_last(Story& s) { s.shop.report(s.adopted, OutcomeKind::failed).value(); }

void pay_dropship(Story& s) {
  auto placed = s.shop.place(s.shop.dropship_order(s.shop.budi, "08004", 200)).value();
  s.sold = placed.order.id;
  auto payment = s.shop.payment(placed.charge.value().code, 200);
  payment.fee = idr(2);
  s.shop.settle(payment).value();
}
void send_dropship(Story& s) { s.shop.begin(s.sold).value(); }
void deliver_dropship(Story& s) { s.shop.report(s.sold, OutcomeKind::succeeded).value(); }

void fail_dropship(Story& s) {
  s.refunded = s.shop.paid_dropship(s.shop.budi, "08005", 150);
  s.shop.begin(s.refunded).value();
  s.shop.report(s.refunded, OutcomeKind::failed).value();
}

void fail_dropship_and_wait(Story& s) {
  s.shop.policy.failed_dropship = MoneyBack::wait_for_admin;
  s.waiting = s.shop.paid_dropship(s.shop.budi, "08006", 160);
  s.shop.begin(s.waiting).value();
  s.shop.report(s.waiting, OutcomeKind::failed).value();
}

void refund_payer(Story& s) {
  s.shop
      .run([&](Tx& tx) {
        return refund_customer(tx, s.shop.boss, s.waiting, RefundTo::payer, s.shop.now);
      })
      .value();
  s.shop.policy.failed_dropship = MoneyBack::to_balance;
}

void pay_dropship_late(Story& s) {
  auto placed = s.shop.place(s.shop.dropship_order(s.shop.budi, "08007", 170)).value();
  s.unpaid = placed.order.id;
  s.shop.tick(s.shop.policy.payment_expiry + std::chrono::seconds{1});
  s.shop.settle(s.shop.payment(placed.charge.value().code, 170)).value();
}

WithdrawalId request(Story& s, std::int64_t amount, std::int64_t fee) {
  s.shop.policy.withdraw_fee = idr(fee);
  RequestWithdrawal command{s.shop.budi, idr(amount), "BCA", "123", "Budi", ""};
  return s.shop
      .run([&](Tx& tx) { return request_withdrawal(tx, s.shop.policy, command, s.shop.now); })
      .value()
      .withdrawal.id;
}

void request_first(Story& s) { s.paid_out = request(s, 30, 5); }

void pay_first(Story& s) {
  PayWithdrawal command{s.paid_out, s.shop.boss, idr(3), "transfer 1"};
  s.shop.run([&](Tx& tx) { return pay_withdrawal(tx, command, s.shop.now); }).value();
}

void request_second(Story& s) { s.turned_down = request(s, 10, 0); }

void turn_down_second(Story& s) {
  s.shop
      .run([&](Tx& tx) {
        return reject_withdrawal(tx, s.shop.boss, s.turned_down, "wrong number", s.shop.now);
      })
      .value();
}

AdjustmentId adjust(Story& s, std::int64_t amount) {
  ProposeAdjustment command{s.shop.boss, s.shop.ani, idr(amount), "counted again", ""};
  auto id = s.shop.run([&](Tx& tx) { return propose_adjustment(tx, command, s.shop.now); })
                .value()
                .adjustment.id;
  s.shop.run([&](Tx& tx) { return approve_adjustment(tx, s.shop.clerk, id, s.shop.now); }).value();
  return id;
}
void raise_balance(Story& s) { s.raise = adjust(s, 40); }
void cut_balance(Story& s) { s.cut = adjust(s, -15); }

void transfer(Story& s) {
  TransferProfit command{s.shop.budi, idr(15), ""};
  s.shop.run([&](Tx& tx) { return transfer_profit(tx, command, s.shop.now); }).value();
}

// Of its profit of 65, 45 were withdrawn or transferred.
void reverse_dropship(Story& s) {
  s.shop
      .run([&](Tx& tx) {
        return reverse_success(tx, s.shop.policy, s.shop.boss, s.sold, s.shop.now);
      })
      .value();
}

// The deposit of 1'017; by now less is left.
void take_back(Story& s) {
  s.shop.fund(s.shop.budi, 1);
  s.shop
      .run([&](Tx& tx) {
        return take_back_payment(tx, s.shop.boss, ReceiptId{1}, TakenFrom::clearing, s.shop.now);
      })
      .value();
}

std::vector<Event> events() {
  return {
      {"capital", pay_in, "bank +100000, owner_capital +100000"},
      {"prefund sent", send_prefund_north,
       "bank -20025, provider_in_transit +20000, bank_fees +25"},
      {"prefund confirmed", confirm, "provider_float +20000, provider_in_transit -20000"},
      {"prefund confirmed again", confirm, ""},
      {"deposit settled", pay_deposit,
       "user_balance +1007, gateway_clearing +1014, fee_income +10, gateway_fees +3"},
      {"deposit settled again", repeat_payment, ""},
      {"partial payment", pay_partly, "gateway_clearing +900, unallocated_receipts +900"},
      {"credited from suspense", credit_partial, "user_balance +900, unallocated_receipts -900"},
      {"payment of nobody", pay_nobody, "gateway_clearing +50, unallocated_receipts +50"},
      {"returned to the payer", return_stray, "bank -50, unallocated_receipts -50"},
      {"late deposit", pay_deposit_late,
       "user_balance +500, gateway_clearing +520, fee_income +20"},
      {"gateway pays out", pay_out_gateway, "bank +600, gateway_clearing -600"},
      {"balance order held", hold, "user_balance -130, user_hold +130"},
      {"attempt sent", send, "provider_float -100, provider_inflight +100"},
      {"outcome unknown", lose, ""},
      {"captured above the quote", capture_dearer,
       "user_hold -130, provider_float -2, provider_inflight -100, sales_balance +130, cogs +102"},
      {"success reversed", reverse_capture,
       "user_balance +130, provider_float +102, cogs -102, sales_refunds +130"},
      {"first attempt failed", fail_first, "user_balance -130, user_hold +130"},
      {"second attempt sent", send_second, "provider_float -110, provider_inflight +110"},
      {"order voided", fail_second,
       "user_balance +130, user_hold -130, provider_float +110, provider_inflight -110"},
      {"late success", fail_then_deliver, "provider_float -100, late_success_loss +100"},
      {"late success recovered", recover,
       "user_receivable +130, sales_balance +30, late_success_loss -100"},
      {"late success while another attempt is under way", deliver_first_late,
       "user_balance -130, user_hold +130, provider_float -210, provider_inflight +110, "
       "late_success_loss +100"},
      {"the other attempt failed", fail_last,
       "user_hold -130, provider_float +110, provider_inflight -110, sales_balance +130, "
       "cogs +100, late_success_loss -100"},
      {"dropship paid", pay_dropship,
       "gateway_clearing +198, dropship_escrow +200, gateway_fees +2"},
      {"dropship sent", send_dropship, "provider_float -100, provider_inflight +100"},
      {"dropship success", deliver_dropship,
       "user_profit +65, provider_inflight -100, dropship_escrow -200, sales_dropship +130, "
       "fee_income +5, cogs +100"},
      {"dropship failed, to the balance", fail_dropship,
       "user_balance +150, gateway_clearing +150"},
      {"dropship failed, waiting", fail_dropship_and_wait,
       "gateway_clearing +160, customer_refund_payable +160"},
      {"customer refunded", refund_payer, "bank -160, customer_refund_payable -160"},
      {"dropship paid late", pay_dropship_late, "user_balance +170, gateway_clearing +170"},
      {"withdrawal requested", request_first, "user_profit -30, user_withdraw_hold +30"},
      {"withdrawal paid", pay_first,
       "user_withdraw_hold -30, bank -28, fee_income +5, bank_fees +3"},
      {"withdrawal requested again", request_second, "user_profit -10, user_withdraw_hold +10"},
      {"withdrawal rejected", turn_down_second, "user_profit +10, user_withdraw_hold -10"},
      {"adjustment up", raise_balance, "user_balance +40, adjustments +40"},
      {"adjustment down", cut_balance, "user_balance -15, adjustments -15"},
      {"profit transferred", transfer, "user_balance +15, user_profit -15"},
      {"dropship success reversed", reverse_dropship,
       "user_balance +200, user_profit -20, user_receivable +45, provider_float +100, "
       "fee_income -5, cogs -100, sales_refunds +130"},
      {"payment taken back", take_back,
       "user_balance -1016, gateway_clearing -1013, gateway_fees -3"},
  };
}

}  // namespace

const std::vector<Event>& everything_once() {
  static const std::vector<Event> kEvents = events();
  return kEvents;
}

void live_through(Story& story) {
  for (const auto& event : everything_once()) {
    story.shop.tick();
    event.happen(story);
  }
}

std::string changes(const Report& before, const Report& after) {
  std::string list;
  for (const auto& [kind, total] : after.totals) {
    auto old = before.totals.find(kind);
    auto change = total - (old == before.totals.end() ? 0 : old->second);
    if (change == 0) continue;
    if (!list.empty()) list += ", ";
    list += std::string{name(kind)} + (change > 0 ? " +" : " ") + std::to_string(change);
  }
  return list;
}

}  // namespace topup::testing
