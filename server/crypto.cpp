#include "crypto.h"

#include <sodium.h>

#include <algorithm>
#include <cassert>
#include <new>
#include <stdexcept>

namespace topupd {

namespace {

// Of what seal() makes, before base 64: nonce, authenticator, encrypted text.
constexpr std::size_t kSealOverhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
constexpr int kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

static_assert(MasterKey::kBytes == crypto_kdf_KEYBYTES);

// libsodium asks to be initialised once, before anything else.
void ready() {
  static const bool kDone = sodium_init() >= 0;
  if (!kDone) throw std::runtime_error{"libsodium can't be initialised"};
}

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string to_base64(std::string_view raw) {
  std::string text(sodium_base64_ENCODED_LEN(raw.size(), kBase64), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes(raw), raw.size(), kBase64);
  text.pop_back();  // the terminating zero
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string raw(text.size() / 4 * 3 + 3, '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_base642bin(bytes(raw), raw.size(), text.data(), text.size(), nullptr, &length, &end,
                        kBase64) != 0 ||
      end != text.data() + text.size())
    return std::nullopt;
  raw.resize(length);
  return raw;
}

// A key derived from the master key, wiped when it goes.
class Subkey {
 public:
  // Each context is 8 characters.  A changed one makes all that was stored under it unreadable.
  Subkey(const MasterKey& master, const char* context) {
    crypto_kdf_derive_from_key(key_.data(), key_.size(), 1, context, master.bytes().data());
  }
  ~Subkey() { sodium_memzero(key_.data(), key_.size()); }
  Subkey(const Subkey&) = delete;
  Subkey& operator=(const Subkey&) = delete;

  const unsigned char* data() const { return key_.data(); }
  std::size_t size() const { return key_.size(); }

 private:
  std::array<unsigned char, 32> key_;
};

const char* context(SealPurpose purpose) {
  switch (purpose) {
    case SealPurpose::api_key: return "seal.api";
    case SealPurpose::totp_secret: return "seal.otp";
    case SealPurpose::credential: return "seal.crd";
    case SealPurpose::callback_secret: return "seal.cbk";
  }
  throw std::logic_error{"unknown SealPurpose"};
}

}  // namespace

MasterKey::~MasterKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

void random_bytes(std::span<unsigned char> out) {
  ready();
  randombytes_buf(out.data(), out.size());
}

std::uint32_t random_below(std::uint32_t bound) {
  assert(bound > 0);
  ready();
  return randombytes_uniform(bound);
}

std::string random_token() {
  std::string random(32, '\0');
  random_bytes({bytes(random), random.size()});
  return to_base64(random);
}

std::string to_hex(std::string_view raw) { return to_hex(std::span{bytes(raw), raw.size()}); }

std::string to_hex(std::span<const unsigned char> raw) {
  std::string text(raw.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), raw.data(), raw.size());
  text.pop_back();
  return text;
}

std::optional<MasterKey::Bytes> key_from_text(std::string_view text) {
  MasterKey::Bytes key{};
  std::size_t length = 0;
  const char* end = nullptr;
  const char* const all = text.data() + text.size();
  if (sodium_hex2bin(key.data(), key.size(), text.data(), text.size(), nullptr, &length, &end) ==
          0 &&
      length == key.size() && end == all)
    return key;
  for (const int variant :
       {sodium_base64_VARIANT_ORIGINAL, sodium_base64_VARIANT_ORIGINAL_NO_PADDING,
        sodium_base64_VARIANT_URLSAFE, sodium_base64_VARIANT_URLSAFE_NO_PADDING}) {
    if (sodium_base642bin(key.data(), key.size(), text.data(), text.size(), nullptr, &length, &end,
                          variant) == 0 &&
        length == key.size() && end == all)
      return key;
  }
  return std::nullopt;
}

SecretHash::SecretHash(const MasterKey& master) : bytes_{} {
  ready();
  const Subkey key{master, "hash.key"};
  std::copy(key.data(), key.data() + key.size(), bytes_.begin());
}
SecretHash::~SecretHash() { sodium_memzero(bytes_.data(), bytes_.size()); }

SecretHash::Digest SecretHash::operator()(std::string_view secret) const {
  Digest digest{};
  crypto_generichash(digest.data(), digest.size(), bytes(secret), secret.size(), bytes_.data(),
                     bytes_.size());
  return digest;
}

std::string key_hash(const MasterKey& master, std::string_view secret) {
  return to_hex(SecretHash{master}(secret));
}

JournalKey::JournalKey(const MasterKey& master) : bytes_{} {
  ready();
  const Subkey key{master, "hash.jnl"};
  std::copy(key.data(), key.data() + key.size(), bytes_.begin());
}
JournalKey::~JournalKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

std::array<unsigned char, 16> JournalKey::operator()(std::string_view text) const {
  std::array<unsigned char, 16> digest{};
  crypto_generichash(digest.data(), digest.size(), bytes(text), text.size(), bytes_.data(),
                     bytes_.size());
  return digest;
}

std::string seal(const MasterKey& master, SealPurpose purpose, std::string_view text) {
  const Subkey key{master, context(purpose)};
  std::string sealed(text.size() + kSealOverhead, '\0');
  unsigned char* const nonce = bytes(sealed);
  random_bytes({nonce, crypto_secretbox_NONCEBYTES});
  crypto_secretbox_easy(nonce + crypto_secretbox_NONCEBYTES, bytes(text), text.size(), nonce,
                        key.data());
  return to_base64(sealed);
}

std::optional<std::string> unseal(const MasterKey& master, SealPurpose purpose,
                                  std::string_view sealed) {
  const auto raw = from_base64(sealed);
  if (!raw || raw->size() < kSealOverhead) return std::nullopt;
  const Subkey key{master, context(purpose)};
  std::string text(raw->size() - kSealOverhead, '\0');
  const unsigned char* const nonce = bytes(std::string_view{*raw});
  if (crypto_secretbox_open_easy(bytes(text), nonce + crypto_secretbox_NONCEBYTES,
                                 raw->size() - crypto_secretbox_NONCEBYTES, nonce, key.data()) != 0)
    return std::nullopt;
  return text;
}

bool constant_time_equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string hash_password(std::string_view password, PasswordCost cost) {
  ready();
  char hash[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str_alg(hash, password.data(), password.size(), cost.passes, cost.memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw std::bad_alloc{};
  return hash;
}

bool verify_password(const std::string& hash, std::string_view password) {
  ready();
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool needs_rehash(const std::string& hash, PasswordCost cost) {
  return crypto_pwhash_str_needs_rehash(hash.c_str(), cost.passes, cost.memory_bytes) != 0;
}

std::string sodium_version() { return sodium_version_string(); }

}  // namespace topupd
