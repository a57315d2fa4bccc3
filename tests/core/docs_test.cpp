// docs/states.md and docs/ledger.md are rendered from the tables that the
// library works by; UPDATE_DOCS=1 rewrites them.

#include <cstdlib>
#include <fstream>
#include <set>
#include <span>
#include <sstream>
#include <string>

#include "catch.h"
#include "topup/checker.h"
#include "topup/ledger.h"
#include "topup/order.h"
#include "topup/payment.h"
#include "topup/treasury.h"
#include "topup/withdrawal.h"

using namespace topup;

namespace {

template <class Word>
std::string word(Word value) {
  return std::string{name(value)};
}

template <class State, class Event>
std::string life(const std::string& title, State initial,
                 std::span<const Transition<State, Event>> rows) {
  std::string text =
      "\n## " + title + "\n\n```mermaid\nstateDiagram-v2\n  [*] --> " + word(initial) + "\n";
  std::set<std::string> over;
  for (const auto& row : rows) {
    text += "  " + word(row.from) + " --> " + word(row.to) + ": " + word(row.event) + "\n";
    for (auto state : {row.from, row.to})
      if (is_over(state)) over.insert(word(state));
  }
  for (const auto& state : over)
    text += "  " + state + " --> [*]\n";
  text += "```\n\n| from | event | to | why |\n|---|---|---|---|\n";
  for (const auto& row : rows)
    text += "| `" + word(row.from) + "` | `" + word(row.event) + "` | `" + word(row.to) + "` | " +
            std::string{row.why} + " |\n";
  return text;
}

std::string statuses() {
  std::string text = "\n### What a reseller sees of it\n\n| state | status |\n|---|---|\n";
  std::set<OrderState> shown;
  for (const auto& row : order_transitions())
    for (auto state : {row.from, row.to})
      if (shown.insert(state).second)
        text += "| `" + word(state) + "` | `" + word(status_of(state)) + "` |\n";
  return text;
}

std::string states_page() {
  return "# States\n\n"
         "Rendered by the tests from the tables in `lib/topup/*_states.cpp`, `treasury.cpp` and\n"
         "`withdrawal.cpp`, by which the commands move; `UPDATE_DOCS=1` rewrites this page. What\n"
         "is not a row cannot happen. From a state that leads to the end only corrections follow.\n"
         "A balance order begins `queued`, because its money is held in the same transaction.\n" +
         life("Order", OrderState::unpaid, order_transitions()) + statuses() +
         life("Attempt", AttemptState::planned, attempt_transitions()) +
         life("Payment of a dropship order", ChargeState::pending, payment_transitions()) +
         life("Deposit", ChargeState::pending, deposit_transitions()) +
         life("Receipt", ReceiptState::received, receipt_transitions()) +
         life("Withdrawal", WithdrawalState::requested, withdrawal_transitions()) +
         life("Adjustment", AdjustmentState::proposed, adjustment_transitions()) +
         "\n## Prefund\n\nA prefund is `sent` and then, once the supplier has it, `confirmed`.\n";
}

std::string accounts() {
  std::string text =
      "\n## Accounts\n\n| account | class | one for each | never negative |\n|---|---|---|---|\n";
  auto each_for = [](AccountKind kind) -> std::string {
    if (is_user_account(kind)) return "user";
    if (kind == AccountKind::gateway_clearing) return "gateway";
    return word(kind).rfind("provider_", 0) == 0 ? "provider" : "";
  };
  for (int i = 0; i <= static_cast<int>(AccountKind::sales_refunds); ++i) {
    auto kind = static_cast<AccountKind>(i);
    text += "| `" + word(kind) + "` | " + word(class_of(kind)) + " | " + each_for(kind) + " | " +
            (is_guarded(kind) ? "yes" : "") + " |\n";
  }
  return text;
}

std::string postings() {
  std::string text =
      "\n## Entries\n\n"
      "Entries in one slot exclude each other for the same thing.\n\n"
      "| entry | slot | debit | credit |\n|---|---|---|---|\n";
  for (const auto& row : chart())
    text += "| `" + word(row.kind) + "` | `" + word(slot_of(row.kind)) + "` | `" + word(row.debit) +
            "` | `" + word(row.credit) + "` |\n";
  return text;
}

std::string invariant_list() {
  std::string text =
      "\n## Invariants\n\n"
      "`topupd verify` and the tests check each of them, from what is stored and nothing else.\n"
      "A number that is missing speaks of the outside world and belongs to the simulator.\n\n"
      "| number | what holds |\n|---|---|\n";
  for (const auto& invariant : invariants())
    text += "| " + std::string{invariant.id} + " | " + std::string{invariant.sentence} + " |\n";
  return text;
}

std::string ledger_page() {
  return "# The ledger\n\n"
         "Rendered by the tests from `lib/topup/chart.cpp` and `lib/topup/checker.cpp`;\n"
         "`UPDATE_DOCS=1` rewrites this page. An entry is a list of postings, each a positive\n"
         "amount from one account (credit) to another (debit), so an imbalance can't be written.\n"
         "Accounts of a user are rows; all others are sums of postings.\n\n"
         "A payment that comes late or with a wrong amount first waits in suspense\n"
         "(`payment_unallocated`); where the policy gives late money to the reseller, the second\n"
         "entry (`suspense_credited`) follows in the same transaction. A failed dropship order\n"
         "does the same with `dropship_failed` and `customer_refunded`. A payment taken back\n"
         "returns the gateway's fee with it.\n\n"
         "A gateway pays out no more than it holds, and what it takes back comes from there only\n"
         "as far as it is still there; else from the bank. One that keeps it back from its next\n"
         "pay-out is booked as if it had paid that out whole.\n\n"
         "Where a supplier takes one of two deliveries of an order back, the other, late one is\n"
         "the order's from then on (`delivery_replaced`). Where it takes the late\n"
         "one back, that is no loss any more (`late_reversed`), and who paid for it gets his "
         "money\n"
         "back (`recovery_refunded`). What a reseller owes goes down when an\n"
         "admin records that he paid it (`debt_repaid`), by bank or from his balance.\n" +
         accounts() + postings() + invariant_list();
}

void check_page(const std::string& file, const std::string& page) {
  const std::string path = TOPUP_SOURCE_DIR "/docs/" + file;
  // NOLINTNEXTLINE(concurrency-mt-unsafe)
  if (std::getenv("UPDATE_DOCS") != nullptr) std::ofstream{path} << page;
  std::stringstream written;
  written << std::ifstream{path}.rdbuf();
  CHECK(written.str() == page);
}

}  // namespace

TEST_CASE("docs/states.md shows the tables that the commands move by", "[docs]") {
  check_page("states.md", states_page());
}

TEST_CASE("docs/ledger.md shows the chart and the invariants that are checked", "[docs]") {
  check_page("ledger.md", ledger_page());
}
