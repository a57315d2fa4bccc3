#include "http/api/sessions.h"

#include <iterator>

namespace topupd::http {

bool MemorySessions::is_over(const Session& session, MonotonicTime now) const {
  return now - session.used > options_.idle_max || now - session.opened > options_.age_max;
}

void MemorySessions::make_room(topup::UserId user, MonotonicTime now) {
  std::erase_if(sessions_, [&](const auto& entry) { return is_over(entry.second, now); });
  std::size_t count = 0;
  auto oldest = sessions_.end();
  for (auto it = sessions_.begin(); it != sessions_.end(); ++it) {
    if (it->second.user != user) continue;
    ++count;
    if (oldest == sessions_.end() || it->second.opened < oldest->second.opened) oldest = it;
  }
  if (count >= options_.per_user_max && oldest != sessions_.end()) sessions_.erase(oldest);
}

std::string MemorySessions::open(topup::UserId user, MonotonicTime now) {
  auto token = random_token();
  auto hash = key_hash(master_, token);
  const std::lock_guard lock{mutex_};
  make_room(user, now);
  sessions_.emplace(std::move(hash), Session{user, now, now});
  return token;
}

std::optional<topup::UserId> MemorySessions::use(std::string_view token, MonotonicTime now) {
  const auto hash = key_hash(master_, token);
  const std::lock_guard lock{mutex_};
  const auto found = sessions_.find(hash);
  if (found == sessions_.end()) return std::nullopt;
  if (is_over(found->second, now)) {
    sessions_.erase(found);
    return std::nullopt;
  }
  found->second.used = now;
  return found->second.user;
}

void MemorySessions::close(std::string_view token) {
  const auto hash = key_hash(master_, token);
  const std::lock_guard lock{mutex_};
  sessions_.erase(hash);
}

void MemorySessions::close_all(topup::UserId user) {
  const std::lock_guard lock{mutex_};
  std::erase_if(sessions_, [&](const auto& entry) { return entry.second.user == user; });
}

}  // namespace topupd::http
