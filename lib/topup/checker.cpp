#include "topup/checker.h"

#include <array>

#include "topup/checker_books.h"
#include "topup/checker_entries.h"
#include "topup/checker_families.h"
#include "topup/checker_seals.h"

namespace topup {
namespace {

// clang-format off
constexpr std::array kInvariants{
    Invariant{"I01", "Every entry sums to zero, no balance of a user leaves the range of money, and no sum leaves 64 bits."},
    Invariant{"I02", "Every posting moves more than nothing between accounts that exist and that the chart allows for its kind of entry, and an entry says what its record says."},
    Invariant{"I03", "Entries and postings are numbered 1, 2, 3, … without a gap."},
    Invariant{"I04", "A slot of a thing holds one entry: no money moves twice for the same reason."},
    Invariant{"I05", "No guarded account is negative after any entry."},
    Invariant{"I06", "Stored balances are the sums of their postings, and the marks of each account form an unbroken chain."},
    Invariant{"I07", "Assets and expenses equal liabilities, income and equity."},
    Invariant{"I08", "What is held of a user is the price of his open balance orders."},
    Invariant{"I09", "What is held for withdrawals is the sum of those requested, and each has its entries."},
    Invariant{"I10", "The escrow is the selling price of the paid dropship orders that are open."},
    Invariant{"I11", "What is in flight at a provider is the cost of its open attempts, and each has its entries."},
    Invariant{"I12", "Suspense, refunds due, prefunds under way and gateway clearing are each the sum of their open items."},
    Invariant{"I13", "A user's profit is what his dropship orders earned, less reversals, withdrawals and transfers."},
    Invariant{"I14", "Profit is credited only by a dropship success or a rejected withdrawal."},
    Invariant{"I15", "What is held for a withdrawal comes from the same user's profit."},
    Invariant{"I16", "Withdrawals and transfers never exceed the profit earned."},
    Invariant{"I17", "An order is finished by one entry if it is over, else by none."},
    Invariant{"I18", "An order is refunded once at most, and only if it failed or was reversed."},
    Invariant{"I19", "Profit is credited once for an order that succeeded, else never."},
    Invariant{"I20", "An order at work has one unresolved attempt; a new one follows only a definite failure."},
    Invariant{"I21", "An order that is over has no unresolved attempt: silence finishes nothing."},
    Invariant{"I23", "A delivery after the refund, a payment in suspense or taken back, and a review are never silent."},
    Invariant{"I24", "An order that succeeded was delivered by exactly one attempt, or by one that took the place of another."},
    Invariant{"I25", "A dropship order is worked on only if exactly one exact payment settled its charge."},
    Invariant{"I26", "Holding, capturing and releasing move exactly the price that was kept with the order."},
    Invariant{"I27", "Nothing recorded is lost: ids have no gap, and whatever is referred to exists."},
    Invariant{"I28", "An idempotency key, a ref_id and an invoice belong to one thing."},
    Invariant{"I29", "A settled deposit was paid to the rupiah and credits nominal and unique code."},
    Invariant{"I30", "A payment is booked once, and a charge is settled once."},
    Invariant{"I32", "A payment after the expiry never settles as in time; suspense is decided by an admin or by policy."},
    Invariant{"I34", "An adjustment has a reason and is approved by another admin than its proposer."},
    Invariant{"I35", "Every step is a row of its table with a cause, and the steps of a thing lead to where it stands."},
    Invariant{"I36", "What is over changes only by reversal, late delivery and recovery, each with its entry."},
    Invariant{"I39", "Every posting and every step carries the keyed hash of what it says and of the one before it, every record is what its last step made of it, and a head that was noted is on the way."},
    Invariant{"I40", "Recorded time never runs backwards."},
    Invariant{"I41", "The orders of a user form an unbroken chain, and his wallet names the last of them."},
    Invariant{"I42", "What a store keeps to find its records by agrees with them."},
    Invariant{"I44", "No two open orders of a user are for the same thing."},
};
// clang-format on

}  // namespace

std::span<const Invariant> invariants() { return kInvariants; }

Report check(const Archive& archive, const SealCheck& seals) {
  Report report;
  checking::Findings findings{report};
  checking::Seals chain{seals, findings};
  checking::check_unique(archive, findings);
  for (const auto& fault : archive.faults())
    findings.add("I42", fault);

  checking::Facts facts;
  const checking::Pass pass{facts, chain, findings};
  checking::gather(archive, pass);
  checking::replay(archive, pass, report,
                   [&](const checking::JournalEntry& entry, const checking::Lines& lines) {
                     checking::check_entry(entry, lines, facts, findings);
                   });
  checking::check_balances(archive, facts, findings, report);
  checking::check_orders(facts, findings);
  checking::check_payments(facts, findings);
  checking::check_people(facts, findings);
  checking::check_steps(archive, pass);
  chain.finish(report);
  facts.users.each([&](std::int64_t, const checking::UserRow&) { ++report.users; });
  facts.orders.each([&](std::int64_t, const checking::OrderRow&) { ++report.orders; });
  return report;
}

}  // namespace topup
