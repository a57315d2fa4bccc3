// The chart against a second copy written by hand, with the numbers of the rows in
// the chart of accounts from which both were made.

#include <set>
#include <string>

#include "catch.h"
#include "topup/ledger.h"

using namespace topup;

namespace {

struct Row {
  std::string_view entry;
  std::string_view pairs;  // "debit credit; debit credit"
};

// clang-format off
constexpr Row kRows[] = {
    /* 1 */   {"capital_paid_in",      "bank owner_capital"},
    /* 2 */   {"prefund_sent",         "provider_in_transit bank; bank_fees bank"},
    /* 3 */   {"prefund_confirmed",    "provider_float provider_in_transit"},
    /* 4 */   {"deposit_settled",      "gateway_clearing user_balance; gateway_clearing fee_income; gateway_clearing unique_code_income; gateway_fees user_balance; gateway_fees fee_income"},
    /* 5 */   {"payment_unallocated",  "gateway_clearing unallocated_receipts; gateway_fees unallocated_receipts"},
    /* 6 */   {"suspense_credited",    "unallocated_receipts user_balance; unallocated_receipts fee_income"},
    /* 7 */   {"suspense_returned",    "unallocated_receipts bank"},
    /* 8 */   {"gateway_paid_out",     "bank gateway_clearing"},
    /* 9 */   {"order_held",           "user_balance user_hold"},
    /* 10 */  {"attempt_submitted",    "provider_inflight provider_float"},
    /* 12 */  {"order_captured",       "user_hold sales_balance; cogs provider_inflight; cogs provider_float; provider_float provider_inflight; cogs late_success_loss"},
    /* 13 */  {"attempt_failed",       "provider_float provider_inflight"},
    /* 14 */  {"order_voided",         "user_hold user_balance"},
    /* 16 */  {"dropship_paid",        "gateway_clearing dropship_escrow; gateway_fees dropship_escrow; gateway_clearing user_balance; gateway_fees user_balance"},
    /* 17 */  {"dropship_succeeded",   "dropship_escrow sales_dropship; dropship_escrow fee_income; dropship_escrow user_profit; cogs provider_inflight; cogs provider_float; provider_float provider_inflight; cogs late_success_loss"},
    /* 18 */  {"dropship_failed",      "dropship_escrow customer_refund_payable"},
    /* 19 */  {"customer_refunded",    "customer_refund_payable bank; customer_refund_payable user_balance"},
    /* 20 */  {"success_reversed",     "provider_float cogs; sales_refunds user_balance; sales_refunds customer_refund_payable; fee_income customer_refund_payable; user_profit customer_refund_payable; user_receivable customer_refund_payable"},
    /* 20c */ {"delivery_replaced",    "provider_float cogs; cogs late_success_loss"},
    /* 21 */  {"late_success",         "late_success_loss provider_float"},
    /* 21b */ {"late_recovered",       "user_balance late_success_loss; user_receivable late_success_loss; user_balance sales_balance; user_receivable sales_balance"},
    /* 21c */ {"late_reversed",        "provider_float late_success_loss"},
    /* 21d */ {"recovery_refunded",    "sales_refunds user_balance"},
    /* 22 */  {"withdrawal_requested", "user_profit user_withdraw_hold"},
    /* 23 */  {"withdrawal_paid",      "user_withdraw_hold bank; user_withdraw_hold fee_income; bank_fees bank"},
    /* 24 */  {"withdrawal_rejected",  "user_withdraw_hold user_profit"},
    /* 25 */  {"adjustment",           "adjustments user_balance; user_balance adjustments"},
    /* 26 */  {"profit_transferred",   "user_profit user_balance"},
    /* 27 */  {"payment_taken_back",   "user_balance gateway_clearing; user_receivable gateway_clearing; user_balance bank; user_receivable bank; user_balance gateway_fees; user_receivable gateway_fees"},
    /* 28 */  {"debt_repaid",          "bank user_receivable; user_balance user_receivable"},
};
// clang-format on

std::set<std::string> by_hand() {
  std::set<std::string> rows;
  for (const auto& row : kRows) {
    std::string pairs{row.pairs};
    for (std::size_t at = 0; at < pairs.size();) {
      auto end = std::min(pairs.find("; ", at), pairs.size());
      rows.insert(std::string{row.entry} + ": " + pairs.substr(at, end - at));
      at = end + 2;
    }
  }
  return rows;
}

}  // namespace

TEST_CASE("an entry may post to the pairs of the chart of accounts and to no others") {
  std::set<std::string> rows;
  for (const auto& row : chart())
    rows.insert(std::string{name(row.kind)} + ": " + std::string{name(row.debit)} + " " +
                std::string{name(row.credit)});
  CHECK(rows == by_hand());
}
