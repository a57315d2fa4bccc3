#include "store/trace.h"

#include <algorithm>
#include <optional>

#include "store/reader_pool.h"

namespace topupd {
namespace {

using Slot = topup::EntrySlot;

// Postings are in the order of their entries: the first of that entry, or of one after it.
std::int64_t first_posting(const topup::View& view, topup::EntryId entry) {
  std::int64_t low = 1;
  std::int64_t high = view.journal_head().posting.value + 1;
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    if (view.posting({middle}).value().entry < entry)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void append_postings(const topup::View& view, topup::EntryId entry,
                     std::vector<topup::StoredPosting>& found) {
  for (auto id = first_posting(view, entry);; ++id) {
    const auto posting = view.posting({id});
    if (!posting || posting->entry != entry) return;
    found.push_back(*posting);
  }
}

}  // namespace

std::vector<topup::Receipt> receipts_of(const SqliteStore& store, topup::ChargeId charge) {
  std::vector<topup::Receipt> found;
  store.look([&](Snapshot& snapshot) {
    auto query = snapshot.db.query("SELECT * FROM receipts WHERE charge_id = ? ORDER BY id");
    bind_all(query, charge);
    found = all<topup::Receipt>(query, snapshot.formats);
  });
  return found;
}

std::vector<topup::Step> history(const SqliteStore& store, topup::ChargeId charge) {
  std::vector<topup::Step> steps;
  store.look([&](Snapshot& snapshot) {
    auto query = snapshot.db.query(
        "SELECT subject, subject_id, event, from_state, to_state, cause, at, made, seal FROM steps "
        "WHERE (subject = 'charge' AND subject_id = ?1) "
        "OR (subject = 'receipt' AND subject_id IN (SELECT id FROM receipts WHERE charge_id = ?1)) "
        "ORDER BY id");
    bind_all(query, charge);
    steps = all<topup::Step>(query, snapshot.formats);
  });
  return steps;
}

std::vector<EntryPlace> places_of(const std::vector<topup::Receipt>& receipts) {
  std::vector<EntryPlace> places;
  for (const auto& receipt : receipts)
    for (const auto slot : {Slot::payment, Slot::suspense, Slot::payment_back})
      places.push_back({slot, receipt.id.value});
  return places;
}

std::vector<EntryPlace> places_of(topup::OrderId order,
                                  const std::vector<topup::Attempt>& attempts) {
  std::vector<EntryPlace> places;
  for (const auto slot : {Slot::order_hold, Slot::order_done, Slot::order_refund,
                          Slot::order_reversal, Slot::order_recovery, Slot::recovery_refund})
    places.push_back({slot, order.value});
  for (const auto& attempt : attempts)
    for (const auto slot :
         {Slot::attempt_submit, Slot::attempt_fail, Slot::attempt_late, Slot::attempt_reversal})
      places.push_back({slot, attempt.id.value});
  return places;
}

std::vector<topup::StoredPosting> postings_at(const SqliteStore& store,
                                              const std::vector<EntryPlace>& places) {
  std::vector<topup::StoredPosting> found;
  store.look([&](Snapshot& snapshot) {
    for (const auto& [slot, ref] : places) {
      auto query = snapshot.db.query("SELECT id FROM entries WHERE slot = ? AND ref = ?");
      bind_all(query, slot, ref);
      if (query.next()) append_postings(snapshot.view, {query.integer(0)}, found);
    }
  });
  std::ranges::sort(found, {}, &topup::StoredPosting::id);
  return found;
}

}  // namespace topupd
