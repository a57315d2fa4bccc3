#include "store/short_hash.h"

#include <sodium.h>

namespace topupd {

static_assert(sizeof(ShortHashKey) == crypto_shorthash_KEYBYTES);

ShortHashKey random_short_hash_key() {
  ShortHashKey key{};
  crypto_shorthash_keygen(key.data());
  return key;
}

std::uint64_t short_hash(std::string_view bytes, const ShortHashKey& key) {
  std::array<unsigned char, crypto_shorthash_BYTES> hash{};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes either way
  const auto* text = reinterpret_cast<const unsigned char*>(bytes.data());
  crypto_shorthash(hash.data(), text, bytes.size(), key.data());
  std::uint64_t number = 0;
  for (auto byte : hash)
    number = number << 8U | byte;
  return number;
}

}  // namespace topupd
