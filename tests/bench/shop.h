// A data directory whose shop has resellers with balances, a catalogue, and finished
// orders behind it.

#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bench/workload.h"
#include "topup/seal.h"
#include "topup/time.h"

namespace topupd::bench {

// Where the shop of that size is kept below root.
std::filesystem::path shop_dir(const std::filesystem::path& root, const ShopSize& size);

enum class Made { now, before };

// Makes the shop unless it is there.  One that was left half made, or has another
// schema, is made anew.
Made make_shop(const std::filesystem::path& dir, const ShopSize& size);

// What that database's journal is sealed with.
topup::Sealer sealer_of(const std::filesystem::path& database);

// Copies database and master key to a directory of its own, which is emptied first.
void copy_shop(const std::filesystem::path& from, const std::filesystem::path& to);

// The resellers' API keys, in the order of their ids.
std::vector<std::string> api_keys(const std::filesystem::path& dir);

std::filesystem::path database(const std::filesystem::path& dir);

}  // namespace topupd::bench
