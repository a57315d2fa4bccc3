// What tests seal a journal with: a quick hash without a key, and always the same salt, so that two
// stores with the same history have the same seals.

#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "topup/seal.h"

namespace topup::testing {

inline Digest toy_hash(std::string_view bytes) {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15;
  std::uint64_t low = bytes.size();
  std::uint64_t high = kOdd;
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    auto taken = bytes.substr(0, sizeof word);
    std::memcpy(&word, taken.data(), taken.size());
    low = (low ^ word) * kOdd;
    high = (high ^ (low >> 29U) ^ word) * kOdd;
    bytes.remove_prefix(taken.size());
  }
  Digest digest{};
  std::memcpy(digest.data(), &low, sizeof low);
  std::memcpy(digest.data() + sizeof low, &high, sizeof high);
  return digest;
}

inline Sealer toy_sealer() {
  constexpr std::int64_t kSalt = 4'711;
  return {toy_hash, [] { return kSalt; }};
}

}  // namespace topup::testing
