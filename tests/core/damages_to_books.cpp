#include "core/damages.h"

namespace topup::testing {
namespace {

using K = EntryKind;
using A = AccountKind;

const std::vector<Damage> kDamages{
    {"an amount that no balance can hold",
     [](ArchiveCopy& a) { a.posting(K::suspense_credited).posting.amount = idr(Money::kMaxUnits); },
     "I01"},
    {"an amount of nothing", [](ArchiveCopy& a) { a.posting(K::order_held).posting.amount = {}; },
     "I02"},
    {"a negative amount",
     [](ArchiveCopy& a) { a.posting(K::capital_paid_in).posting.amount = idr(-1); }, "I02"},
    {"a pair that is not in the chart",
     [](ArchiveCopy& a) { a.posting(K::order_held).posting.credit.kind = A::user_profit; }, "I02"},
    {"a user who does not exist",
     [](ArchiveCopy& a) { a.posting(K::order_held).posting.debit.owner = 99; }, "I02"},
    {"an owner where there is none",
     [](ArchiveCopy& a) { a.posting(K::capital_paid_in).posting.debit.owner = 1; }, "I02"},
    {"an entry without postings",
     [](ArchiveCopy& a) {
       auto entry = a.entries.back();
       ++entry.id.value;
       a.entries.push_back(entry);
     },
     "I02"},
    {"an attempt's cost that was not what was sent",
     [](ArchiveCopy& a) { a.attempts.front().cost = idr(99); }, "I02"},
    {"a missing entry", [](ArchiveCopy& a) { a.entries.erase(a.entries.begin() + 3); }, "I03"},
    {"a missing posting", [](ArchiveCopy& a) { a.postings.erase(a.postings.begin() + 3); }, "I03"},
    {"postings out of order", [](ArchiveCopy& a) { std::swap(a.postings.at(4), a.postings.at(9)); },
     "I03"},
    {"a posting of an entry that is nowhere",
     [](ArchiveCopy& a) { a.postings.at(4).entry.value = INT64_MAX; }, "I03"},
    {"a posting of an entry before the first",
     [](ArchiveCopy& a) { a.postings.at(4).entry.value = INT64_MIN; }, "I03"},
    {"the same hold twice",
     [](ArchiveCopy& a) {
       auto line = a.posting(K::order_held).posting;
       a.book(K::order_held, a.entry(K::order_held).ref, {line});
     },
     "I04"},
    {"a hold that the balance does not cover",
     [](ArchiveCopy& a) { a.posting(K::deposit_settled).posting.amount = idr(1); }, "I05"},
    {"more in transit than was sent",
     [](ArchiveCopy& a) { a.posting(K::prefund_confirmed).posting.amount = idr(20'001); }, "I05"},
    {"a wallet that says more",
     [](ArchiveCopy& a) {
       a.wallets.front()[A::user_balance].balance =
           a.wallets.front()[A::user_balance].balance + idr(1);
     },
     "I06"},
    {"a wallet that says more, seen from the equation",
     [](ArchiveCopy& a) {
       a.wallets.front()[A::user_balance].balance =
           a.wallets.front()[A::user_balance].balance + idr(1);
     },
     "I07"},
    {"a lost wallet", [](ArchiveCopy& a) { a.wallets.pop_back(); }, "I06"},
    {"a wallet of nobody", [](ArchiveCopy& a) { a.wallets.front().user = UserId{77}; }, "I06"},
    {"a wallet that ends elsewhere",
     [](ArchiveCopy& a) { --a.wallets.front()[A::user_balance].last.value; }, "I06"},
    {"a mark with another balance",
     [](ArchiveCopy& a) { a.posting(K::order_held).debit.after = idr(1); }, "I06"},
    {"a mark with another version",
     [](ArchiveCopy& a) { ++a.posting(K::order_held).debit.version; }, "I06"},
    {"a mark that follows another line",
     [](ArchiveCopy& a) { ++a.posting(K::order_held).debit.previous.value; }, "I06"},
    {"a mark on a system account",
     [](ArchiveCopy& a) { a.posting(K::capital_paid_in).debit.version = 1; }, "I06"},
    {"an entry earlier than the one before",
     [](ArchiveCopy& a) { a.entries.back().at -= std::chrono::hours{1}; }, "I40"},
    {"an order earlier than the one before",
     [](ArchiveCopy& a) { a.orders.back().created_at -= std::chrono::hours{1}; }, "I40"},
    {"a step earlier than the one before",
     [](ArchiveCopy& a) { a.steps.back().at -= std::chrono::hours{1}; }, "I40"},
};

}  // namespace

const std::vector<Damage>& book_damages() { return kDamages; }

}  // namespace topup::testing
