// Whose an API key is, remembered until a user or a tier changes.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "crypto.h"
#include "topup/store.h"
#include "topup/user.h"

namespace topupd::http {

struct KnownCaller {
  topup::User user;
  std::optional<topup::Tier> tier;  // empty: the defaults hold
};

// Thread-safe.
class KnownCallers {
 public:
  // version is of people, as in store/versions.h; store must outlive this.
  KnownCallers(topup::Store& store, const MasterKey& master, std::function<std::uint64_t()> version)
      : store_{store}, hash_of_{master}, version_now_{std::move(version)} {}

  // Null: nobody's key.  A key that was replaced, or whose user was suspended, is known so as soon
  // as the command that did it has returned.
  std::shared_ptr<const KnownCaller> by_key(std::string_view key);

 private:
  using Hash = SecretHash::Digest;
  // A keyed hash is as good as random in any of its parts.
  struct FirstBytes {
    std::size_t operator()(const Hash& hash) const {
      std::size_t number = 0;
      std::memcpy(&number, hash.data(), sizeof number);
      return number;
    }
  };

  // More keys than this in use at once are looked up again; about 1 KiB each.
  static constexpr std::size_t kMost = 20'000;

  std::shared_ptr<const KnownCaller> remembered(const Hash& hash, std::uint64_t version);
  void remember(const Hash& hash, std::uint64_t version, std::shared_ptr<const KnownCaller> known);

  topup::Store& store_;
  const SecretHash hash_of_;
  const std::function<std::uint64_t()> version_now_;

  std::mutex mutex_;
  // Guarded by mutex_:
  std::uint64_t version_ = 0;  // what by_hash_ was read at, or after
  std::unordered_map<Hash, std::shared_ptr<const KnownCaller>, FirstBytes> by_hash_;
};

}  // namespace topupd::http
