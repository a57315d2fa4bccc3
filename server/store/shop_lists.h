// Lists of the shop's own that are read whole.  Safe to call from many threads.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "store/sqlite_store.h"
#include "topup/catalogue.h"

namespace topupd {

// The active offers of active suppliers, those of a service in the order in which they are tried.
std::vector<topup::Offer> offers_in_use(const SqliteStore& store);

// How many resellers have each tier; a tier that nobody has is not there.  Reads all users.
std::map<std::string, std::int64_t> resellers_by_tier(const SqliteStore& store);

}  // namespace topupd
