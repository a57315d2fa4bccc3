#include "http/api/known_callers.h"

#include <utility>

namespace topupd::http {

std::shared_ptr<const KnownCaller> KnownCallers::by_key(std::string_view key) {
  const auto version = version_now_();
  const auto hash = hash_of_(key);
  if (auto known = remembered(hash, version)) return known;
  auto found = store_.read([&](const topup::View& view) -> std::optional<KnownCaller> {
    auto user = view.user_by_key(to_hex(hash));
    if (!user) return std::nullopt;
    auto tier = view.tier(user->tier);
    return KnownCaller{*std::move(user), std::move(tier)};
  });
  // Nobody's keys are not kept: anybody can make up as many as he likes.
  if (!found) return nullptr;
  auto known = std::make_shared<const KnownCaller>(*std::move(found));
  remember(hash, version, known);
  return known;
}

std::shared_ptr<const KnownCaller> KnownCallers::remembered(const Hash& hash,
                                                            std::uint64_t version) {
  const std::lock_guard lock{mutex_};
  if (version > version_) {
    by_hash_.clear();
    version_ = version;
  }
  const auto known = by_hash_.find(hash);
  return known == by_hash_.end() ? nullptr : known->second;
}

void KnownCallers::remember(const Hash& hash, std::uint64_t version,
                            std::shared_ptr<const KnownCaller> known) {
  const std::lock_guard lock{mutex_};
  if (version != version_) return;
  if (by_hash_.size() >= kMost) by_hash_.clear();
  by_hash_.insert_or_assign(hash, std::move(known));
}

}  // namespace topupd::http
