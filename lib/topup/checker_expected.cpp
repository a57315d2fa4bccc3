#include "topup/checker_expected.h"

#include <algorithm>

namespace topup::checking {
namespace {

using A = AccountKind;

// Cost of sales at the final cost, out of what was in flight; of a late delivery,
// out of what was booked as a loss.
void add_cost(Lines& lines, const AttemptRow& attempt) {
  lines.debit(at(A::cogs), attempt.final_cost);
  if ((attempt.entries & bit(EntryKind::late_success)) != 0) {
    lines.credit(at(A::late_success_loss), attempt.final_cost);
    return;
  }
  lines.credit(at(A::provider_inflight, attempt.provider), attempt.cost);
  lines.credit(at(A::provider_float, attempt.provider), attempt.final_cost - attempt.cost);
}

}  // namespace

Lines captured(const OrderRow& order, const AttemptRow& attempt) {
  Lines lines;
  if (order.mode == OrderMode::balance) {
    lines.debit(at(A::user_hold, order.user), order.price);
    lines.credit(at(A::sales_balance), order.price);
  } else {
    lines.debit(at(A::dropship_escrow), order.selling);
    lines.credit(at(A::sales_dropship), order.price);
    lines.credit(at(A::fee_income), order.fee);
    lines.credit(at(A::user_profit, order.user), order.selling - order.price - order.fee);
  }
  add_cost(lines, attempt);
  return lines;
}

Lines reversed(const OrderRow& order, const AttemptRow& attempt, const Lines& actual) {
  Lines lines;
  lines.debit(at(A::provider_float, attempt.provider), attempt.final_cost);
  lines.credit(at(A::cogs), attempt.final_cost);
  lines.debit(at(A::sales_refunds), order.price);
  if (order.mode == OrderMode::balance) {
    lines.credit(at(A::user_balance, order.user), order.price);
    return lines;
  }
  std::int64_t profit = order.selling - order.price - order.fee;
  std::int64_t clawed_back = std::clamp(actual.debited(at(A::user_profit, order.user)),
                                        std::int64_t{0}, std::max(std::int64_t{0}, profit));
  lines.debit(at(A::fee_income), order.fee);
  lines.debit(at(A::user_profit, order.user), clawed_back);
  lines.debit(at(A::user_receivable, order.user), profit - clawed_back);
  lines.credit(at(A::customer_refund_payable), order.selling);
  return lines;
}

Lines replaced(const AttemptRow& taken_back, const AttemptRow& late) {
  Lines lines;
  lines.debit(at(A::provider_float, taken_back.provider), taken_back.final_cost);
  lines.credit(at(A::cogs), taken_back.final_cost);
  lines.debit(at(A::cogs), late.final_cost);
  lines.credit(at(A::late_success_loss), late.final_cost);
  return lines;
}

Lines recovered(const OrderRow& order, A source, std::int64_t late_cost) {
  Lines lines;
  std::int64_t of_loss = std::min(order.price, late_cost);
  lines.debit(at(source, order.user), order.price);
  lines.credit(at(A::late_success_loss), of_loss);
  lines.credit(at(A::sales_balance), order.price - of_loss);
  return lines;
}

Lines pair(LedgerAccount debit, LedgerAccount credit, std::int64_t amount) {
  Lines lines;
  lines.debit(debit, amount);
  lines.credit(credit, amount);
  return lines;
}

Lines received(const ReceiptRow& receipt) {
  Lines lines;
  lines.debit(at(A::gateway_clearing, receipt.gateway), receipt.amount - receipt.fee);
  lines.debit(at(A::gateway_fees), receipt.fee);
  return lines;
}

void add_deposit(Lines& lines, const ChargeRow& charge) {
  lines.credit(at(A::user_balance, charge.user), charge.nominal + charge.unique_code);
  lines.credit(at(A::fee_income), charge.fee);
}

Lines taken_back(const ReceiptRow& receipt, LedgerAccount source, const Lines& actual) {
  Lines lines;
  std::int64_t paid = std::clamp(actual.debited(at(A::user_balance, receipt.user)), std::int64_t{0},
                                 std::max(std::int64_t{0}, receipt.amount));
  lines.debit(at(A::user_balance, receipt.user), paid);
  lines.debit(at(A::user_receivable, receipt.user), receipt.amount - paid);
  lines.credit(source, receipt.amount - receipt.fee);
  lines.credit(at(A::gateway_fees), receipt.fee);
  return lines;
}

Lines withdrawn(const WithdrawalRow& withdrawal, std::int64_t bank_fee) {
  Lines lines;
  lines.debit(at(A::user_withdraw_hold, withdrawal.user), withdrawal.amount);
  lines.debit(at(A::bank_fees), bank_fee);
  lines.credit(at(A::bank), withdrawal.amount - withdrawal.fee + bank_fee);
  lines.credit(at(A::fee_income), withdrawal.fee);
  return lines;
}

Lines prefunded(const PrefundRow& prefund) {
  Lines lines;
  lines.debit(at(A::provider_in_transit, prefund.provider), prefund.amount);
  lines.debit(at(A::bank_fees), prefund.bank_fee);
  lines.credit(at(A::bank), prefund.amount + prefund.bank_fee);
  return lines;
}

}  // namespace topup::checking
