#include "core/damages.h"

namespace topup::testing {
namespace {

using K = EntryKind;
using A = AccountKind;

const std::vector<Damage> kDamages{
    {"an open order that is over",
     [](ArchiveCopy& a) { of(a.orders, lived().open_order).state = OrderState::failed; }, "I08"},
    {"an open order whose price changed",
     [](ArchiveCopy& a) { of(a.orders, lived().open_order).price = idr(131); }, "I08"},
    {"a paid dropship order that is unpaid",
     [](ArchiveCopy& a) { of(a.orders, lived().open_dropship).state = OrderState::unpaid; }, "I10"},
    {"an open attempt that failed in silence",
     [](ArchiveCopy& a) {
       for (auto& attempt : a.attempts)
         if (attempt.order == lived().open_order) attempt.state = AttemptState::failed;
     },
     "I11"},
    {"a success that is a failure",
     [](ArchiveCopy& a) { of(a.orders, lived().captured).state = OrderState::failed; }, "I17"},
    {"an end without its entry",
     [](ArchiveCopy& a) { of(a.orders, lived().queued_order).state = OrderState::succeeded; },
     "I17"},
    {"captured and voided",
     [](ArchiveCopy& a) {
       a.book(K::order_voided, lived().captured.value,
              {{{A::user_hold, lived().shop.ani.value},
                {A::user_balance, lived().shop.ani.value},
                idr(130)}});
     },
     "I17"},
    {"refunded after a capture",
     [](ArchiveCopy& a) {
       a.book(K::order_voided, lived().captured.value,
              {{{A::user_hold, lived().shop.ani.value},
                {A::user_balance, lived().shop.ani.value},
                idr(130)}});
     },
     "I18"},
    {"a customer refunded who is owed nothing",
     [](ArchiveCopy& a) { a.entry(K::customer_refunded).ref = lived().open_dropship.value; },
     "I18"},
    {"profit credited twice",
     [](ArchiveCopy& a) {
       a.book(K::dropship_succeeded, lived().refunded.value,
              {{{A::dropship_escrow, 0}, {A::user_profit, lived().shop.budi.value}, idr(1)}});
     },
     "I19"},
    {"two attempts at work", [](ArchiveCopy& a) { a.attempts.back().order = lived().open_order; },
     "I20"},
    {"an attempt planned before the one before it failed",
     [](ArchiveCopy& a) {
       for (auto& step : a.steps)
         if (step.subject == Subject::attempt && step.event == "fail") step.to = "review";
     },
     "I20"},
    {"an attempt with another number", [](ArchiveCopy& a) { ++a.attempts.front().number; }, "I20"},
    {"a queued order whose attempt is under way",
     [](ArchiveCopy& a) { of(a.orders, lived().open_order).state = OrderState::queued; }, "I20"},
    {"an order over with an attempt at work",
     [](ArchiveCopy& a) { of(a.orders, lived().open_order).state = OrderState::failed; }, "I21"},
    {"a late success that nobody was told of",
     [](ArchiveCopy& a) {
       std::erase_if(a.incidents,
                     [](const Incident& i) { return i.kind == IncidentKind::late_success; });
     },
     "I23"},
    {"a late success without its entry",
     [](ArchiveCopy& a) {
       for (auto& attempt : a.attempts)
         if (attempt.state == AttemptState::late) attempt.state = AttemptState::failed;
     },
     "I23"},
    {"a review that nobody was told of",
     [](ArchiveCopy& a) {
       std::erase_if(a.incidents,
                     [](const Incident& i) { return i.kind == IncidentKind::order_in_review; });
     },
     "I23"},
    {"a success that nobody delivered",
     [](ArchiveCopy& a) {
       for (auto& attempt : a.attempts)
         if (attempt.state == AttemptState::succeeded) attempt.state = AttemptState::failed;
     },
     "I24"},
    {"a hold of another amount than the price",
     [](ArchiveCopy& a) { a.posting(K::order_held).posting.amount = idr(129); }, "I26"},
    {"a release of another amount than the price",
     [](ArchiveCopy& a) { a.posting(K::order_voided).posting.amount = idr(131); }, "I26"},
    {"a capture at a new price",
     [](ArchiveCopy& a) { of(a.orders, lived().captured).price = idr(140); }, "I26"},
    {"an order that was never held",
     [](ArchiveCopy& a) { a.entry(K::order_held).ref = lived().sold.value; }, "I26"},
    {"a recovered order that is late",
     [](ArchiveCopy& a) { of(a.orders, lived().late).state = OrderState::late; }, "I36"},
    {"a late order of which nothing was late",
     [](ArchiveCopy& a) { of(a.orders, lived().failed_over).state = OrderState::late; }, "I36"},
    {"a failed order of which an attempt delivered",
     [](ArchiveCopy& a) {
       for (auto& attempt : a.attempts)
         if (attempt.order == lived().failed_over) attempt.state = AttemptState::late;
     },
     "I36"},
    {"a late delivery that was charged and is a loss still",
     [](ArchiveCopy& a) {
       for (auto& line : a.postings)
         if (line.posting.credit.kind == A::late_success_loss && line.posting.debit.kind == A::cogs)
           line.posting.credit = {A::provider_float, lived().shop.north.value};
     },
     "I26"},
    {"an order that follows another one than that user's before it",
     [](ArchiveCopy& a) { --a.orders.back().previous.value; }, "I41"},
    {"an order that became another user's",
     [](ArchiveCopy& a) { of(a.orders, lived().refunded).user = lived().shop.ani; }, "I41"},
    {"a wallet that ends with another order",
     [](ArchiveCopy& a) {
       for (auto& wallet : a.wallets)
         if (wallet.user == lived().shop.budi) --wallet.last_order.value;
     },
     "I41"},
    {"a user's orders without his wallet",
     [](ArchiveCopy& a) {
       std::erase_if(a.wallets, [](const Wallet& w) { return w.user == lived().shop.budi; });
     },
     "I41"},
    {"an end undone",
     [](ArchiveCopy& a) {
       auto step = a.steps.back();
       step = {Subject::order, lived().captured.value, "send", "succeeded", "sent", step.cause,
               step.at};
       a.steps.push_back(step);
     },
     "I36"},
};

}  // namespace

const std::vector<Damage>& order_damages() { return kDamages; }

}  // namespace topup::testing
