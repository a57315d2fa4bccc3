#include "topup/treasury_commands.h"

#include "topup/moves.h"
#include "topup/repeats.h"
#include "topup/store.h"
#include "topup/user_commands.h"

namespace topup {
namespace {

using moves::Now;
using K = AccountKind;

constexpr std::string_view kAdjustRoute = "propose_adjustment";
constexpr Money kMoveMax = *Money::from_units(1'000'000'000'000);
constexpr Money kAdjustmentMax = *Money::from_units(1'000'000'000);

bool is_movable(Money amount) { return amount > Money{} && amount <= kMoveMax; }

TreasuryMove move_in(Tx& tx, TreasuryMove move, const Entry& entry) {
  tx.insert(move);
  moves::must_post(tx, entry, move.created_at);
  return move;
}

bool asks_for(const ProposeAdjustment& command, const Adjustment& adjustment) {
  return adjustment.user == command.user && adjustment.amount == command.amount &&
         adjustment.reason == command.reason;
}

}  // namespace

Result<TreasuryMove> pay_in_capital(Tx& tx, UserId admin, Money amount, Timestamp now) {
  if (auto allowed = require_admin(tx, admin); !allowed) return allowed.error();
  if (!is_movable(amount)) return Error{Code::amount_out_of_range, "amount"};
  TreasuryMove move{next_id<TreasuryMoveId>(tx), TreasuryMoveKind::capital, {}, {}, amount, now};
  Entry entry{EntryKind::capital_paid_in, move.id.value, {}, {Actor::admin, admin.value}};
  entry.add(of(K::bank), of(K::owner_capital), amount);
  return move_in(tx, move, entry);
}

Result<TreasuryMove> record_gateway_payout(Tx& tx, UserId admin, GatewayId gateway, Money amount,
                                           Timestamp now) {
  if (auto allowed = require_admin(tx, admin); !allowed) return allowed.error();
  if (!tx.gateway(gateway)) return Error{Code::not_found};
  if (!is_movable(amount)) return Error{Code::amount_out_of_range, "amount"};
  if (tx.clearing(gateway) < amount.units()) return Error{Code::insufficient_balance, "amount"};
  TreasuryMove move{
      next_id<TreasuryMoveId>(tx), TreasuryMoveKind::gateway_payout, gateway, {}, amount, now};
  Entry entry{EntryKind::gateway_paid_out, move.id.value, {}, {Actor::admin, admin.value}};
  entry.add(of(K::bank), of(gateway, K::gateway_clearing), amount);
  return move_in(tx, move, entry);
}

Result<TreasuryMove> repay_debt(Tx& tx, const RepayDebt& command, Timestamp now) {
  if (auto allowed = require_admin(tx, command.admin); !allowed) return allowed.error();
  if (!tx.user(command.user)) return Error{Code::not_found};
  auto wallet = tx.wallet(command.user);
  if (command.amount <= Money{} || command.amount > wallet[K::user_receivable].balance)
    return Error{Code::amount_out_of_range, "amount"};
  bool by_bank = command.source == RepaidFrom::bank;
  if (!by_bank && command.amount > wallet.balance())
    return Error{Code::insufficient_balance, "amount"};
  auto kind = by_bank ? TreasuryMoveKind::debt_by_bank : TreasuryMoveKind::debt_from_balance;
  TreasuryMove move{next_id<TreasuryMoveId>(tx), kind, {}, command.user, command.amount, now};
  Entry entry{EntryKind::debt_repaid, move.id.value, {}, {Actor::admin, command.admin.value}};
  entry.add(by_bank ? of(K::bank) : of(command.user, K::user_balance),
            of(command.user, K::user_receivable), command.amount);
  return move_in(tx, move, entry);
}

Result<Prefund> send_prefund(Tx& tx, const SendPrefund& command, Timestamp now) {
  if (auto allowed = require_admin(tx, command.admin); !allowed) return allowed.error();
  if (!tx.provider(command.provider)) return Error{Code::not_found};
  if (!is_movable(command.amount)) return Error{Code::amount_out_of_range, "amount"};
  if (command.bank_fee < Money{} || command.bank_fee > command.amount)
    return Error{Code::amount_out_of_range, "bank_fee"};

  Now by_admin{{Actor::admin, command.admin.value}, now};
  Prefund prefund{next_id<PrefundId>(tx), command.provider, PrefundState::sent,
                  command.amount,         command.bank_fee, now};
  moves::create(tx, prefund, by_admin);
  Entry entry{EntryKind::prefund_sent, prefund.id.value, {}, by_admin.cause};
  entry.add(of(command.provider, K::provider_in_transit), of(K::bank), command.amount);
  entry.add(of(K::bank_fees), of(K::bank), command.bank_fee);
  moves::must_post(tx, entry, now);
  return prefund;
}

Result<Prefund> confirm_prefund(Tx& tx, UserId admin, PrefundId id, Timestamp now) {
  if (auto allowed = require_admin(tx, admin); !allowed) return allowed.error();
  auto prefund = tx.prefund(id);
  if (!prefund) return Error{Code::not_found};
  if (prefund->state == PrefundState::confirmed) return *prefund;

  Now by_admin{{Actor::admin, admin.value}, now};
  Entry entry{EntryKind::prefund_confirmed, id.value, {}, by_admin.cause};
  entry.add(of(prefund->provider, K::provider_float), of(prefund->provider, K::provider_in_transit),
            prefund->amount);
  moves::must_post(tx, entry, now);
  moves::confirm(tx, *prefund, by_admin);
  return *prefund;
}

Result<ProposedAdjustment> propose_adjustment(Tx& tx, const ProposeAdjustment& command,
                                              Timestamp now) {
  if (auto allowed = require_admin(tx, command.admin); !allowed) return allowed.error();
  if (!tx.user(command.user)) return Error{Code::not_found};
  if (command.amount == Money{} || command.amount > kAdjustmentMax ||
      command.amount < -kAdjustmentMax)
    return Error{Code::amount_out_of_range, "amount"};
  if (!is_text_of(command.reason, 1, 200)) return Error{Code::invalid_parameter, "reason"};
  if (!is_idempotency_key(command.idempotency_key))
    return Error{Code::invalid_parameter, "idempotency_key"};
  if (auto made = made_before(tx, command.admin, kAdjustRoute, command.idempotency_key)) {
    auto adjustment = tx.adjustment(AdjustmentId{*made}).value();
    if (!asks_for(command, adjustment)) return Error{Code::idempotency_conflict};
    return ProposedAdjustment{adjustment, true};
  }

  // From here on it succeeds.
  Adjustment adjustment{next_id<AdjustmentId>(tx),
                        command.user,
                        AdjustmentState::proposed,
                        command.amount,
                        command.reason,
                        command.admin,
                        {},
                        now,
                        now};
  moves::create(tx, adjustment, {{Actor::admin, command.admin.value}, now});
  remember(tx, {command.admin, std::string{kAdjustRoute}, command.idempotency_key,
                adjustment.id.value, now});
  return ProposedAdjustment{adjustment, false};
}

Result<Adjustment> approve_adjustment(Tx& tx, UserId admin, AdjustmentId id, Timestamp now) {
  if (auto allowed = require_admin(tx, admin); !allowed) return allowed.error();
  auto adjustment = tx.adjustment(id);
  if (!adjustment) return Error{Code::not_found};
  if (adjustment->state != AdjustmentState::proposed) return Error{Code::conflict};
  if (adjustment->proposed_by == admin) return Error{Code::forbidden};

  Now by_admin{{Actor::admin, admin.value}, now};
  Entry entry{EntryKind::adjustment, id.value, {}, by_admin.cause};
  auto balance = of(adjustment->user, K::user_balance);
  if (adjustment->amount > Money{})
    entry.add(of(K::adjustments), balance, adjustment->amount);
  else
    entry.add(balance, of(K::adjustments), -adjustment->amount);
  if (auto posted = post(tx, entry, now); !posted) return posted.error();
  adjustment->decided_by = admin;
  moves::advance(tx, *adjustment, AdjustmentEvent::approve, by_admin);
  return *adjustment;
}

Result<Adjustment> reject_adjustment(Tx& tx, UserId admin, AdjustmentId id, Timestamp now) {
  if (auto allowed = require_admin(tx, admin); !allowed) return allowed.error();
  auto adjustment = tx.adjustment(id);
  if (!adjustment) return Error{Code::not_found};
  if (adjustment->state != AdjustmentState::proposed) return Error{Code::conflict};
  adjustment->decided_by = admin;
  moves::advance(tx, *adjustment, AdjustmentEvent::reject, {{Actor::admin, admin.value}, now});
  return *adjustment;
}

}  // namespace topup
