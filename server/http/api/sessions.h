// Who is logged in to the dashboard.

#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "crypto.h"
#include "http/api/session_file.h"
#include "topup/user.h"

namespace topupd::http {

// How long a session lasts.
struct SessionLife {
  std::chrono::seconds idle_max;  // without a request
  std::chrono::seconds age_max;
};

// Resellers work on their phones all day; who runs the shop proves himself each morning.
SessionLife session_life(topup::Role role);

// Thread-safe.
class Sessions {
 public:
  virtual ~Sessions() = default;

  // The token of a new session, to be sent to the browser and kept nowhere else.
  virtual std::string open(const topup::User& user, topup::Timestamp now) = 0;

  // Whose session it is; that counts as use.  Empty if there is none, or it is too old.
  virtual std::optional<topup::UserId> use(std::string_view token, topup::Timestamp now) = 0;

  // Whether the session was opened with the password that the user has now.
  virtual bool is_current(std::string_view token, const topup::User& user) = 0;

  virtual void close(std::string_view token) = 0;
  virtual void close_all(topup::UserId user) = 0;
};

// Keeps hashes of the tokens: in memory, and in a file for the time after a restart.
class KeptSessions final : public Sessions {
 public:
  static constexpr std::size_t kPerUserMax = 20;  // one more ends the one unused for longest

  // Goes on with what the file holds; empty: in memory alone.
  explicit KeptSessions(const MasterKey& master, std::optional<SessionFile> file = {});

  std::string open(const topup::User& user, topup::Timestamp now) override;
  std::optional<topup::UserId> use(std::string_view token, topup::Timestamp now) override;
  bool is_current(std::string_view token, const topup::User& user) override;
  void close(std::string_view token) override;
  void close_all(topup::UserId user) override;

 private:
  using ByHash = std::map<std::string, SessionRow, std::less<>>;

  // mutex_ is held for these.
  ByHash::iterator erase(ByHash::iterator session);
  void make_room(topup::UserId user, topup::Timestamp now);
  void note_use(SessionRow& session, topup::Timestamp now);

  const MasterKey master_;

  std::mutex mutex_;  // guards what follows
  std::optional<SessionFile> file_;
  ByHash sessions_;
  std::map<std::string, topup::Timestamp, std::less<>> written_;  // `used` as the file has it
};

}  // namespace topupd::http
