#include "http/api/in_flight.h"

#include <algorithm>

namespace topupd::http {

std::optional<InFlight::Lease> InFlight::enter(std::vector<std::string> keys) {
  const std::lock_guard lock{mutex_};
  const bool is_held = std::any_of(keys.begin(), keys.end(),
                                   [&](const std::string& key) { return held_.contains(key); });
  if (is_held) return std::nullopt;
  held_.insert(keys.begin(), keys.end());
  return std::optional<Lease>{std::in_place, *this, std::move(keys)};
}

void InFlight::leave(const std::vector<std::string>& keys) {
  const std::lock_guard lock{mutex_};
  for (const auto& key : keys)
    held_.erase(key);
}

}  // namespace topupd::http
