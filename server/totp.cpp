#include "totp.h"

#include <array>
#include <bit>
#include <chrono>
#include <cstddef>

#include "crypto.h"

namespace topupd {

namespace {

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t kSecretLength = 32;
constexpr std::size_t kBlock = 64;
constexpr std::int64_t kStepSeconds = 30;

std::uint32_t word_at(std::string_view text, std::size_t at) {
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < 4; ++i)
    word = word << 8U | static_cast<unsigned char>(text[at + i]);
  return word;
}

void append_bytes(std::string& out, std::uint64_t value, int count) {
  for (int shift = 8 * (count - 1); shift >= 0; shift -= 8)
    out += static_cast<char>(value >> static_cast<unsigned>(shift) & 0xFFU);
}

// The mixing of one round, and its constant (RFC 3174, 5).
std::uint32_t mixed(int round, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  if (round < 20) return ((b & c) | (~b & d)) + 0x5A827999U;
  if (round < 40) return (b ^ c ^ d) + 0x6ED9EBA1U;
  if (round < 60) return ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDCU;
  return (b ^ c ^ d) + 0xCA62C1D6U;
}

using State = std::array<std::uint32_t, 5>;

void add_block(State& state, std::string_view block) {
  std::array<std::uint32_t, 80> words{};
  for (std::size_t i = 0; i < 16; ++i)
    words.at(i) = word_at(block, 4 * i);
  for (std::size_t i = 16; i < words.size(); ++i)
    words.at(i) =
        std::rotl(words.at(i - 3) ^ words.at(i - 8) ^ words.at(i - 14) ^ words.at(i - 16), 1);
  auto [a, b, c, d, e] = state;
  for (int round = 0; round < 80; ++round) {
    const auto next =
        std::rotl(a, 5) + mixed(round, b, c, d) + e + words.at(static_cast<std::size_t>(round));
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = a;
    a = next;
  }
  const State added{a, b, c, d, e};
  for (std::size_t i = 0; i < state.size(); ++i)
    state.at(i) += added.at(i);
}

std::string sha1(std::string text) {
  const auto bits = std::uint64_t{text.size()} * 8;
  text += '\x80';
  text.resize((text.size() + 8 + kBlock - 1) / kBlock * kBlock - 8, '\0');
  append_bytes(text, bits, 8);
  State state{0x67452301U, 0xEFCDAB89U, 0x98BADCFEU, 0x10325476U, 0xC3D2E1F0U};
  for (std::size_t at = 0; at < text.size(); at += kBlock)
    add_block(state, std::string_view{text}.substr(at, kBlock));
  std::string digest;
  for (const auto word : state)
    append_bytes(digest, word, 4);
  return digest;
}

// Empty if it is no base 32.
std::string from_base32(std::string_view text) {
  std::string bytes;
  std::uint32_t pending = 0;
  unsigned bits = 0;
  for (const char c : text) {
    const auto value = kBase32.find(c);
    if (value == std::string_view::npos) return {};
    pending = pending << 5U | static_cast<std::uint32_t>(value);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(pending >> bits & 0xFFU);
  }
  return bytes;
}

}  // namespace

std::string hmac_sha1(std::string_view key, std::string_view text) {
  std::string padded = key.size() > kBlock ? sha1(std::string{key}) : std::string{key};
  padded.resize(kBlock, '\0');
  std::string inner = padded;
  std::string outer = padded;
  for (auto& c : inner)
    c = static_cast<char>(c ^ 0x36);
  for (auto& c : outer)
    c = static_cast<char>(c ^ 0x5C);
  return sha1(outer + sha1(inner.append(text)));
}

std::string new_totp_secret() {
  std::string secret;
  for (std::size_t i = 0; i < kSecretLength; ++i)
    secret += kBase32[random_below(static_cast<std::uint32_t>(kBase32.size()))];
  return secret;
}

std::int64_t totp_step(topup::Timestamp now) {
  return std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count() / kStepSeconds;
}

std::string totp_code(std::string_view secret, std::int64_t step) {
  const auto key = from_base32(secret);
  if (key.empty()) return {};
  std::string counter;
  append_bytes(counter, static_cast<std::uint64_t>(step), 8);
  const auto digest = hmac_sha1(key, counter);
  const auto offset = static_cast<std::size_t>(static_cast<unsigned char>(digest.back()) & 0x0FU);
  auto digits = std::to_string((word_at(digest, offset) & 0x7FFFFFFFU) % 1'000'000);
  return digits.insert(0, 6 - digits.size(), '0');
}

std::optional<std::int64_t> step_of(std::string_view secret, std::string_view code,
                                    topup::Timestamp now) {
  std::optional<std::int64_t> found;
  for (std::int64_t step = totp_step(now) - 1; step <= totp_step(now) + 1; ++step) {
    const auto expected = totp_code(secret, step);
    if (!expected.empty() && constant_time_equal(expected, code)) found = step;
  }
  return found;
}

std::string totp_uri(std::string_view secret, std::string_view username) {
  return std::string{"otpauth://totp/Topup:"}
      .append(username)
      .append("?secret=")
      .append(secret)
      .append("&issuer=Topup");
}

}  // namespace topupd
