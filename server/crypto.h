// Randomness, sealing, hashing of secrets and passwords: everything that libsodium does here.
//
// Every function is thread-safe.  Failures of the machine (no memory, no randomness) throw.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace topupd {

// The 32 bytes that seal and hash a server's secrets; wiped when it goes.  See master_key.h.
class MasterKey {
 public:
  static constexpr std::size_t kBytes = 32;
  using Bytes = std::array<unsigned char, kBytes>;

  explicit MasterKey(const Bytes& bytes) : bytes_{bytes} {}
  ~MasterKey();
  MasterKey(const MasterKey&) = default;
  MasterKey& operator=(const MasterKey&) = default;

  const Bytes& bytes() const { return bytes_; }

 private:
  Bytes bytes_;
};

void random_bytes(std::span<unsigned char> out);

// Each of 0 to bound-1 equally often; bound is at least 1.
std::uint32_t random_below(std::uint32_t bound);

// 32 random bytes as 43 characters of URL-safe base 64: a session token or the like.
std::string random_token();

// Lower-case hex.
std::string to_hex(std::string_view raw);
std::string to_hex(std::span<const unsigned char> raw);

// 32 bytes from 64 hex digits of either case, or from base 64 of either alphabet, with or without
// its padding.  Empty if the text is neither.
std::optional<MasterKey::Bytes> key_from_text(std::string_view text);

// The keyed BLAKE2b hash of an API key or a session token, 64 hex digits: what is stored to find
// it again.  Without the master key it can neither be computed nor searched for.
std::string key_hash(const MasterKey& master, std::string_view secret);

// The same, in bytes, for whoever hashes at each request: the master key is asked once.  Wiped when
// it goes.
class SecretHash {
 public:
  using Digest = std::array<unsigned char, 32>;

  explicit SecretHash(const MasterKey& master);
  ~SecretHash();
  SecretHash(const SecretHash&) = default;
  SecretHash& operator=(const SecretHash&) = default;

  Digest operator()(std::string_view secret) const;

 private:
  MasterKey::Bytes bytes_;
};

// The keyed hash that seals the journal, 16 bytes; see topup/seal.h.  Wiped when it goes.
class JournalKey {
 public:
  explicit JournalKey(const MasterKey& master);
  ~JournalKey();
  JournalKey(const JournalKey&) = default;
  JournalKey& operator=(const JournalKey&) = default;

  std::array<unsigned char, 16> operator()(std::string_view text) const;

 private:
  MasterKey::Bytes bytes_;
};

// What a sealed text is for.  A text sealed for one purpose does not open for another.
enum class SealPurpose { api_key, totp_secret, credential, callback_secret };

// Encrypts and authenticates; a random nonce, so that sealing twice gives two texts.  URL-safe
// base 64 of 40 bytes more than the text has, so that it can be stored and copied as text.
std::string seal(const MasterKey& master, SealPurpose purpose, std::string_view text);

// Empty if the sealed text was changed, or sealed with another key or for another purpose.
std::optional<std::string> unseal(const MasterKey& master, SealPurpose purpose,
                                  std::string_view sealed);

// Takes the same time wherever the first difference is.  Lengths are not secret.
bool constant_time_equal(std::string_view a, std::string_view b);

// What one Argon2id hash costs.
struct PasswordCost {
  unsigned long long passes;  // 1 or more
  std::size_t memory_bytes;   // 8,192 or more
};

// OWASP's lighter profile: 19 MiB and 2 passes, about 30 ms of one core.  libsodium's own
// INTERACTIVE profile takes 64 MiB and four times as long, dear on a server with 1 GB.
inline constexpr PasswordCost kPasswordCost{2, 19'922'944};

// For tests: next to nothing, and no protection.
inline constexpr PasswordCost kPasswordCostTest{1, 8'192};

// The standard text form "$argon2id$v=19$m=…,t=…,p=1$salt$hash", which names its own cost.
// Slow on purpose: requests go through PasswordHasher.
std::string hash_password(std::string_view password, PasswordCost cost);
bool verify_password(const std::string& hash, std::string_view password);

// Whether the hash was made at another cost than this one, or is malformed.
bool needs_rehash(const std::string& hash, PasswordCost cost);

// The version that is linked, "1.0.18".
std::string sodium_version();

}  // namespace topupd
