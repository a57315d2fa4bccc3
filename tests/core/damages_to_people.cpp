#include "core/damages.h"

namespace topup::testing {
namespace {

using K = EntryKind;
using A = AccountKind;

const std::vector<Damage> kDamages{
    {"a requested withdrawal that was paid",
     [](ArchiveCopy& a) { a.withdrawals.back().state = WithdrawalState::paid; }, "I09"},
    {"a withdrawal of another amount",
     [](ArchiveCopy& a) { a.withdrawals.back().amount = idr(21); }, "I09"},
    {"a sale with another profit", [](ArchiveCopy& a) { a.orders.back().selling = idr(201); },
     "I13"},
    {"a transfer without its entry",
     [](ArchiveCopy& a) {
       auto transfer = a.transfers.back();
       ++transfer.id.value;
       a.transfers.push_back(transfer);
     },
     "I13"},
    {"profit from a deposit",
     [](ArchiveCopy& a) { a.posting(K::deposit_settled).posting.credit.kind = A::user_profit; },
     "I14"},
    {"a withdrawal from the balance",
     [](ArchiveCopy& a) {
       a.posting(K::withdrawal_requested).posting.debit.kind = A::user_balance;
     },
     "I15"},
    {"a withdrawal from another's profit",
     [](ArchiveCopy& a) { --a.posting(K::withdrawal_requested).posting.debit.owner; }, "I15"},
    {"withdrawals beyond the profit",
     [](ArchiveCopy& a) { a.withdrawals.back().amount = idr(10'000); }, "I16"},
    {"a user lost", [](ArchiveCopy& a) { a.users.pop_back(); }, "I27"},
    {"an order lost", [](ArchiveCopy& a) { a.orders.erase(a.orders.begin() + 1); }, "I27"},
    {"the last order lost", [](ArchiveCopy& a) { a.orders.pop_back(); }, "I27"},
    {"an entry about nothing", [](ArchiveCopy& a) { a.entry(K::order_held).ref = 1'000; }, "I27"},
    {"a step of nothing", [](ArchiveCopy& a) { a.steps.front().id = 1'000; }, "I27"},
    {"an order with an id out of all proportion",
     [](ArchiveCopy& a) { a.orders.back().id.value = INT64_MAX; }, "I27"},
    {"a ref_id used twice", [](ArchiveCopy& a) { of(a.orders, OrderId{1}).ref_id = "mine-1"; },
     "I28"},
    {"an index that leads astray", [](ArchiveCopy& a) { a.at_odds.emplace_back("astray"); }, "I42"},
    {"an idempotency key used twice", [](ArchiveCopy& a) { a.keys.push_back(a.keys.front()); },
     "I28"},
    {"an invoice used twice",
     [](ArchiveCopy& a) { a.orders.back().invoice = a.orders.front().invoice; }, "I28"},
    {"two open orders for the same thing",
     [](ArchiveCopy& a) { of(a.orders, lived().queued_order).target = "09001"; }, "I44"},
    {"an adjustment approved by its proposer",
     [](ArchiveCopy& a) { a.adjustments.front().decided_by = a.adjustments.front().proposed_by; },
     "I34"},
    {"an adjustment without a reason", [](ArchiveCopy& a) { a.adjustments.front().reason.clear(); },
     "I34"},
    {"an adjustment that was never approved",
     [](ArchiveCopy& a) { a.adjustments.front().state = AdjustmentState::proposed; }, "I34"},
    {"a step that is no row", [](ArchiveCopy& a) { a.steps.back().event = "reverse"; }, "I35"},
    {"a step that does not follow",
     [](ArchiveCopy& a) { a.steps.erase(a.steps.end() - 4, a.steps.end() - 1); }, "I35"},
    {"a thing without steps",
     [](ArchiveCopy& a) {
       std::erase_if(a.steps, [](const Step& s) { return s.subject == Subject::withdrawal; });
     },
     "I35"},
    {"a state that its steps do not lead to",
     [](ArchiveCopy& a) { of(a.orders, lived().open_order).state = OrderState::unknown; }, "I35"},
    {"a user erased without a step", [](ArchiveCopy& a) { a.users.back().erased_at = Timestamp{}; },
     "I35"},
    {"a step that erases nobody",
     [](ArchiveCopy& a) {
       auto step = a.steps.back();
       a.steps.push_back({Subject::user, 3, "erase", "", "erased", step.cause, step.at});
     },
     "I35"},
    {"a step of a user that says nothing",
     [](ArchiveCopy& a) {
       auto step = a.steps.back();
       a.users.back().erased_at = step.at;
       a.steps.push_back(
           {Subject::user, a.users.back().id.value, "forget", "", "erased", step.cause, step.at});
     },
     "I35"},
    {"a step caused by nobody",
     [](ArchiveCopy& a) {
       a.steps.back().cause = {Actor::admin, 0};
     },
     "I35"},
};

}  // namespace

const std::vector<Damage>& people_damages() { return kDamages; }

}  // namespace topup::testing
