#include "core/damages.h"

namespace topup::testing {
namespace {

using K = EntryKind;

const std::vector<Damage> kDamages{
    {"a waiting payment that was credited",
     [](ArchiveCopy& a) { of(a.receipts, lived().waiting_receipt).state = ReceiptState::credited; },
     "I12"},
    {"a prefund under way that arrived",
     [](ArchiveCopy& a) { a.prefunds.back().state = PrefundState::confirmed; }, "I12"},
    {"a refund that is due and was not paid",
     [](ArchiveCopy& a) { of(a.orders, lived().waiting).selling = idr(161); }, "I26"},
    {"a refund booked for another order",
     [](ArchiveCopy& a) { a.entry(K::customer_refunded).ref = lived().waiting.value; }, "I12"},
    {"a gateway that paid out more", [](ArchiveCopy& a) { a.moves.back().amount = idr(601); },
     "I12"},
    {"a dropship order started by nobody",
     [](ArchiveCopy& a) { of(a.orders, lived().unpaid).state = OrderState::queued; }, "I25"},
    {"a charge of another order",
     [](ArchiveCopy& a) {
       for (auto& charge : a.charges)
         if (charge.order == lived().sold) charge.order = lived().unpaid;
     },
     "I25"},
    {"a dropship order started by another amount",
     [](ArchiveCopy& a) {
       for (auto& charge : a.charges)
         if (charge.order == lived().sold) charge.unique_code = idr(1);
     },
     "I25"},
    {"a deposit settled by another amount",
     [](ArchiveCopy& a) { a.charges.front().nominal = idr(1'001); }, "I29"},
    {"a deposit credited with another amount",
     [](ArchiveCopy& a) { a.posting(K::deposit_settled).posting.amount = idr(1'000); }, "I29"},
    {"a deposit settled twice",
     [](ArchiveCopy& a) {
       auto receipt = a.receipts.front();
       receipt.id.value = static_cast<std::int64_t>(a.receipts.size()) + 1;
       receipt.payment_id = "another";
       a.receipts.push_back(receipt);
       a.book(K::deposit_settled, receipt.id.value, {a.posting(K::deposit_settled).posting});
     },
     "I30"},
    {"late money of one charge credited twice",
     [](ArchiveCopy& a) {
       auto& partial = of(a.receipts, lived().partial);
       for (const auto& charge : a.charges)
         if (charge.order == lived().unpaid) partial.charge = charge.id;
       for (auto& entry : a.entries)
         if (entry.kind == K::suspense_credited && entry.ref == partial.id.value)
           entry.cause = {Actor::policy, 0};
     },
     "I30"},
    {"a charge settled late twice",
     [](ArchiveCopy& a) {
       for (const auto& step : std::vector<Step>{a.steps})
         if (step.event == "settle_late" && step.from == step.to) a.steps.push_back(step);
       a.steps.back().at = a.steps.at(a.steps.size() - 2).at;
     },
     "I30"},
    {"one payment in two receipts",
     [](ArchiveCopy& a) { a.receipts.back().payment_id = a.receipts.front().payment_id; }, "I30"},
    {"two charges with one code",
     [](ArchiveCopy& a) { a.charges.back().code = a.charges.front().code; }, "I30"},
    {"a payment without its entry", [](ArchiveCopy& a) { a.entry(K::payment_unallocated).ref = 1; },
     "I30"},
    {"a payment that is still undecided",
     [](ArchiveCopy& a) { a.receipts.front().state = ReceiptState::received; }, "I30"},
    {"a settled charge that expired",
     [](ArchiveCopy& a) { a.charges.front().state = ChargeState::expired; }, "I30"},
    {"a late payment settled as in time",
     [](ArchiveCopy& a) { a.receipts.front().paid_at += std::chrono::hours{1}; }, "I32"},
    {"suspense decided by a reseller",
     [](ArchiveCopy& a) {
       a.entry(K::suspense_credited).cause = {Actor::reseller, 3};
     },
     "I32"},
    {"a payment in suspense that nobody was told of",
     [](ArchiveCopy& a) {
       std::erase_if(a.incidents, [](const Incident& i) {
         return i.kind == IncidentKind::payment_waiting && !i.closed_at;
       });
     },
     "I23"},
};

}  // namespace

const std::vector<Damage>& payment_damages() { return kDamages; }

}  // namespace topup::testing
