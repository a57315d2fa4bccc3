// What can be asked about people.  Each command lists the codes it refuses with,
// in the order in which it checks.  Causes are kept by the host's audit log.  Who was
// erased is not found.

#pragma once

#include <string>
#include <vector>

#include "topup/result.h"
#include "topup/time.h"
#include "topup/user.h"

namespace topup {

class Tx;
class View;

struct RegisterUser {
  std::string username;
  std::string name;
  std::string email;
  std::string phone;
  Role role = Role::reseller;
  std::string tier{kDefaultTier};
  Credentials credentials = {};
};

// invalid_parameter (username, also one that begins as those of erased people do; name, email,
// phone, tier), username_taken, email_taken
Result<User> register_user(Tx& tx, const RegisterUser& command, Timestamp now);

// The old key stops working with this commit.  not_found
Result<User> replace_key(Tx& tx, UserId user, const std::string& key_hash,
                         const std::string& key_sealed);

// not_found
Result<User> replace_password(Tx& tx, UserId user, const std::string& password);

// otp_sealed is empty for none.  not_found
Result<User> replace_second_factor(Tx& tx, UserId user, const std::string& otp_sealed);

// A suspended user's requests are refused; orders under way go on.  An admin
// can't suspend himself.  forbidden, not_found
Result<User> suspend_user(Tx& tx, UserId admin, UserId user);
Result<User> reinstate_user(Tx& tx, UserId admin, UserId user);

// forbidden, not_found, invalid_parameter (tier: there is none of that name)
Result<User> set_user_tier(Tx& tx, UserId admin, UserId user, const std::string& tier);

// Addresses are not parsed here.  not_found
Result<User> set_allowed_addresses(Tx& tx, UserId user, const std::vector<std::string>& addresses);

// forbidden, invalid_parameter (name, api_per_minute)
Result<Tier> put_tier(Tx& tx, UserId admin, const Tier& tier);

// The admin of that id.  forbidden: unknown, no admin, or suspended
Result<User> require_admin(const View& view, UserId admin);

}  // namespace topup
