#include <array>

#include "topup/ledger.h"
#include "topup/words.h"

namespace topup {
namespace {

using A = AccountKind;
using K = EntryKind;

// clang-format off
constexpr std::array kChart{
    //       kind                     debit                       credit
    ChartRow{K::capital_paid_in,      A::bank,                    A::owner_capital},
    ChartRow{K::prefund_sent,         A::provider_in_transit,     A::bank},
    ChartRow{K::prefund_sent,         A::bank_fees,               A::bank},
    ChartRow{K::prefund_confirmed,    A::provider_float,          A::provider_in_transit},
    ChartRow{K::deposit_settled,      A::gateway_clearing,        A::user_balance},
    ChartRow{K::deposit_settled,      A::gateway_fees,            A::user_balance},
    ChartRow{K::deposit_settled,      A::gateway_clearing,        A::fee_income},
    ChartRow{K::deposit_settled,      A::gateway_fees,            A::fee_income},
    ChartRow{K::deposit_settled,      A::gateway_clearing,        A::unique_code_income},
    ChartRow{K::payment_unallocated,  A::gateway_clearing,        A::unallocated_receipts},
    ChartRow{K::payment_unallocated,  A::gateway_fees,            A::unallocated_receipts},
    ChartRow{K::suspense_credited,    A::unallocated_receipts,    A::user_balance},
    ChartRow{K::suspense_credited,    A::unallocated_receipts,    A::fee_income},
    ChartRow{K::suspense_returned,    A::unallocated_receipts,    A::bank},
    ChartRow{K::gateway_paid_out,     A::bank,                    A::gateway_clearing},
    ChartRow{K::order_held,           A::user_balance,            A::user_hold},
    ChartRow{K::attempt_submitted,    A::provider_inflight,       A::provider_float},
    ChartRow{K::attempt_failed,       A::provider_float,          A::provider_inflight},
    ChartRow{K::order_captured,       A::user_hold,               A::sales_balance},
    ChartRow{K::order_captured,       A::cogs,                    A::provider_inflight},
    ChartRow{K::order_captured,       A::cogs,                    A::provider_float},
    ChartRow{K::order_captured,       A::provider_float,          A::provider_inflight},
    ChartRow{K::order_captured,       A::cogs,                    A::late_success_loss},
    ChartRow{K::order_voided,         A::user_hold,               A::user_balance},
    ChartRow{K::dropship_paid,        A::gateway_clearing,        A::dropship_escrow},
    ChartRow{K::dropship_paid,        A::gateway_fees,            A::dropship_escrow},
    ChartRow{K::dropship_paid,        A::gateway_clearing,        A::user_balance},
    ChartRow{K::dropship_paid,        A::gateway_fees,            A::user_balance},
    ChartRow{K::dropship_succeeded,   A::dropship_escrow,         A::sales_dropship},
    ChartRow{K::dropship_succeeded,   A::dropship_escrow,         A::fee_income},
    ChartRow{K::dropship_succeeded,   A::dropship_escrow,         A::user_profit},
    ChartRow{K::dropship_succeeded,   A::cogs,                    A::provider_inflight},
    ChartRow{K::dropship_succeeded,   A::cogs,                    A::provider_float},
    ChartRow{K::dropship_succeeded,   A::provider_float,          A::provider_inflight},
    ChartRow{K::dropship_succeeded,   A::cogs,                    A::late_success_loss},
    ChartRow{K::dropship_failed,      A::dropship_escrow,         A::customer_refund_payable},
    ChartRow{K::customer_refunded,    A::customer_refund_payable, A::bank},
    ChartRow{K::customer_refunded,    A::customer_refund_payable, A::user_balance},
    ChartRow{K::success_reversed,     A::provider_float,          A::cogs},
    ChartRow{K::success_reversed,     A::sales_refunds,           A::user_balance},
    ChartRow{K::success_reversed,     A::sales_refunds,           A::customer_refund_payable},
    ChartRow{K::success_reversed,     A::fee_income,              A::customer_refund_payable},
    ChartRow{K::success_reversed,     A::user_profit,             A::customer_refund_payable},
    ChartRow{K::success_reversed,     A::user_receivable,         A::customer_refund_payable},
    ChartRow{K::delivery_replaced,    A::provider_float,          A::cogs},
    ChartRow{K::delivery_replaced,    A::cogs,                    A::late_success_loss},
    ChartRow{K::late_success,         A::late_success_loss,       A::provider_float},
    ChartRow{K::late_recovered,       A::user_balance,            A::late_success_loss},
    ChartRow{K::late_recovered,       A::user_receivable,         A::late_success_loss},
    ChartRow{K::late_recovered,       A::user_balance,            A::sales_balance},
    ChartRow{K::late_recovered,       A::user_receivable,         A::sales_balance},
    ChartRow{K::late_reversed,        A::provider_float,          A::late_success_loss},
    ChartRow{K::recovery_refunded,    A::sales_refunds,           A::user_balance},
    ChartRow{K::withdrawal_requested, A::user_profit,             A::user_withdraw_hold},
    ChartRow{K::withdrawal_paid,      A::user_withdraw_hold,      A::bank},
    ChartRow{K::withdrawal_paid,      A::user_withdraw_hold,      A::fee_income},
    ChartRow{K::withdrawal_paid,      A::bank_fees,               A::bank},
    ChartRow{K::withdrawal_rejected,  A::user_withdraw_hold,      A::user_profit},
    ChartRow{K::adjustment,           A::adjustments,             A::user_balance},
    ChartRow{K::adjustment,           A::user_balance,            A::adjustments},
    ChartRow{K::profit_transferred,   A::user_profit,             A::user_balance},
    ChartRow{K::payment_taken_back,   A::user_balance,            A::gateway_clearing},
    ChartRow{K::payment_taken_back,   A::user_receivable,         A::gateway_clearing},
    ChartRow{K::payment_taken_back,   A::user_balance,            A::bank},
    ChartRow{K::payment_taken_back,   A::user_receivable,         A::bank},
    ChartRow{K::payment_taken_back,   A::user_balance,            A::gateway_fees},
    ChartRow{K::payment_taken_back,   A::user_receivable,         A::gateway_fees},
    ChartRow{K::debt_repaid,          A::bank,                    A::user_receivable},
    ChartRow{K::debt_repaid,          A::user_balance,            A::user_receivable},
};
// clang-format on

constexpr Words<AccountKind, 24> kAccounts{{
    {A::user_balance, "user_balance"},
    {A::user_hold, "user_hold"},
    {A::user_profit, "user_profit"},
    {A::user_withdraw_hold, "user_withdraw_hold"},
    {A::user_receivable, "user_receivable"},
    {A::bank, "bank"},
    {A::gateway_clearing, "gateway_clearing"},
    {A::provider_float, "provider_float"},
    {A::provider_in_transit, "provider_in_transit"},
    {A::provider_inflight, "provider_inflight"},
    {A::dropship_escrow, "dropship_escrow"},
    {A::customer_refund_payable, "customer_refund_payable"},
    {A::unallocated_receipts, "unallocated_receipts"},
    {A::sales_balance, "sales_balance"},
    {A::sales_dropship, "sales_dropship"},
    {A::fee_income, "fee_income"},
    {A::unique_code_income, "unique_code_income"},
    {A::owner_capital, "owner_capital"},
    {A::cogs, "cogs"},
    {A::gateway_fees, "gateway_fees"},
    {A::bank_fees, "bank_fees"},
    {A::adjustments, "adjustments"},
    {A::late_success_loss, "late_success_loss"},
    {A::sales_refunds, "sales_refunds"},
}};

constexpr Words<AccountClass, 5> kClasses{{
    {AccountClass::asset, "asset"},
    {AccountClass::liability, "liability"},
    {AccountClass::income, "income"},
    {AccountClass::expense, "expense"},
    {AccountClass::equity, "equity"},
}};

constexpr Words<EntryKind, 30> kEntries{{
    {K::capital_paid_in, "capital_paid_in"},
    {K::prefund_sent, "prefund_sent"},
    {K::prefund_confirmed, "prefund_confirmed"},
    {K::deposit_settled, "deposit_settled"},
    {K::payment_unallocated, "payment_unallocated"},
    {K::suspense_credited, "suspense_credited"},
    {K::suspense_returned, "suspense_returned"},
    {K::gateway_paid_out, "gateway_paid_out"},
    {K::order_held, "order_held"},
    {K::attempt_submitted, "attempt_submitted"},
    {K::attempt_failed, "attempt_failed"},
    {K::order_captured, "order_captured"},
    {K::order_voided, "order_voided"},
    {K::dropship_paid, "dropship_paid"},
    {K::dropship_succeeded, "dropship_succeeded"},
    {K::dropship_failed, "dropship_failed"},
    {K::customer_refunded, "customer_refunded"},
    {K::success_reversed, "success_reversed"},
    {K::delivery_replaced, "delivery_replaced"},
    {K::late_success, "late_success"},
    {K::late_recovered, "late_recovered"},
    {K::late_reversed, "late_reversed"},
    {K::recovery_refunded, "recovery_refunded"},
    {K::withdrawal_requested, "withdrawal_requested"},
    {K::withdrawal_paid, "withdrawal_paid"},
    {K::withdrawal_rejected, "withdrawal_rejected"},
    {K::adjustment, "adjustment"},
    {K::profit_transferred, "profit_transferred"},
    {K::payment_taken_back, "payment_taken_back"},
    {K::debt_repaid, "debt_repaid"},
}};

constexpr Words<EntrySlot, 20> kSlots{{
    {EntrySlot::treasury, "treasury"},
    {EntrySlot::prefund_send, "prefund_send"},
    {EntrySlot::prefund_confirm, "prefund_confirm"},
    {EntrySlot::payment, "payment"},
    {EntrySlot::suspense, "suspense"},
    {EntrySlot::payment_back, "payment_back"},
    {EntrySlot::order_hold, "order_hold"},
    {EntrySlot::order_done, "order_done"},
    {EntrySlot::order_refund, "order_refund"},
    {EntrySlot::order_reversal, "order_reversal"},
    {EntrySlot::attempt_submit, "attempt_submit"},
    {EntrySlot::attempt_fail, "attempt_fail"},
    {EntrySlot::attempt_late, "attempt_late"},
    {EntrySlot::attempt_reversal, "attempt_reversal"},
    {EntrySlot::order_recovery, "order_recovery"},
    {EntrySlot::recovery_refund, "recovery_refund"},
    {EntrySlot::withdrawal_request, "withdrawal_request"},
    {EntrySlot::withdrawal_final, "withdrawal_final"},
    {EntrySlot::adjustment, "adjustment"},
    {EntrySlot::transfer, "transfer"},
}};
static_assert(kAccounts.in_order() && kClasses.in_order() && kEntries.in_order() &&
              kSlots.in_order());

}  // namespace

std::span<const ChartRow> chart() { return kChart; }

bool is_in_chart(EntryKind kind, AccountKind debit, AccountKind credit) {
  for (const auto& row : kChart)
    if (row.kind == kind && row.debit == debit && row.credit == credit) return true;
  return false;
}

AccountClass class_of(AccountKind kind) {
  switch (kind) {
    case A::bank:
    case A::gateway_clearing:
    case A::provider_float:
    case A::provider_in_transit:
    case A::provider_inflight:
    case A::user_receivable: return AccountClass::asset;
    case A::user_balance:
    case A::user_hold:
    case A::user_profit:
    case A::user_withdraw_hold:
    case A::dropship_escrow:
    case A::customer_refund_payable:
    case A::unallocated_receipts: return AccountClass::liability;
    case A::sales_balance:
    case A::sales_dropship:
    case A::fee_income:
    case A::unique_code_income: return AccountClass::income;
    case A::owner_capital: return AccountClass::equity;
    case A::cogs:
    case A::gateway_fees:
    case A::bank_fees:
    case A::adjustments:
    case A::late_success_loss:
    case A::sales_refunds: return AccountClass::expense;
  }
  __builtin_unreachable();
}

bool grows_by_debit(AccountKind kind) {
  auto account_class = class_of(kind);
  return account_class == AccountClass::asset || account_class == AccountClass::expense;
}

bool is_guarded(AccountKind kind) {
  return is_user_account(kind) || kind == A::dropship_escrow ||
         kind == A::customer_refund_payable || kind == A::unallocated_receipts ||
         kind == A::provider_inflight || kind == A::provider_in_transit ||
         kind == A::gateway_clearing;
}

EntrySlot slot_of(EntryKind kind) {
  switch (kind) {
    case K::capital_paid_in:
    case K::gateway_paid_out:
    case K::debt_repaid: return EntrySlot::treasury;
    case K::prefund_sent: return EntrySlot::prefund_send;
    case K::prefund_confirmed: return EntrySlot::prefund_confirm;
    case K::deposit_settled:
    case K::payment_unallocated:
    case K::dropship_paid: return EntrySlot::payment;
    case K::suspense_credited:
    case K::suspense_returned: return EntrySlot::suspense;
    case K::order_held: return EntrySlot::order_hold;
    case K::attempt_submitted: return EntrySlot::attempt_submit;
    case K::attempt_failed: return EntrySlot::attempt_fail;
    case K::order_captured:
    case K::order_voided:
    case K::dropship_succeeded:
    case K::dropship_failed: return EntrySlot::order_done;
    case K::customer_refunded: return EntrySlot::order_refund;
    case K::success_reversed: return EntrySlot::order_reversal;
    case K::delivery_replaced:
    case K::late_reversed: return EntrySlot::attempt_reversal;
    case K::late_success: return EntrySlot::attempt_late;
    case K::late_recovered: return EntrySlot::order_recovery;
    case K::recovery_refunded: return EntrySlot::recovery_refund;
    case K::withdrawal_requested: return EntrySlot::withdrawal_request;
    case K::withdrawal_paid:
    case K::withdrawal_rejected: return EntrySlot::withdrawal_final;
    case K::adjustment: return EntrySlot::adjustment;
    case K::profit_transferred: return EntrySlot::transfer;
    case K::payment_taken_back: return EntrySlot::payment_back;
  }
  __builtin_unreachable();
}

std::string_view name(AccountKind kind) { return kAccounts.word(kind); }
std::string_view name(AccountClass kind) { return kClasses.word(kind); }
std::string_view name(EntryKind kind) { return kEntries.word(kind); }
std::string_view name(EntrySlot slot) { return kSlots.word(slot); }
std::optional<AccountKind> account_kind_from(std::string_view word) { return kAccounts.from(word); }
std::optional<EntryKind> entry_kind_from(std::string_view word) { return kEntries.from(word); }

}  // namespace topup
