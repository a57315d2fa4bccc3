#include "topup/payment_commands.h"

#include "topup/attempt_commands.h"
#include "topup/moves.h"
#include "topup/repeats.h"
#include "topup/store.h"
#include "topup/user_commands.h"

namespace topup {
namespace {

using moves::Now;
using K = AccountKind;

constexpr std::string_view kDepositRoute = "open_deposit";
constexpr std::string_view kOrderRoute = "place_order";
constexpr std::size_t kPaymentIdMax = 128;
constexpr Money kPaymentMax = *Money::from_units(1'000'000'000'000);

// What the payment turned out to be.
enum class Match { exact, late, wrong, unknown };

Match match(const std::optional<Charge>& charge, const SettlePayment& payment) {
  if (!charge) return Match::unknown;
  if (charge->settled_at || payment.amount != charge->total()) return Match::wrong;
  bool in_time = charge->state == ChargeState::pending && payment.paid_at <= charge->expires_at;
  return in_time ? Match::exact : Match::late;
}

std::vector<Leg> received(const Receipt& receipt) {
  return {{of(receipt.gateway, K::gateway_clearing), receipt.amount - receipt.fee},
          {of(K::gateway_fees), receipt.fee}};
}

// Who gets what of a deposit: the reseller the nominal and the unique code.
std::vector<Leg> shares_of_deposit(const Charge& charge) {
  return {{of(charge.user, K::user_balance), charge.nominal + charge.unique_code},
          {of(K::fee_income), charge.fee}};
}

Receipt book_receipt(Tx& tx, const SettlePayment& payment, const std::optional<Charge>& charge,
                     Now now) {
  Receipt receipt;
  receipt.id = next_id<ReceiptId>(tx);
  receipt.gateway = payment.gateway;
  receipt.payment_id = payment.payment_id;
  if (charge) {
    receipt.charge = charge->id;
    receipt.user = charge->user;
  }
  receipt.amount = payment.amount;
  receipt.fee = payment.fee;
  receipt.paid_at = payment.paid_at;
  receipt.created_at = now.at;
  moves::create(tx, receipt, now);
  return receipt;
}

void settle_deposit(Tx& tx, Charge& charge, Receipt& receipt, Now now) {
  Entry entry{EntryKind::deposit_settled, receipt.id.value, {}, now.cause};
  entry.add(received(receipt), shares_of_deposit(charge));
  moves::must_post(tx, entry, now.at);
  moves::advance(tx, charge, ChargeEvent::settle, now);
  moves::advance(tx, receipt, ReceiptEvent::apply, now);
}

// The order starts.
Order settle_order(Tx& tx, const Policy& policy, Charge& charge, Receipt& receipt, Now now) {
  auto order = tx.order(charge.order).value();
  Entry entry{EntryKind::dropship_paid, receipt.id.value, {}, now.cause};
  entry.add(received(receipt), {{of(K::dropship_escrow), charge.nominal},
                                {of(charge.user, K::user_balance), charge.unique_code}});
  moves::must_post(tx, entry, now.at);
  moves::advance(tx, charge, ChargeEvent::settle, now);
  moves::advance(tx, receipt, ReceiptEvent::apply, now);
  moves::advance(tx, order, OrderEvent::pay, now);
  start_order(tx, policy, order, now.at);
  return order;
}

void park(Tx& tx, Receipt& receipt, Now now) {
  Entry entry{EntryKind::payment_unallocated, receipt.id.value, {}, now.cause};
  entry.add(received(receipt), {{of(K::unallocated_receipts), receipt.amount}});
  moves::must_post(tx, entry, now.at);
  moves::advance(tx, receipt, ReceiptEvent::park, now);
}

// Late money of a known charge, given to its reseller.
void credit_late(Tx& tx, Charge& charge, Receipt& receipt, Now now) {
  Entry entry{EntryKind::suspense_credited, receipt.id.value, {}, now.cause};
  auto shares = charge.purpose == ChargePurpose::deposit
                    ? shares_of_deposit(charge)
                    : std::vector<Leg>{{of(charge.user, K::user_balance), receipt.amount}};
  entry.add({{of(K::unallocated_receipts), receipt.amount}}, std::move(shares));
  moves::must_post(tx, entry, now.at);
  moves::advance(tx, receipt, ReceiptEvent::credit, now);
  moves::advance(tx, charge, ChargeEvent::settle_late, now);
}

// True while a receipt in suspense is the exact, late money of its own charge,
// and the first such money.
bool is_late_money(const std::optional<Charge>& charge, const Receipt& receipt) {
  return charge && is_over(charge->state) && !charge->settled_at &&
         receipt.amount == charge->total();
}

// Nobody can use the balance of who was erased.
bool can_be_given(const View& view, UserId user) {
  auto known = view.user(user);
  return known && !known->erased_at;
}

// A charge still pending whose time is over ends before late money is looked at.
std::optional<Order> end_unpaid(Tx& tx, Charge& charge, Now now) {
  std::optional<Order> order;
  if (charge.state != ChargeState::pending) return order;
  moves::advance(tx, charge, ChargeEvent::expire, now);
  if (charge.purpose == ChargePurpose::order) {
    order = tx.order(charge.order).value();
    moves::advance(tx, *order, OrderEvent::expire, now);
  }
  return order;
}

SettledPayment settle(Tx& tx, const Policy& policy, const SettlePayment& payment,
                      std::optional<Charge> charge, Now now) {
  auto matched = match(charge, payment);
  SettledPayment settled{book_receipt(tx, payment, charge, now), charge, std::nullopt, false};
  switch (matched) {
    case Match::exact:
      if (charge->purpose == ChargePurpose::deposit)
        settle_deposit(tx, *settled.charge, settled.receipt, now);
      else
        settled.order = settle_order(tx, policy, *settled.charge, settled.receipt, now);
      return settled;
    case Match::late:
      settled.order = end_unpaid(tx, *settled.charge, now);
      park(tx, settled.receipt, now);
      if (policy.late_payment == MoneyBack::to_balance && can_be_given(tx, charge->user)) {
        credit_late(tx, *settled.charge, settled.receipt, {{Actor::policy, 0}, now.at});
        return settled;
      }
      break;
    case Match::wrong:
    case Match::unknown: park(tx, settled.receipt, now); break;
  }
  moves::open_incident(tx, IncidentKind::payment_waiting, settled.receipt.id.value, now.at);
  return settled;
}

// Refuses an admin, or names the receipt.
Result<Receipt> for_admin(const Tx& tx, UserId admin, ReceiptId id) {
  if (auto allowed = require_admin(tx, admin); !allowed) return allowed.error();
  auto receipt = tx.receipt(id);
  if (!receipt) return Error{Code::not_found};
  return *receipt;
}

}  // namespace

Result<OpenedDeposit> open_deposit(Tx& tx, const Policy& policy, const OpenDeposit& command,
                                   Timestamp now) {
  auto user = tx.user(command.user);
  if (!user || user->suspended) return Error{Code::account_suspended};
  if (!is_idempotency_key(command.idempotency_key))
    return Error{Code::invalid_parameter, "idempotency_key"};
  if (command.fee < Money{} || command.fee > command.amount || command.unique_code < Money{})
    return Error{Code::invalid_parameter, "fee"};
  auto fee = std::max(command.fee, policy.deposit_fee);
  if (auto made = made_before(tx, command.user, kDepositRoute, command.idempotency_key)) {
    auto charge = tx.charge(ChargeId{*made}).value();
    if (charge.nominal != command.amount || charge.asked_fee != command.fee)
      return Error{Code::idempotency_conflict};
    return OpenedDeposit{charge, true};
  }
  if (command.amount < policy.deposit_min || command.amount > policy.deposit_max)
    return Error{Code::amount_out_of_range, "amount"};
  if (command.amount + fee + command.unique_code > policy.charge_max)
    return Error{Code::amount_out_of_range, command.fee > Money{} ? "fee" : "amount"};

  // From here on it succeeds.
  Charge charge;
  charge.id = next_id<ChargeId>(tx);
  charge.code = command.code;
  charge.user = command.user;
  charge.gateway = command.gateway;
  charge.nominal = command.amount;
  charge.fee = fee;
  charge.asked_fee = command.fee;
  charge.unique_code = command.unique_code;
  charge.expires_at = now + policy.payment_expiry;
  charge.created_at = now;
  charge.due_at = charge.expires_at;
  moves::create(tx, charge, {{Actor::reseller, command.user.value}, now});
  remember(tx, {command.user, std::string{kDepositRoute}, command.idempotency_key, charge.id.value,
                now});
  return OpenedDeposit{charge, false};
}

Result<Charge> offer_payment(Tx& tx, const OfferPayment& command) {
  auto charge = tx.charge(command.charge);
  if (!charge) return Error{Code::not_found};
  charge->qr_text = command.qr_text;
  charge->gateway_reference = command.gateway_reference;
  tx.update(*charge);
  return *charge;
}

Result<Charge> withdraw_offer(Tx& tx, ChargeId id, Timestamp now) {
  auto charge = tx.charge(id);
  if (!charge) return Error{Code::not_found};
  if (charge->state != ChargeState::pending) return Error{Code::conflict};
  if (!charge->qr_text.empty()) return Error{Code::conflict};  // somebody else's call went through
  Now by_gateway{{Actor::gateway, charge->gateway.value}, now};
  moves::advance(tx, *charge, ChargeEvent::cancel, by_gateway);
  if (charge->purpose == ChargePurpose::deposit) {
    tx.erase_idempotency(charge->user, kDepositRoute, charge->id.value);
    return *charge;
  }
  auto order = tx.order(charge->order).value();
  order.ref_id.clear();
  moves::advance(tx, order, OrderEvent::cancel, by_gateway);
  tx.erase_idempotency(charge->user, kOrderRoute, order.id.value);
  return *charge;
}

Result<SettledPayment> settle_payment(Tx& tx, const Policy& policy, const SettlePayment& command,
                                      Timestamp now) {
  if (!is_text_of(command.payment_id, 1, kPaymentIdMax))
    return Error{Code::invalid_parameter, "payment_id"};
  if (command.amount <= Money{} || command.amount > kPaymentMax)
    return Error{Code::invalid_parameter, "amount"};
  if (command.fee < Money{} || command.fee > command.amount)
    return Error{Code::invalid_parameter, "fee"};
  Now by_gateway{{Actor::gateway, command.gateway.value}, now};

  if (auto known = tx.receipt_by_payment(command.gateway, command.payment_id)) {
    if (known->amount != command.amount)
      moves::open_incident(tx, IncidentKind::payment_mismatch, known->id.value, now);
    auto charge = known->charge ? tx.charge(known->charge) : std::nullopt;
    auto order = charge && charge->order ? tx.order(charge->order) : std::nullopt;
    return SettledPayment{*known, charge, order, true};
  }
  auto charge = tx.charge_by_code(command.code);
  if (charge && charge->gateway != command.gateway) charge.reset();
  return settle(tx, policy, command, std::move(charge), by_gateway);
}

Result<Charge> expire_charge(Tx& tx, ChargeId id, Timestamp now) {
  auto charge = tx.charge(id);
  if (!charge) return Error{Code::not_found};
  if (charge->state != ChargeState::pending || now < charge->expires_at)
    return Error{Code::conflict};
  end_unpaid(tx, *charge, {{Actor::timer, 0}, now});
  return *charge;
}

Result<Charge> end_charge(Tx& tx, ChargeId id, Timestamp now) {
  auto charge = tx.charge(id);
  if (!charge) return Error{Code::not_found};
  if (charge->state != ChargeState::pending) return Error{Code::conflict};
  end_unpaid(tx, *charge, {{Actor::gateway, charge->gateway.value}, now});
  return *charge;
}

Result<Receipt> credit_receipt(Tx& tx, UserId admin, ReceiptId id, UserId user, Timestamp now) {
  auto receipt = for_admin(tx, admin, id);
  if (!receipt) return receipt.error();
  auto changed = *receipt;
  auto owner = user ? user : changed.user;
  if (!can_be_given(tx, owner)) return Error{Code::not_found};
  if (changed.state != ReceiptState::waiting) return Error{Code::conflict};
  if (!Money::from_units(tx.wallet(owner).balance().units() + changed.amount.units()))
    return Error{Code::amount_out_of_range};

  Now by_admin{{Actor::admin, admin.value}, now};
  auto charge = changed.charge ? tx.charge(changed.charge) : std::nullopt;
  if (is_late_money(charge, changed) && owner == charge->user) {
    credit_late(tx, *charge, changed, by_admin);
  } else {
    changed.user = owner;
    Entry entry{EntryKind::suspense_credited, id.value, {}, by_admin.cause};
    entry.add(of(K::unallocated_receipts), of(owner, K::user_balance), changed.amount);
    moves::must_post(tx, entry, now);
    moves::advance(tx, changed, ReceiptEvent::credit, by_admin);
  }
  moves::close_incidents(tx, IncidentKind::payment_waiting, id.value, by_admin);
  return changed;
}

Result<Receipt> return_receipt(Tx& tx, UserId admin, ReceiptId id, Timestamp now) {
  auto receipt = for_admin(tx, admin, id);
  if (!receipt) return receipt.error();
  auto changed = *receipt;
  if (changed.state != ReceiptState::waiting) return Error{Code::conflict};

  Now by_admin{{Actor::admin, admin.value}, now};
  Entry entry{EntryKind::suspense_returned, id.value, {}, by_admin.cause};
  entry.add(of(K::unallocated_receipts), of(K::bank), changed.amount);
  moves::must_post(tx, entry, now);
  moves::advance(tx, changed, ReceiptEvent::give_back, by_admin);
  moves::close_incidents(tx, IncidentKind::payment_waiting, id.value, by_admin);
  return changed;
}

Result<Receipt> take_back_payment(Tx& tx, UserId admin, ReceiptId id, TakenFrom source,
                                  Timestamp now) {
  auto receipt = for_admin(tx, admin, id);
  if (!receipt) return receipt.error();
  auto changed = *receipt;
  if (find_transition(changed.state, ReceiptEvent::take_back) == nullptr)
    return Error{Code::conflict};
  auto net = changed.amount - changed.fee;
  if (source == TakenFrom::clearing && tx.clearing(changed.gateway) < net.units())
    return Error{Code::insufficient_balance, "source"};

  Now by_admin{{Actor::admin, admin.value}, now};
  auto from = source == TakenFrom::bank ? of(K::bank) : of(changed.gateway, K::gateway_clearing);
  auto left = std::min(changed.amount, tx.wallet(changed.user).balance());
  Entry entry{EntryKind::payment_taken_back, id.value, {}, by_admin.cause};
  entry.add({{of(changed.user, K::user_balance), left},
             {of(changed.user, K::user_receivable), changed.amount - left}},
            {{from, net}, {of(K::gateway_fees), changed.fee}});
  moves::must_post(tx, entry, now);
  moves::advance(tx, changed, ReceiptEvent::take_back, by_admin);
  moves::open_incident(tx, IncidentKind::payment_taken_back, id.value, now);
  return changed;
}

}  // namespace topup
