#include "api_key.h"

#include <zlib.h>

#include <algorithm>

#include "crypto.h"
#include "topup/characters.h"

namespace topupd {

namespace {

constexpr std::string_view kPrefix = "tk_";
constexpr std::size_t kRandom = 40;
constexpr std::size_t kChecksum = 6;
constexpr std::string_view kDigits =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

static_assert(kPrefix.size() + kRandom + kChecksum == kApiKeyLength);

bool is_base62(char c) {
  return topup::is_digit(c) || topup::is_lower(c) || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::string make_api_key() {
  std::string key{kPrefix};
  for (std::size_t i = 0; i < kRandom; ++i)
    key += kDigits[random_below(kDigits.size())];
  return key + base62(crc32(key));
}

bool looks_like_api_key(std::string_view text) {
  if (text.size() != kApiKeyLength) return false;
  const auto body = text.substr(0, kPrefix.size() + kRandom);
  bool ok = body.substr(0, kPrefix.size()) == kPrefix;
  for (const char c : body.substr(kPrefix.size()))
    ok &= is_base62(c);
  ok &= constant_time_equal(text.substr(body.size()), base62(crc32(body)));
  return ok;
}

std::uint32_t crc32(std::string_view bytes) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes either way
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  return static_cast<std::uint32_t>(::crc32_z(0, data, bytes.size()));
}

std::string base62(std::uint32_t number) {
  std::string text(kChecksum, kDigits[0]);
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, number /= 62)
    *digit = kDigits[number % 62];
  return text;
}

}  // namespace topupd
