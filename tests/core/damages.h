// Damage for the checker to find: one thing in a sound archive is changed, and one
// invariant is known to break by it.

#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "core/archive_copy.h"
#include "core/story.h"

namespace topup::testing {

// The story, and after it a few things left open.
struct Lived : Story {
  OrderId open_order;
  OrderId queued_order;
  OrderId open_dropship;
  ReceiptId waiting_receipt;

  Lived();
};

// The one that all damages refer to.
Lived& lived();

struct Damage {
  std::string_view what;
  std::function<void(ArchiveCopy&)> damage;
  std::string_view breaks;
};

const std::vector<Damage>& book_damages();
const std::vector<Damage>& order_damages();
const std::vector<Damage>& payment_damages();
const std::vector<Damage>& people_damages();
const std::vector<Damage>& seal_damages();

// The record of that id.
template <class Record, class AnyId>
Record& of(std::vector<Record>& records, AnyId id) {
  return records.at(static_cast<std::size_t>(id.value - 1));
}

}  // namespace topup::testing
