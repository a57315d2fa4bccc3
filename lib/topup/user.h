// People: resellers, who order, and admins, who run the shop.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "topup/ids.h"
#include "topup/time.h"

namespace topup {

enum class Role { reseller, admin };

// What the host needs to recognise a person.  Opaque here: made, compared and
// opened by the host alone; empty means that there is none.
struct Credentials {
  std::string password;    // a password hash
  std::string key_hash;    // finds the user by API key; unique among users
  std::string key_sealed;  // the API key itself, sealed, to be shown at log-in
  std::string otp_sealed;  // the second factor, sealed
  friend bool operator==(const Credentials&, const Credentials&) = default;
};

struct User {
  UserId id;
  std::string username;  // 3-32 of a-z 0-9 _ . -, unique
  std::string name;      // 1-100 characters
  std::string email;     // unique, in lower case
  std::string phone;     // may be empty
  Role role = Role::reseller;
  std::string tier;  // names the price rules and limits that apply; never empty
  bool suspended = false;
  std::vector<std::string> allowed_addresses;  // CIDR or single; empty: from anywhere
  Credentials credentials = {};
  Timestamp created_at{};
  std::optional<Timestamp> erased_at = {};  // nobody's any more, see erasure.h; for ever
  friend bool operator==(const User&, const User&) = default;
};

// What each order asks of its reseller.
struct Standing {
  std::string tier;
  bool suspended = false;
};

// The tier of those who were given no other.
inline constexpr std::string_view kDefaultTier = "basic";

// The names of those who were erased begin so, and no other's.
inline constexpr std::string_view kErasedPrefix = "erased-";

// What an operator grants to a tier.
struct Tier {
  std::string name;         // 1-32 of a-z 0-9 _ -
  int api_per_minute = 60;  // 0 is no limit
  friend bool operator==(const Tier&, const Tier&) = default;
};

std::string_view name(Role role);
std::optional<Role> role_from(std::string_view word);

// In lower case and checked: 3-32 of a-z 0-9 _ . -; empty if it is no username.
std::optional<std::string> username_from(std::string_view text);

// In lower case and checked for one '@' between plausible parts, at most 254
// bytes; empty if not.  Whether it exists is not checked.
std::optional<std::string> email_from(std::string_view text);

}  // namespace topup
