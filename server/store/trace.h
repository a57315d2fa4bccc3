// What became of a payment, and which postings something brought about: for an operator who asks
// what happened.  Safe to call from many threads.

#pragma once

#include <cstdint>
#include <vector>

#include "store/sqlite_store.h"
#include "topup/store.h"

namespace topupd {

// What the payer sent for it, by id; more than one if he paid twice.
std::vector<topup::Receipt> receipts_of(const SqliteStore& store, topup::ChargeId charge);

// Every step of a charge and its receipts, oldest first.
std::vector<topup::Step> history(const SqliteStore& store, topup::ChargeId charge);

// An entry by its slot: at most one.
struct EntryPlace {
  topup::EntrySlot slot;
  std::int64_t ref;
};

// The entries that a charge's receipts can have.
std::vector<EntryPlace> places_of(const std::vector<topup::Receipt>& receipts);
// And those that an order and its attempts can have.
std::vector<EntryPlace> places_of(topup::OrderId order,
                                  const std::vector<topup::Attempt>& attempts);

// The postings of the entries that there are, by id.
std::vector<topup::StoredPosting> postings_at(const SqliteStore& store,
                                              const std::vector<EntryPlace>& places);

}  // namespace topupd
