#include "core/damages.h"

namespace topup::testing {
namespace {

using K = EntryKind;

const std::vector<Damage> kDamages{
    {"an entry of another time",
     [](ArchiveCopy& a) { a.entry(K::order_held).at -= std::chrono::milliseconds{1}; }, "I39"},
    {"an entry brought about by somebody else",
     [](ArchiveCopy& a) { a.entry(K::order_held).cause.id = 2; }, "I39"},
    {"a posting with the seal of another",
     [](ArchiveCopy& a) { std::swap(a.postings.at(3).seal, a.postings.at(4).seal); }, "I39"},
    {"an entry that nobody made",
     [](ArchiveCopy& a) { a.book(K::adjustment, 1, {a.posting(K::adjustment).posting}); }, "I39"},
    {"a step taken by somebody else", [](ArchiveCopy& a) { a.steps.front().cause.id = 2; }, "I39"},
    {"two steps of two things swapped",
     [](ArchiveCopy& a) { std::swap(a.steps.at(2), a.steps.at(3)); }, "I39"},
    {"a step that made something else", [](ArchiveCopy& a) { ++a.steps.back().made; }, "I39"},
    {"an order for another number",
     [](ArchiveCopy& a) { of(a.orders, lived().open_order).target = "0899"; }, "I39"},
    {"an order with another proof", [](ArchiveCopy& a) { a.orders.front().sn = "SN-9"; }, "I39"},
    {"an attempt of another supplier's product",
     [](ArchiveCopy& a) { a.attempts.front().sku = "other"; }, "I39"},
    {"a charge that asked for another fee",
     [](ArchiveCopy& a) { a.charges.front().asked_fee = idr(1); }, "I39"},
    {"a payment by another number", [](ArchiveCopy& a) { a.receipts.front().payment_id = "X"; },
     "I39"},
    {"a withdrawal to another account",
     [](ArchiveCopy& a) { a.withdrawals.front().account_number = "666"; }, "I39"},
    {"a withdrawal that people were forgotten of without a step",
     [](ArchiveCopy& a) {
       a.withdrawals.front().account_number.clear();
       a.withdrawals.front().salt = 0;
     },
     "I39"},
    {"an adjustment for another reason", [](ArchiveCopy& a) { a.adjustments.front().reason = "-"; },
     "I39"},
    {"a prefund of another day",
     [](ArchiveCopy& a) { a.prefunds.front().created_at -= std::chrono::milliseconds{1}; }, "I39"},
};

}  // namespace

const std::vector<Damage>& seal_damages() { return kDamages; }

}  // namespace topup::testing
