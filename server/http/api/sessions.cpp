#include "http/api/sessions.h"

#include <utility>

#include "store/errors.h"

namespace topupd::http {

namespace {

// The file learns of a session's use this often: a restart may end it that much earlier.
constexpr std::chrono::minutes kWriteEvery{10};

bool is_over(const SessionRow& session, topup::Timestamp now) {
  return now - session.used > session.idle_max || now > session.ends;
}

std::string mark_of(const MasterKey& master, const topup::User& user) {
  return key_hash(master, "password " + user.credentials.password);
}

}  // namespace

SessionLife session_life(topup::Role role) {
  using std::chrono::hours;
  switch (role) {
    case topup::Role::reseller: return {hours{24 * 7}, hours{24 * 30}};
    case topup::Role::admin: return {hours{2}, hours{24}};
  }
  __builtin_unreachable();
}

KeptSessions::KeptSessions(const MasterKey& master, std::optional<SessionFile> file)
    : master_{master}, file_{std::move(file)} {
  if (!file_) return;
  for (auto& row : file_->all()) {
    written_.emplace(row.token_hash, row.used);
    sessions_.emplace(row.token_hash, std::move(row));
  }
}

KeptSessions::ByHash::iterator KeptSessions::erase(ByHash::iterator session) {
  const auto hash = session->first;
  const auto next = sessions_.erase(session);
  written_.erase(hash);
  if (file_) file_->erase(hash);
  return next;
}

void KeptSessions::make_room(topup::UserId user, topup::Timestamp now) {
  std::size_t count = 0;
  auto oldest = sessions_.end();
  for (auto it = sessions_.begin(); it != sessions_.end();) {
    if (is_over(it->second, now)) {
      it = erase(it);
      continue;
    }
    const bool is_his = it->second.user == user;
    if (is_his) ++count;
    if (is_his && (oldest == sessions_.end() || it->second.used < oldest->second.used)) oldest = it;
    ++it;
  }
  if (count >= kPerUserMax && oldest != sessions_.end()) erase(oldest);
}

std::string KeptSessions::open(const topup::User& user, topup::Timestamp now) {
  auto token = random_token();
  const auto life = session_life(user.role);
  const SessionRow row{key_hash(master_, token), user.id,      mark_of(master_, user), now,
                       now + life.age_max,       life.idle_max};
  const std::lock_guard lock{mutex_};
  make_room(user.id, now);
  if (file_) file_->put(row);
  written_.emplace(row.token_hash, now);
  sessions_.emplace(row.token_hash, row);
  return token;
}

void KeptSessions::note_use(SessionRow& session, topup::Timestamp now) {
  session.used = now;
  auto& written = written_[session.token_hash];
  if (!file_ || now - written < kWriteEvery) return;
  written = now;
  try {
    file_->put(session);
  } catch (const StoreError&) {
    // Then a restart finds it less used than it is.
  }
}

std::optional<topup::UserId> KeptSessions::use(std::string_view token, topup::Timestamp now) {
  const auto hash = key_hash(master_, token);
  const std::lock_guard lock{mutex_};
  const auto found = sessions_.find(hash);
  if (found == sessions_.end()) return std::nullopt;
  if (is_over(found->second, now)) {
    erase(found);
    return std::nullopt;
  }
  note_use(found->second, now);
  return found->second.user;
}

bool KeptSessions::is_current(std::string_view token, const topup::User& user) {
  const auto hash = key_hash(master_, token);
  const std::lock_guard lock{mutex_};
  const auto found = sessions_.find(hash);
  return found != sessions_.end() && found->second.user == user.id &&
         constant_time_equal(found->second.password_mark, mark_of(master_, user));
}

void KeptSessions::close(std::string_view token) {
  const auto hash = key_hash(master_, token);
  const std::lock_guard lock{mutex_};
  if (const auto found = sessions_.find(hash); found != sessions_.end()) erase(found);
}

void KeptSessions::close_all(topup::UserId user) {
  const std::lock_guard lock{mutex_};
  for (auto it = sessions_.begin(); it != sessions_.end();)
    it = it->second.user == user ? erase(it) : std::next(it);
}

}  // namespace topupd::http
