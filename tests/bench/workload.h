// What the benchmark orders: who, which service, for whom, under which reference.
//
// Everything follows from numbers, so that the loader, the load generator and the
// limits ask for the same things without telling each other.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "topup/order_commands.h"

namespace topupd::bench {

// Whether new orders name themselves; the finished ones in the file always did.
enum class RefIds { random, none };

struct ShopSize {
  std::int64_t orders = 100'000;  // finished ones
  std::int64_t resellers = 1'000;
  std::int64_t services = 1'000;  // each with two suppliers
  RefIds ref_ids = RefIds::random;
};

// The admin is the first user, the resellers follow.
inline constexpr std::int64_t kAdmin = 1;

// A number's own noise: the same for the same number.
std::uint64_t noise(std::uint64_t number);

topup::UserId reseller_of(const ShopSize& size, std::int64_t order);
topup::ServiceId service_of(const ShopSize& size, std::int64_t order);

// Random to an index, as a reseller's UUIDs are: each falls on a page of its own.
std::string ref_id_of(std::int64_t order);
std::string target_of(std::int64_t order);

// The order of that number, counted from 1.  Those up to size.orders are in the file; further ones
// have a ref_id if size says so.
topup::PlaceOrder command_of(const ShopSize& size, std::int64_t order);

// The same as a request over a kept connection.  keys: of the resellers, in their order.
std::string request_of(const ShopSize& size, std::int64_t order,
                       const std::vector<std::string>& keys);
const std::string& key_of(const std::vector<std::string>& keys, topup::UserId reseller);

}  // namespace topupd::bench
