// Making and checking what people log in with.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "app.h"
#include "http/api/errors.h"
#include "topup/user.h"

namespace topupd::http {

struct NewKey {
  std::string key;  // shown to its owner, kept nowhere
  std::string hash;
  std::string sealed;
};
NewKey new_key(const MasterKey& master);

struct LogIn {
  std::string user_id;  // a username or an e-mail address
  std::string password;
  std::string otp;
  std::string address;  // the client's
};

// Takes the same time for a user who does not exist.
// unavailable (too many at once), invalid_credentials, account_suspended, ip_not_allowed,
// otp_required, rate_limited (too many wrong codes)
std::variant<topup::User, Fault> log_in(App& app, const LogIn& attempt);

// Takes the code of the user's app or paper; nothing is asked of who has no second factor.
// otp_required, rate_limited (see pause_of)
std::optional<Fault> pass_second_factor(App& app, const topup::User& user, const std::string& code);

// On the wall clock, which is also a phone's, and not on record time, which may be ahead of it.
topup::Timestamp phone_time(App& app);

// Admins must have one where there is real money.
bool needs_second_factor(const App& app, const topup::User& user);

// The key that works at present; a new one if the old can't be opened.
std::string live_key(App& app, const topup::User& user);

}  // namespace topupd::http
