#include "topup/user_commands.h"

#include <algorithm>

#include "topup/characters.h"
#include "topup/store.h"

namespace topup {
namespace {

constexpr std::size_t kNameMax = 100;
constexpr int kPerMinuteMax = 1'000'000;

bool is_tier_name(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, [](char c) {
    return is_lower(c) || is_digit(c) || c == '_' || c == '-';
  });
}

template <class Change>
Result<User> changed(Tx& tx, UserId id, Change change) {
  auto user = tx.user(id);
  if (!user || user->erased_at) return Error{Code::not_found};
  change(*user);
  tx.update(*user);
  return *user;
}

}  // namespace

Result<User> register_user(Tx& tx, const RegisterUser& command, Timestamp now) {
  auto username = username_from(command.username);
  if (!username || username->starts_with(kErasedPrefix))
    return Error{Code::invalid_parameter, "username"};
  if (!is_text_of(command.name, 1, kNameMax)) return Error{Code::invalid_parameter, "name"};
  auto email = email_from(command.email);
  if (!email) return Error{Code::invalid_parameter, "email"};
  if (!is_phone(command.phone)) return Error{Code::invalid_parameter, "phone"};
  if (!is_tier_name(command.tier)) return Error{Code::invalid_parameter, "tier"};
  if (tx.user_by_username(*username)) return Error{Code::username_taken, "username"};
  if (tx.user_by_email(*email)) return Error{Code::email_taken, "email"};

  User user{next_id<UserId>(tx),
            *username,
            command.name,
            *email,
            command.phone,
            command.role,
            command.tier,
            false,
            {},
            command.credentials,
            now,
            {}};
  tx.insert(user);
  return user;
}

Result<User> replace_key(Tx& tx, UserId user, const std::string& key_hash,
                         const std::string& key_sealed) {
  return changed(tx, user, [&](User& u) {
    u.credentials.key_hash = key_hash;
    u.credentials.key_sealed = key_sealed;
  });
}

Result<User> replace_password(Tx& tx, UserId user, const std::string& password) {
  return changed(tx, user, [&](User& u) { u.credentials.password = password; });
}

Result<User> replace_second_factor(Tx& tx, UserId user, const std::string& otp_sealed) {
  return changed(tx, user, [&](User& u) { u.credentials.otp_sealed = otp_sealed; });
}

Result<User> suspend_user(Tx& tx, UserId admin, UserId user) {
  if (auto allowed = require_admin(tx, admin); !allowed) return allowed.error();
  if (admin == user) return Error{Code::forbidden};
  return changed(tx, user, [](User& u) { u.suspended = true; });
}

Result<User> reinstate_user(Tx& tx, UserId admin, UserId user) {
  if (auto allowed = require_admin(tx, admin); !allowed) return allowed.error();
  return changed(tx, user, [](User& u) { u.suspended = false; });
}

Result<User> set_user_tier(Tx& tx, UserId admin, UserId user, const std::string& tier) {
  if (auto allowed = require_admin(tx, admin); !allowed) return allowed.error();
  if (!tx.user(user)) return Error{Code::not_found};
  if (tier != kDefaultTier && !tx.tier(tier)) return Error{Code::invalid_parameter, "tier"};
  return changed(tx, user, [&](User& u) { u.tier = tier; });
}

Result<User> set_allowed_addresses(Tx& tx, UserId user, const std::vector<std::string>& addresses) {
  return changed(tx, user, [&](User& u) { u.allowed_addresses = addresses; });
}

Result<Tier> put_tier(Tx& tx, UserId admin, const Tier& tier) {
  if (auto allowed = require_admin(tx, admin); !allowed) return allowed.error();
  if (!is_tier_name(tier.name)) return Error{Code::invalid_parameter, "name"};
  if (tier.api_per_minute < 0 || tier.api_per_minute > kPerMinuteMax)
    return Error{Code::invalid_parameter, "api_per_minute"};
  tx.put(tier);
  return tier;
}

Result<User> require_admin(const View& view, UserId admin) {
  auto user = view.user(admin);
  if (!user || user->role != Role::admin || user->suspended) return Error{Code::forbidden};
  return *user;
}

}  // namespace topup
