// Who is logged in to the dashboard.

#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "clock.h"
#include "crypto.h"
#include "topup/ids.h"

namespace topupd::http {

// Thread-safe.
class Sessions {
 public:
  virtual ~Sessions() = default;

  // The token of a new session, to be sent to the browser and kept nowhere else.
  virtual std::string open(topup::UserId user, MonotonicTime now) = 0;

  // Whose session it is; that counts as use.  Empty if there is none, or it is too old.
  virtual std::optional<topup::UserId> use(std::string_view token, MonotonicTime now) = 0;

  virtual void close(std::string_view token) = 0;
  virtual void close_all(topup::UserId user) = 0;
};

// Keeps hashes of the tokens in memory: a restart logs everybody out.
class MemorySessions final : public Sessions {
 public:
  struct Options {
    std::chrono::minutes idle_max{120};
    std::chrono::hours age_max{24};
    std::size_t per_user_max = 20;  // one more ends the user's oldest
  };

  explicit MemorySessions(const MasterKey& master) : MemorySessions{master, Options{}} {}
  MemorySessions(const MasterKey& master, Options options) : master_{master}, options_{options} {}

  std::string open(topup::UserId user, MonotonicTime now) override;
  std::optional<topup::UserId> use(std::string_view token, MonotonicTime now) override;
  void close(std::string_view token) override;
  void close_all(topup::UserId user) override;

 private:
  struct Session {
    topup::UserId user;
    MonotonicTime opened;
    MonotonicTime used;
  };
  using ByHash = std::map<std::string, Session, std::less<>>;

  bool is_over(const Session& session, MonotonicTime now) const;
  void make_room(topup::UserId user, MonotonicTime now);  // mutex_ is held

  const MasterKey master_;
  const Options options_;

  std::mutex mutex_;  // guards what follows
  ByHash sessions_;
};

}  // namespace topupd::http
