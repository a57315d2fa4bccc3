// Making and checking what people log in with.

#pragma once

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
// otp_required
std::variant<topup::User, Fault> log_in(App& app, const LogIn& attempt);

// The key that works at present; a new one if the old can't be opened.
std::string live_key(App& app, const topup::User& user);

}  // namespace topupd::http
