#include "providers/sandbox_sn.h"

#include <algorithm>
#include <cstdint>

namespace topupd {
namespace {

bool is_pln(std::string_view sku) {
  std::string lower{sku};
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower.find("pln") != std::string::npos;
}

// FNV-1a, 64 bits.
std::uint64_t hash(std::string_view text) {
  std::uint64_t h = 14695981039346656037U;
  for (char c : text)
    h = (h ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return h;
}

// The mixing step of splitmix64.
std::uint64_t mixed(std::uint64_t h) {
  h = (h ^ (h >> 30U)) * 0xBF58476D1CE4E5B9U;
  h = (h ^ (h >> 27U)) * 0x94D049BB133111EBU;
  return h ^ (h >> 31U);
}

}  // namespace

std::string digits_from(std::string_view text, std::size_t count) {
  std::string digits;
  auto state = hash(text);
  while (digits.size() < count) {
    state += 0x9E3779B97F4A7C15U;
    digits += static_cast<char>('0' + mixed(state) % 10);
  }
  return digits;
}

std::string sandbox_sn(std::string_view sku, std::string_view reference) {
  if (!is_pln(sku)) return digits_from(reference, 16);
  auto digits = digits_from(reference, 20);
  std::string token;
  for (std::size_t at = 0; at < digits.size(); at += 4) {
    if (at > 0) token += '-';
    token += digits.substr(at, 4);
  }
  return token + "/PELANGGAN CONTOH/R1/900/32,1";
}

}  // namespace topupd
