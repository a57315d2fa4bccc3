// What a shop does all day, as steps that any store can be asked to take.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "topup/store.h"

namespace topupd::crash {

// Takes one step and says what came of it, and what the store remembers of those concerned:
// "place_order ok, balance 870, hold 130, open".
using Step = std::function<std::string(topup::Tx&)>;

// True if that answer is one of a step that was taken, not refused.
bool was_taken(const std::string& answer);

// Fills an empty store with people, suppliers and a price list.
Step opening();

// The lives of that many orders, several under way at any time: from the balance and paid by
// customers, delivered, refused, silent and failed over; with the deposits that pay for them,
// withdrawals of what was earned, and requests that are refused.
std::vector<Step> lives(int orders);

}  // namespace topupd::crash
